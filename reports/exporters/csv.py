"""The main table of a document for a spreadsheet (*tableau CSV*), as French spreadsheets open it: semicolons, UTF-8 with its mark.

A number is written in figures, with the decimal mark of the language, so that it is counted; an hour is decimal and a part is
of one. A text that a spreadsheet would run as a formula starts with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from reports.document import Document
from reports.exporters import Exporter
from reports.language import Language
from reports.paper import Cell, Column, ColumnKind, Table

SEPARATOR = ";"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the start of a formula; some, once spaces are skipped."""


def write(document: Document) -> bytes:
    """The main table: its titles, its rows, its total."""
    table = main_table(document)
    written = io.StringIO()
    rows = csv.writer(written, delimiter=SEPARATOR, lineterminator="\r\n")
    rows.writerow(inert(column.title) for column in table.columns)
    rows.writerows(_lines(table, document.paper.language))
    return written.getvalue().encode("utf-8-sig")


def main_table(document: Document) -> Table:
    """The table that the document calls its main one, else the first one.

    Raises
    ------
    StopIteration
        There is none; see :func:`holds`.
    """
    tables = document.paper.tables
    return next((table for table in tables if table.name == document.main), None) or next(iter(tables))


def holds(document: Document) -> bool:
    """Whether there is a table at all."""
    return bool(document.paper.tables)


def _lines(table: Table, language: Language) -> Iterator[list[str]]:
    for cells in (*table.rows, *([table.total] if table.total else [])):
        yield [in_figures(cell, column, language) for cell, column in zip(cells, table.columns, strict=True)]


def in_figures(cell: Cell, column: Column, language: Language = Language.FRENCH) -> str:
    """A cell as a spreadsheet reads it.

    Examples
    --------
    >>> hours = Column(title="Heures", kind=ColumnKind.HOURS)
    >>> in_figures(Cell(text="1 234 h 30", value=1234.5), hours), in_figures(Cell(text="non connu"), hours)
    ('1234,5', 'non connu')
    >>> in_figures(Cell(text="=1+1"), Column(title="Module"))
    "'=1+1"
    """
    if cell.value is None or column.kind is ColumnKind.TEXT:
        return inert(cell.text)
    if isinstance(cell.value, date):
        return f"{cell.value:%d/%m/%Y}"
    figures = f"{cell.value:.6f}".rstrip("0").rstrip(".")
    return figures.replace(".", ",") if language is Language.FRENCH else figures


def inert(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


EXPORTER = Exporter("text/csv; charset=utf-8", ".csv", write, holds)
