"""What a workbook from a stranger is, before anything reads it (*garde*): an .xlsx without macros nor password, within bounds.

The list of the archive first (members, bytes once unpacked, ratio), then the marks of each part counted as bytes, then each sheet streamed
once: how far its cells go, and which are merged. So a bomb is refused before anything opens it, in less time than it took to send.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from referentials.findings import FileProblem
from referentials.formats.archive import Bounds, opened
from referentials.formats.exchange import Upload
from referentials.formats.upload import refused
from referentials.formats.xml import elements

MOST_BYTES = 20_000_000
MOST_ROWS, MOST_COLUMNS = 50_000, 200
"""How far a cell that holds something may be."""
MOST_TAGS = 600_000
"""Marks of XML in all the sheets: four make a cell."""
MOST_TEXTS = 200_000
"""Texts that the cells of a workbook share."""

_BOUNDS = Bounds(members=500, bytes=80_000_000, ratio=120)
_SHEET_BYTES, _TEXTS_BYTES, _PART_BYTES = 60_000_000, 20_000_000, 1_000_000
_MOST_ROWS, _MOST_MERGED, _MOST_STYLES = 2 * MOST_ROWS, 5_000, 30_000
_CHUNK, _OVERLAP = 1_000_000, 40
_ASIDE, _BY_CELL = 30_000, 12
"""Marks that a sheet may have beside its cells, and for each of them."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_LETTERS = re.compile(r"([A-Z]{1,8})([0-9]{1,9})")
_TEXTS = "xl/sharedStrings.xml"
_DECLARED = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_SAVE_AGAIN = "Enregistrez-le de nouveau au format Classeur Excel (.xlsx), sans mot de passe ni macro."
_SMALLER = "Gardez les seules feuilles du modèle, et supprimez les lignes et les colonnes vides."


class Extent(NamedTuple):
    """How far the cells of a sheet that hold something go, and its merged cells."""

    rows: int
    columns: int
    merged: tuple[str, ...]


def extents(upload: Upload) -> dict[str, Extent]:
    """The extent of each sheet, by the name of its part of the archive.

    Raises
    ------
    FileProblem
        The file is no workbook, or one that we will not open: the message says which.
    """
    _check_kind(upload)
    with opened(upload, _BOUNDS) as archive, _broken_told(upload):
        _check_parts(upload, archive)
        return dict(_extents(upload, archive))


def _check_kind(upload: Upload) -> None:
    if upload.size > MOST_BYTES:
        raise refused(upload, "classeur-trop-gros", f"Le fichier dépasse {MOST_BYTES // 1_000_000} Mo.", _SMALLER)
    upload.stream.seek(0)
    head = upload.stream.read(len(_OLE))
    if head == _OLE:
        raise _ole(upload)
    if head[:2] != b"PK":
        message = "Ce fichier n'est pas un classeur Excel (.xlsx)."
        raise refused(upload, "classeur-illisible", message, _SAVE_AGAIN)


def _ole(upload: Upload) -> FileProblem:
    """The container of the nineties holds either a workbook with a password, or an old one."""
    if "EncryptedPackage".encode("utf-16-le") in upload.stream.read(MOST_BYTES):
        message = "Le classeur est protégé par un mot de passe."
        return refused(upload, "classeur-chiffre", message, "Retirez le mot de passe, puis enregistrez-le de nouveau.")
    message = "C'est un classeur de l'ancien format .xls, qui ne se lit pas ici."
    return refused(upload, "classeur-ancien", message, _SAVE_AGAIN)


def _check_parts(upload: Upload, archive: ZipFile) -> None:
    names = set(archive.namelist())
    if "mimetype" in names and b"opendocument" in _start(archive, "mimetype"):
        message = "C'est un classeur OpenDocument (.ods), qui ne se lit pas ici."
        raise refused(upload, "classeur-opendocument", message, _SAVE_AGAIN)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        message = "Le classeur contient des macros."
        raise refused(upload, "classeur-macros", message, _SAVE_AGAIN)
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        message = "Ce fichier n'est pas un classeur Excel (.xlsx)."
        raise refused(upload, "classeur-illisible", message, _SAVE_AGAIN)
    tags = Counter[str]()
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):  # pictures and the like are never read
            _check_size(upload, part.filename, part.file_size)
            _count(upload, archive, part.filename, tags)


def _check_size(upload: Upload, name: str, size: int) -> None:
    most = _TEXTS_BYTES if name == _TEXTS else _SHEET_BYTES if _SHEET.fullmatch(name) else _PART_BYTES
    if size > most:
        raise refused(upload, "classeur-trop-gros", f"Dans le classeur, « {name[:80]} » est démesuré.", _SMALLER)


def _count(upload: Upload, archive: ZipFile, name: str, counts: Counter[str]) -> None:
    """Count the marks of a part as bytes, which takes no time; refuse too many, and any declaration."""
    kind = name if name == _TEXTS else "sheet" if _SHEET.fullmatch(name) else "part"
    most = _MOST[kind]
    cells = tags = 0
    with archive.open(name) as part:
        end = b""
        while chunk := part.read(_CHUNK):
            for mark in most:
                counts[f"{kind} {mark!r}"] += chunk.count(mark)
            if any(counts[f"{kind} {mark!r}"] > limit for mark, limit in most.items()):
                raise _out_of_bounds(upload)
            if any(mark in end + chunk for mark in _DECLARED):
                raise refused(upload, "classeur-dtd", "Le classeur déclare des entités : il est refusé.", _SAVE_AGAIN)
            end = chunk[-_OVERLAP:]
            cells += chunk.count(b"<c ") + chunk.count(b":c ") + chunk.count(b"<row") + chunk.count(b":row")
            tags += chunk.count(b"<")
    if kind == "sheet" and tags > _ASIDE + _BY_CELL * cells:
        raise _out_of_bounds(upload)


_MOST = {
    "sheet": {b"<": MOST_TAGS, b"<row": _MOST_ROWS, b":row": 2 * _MOST_ROWS, b"mergeCell ": _MOST_MERGED},
    _TEXTS: {b"<": MOST_TAGS, b"<si>": MOST_TEXTS},
    "part": {b"<": _MOST_STYLES},
}


def _out_of_bounds(upload: Upload) -> FileProblem:
    message = f"Le classeur dépasse {MOST_ROWS} lignes, {MOST_COLUMNS} colonnes ou {MOST_TAGS // 4} cellules."
    return refused(upload, "classeur-demesure", message, _SMALLER)


def _start(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(200)


def _extents(upload: Upload, archive: ZipFile) -> Iterator[tuple[str, Extent]]:
    for name in sorted(set(filter(_SHEET.fullmatch, archive.namelist()))):
        with archive.open(name) as part:
            yield name, _Measure(upload).extent(part)


class _Measure:
    """Says how far the cells of one sheet go."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload
        self._row = self._column = 0

    def extent(self, part: IO[bytes]) -> Extent:
        rows = columns = 0
        merged: list[str] = []
        for element in elements(part, ("{*}c", "{*}row", "{*}mergeCell"), self._upload.name):
            if element.tag.endswith("mergeCell"):
                merged += [element.get("ref", "")[:40]] if len(merged) < 1_000 else []
            elif element.tag.endswith("c"):
                row, column = self._place(element)
                if len(element):
                    rows, columns = max(rows, row), max(columns, column)
                    if rows > MOST_ROWS or columns > MOST_COLUMNS:
                        raise _out_of_bounds(self._upload)
            else:
                self._row, self._column = self._row_after(element), 0
        return Extent(rows, columns, tuple(merged))

    def _place(self, element: Any) -> tuple[int, int]:
        """The row and the column of a cell; one that does not say them follows the one before."""
        found = _LETTERS.fullmatch(element.get("r") or "")
        self._column = _number(found[1]) if found else self._column + 1
        return int(found[2]) if found else self._row + 1, self._column

    def _row_after(self, element: Any) -> int:
        said = element.get("r") or ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else self._row + 1


def _number(letters: str) -> int:
    """The number of a column.

    Examples
    --------
    >>> _number("A"), _number("AA"), _number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


@contextmanager
def _broken_told(upload: Upload) -> Iterator[None]:
    try:
        yield
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError):
        message = "Le classeur est coupé ou abîmé."
        raise refused(upload, "classeur-abime", message, "Procurez-vous le fichier entier.") from None
