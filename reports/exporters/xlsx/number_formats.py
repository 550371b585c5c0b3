"""How a workbook shows a figure (*formats de nombre*): the figure counts, and the words around it are kept.

« au moins 12 h 30 » is the number 12.5, shown as « au moins 12,50 h ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from reports.paper import Cell, ColumnKind

SPACE = "\u00a0"
UNITS = {ColumnKind.HOURS: "h", ColumnKind.EUROS: "€", ColumnKind.SHARE: "%"}
DAY = "dd/mm/yyyy"
LONGEST = 60
"""Characters of words around a figure."""

_FIGURE = re.compile(r"[+\-−]?\d[\d\s.,]*(?:\s?h(?:\s?\d\d)?\b|\s?min\b|\s?€|\s?%)?")
_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2}(?:er)? [^\W\d]+ \d{4}|\d{4}-\d{2}-\d{2}")


def kind_of(cell: Cell) -> ColumnKind:
    """What a figure alone is, from the words that say it.

    Examples
    --------
    >>> [kind_of(Cell(text=text, value=12.5)).value for text in ("12 h 30", "12,50 €", "1250 %", "12,5")]
    ['hours', 'euros', 'share', 'count']
    """
    if cell.value is None:
        return ColumnKind.TEXT
    if isinstance(cell.value, date):
        return ColumnKind.DAY
    figure = found.group() if (found := _FIGURE.search(cell.text)) else ""
    if "€" in cell.text[:1] + figure:
        return ColumnKind.EUROS
    if figure.endswith("%"):
        return ColumnKind.SHARE
    return ColumnKind.HOURS if re.search(r"h|min", figure) else ColumnKind.COUNT


def number_format(cell: Cell, kind: ColumnKind, decimals: int = 0) -> str:
    """The format of a figure, with the words that stand around it.

    Parameters
    ----------
    decimals : int
        As many as the figures of the same column need.

    Examples
    --------
    >>> number_format(Cell(text="au moins 12 h 30", value=12.5), ColumnKind.HOURS, 2).replace(SPACE, "_")
    '"au moins "#,##0.00"_h"'
    >>> number_format(Cell(text="25 %", value=0.25), ColumnKind.SHARE).replace(SPACE, "_")
    '#,##0"_"%'
    """
    before, after = around(cell, kind)
    if kind is ColumnKind.DAY:
        return f"{_quoted(before)}{DAY}{_quoted(after)}"
    figures = "#,##0" + ("." + "0" * decimals if decimals else "")
    unit = "" if UNITS.get(kind, "?") in before else _unit(kind)
    return f"{_quoted(before)}{figures}{unit}{_quoted(after)}"


def around(cell: Cell, kind: ColumnKind) -> tuple[str, str]:
    """The words before and after the figure of a cell."""
    found = (_DAY if kind is ColumnKind.DAY else _FIGURE).search(cell.text)
    if not found:
        return "", ""
    figure = found.group().rstrip()
    return cell.text[: found.start()], cell.text[found.start() + len(figure) :]


def is_told(cell: Cell, kind: ColumnKind) -> bool:
    """Whether a figure and few words say all that the cell says; a long sentence stays a text."""
    return cell.value is not None and sum(map(len, around(cell, kind))) <= LONGEST


def decimals_of(cells: Iterable[Cell], kind: ColumnKind) -> int:
    """How many decimals the figures of a column need; none, or two."""
    values = (cell.value for cell in cells if isinstance(cell.value, float | int))
    scale = 100 if kind is ColumnKind.SHARE else 1
    return 0 if all(abs(value * scale - round(value * scale)) < 1e-6 for value in values) else 2


def _unit(kind: ColumnKind) -> str:
    if kind is ColumnKind.SHARE:
        return f'"{SPACE}"%'
    return f'"{SPACE}{UNITS[kind]}"' if kind in UNITS else ""


def _quoted(words: str) -> str:
    """Words in a format, where nothing in them is read as one."""
    plain = re.sub(r'["\\\s]+', lambda found: SPACE if found.group() == SPACE else " ", words)
    return f'"{plain}"' if plain else ""
