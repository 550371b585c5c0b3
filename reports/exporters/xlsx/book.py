"""The workbook: its summary, a sheet for each table, its properties."""

from __future__ import annotations

import io
import re
from datetime import datetime, time
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.archive import settled
from reports.exporters.xlsx.cells import TOP, TOP_RIGHT, at, font, grow, put, say
from reports.exporters.xlsx.number_formats import decimals_of
from reports.exporters.xlsx.sheets import sheet_names
from reports.exporters.xlsx.summary import summarise
from reports.language import NO_BREAK, Language, speaking
from reports.paper import Column, ColumnKind, Paper, Table
from reports.paper_wording import WORDS
from reports.tones import ACCENT, LINE, PAGE, QUIET

HEAD = 2
"""The row of the titles of columns; the first one says what the table shows."""
NARROWEST, WIDEST = 11, 46
"""Of a column, in characters."""
LANGUAGES = {Language.FRENCH: "fr-FR", Language.ENGLISH: "en-GB"}

_RULE = Border(bottom=Side("thin", color=LINE[1:]))
_HEAD_RULE = Border(bottom=Side("medium", color=PAGE.ink[1:]))
_TOTAL_RULE = Border(top=Side("medium", color=PAGE.ink[1:]))


def workbook(paper: Paper) -> bytes:
    """A paper as the bytes of a workbook."""
    book = Workbook()
    with speaking(paper.language):
        names = sheet_names((table.name for table in paper.tables), taken=[WORDS["summary"]])
        summarise(book.worksheets[0], paper, names)
        print_settings(book.worksheets[0], paper, landscape=False)
        for table, name in zip(paper.tables, names, strict=True):
            _table(book.create_sheet(name), table, paper)
    _properties(book, paper)
    return _written(book, paper)


# -- a table --------------------------------------------------------------------------------------------------------------


def _table(sheet: Worksheet, table: Table, paper: Paper) -> None:
    say(at(sheet, 1, 1), table.caption, size=12, bold=True, ink=ACCENT, wrap=False)
    widths = [_column(sheet, table, number, column) for number, column in enumerate(table.columns, 1)]
    for row, cells in enumerate((*table.rows, *([table.total] if table.total else [])), HEAD + 1):
        grow(sheet, row, zip((one.text for one in cells), widths, strict=True))
    end = HEAD + len(table.rows)
    if table.note:
        say(at(sheet, end + bool(table.total) + 2, 1), table.note, ink=QUIET, wrap=False)
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A{HEAD}:{last}{end}"
    sheet.freeze_panes = f"B{HEAD + 1}"
    sheet.print_title_rows = f"1:{HEAD}"
    print_settings(sheet, paper, landscape=True)


def _column(sheet: Worksheet, table: Table, number: int, column: Column) -> float:
    """Write a column, and say how wide it is."""
    cells = [row[number - 1] for row in table.rows]
    totals = [table.total[number - 1]] if table.total else []
    decimals = decimals_of(cells + totals, column.kind)
    head = at(sheet, HEAD, number)
    say(head, column.title, bold=True, ink=QUIET)
    head.border = _HEAD_RULE
    head.alignment = TOP if column.kind is ColumnKind.TEXT else TOP_RIGHT
    for row, cell in enumerate((*cells, *totals), HEAD + 1):
        drawn = at(sheet, row, number)
        put(drawn, cell, column.kind, decimals)
        drawn.border = _RULE
    if totals:
        drawn.font, drawn.border = font(bold=True), _TOTAL_RULE
    longest = max((len(line) for one in (*cells, *totals) for line in one.text.split("\n")), default=0)
    width = min(max(longest + 2, len(column.title) + 4, NARROWEST), WIDEST)
    sheet.column_dimensions[get_column_letter(number)].width = width
    return width


# -- the file -------------------------------------------------------------------------------------------------------------


def print_settings(sheet: Worksheet, paper: Paper, *, landscape: bool) -> None:
    """On A4, as wide as the page; what the document is at the top, and the page at the foot."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.left.text = _in_margin(paper.kind) or None
    head.right.text = WORDS["illustrative"] if paper.illustrative else None
    foot.left.text = _in_margin(f"{WORDS['reference']}{NO_BREAK}: {paper.reference}")
    foot.right.text = f"{WORDS['page']} &P {WORDS['of']} &N"
    sheet.oddHeader, sheet.oddFooter = head, foot


def _in_margin(text: str) -> str:
    """A text at the top or the foot of a printed page, where an ampersand would be an order."""
    return " ".join(text.split())[:60].replace("&", "&&")


def _properties(book: Workbook, paper: Paper) -> None:
    known = book.properties
    known.title, known.subject, known.keywords = paper.title, paper.kind, paper.reference
    known.language = LANGUAGES[paper.language]
    known.creator = "Passerelles"
    known.created = datetime.combine(paper.day, time())


CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def _written(book: Workbook, paper: Paper) -> bytes:
    """The bytes; the library would else write the moment when it saved."""
    saved = io.BytesIO()
    book.save(saved)
    with ZipFile(saved) as archive:
        core = _MODIFIED.sub(rb"\g<1>%sT00:00:00Z" % paper.day.isoformat().encode(), archive.read(CORE))
    return settled(saved.getvalue(), {CORE: core})
