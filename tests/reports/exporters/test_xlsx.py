"""The workbook opens in another reader: figures count, texts stay texts, sheets have their names and their settings."""

import io
import re
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.exporters.xlsx.number_formats import decimals_of, kind_of, number_format
from reports.exporters.xlsx.sheets import sheet_names
from reports.paper import Cell, ColumnKind
from tests.reports.exporters.exports import hostile, written
from tests.reports.sample_paper import DAY, HOSTILE


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def sheet(name: str = "Modules", rows: int = 3) -> Worksheet:
    found = opened(written("xlsx", rows))[name]
    assert isinstance(found, Worksheet)
    return found


def test_there_is_a_summary_and_a_sheet_for_each_table() -> None:
    assert opened(written("xlsx")).sheetnames == ["Résumé", "Charge par bloc", "Modules"]


def test_figures_are_figures_and_days_are_days() -> None:
    row = [cell.value for cell in sheet()[3]]
    assert row[2:] == [12.5, 411.5, 2, datetime(2026, 9, 1), 0.25]
    assert isinstance(row[5], date)


def test_what_is_not_known_is_said_in_words() -> None:
    assert sheet()["D4"].value == "non connu"


def test_figures_have_the_format_of_their_kind() -> None:
    formats = [cell.number_format.replace("\u00a0", "_") for cell in sheet()[3]][2:]
    assert formats == ['#,##0.00"_h"', '#,##0.00"_€"', "#,##0", "dd/mm/yyyy", '#,##0"_"%']


def test_a_total_counts_and_keeps_its_words() -> None:
    found = sheet()
    assert [found["A6"].value, found["C6"].value, found["D6"].value] == ["Total", 37.5, 1234.5]
    assert found["C6"].number_format.startswith('"au moins "')
    assert found["C6"].font.bold


def test_heads_are_frozen_filtered_and_repeated_on_paper() -> None:
    found = sheet(rows=60)
    assert found.freeze_panes == "B3"
    assert found.auto_filter.ref == "A2:G62"
    assert found.print_title_rows == "$1:$2"
    assert (found.page_setup.orientation, found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (
        *("landscape", 1, 0),
    )
    assert found.sheet_properties.pageSetUpPr is not None
    assert found.sheet_properties.pageSetUpPr.fitToPage


def test_the_summary_has_the_facts_and_the_notices() -> None:
    values = [cell.value for row in opened(written("xlsx"))["Résumé"].iter_rows() for cell in row]
    for said in ("Devenir formatrice pour adultes", "Données illustratives", 53.5, 1234.5, "jusqu’au 12/07/2026"):
        assert said in values, said
    assert "Le référentiel visé cesse d’être délivré le 12 juillet 2026." in values


def test_it_says_its_title_language_and_day() -> None:
    known = opened(written("xlsx")).properties
    assert (known.title, known.language) == ("Devenir formatrice pour adultes", "fr-FR")
    assert known.created is not None
    assert known.modified is not None
    assert known.created.date() == known.modified.date() == DAY


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_text_is_no_formula(what: str) -> None:
    found = opened(hostile("xlsx", what))
    cells = [cell for one in found.worksheets for row in one.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    with ZipFile(io.BytesIO(hostile("xlsx", what))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(re.search(rb"<f[ >]|t=\"e\"", content) for content in sheets)


@pytest.mark.parametrize("what", ["formula", "plus", "minus", "at"])
def test_a_text_that_looks_like_a_formula_is_kept_as_a_text_when_it_is_edited(what: str) -> None:
    found = opened(hostile("xlsx", what)).worksheets[1]["A3"]
    assert found.value == HOSTILE[what]
    assert found.quotePrefix


@pytest.mark.parametrize("what", HOSTILE)
def test_the_words_of_a_margin_give_no_order(what: str) -> None:
    head = opened(hostile("xlsx", what)).worksheets[0].oddHeader.left.text or ""
    assert not re.search(r"(?<!&)(&&)*&(?!&)[A-Z]", head)


@pytest.mark.parametrize("what", HOSTILE)
def test_names_of_sheets_are_names(what: str) -> None:
    names = opened(hostile("xlsx", what)).sheetnames
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_long_names_that_start_alike_stay_apart() -> None:
    assert sheet_names(["x" * 40, "X" * 50, "x" * 31]) == ["x" * 31, "X" * 29 + " 2", "x" * 29 + " 3"]


@pytest.mark.parametrize(
    ("cell", "kind", "shown"),
    [
        (Cell(text="€1,234.50", value=1234.5), ColumnKind.EUROS, '"€"#,##0.00'),
        (Cell(text="jusqu’au 12/07/2026", value=date(2026, 7, 12)), ColumnKind.DAY, '"jusqu’au "dd/mm/yyyy'),
        (Cell(text="2 mars 2026", value=date(2026, 3, 2)), ColumnKind.DAY, "dd/mm/yyyy"),
        (Cell(text="12 semaines", value=12), ColumnKind.COUNT, '#,##0" semaines"'),
        (Cell(text='3 "h" \\', value=3), ColumnKind.COUNT, '#,##0" h "'),
    ],
)
def test_words_around_a_figure_are_in_its_format(cell: Cell, kind: ColumnKind, shown: str) -> None:
    assert number_format(cell, kind, decimals_of([cell], kind)) == shown


def test_a_fact_without_a_figure_is_a_text() -> None:
    assert kind_of(Cell(text="12 h")) is ColumnKind.TEXT
