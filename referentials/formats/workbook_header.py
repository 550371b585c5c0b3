"""The head of a sheet (*en-tête*): which column is where, in any order and spelling; and which rows are only there to help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from referentials.document import shown
from referentials.formats.workbook_form import Column, Sheet
from referentials.formats.workbook_source import Line, Page
from referentials.formats.workbook_told import Told
from referentials.formats.workbook_values import folded

HINT = "› "
"""Every cell of the row of hints starts so."""
ASIDE = "#"
"""A row whose first cell starts so is an example or a comment, and is not read."""

_FIRST_ROWS = 20
_MOST_TOLD = 10


class Found(NamedTuple):
    """A column of the sheet that was read: what it is, its number from 0, its letters."""

    column: Column
    place: int
    letters: str


class Head(NamedTuple):
    """The columns that are there, and whether every one that is needed is."""

    row: int
    columns: tuple[Found, ...]
    whole: bool


def head_of(page: Page, sheet: Sheet, told: Told) -> Head | None:
    """The head of a page; what is unknown, twice there or missing is told. ``None``: no head."""
    for number, cells in page.lines[:_FIRST_ROWS]:
        names = [folded(cell[:200]) if isinstance(cell, str) else "" for cell in cells]
        known = {folded(column.title): column for column in sheet.columns}
        if sum(name in known for name in names) >= min(2, len(known)):
            return _head(number, cells, sheet, told)
    message = f"on n'y trouve pas la ligne des titres ({sheet.columns[0].title}, {sheet.columns[1].title}…)"
    told.wrong("sans-titres", message, "Reprenez la première ligne du modèle.", page.title)
    return None


def _head(number: int, cells: Sequence[Any], sheet: Sheet, told: Told) -> Head:
    known = {folded(column.title): column for column in sheet.columns}
    found: dict[str, Found] = {}
    unknown = []
    for index, cell in enumerate(cells):
        name = folded(str(cell)[:200]) if cell is not None else ""
        if name in known and name not in found:
            found[name] = Found(known[name], index, letters_of(index))
        elif cell is not None:
            unknown.append((str(cell), name in found, letters_of(index)))
    _tell_unknown(unknown, number, sheet, told)
    missing = [column.title for name, column in known.items() if column.needed and name not in found]
    for title in missing:
        message, remedy = (
            f"la colonne « {title} » manque, et elle est indispensable",
            "Ajoutez-la, ou repartez du modèle.",
        )
        told.wrong("colonne-manquante", message, remedy, sheet.title, number)
    return Head(number, tuple(found.values()), not missing)


def _tell_unknown(unknown: Sequence[tuple[str, bool, str]], number: int, sheet: Sheet, told: Told) -> None:
    for name, twice, letters in unknown[:_MOST_TOLD]:
        if twice:
            message = f"la colonne « {shown(name)} » est là deux fois : seule la première est lue"
            told.note("colonne-en-double", message, "Supprimez l'une des deux.", sheet.title, number, at=letters)
            continue
        titles = [column.title for column in sheet.columns]
        near = get_close_matches(name[:60], titles, n=1)
        remedy = f"Vouliez-vous écrire « {near[0]} » ?" if near else f"Colonnes connues : {', '.join(titles)}."
        message = f"la colonne « {shown(name)} » n'est pas connue : elle n'est pas lue"
        told.note("colonne-inconnue", message, remedy, sheet.title, number, at=letters)
    if len(unknown) > _MOST_TOLD:
        message = f"{len(unknown) - _MOST_TOLD} autres colonnes ne sont pas connues"
        told.note("colonne-inconnue", message, "Supprimez-les, ou repartez du modèle.", sheet.title, number)


def rows_of(page: Page, head: Head) -> Iterator[Line]:
    """The rows under the head, but the hints and what is set aside."""
    first = min(found.place for found in head.columns)
    for number, cells in page.lines:
        if number <= head.row:
            continue
        said = [cell for cell in cells if cell is not None]
        if not all(isinstance(cell, str) and cell.startswith(HINT) for cell in said) and not _is_aside(cells, first):
            yield number, cells


def _is_aside(cells: Sequence[Any], first: int) -> bool:
    cell = cells[first] if first < len(cells) else None
    return isinstance(cell, str) and cell.startswith(ASIDE)


def letters_of(index: int) -> str:
    """The letters of a column, from its number from 0.

    Examples
    --------
    >>> letters_of(0), letters_of(26), letters_of(701)
    ('A', 'AA', 'ZZ')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
