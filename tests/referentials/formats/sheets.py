"""Workbooks made by hand for tests: with openpyxl as people's spreadsheets make them, or part by part as nobody's would."""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from referentials.formats.workbook import template

MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
FIRST = "xl/worksheets/sheet1.xml"


def book(sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Mapping[str, str] | None = None) -> bytes:
    """A workbook with these rows in its sheets; a text that starts with « = » is a formula."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
        if merged and title in merged:
            page.merge_cells(merged[title])
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


@cache
def _own() -> dict[str, bytes]:
    with ZipFile(io.BytesIO(template("personnes").content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(**parts: bytes) -> bytes:
    """A workbook of ours, some parts of which are replaced or added; ``sheet`` is the first sheet, ``noise`` keeps the ratio low."""
    names = {"sheet": FIRST, "texts": "xl/sharedStrings.xml", "styles": "xl/styles.xml", "noise": "xl/media/image1.png"}
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in (_own() | {names.get(key, key): content for key, content in parts.items()}).items():
            archive.writestr(name, content)
    return packed.getvalue()


def first_sheet(rows: bytes) -> bytes:
    """The first sheet, with these rows of XML."""
    return MAIN + b"<sheetData>" + rows + b"</sheetData></worksheet>"
