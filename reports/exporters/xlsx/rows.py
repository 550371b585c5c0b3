"""Many rows as a workbook of one sheet (*liste en classeur*), written as they come: a hundred thousand take no more memory than one.

A number is a number, and a text stays a text, whatever it starts with.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet


def write_rows(title: str, columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> bytes:
    """The bytes of a workbook: the titles of the columns, then the rows, which can be filtered."""
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    sheet.append([_text(sheet, name, bold=True) for name in columns])
    for row in rows:
        sheet.append([_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _text(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
