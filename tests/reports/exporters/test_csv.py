"""The table opens in a French spreadsheet: its mark, its semicolons, its decimal commas, and no formula."""

import csv
import io

import pytest

from reports.document import Document
from reports.exporters import exporter
from reports.exporters.csv import FORMULA_STARTS
from reports.language import Language
from tests.reports.exporters.exports import hostile, written
from tests.reports.sample_paper import HOSTILE, document


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_it_starts_with_the_mark_of_utf_8() -> None:
    assert written("csv").startswith(b"\xef\xbb\xbf")


def test_it_holds_the_main_table_and_its_total() -> None:
    found = rows(written("csv"))
    assert found[0] == ["Module", "État", "Heures", "Prix", "Semaines", "Début", "Part"]
    assert found[1][1:] == ["§ Acquis de droit", "12,5", "411,5", "2", "01/09/2026", "0,25"]
    assert found[2][3] == "non connu"
    assert found[-1] == ["Total", "", "37,5", "1234,5", "6", "", "1"]


def test_english_has_its_decimal_point() -> None:
    assert rows(exporter("csv").write(document(language=Language.ENGLISH)))[1][2] == "12.5"


def test_another_main_table_is_chosen_by_its_name() -> None:
    other = document().model_copy(update={"main": "Charge par bloc"})
    assert rows(exporter("csv").write(other))[0] == ["Bloc", "Heures"]


def test_a_document_without_a_table_has_nothing_to_say() -> None:
    found = document()
    empty = found.model_copy(update={"paper": found.paper.model_copy(update={"sections": ()})})
    assert isinstance(empty, Document)
    assert not exporter("csv").holds(empty)


@pytest.mark.parametrize("what", HOSTILE)
def test_no_cell_starts_a_formula(what: str) -> None:
    found = rows(hostile("csv", what))
    assert [len(row) for row in found] == [3, 3, 3]
    assert not [cell for row in found for cell in row if cell.lstrip().startswith(FORMULA_STARTS[:4])]
