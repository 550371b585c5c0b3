"""CSV tables from strangers (*tableaux CSV*): a header, then rows by the names of their columns, one at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from referentials.formats.archive import Bounds, members
from referentials.formats.exchange import Upload
from referentials.formats.text import clean, decoded
from referentials.formats.upload import content_of, refused

_FORMULA = tuple("=+-@\t")
_AGAIN = "Téléchargez-le ou exportez-le de nouveau, sans l'ouvrir dans un tableur."


class Table(NamedTuple):
    """One table: the file, its columns as they are written, and its rows, each with its line."""

    upload: Upload
    columns: tuple[str, ...]
    rows: Iterator[tuple[int, Mapping[str, str]]]


def table(upload: Upload, at_most: int) -> Table:
    """The table of a file.

    Raises
    ------
    FileProblem
        The file is too large, is empty, or is no CSV; for what comes after the header, while the rows are asked for.
    """
    text = decoded(content_of(upload, at_most))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows = _cells(upload, reader)
    header = next(rows, None)
    if header is None:
        raise refused(upload, "csv-vide", "Le fichier est vide.", _AGAIN, 1)
    columns = tuple(" ".join(cell.split()) for cell in header[1])
    return Table(upload, columns, ((line, _row(columns, cells)) for line, cells in rows))


def tables(upload: Upload, bounds: Bounds, wanted: Callable[[str], bool] = bool) -> Iterator[Table]:
    """The tables of an archive whose names are wanted, or of the file itself."""
    for one in members(upload, ".csv", bounds):
        if one is upload or wanted(one.name.rpartition("›")[2].strip()):
            yield table(one, bounds.bytes)


def _cells(upload: Upload, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    line = 1
    try:
        for cells in reader:
            line = getattr(reader, "line_num", line)
            if any(cell.strip() for cell in cells):
                yield line, cells
    except csv.Error:
        message = f"Le fichier cesse d'être un CSV lisible vers la ligne {line + 1}."
        raise refused(upload, "csv-illisible", message, _AGAIN, line + 1) from None


def _row(columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    return {name: _read(cell) for name, cell in zip(columns, cells, strict=False)}


def _read(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from computing it."""
    text = (cell if cell.isprintable() else clean(cell)).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _separator(text: str) -> str:
    first = text.lstrip("\ufeff \r\n").partition("\n")[0]
    return max(",;\t", key=first.count)
