"""The rows of a workbook (*lecture des feuilles*), as plain values: guarded first, then read one row at a time."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from referentials.formats.exchange import Upload
from referentials.formats.upload import refused
from referentials.formats.workbook_guard import extents
from referentials.formats.workbook_values import Fault, Formula

Line = tuple[int, tuple[Any, ...]]
"""The number of a row, and its cells from the first column on."""


class Page(NamedTuple):
    """A sheet as it was found."""

    title: str
    lines: tuple[Line, ...]
    merged: tuple[str, ...] = ()


def pages(upload: Upload) -> Iterator[Page]:
    """The sheets of a file, hidden ones too, in their order; rows without anything are left out.

    Raises
    ------
    FileProblem
        The file is no workbook, or one that is not to be opened.
    """
    found = extents(upload)
    with _unreadable_told(upload):
        from openpyxl import load_workbook

        upload.stream.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(upload.stream, read_only=True, keep_links=False, keep_vba=False, rich_text=False)
            for sheet in book.worksheets:
                extent = found.get(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"))
                if extent is None or not extent.rows:
                    continue
                rows = sheet.iter_rows(max_row=extent.rows, max_col=extent.columns)
                yield Page(str(sheet.title), tuple(_lines(rows)), extent.merged)


def _lines(rows: Any) -> Iterator[Line]:
    for number, cells in enumerate(rows, 1):
        values = tuple(map(_value, cells))
        if any(value is not None for value in values):
            yield number, values


def _value(cell: Any) -> Any:
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if cell.data_type == "f":
        return Formula(str(value)[:200])
    return Fault(str(value)[:40]) if cell.data_type == "e" else value


@contextmanager
def _unreadable_told(upload: Upload) -> Iterator[None]:
    """Say in our words that the library could not read what the guard let through."""
    from xml.etree.ElementTree import ParseError
    from zipfile import BadZipFile

    try:
        yield
    except (BadZipFile, ParseError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as problem:
        if hasattr(problem, "findings"):
            raise
        message = "Le classeur ne se lit pas : une partie manque ou ne suit pas le format .xlsx."
        remedy = "Ouvrez-le dans un tableur, puis enregistrez-le de nouveau au format Classeur Excel (.xlsx)."
        raise refused(upload, "classeur-illisible", message, remedy) from None
