"""The rows of a sheet → their values (*lignes*): each cell read for what it says, each problem told at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from referentials.document import shown
from referentials.formats.text import clean
from referentials.formats.workbook_form import Column, Path, Sheet
from referentials.formats.workbook_header import Found, Head, rows_of
from referentials.formats.workbook_source import Page
from referentials.formats.workbook_told import Told
from referentials.formats.workbook_values import CellProblem, Fault, Formula


class Row:
    """One row: its own values, what it names as the row above it, the rows that belong to it."""

    def __init__(self, sheet: Sheet, number: int, head: Head) -> None:
        self.sheet, self.number, self.head = sheet, number, head
        self.values: dict[str, Any] = {}
        self.links: list[str] = []
        self.below: dict[int, dict[str, list[Row]]] = {}
        self.above: Row | None = None
        self.bad = False

    @property
    def key(self) -> str:
        """What other rows name it by; empty when it can't be told."""
        parts = [value_at(self.values, path) for path in self.sheet.key]
        return "@".join(parts) if parts and all(isinstance(part, str) and part for part in parts) else ""

    @property
    def unit(self) -> Row:
        """The row that it comes in with, or does not."""
        row = self
        while not row.sheet.unit and row.above is not None:
            row = row.above
        return row

    def found(self, path: Sequence[Any]) -> Found | None:
        """The column that a part of the values comes from, or the nearest one."""
        for length in range(len(path), 0, -1):
            for found in self.head.columns:
                if found.column.path and found.column.path[:length] == tuple(path[:length]):
                    return found
        return None


def read_rows(page: Page, sheet: Sheet, head: Head, told: Told) -> Iterator[Row]:
    """The rows of a page under its head."""
    for number, cells in rows_of(page, head):
        row = Row(sheet, number, head)
        row.bad = not head.whole
        links: dict[str, str] = {}
        for found in head.columns:
            raw = cells[found.place] if found.place < len(cells) else None
            _read(row, found, raw, links, told)
        row.links = [links.get(column.title, "") for column in sheet.links]
        yield row


def _read(row: Row, found: Found, raw: Any, links: dict[str, str], told: Told) -> None:
    column = found.column
    try:
        value = _value(column, raw)
    except CellProblem as problem:
        row.bad = True
        told.wrong(
            problem.rule, problem.message, problem.remedy, row.sheet.title, row.number, column.title, found.letters
        )
        return
    if value is None:
        return
    if column.link:
        links[column.title] = value
    else:
        put(row.values, column.path, value)


def _value(column: Column, raw: Any) -> Any:
    """The value of a cell; None when it says nothing."""
    if isinstance(raw, Formula):
        remedy = "Collez les valeurs à la place des formules (collage spécial, Valeurs)."
        raise CellProblem("formule", f"la cellule contient une formule ({shown(raw)})", remedy)
    if isinstance(raw, Fault):
        raise CellProblem("erreur", f"la cellule montre une erreur du tableur ({raw})", "Corrigez-la ou videz-la.")
    if isinstance(raw, str):
        raw = clean(raw.replace("_x000D_", "")).strip() or None
    if raw is None:
        if column.needed:
            raise CellProblem("vide", "la cellule est vide, et elle est indispensable", "Remplissez-la.")
        return None
    if isinstance(raw, str) and len(raw) > column.longest:
        message = f"le texte dépasse {column.longest} caractères"
        raise CellProblem("trop-long", message, "Raccourcissez-le.")
    value = column.kind.read(raw, column.choices)
    _check_bounds(column, value)
    return value


def _check_bounds(column: Column, value: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        if column.low is not None and value < column.low:
            message = f"{value:g} est trop petit"
            raise CellProblem("bornes", message, f"Écrivez un nombre d'au moins {column.low:g}.")
        if column.high is not None and value > column.high:
            raise CellProblem("bornes", f"{value:g} est trop grand", f"Écrivez un nombre d'au plus {column.high:g}.")


def value_at(values: Any, path: Path) -> Any:
    """The value at a path; None when a part of it is missing."""
    for step in path:
        values = values.get(step) if isinstance(values, dict) else None
    return values


def put(values: dict[str, Any], path: Path, value: Any) -> None:
    """Set the value at a path, and the groups around it."""
    for step in path[:-1]:
        group = values.setdefault(step, {})
        if not isinstance(group, dict):
            return
        values = group
    values[path[-1]] = value
