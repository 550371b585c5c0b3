"""One cell of a sheet: a figure that counts, or a text that stays one; its tone, its font."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import ceil
from typing import cast

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from reports.exporters.xlsx.number_formats import is_told, number_format
from reports.paper import Cell, ColumnKind, Tone
from reports.tones import BY_DAY, PAGE, QUIET

FONT = "Arial"
TOP = Alignment(wrap_text=True, vertical="top")
TOP_LEFT = Alignment(wrap_text=True, vertical="top", horizontal="left")
TOP_RIGHT = Alignment(wrap_text=True, vertical="top", horizontal="right")
ON_ONE_LINE = Alignment(vertical="top")
TALLEST = 409
"""Of a row, in points."""


def at(sheet: Worksheet, row: int, column: int) -> SheetCell:
    """A cell to write in."""
    return cast(SheetCell, sheet.cell(row, column))


def grow(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]], size: int = 10) -> None:
    """Make a row as high as its texts need, each with the width that it has, in characters."""
    lines = max((lines_of(text, width) for text, width in texts), default=1)
    sheet.row_dimensions[row].height = min(1.35 * size * lines, TALLEST)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes, about.

    Examples
    --------
    >>> lines_of("abc\\ndéf", 10), lines_of("x" * 25, 10)
    (2, 3)
    """
    return sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))


def put(drawn: SheetCell, cell: Cell, kind: ColumnKind, decimals: int) -> None:
    """A figure as a figure, and all else as a text."""
    if is_told(cell, kind) and kind is not ColumnKind.TEXT:
        drawn.value = cell.value
        drawn.number_format = number_format(cell, kind, decimals)
        dress(drawn, cell.tone, TOP_RIGHT)
    else:
        unknown = kind is not ColumnKind.TEXT and cell.value is None and cell.tone is Tone.NEUTRAL
        say(drawn, cell.text, tone=cell.tone, ink=QUIET if unknown else "")
        drawn.alignment = TOP if kind is ColumnKind.TEXT else TOP_RIGHT


def say(
    drawn: SheetCell,
    text: str,
    *,
    size: int = 10,
    bold: bool = False,
    ink: str = "",
    tone: Tone = Tone.NEUTRAL,
    wrap: bool = True,
) -> None:
    """A text that stays one, whatever it starts with."""
    if text:
        drawn.value = text
        drawn.data_type = "s"
        drawn.quotePrefix = not text[0].isalnum()
    dress(drawn, tone, TOP if wrap else ON_ONE_LINE)
    drawn.font = font(size=size, bold=bold, ink=ink or BY_DAY[tone].ink)


def dress(drawn: SheetCell, tone: Tone, alignment: Alignment) -> None:
    drawn.alignment = alignment
    drawn.font = font(ink=BY_DAY[tone].ink)
    if tone is not Tone.NEUTRAL:
        drawn.fill = ground(tone)


@cache
def font(*, size: int = 10, bold: bool = False, ink: str = PAGE.ink) -> Font:
    return Font(name=FONT, size=size, bold=bold, color=ink[1:])


@cache
def ground(tone: Tone) -> PatternFill:
    return PatternFill("solid", fgColor=BY_DAY[tone].ground[1:])
