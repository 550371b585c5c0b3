"""Rows of several sheets → the things that they say together (*assemblage*), each checked by its model, each problem at its cell.

What belongs together comes in together or not at all: a wrong session leaves its module out, a wrong competency its whole referential;
the other modules, rights and people go in. Everything that is wrong is told at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from referentials.document import Document, shown
from referentials.findings import Finding, Place
from referentials.formats.exchange import Record
from referentials.formats.workbook_form import NATURE, Form, Refusal, Sheet, Slot
from referentials.formats.workbook_header import head_of
from referentials.formats.workbook_rows import Row, put, read_rows, value_at
from referentials.formats.workbook_source import Page
from referentials.formats.workbook_told import Told
from referentials.formats.workbook_values import folded
from referentials.refusals import refusals

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Assembly:
    """Puts the rows of one workbook together.

    Parameters
    ----------
    file : str
        What the file is called.
    """

    def __init__(self, form: Form, file: str) -> None:
        self._form, self._file, self.told = form, file, Told(file)
        self._is_blind = False
        """Whether a whole sheet could not be read: nothing is known to be complete then, and nothing comes in."""
        self._rows: dict[str, list[Row]] = {sheet.title: [] for sheet in form.sheets}
        self._named: dict[str, dict[tuple[int, str], Row]] = {sheet.title: {} for sheet in form.sheets}

    @property
    def findings(self) -> list[Finding]:
        """What was told, in the order of the sheets, then of the rows."""
        rank = {sheet.title: number for number, sheet in enumerate(self._form.sheets)}
        return sorted(
            self.told.findings, key=lambda one: (rank.get(one.where.path.partition("!")[0], -1), one.where.line or 0)
        )

    def read(self, pages: Iterable[Page]) -> None:
        """Read the pages, those of the first sheets first."""
        by_title = {sheet.title: page for page in pages if (sheet := self._form.sheet(page.title)) is not None}
        for sheet in self._form.sheets:
            if (page := by_title.get(sheet.title)) is not None:
                self._read(page, sheet)

    def _read(self, page: Page, sheet: Sheet) -> None:
        head = head_of(page, sheet, self.told)
        if page.merged:
            message = f"des cellules sont fusionnées ({', '.join(page.merged[:3])}) : seule la première compte"
            self.told.note("fusion", message, "Défusionnez-les, et répétez la valeur.", sheet.title)
        if head is None:
            self._is_blind = True
            return
        for row in read_rows(page, sheet, head, self.told):
            self._place(row)

    # -- who belongs to whom

    def _place(self, row: Row) -> None:
        if row.sheet.links and not self._attach(row):
            return
        self._rows[row.sheet.title].append(row)
        if not row.key:
            return
        mark = (id(row.above), row.key)
        if mark in self._named[row.sheet.title]:
            first = self._named[row.sheet.title][mark].number
            row.bad = True
            message = f"« {shown(row.key)} » est déjà à la ligne {first}"
            self._wrong(row, "en-double", message, "Gardez une seule des deux lignes.", row.sheet.key[0])
        else:
            self._named[row.sheet.title][mark] = row

    def _attach(self, row: Row) -> bool:
        """Put a row under the one that it names; a row that names none is told, unless it is wrong already."""
        above: Row | None = None
        for column, name in zip(row.sheet.links, row.links, strict=True):
            found = self._find(column.link, above, name)
            if found is None:
                if name or not row.bad:
                    self._lost(row, column.title, column.link, name)
                return False
            above = found
        assert above is not None
        slot = self._slot(row)
        row.above = above
        above.below.setdefault(id(slot), {}).setdefault(row.sheet.title, []).append(row)
        return True

    def _find(self, title: str, above: Row | None, name: str) -> Row | None:
        if name:
            return self._named[title].get((id(above), name))
        only = self._rows[title]
        return only[0] if len(only) == 1 and above is None else None

    def _lost(self, row: Row, column: str, link: str, name: str) -> None:
        found = next((one for one in row.head.columns if one.column.title == column), None)
        message = (
            f"« {shown(name)} » n'est pas dans la feuille « {link} »" if name else "il faut dire de quoi il s'agit"
        )
        remedy = f"Reprenez un nom de la feuille « {link} »."
        at = found.letters if found else ""
        self.told.wrong("sans-attache", message, remedy, row.sheet.title, row.number, column, at)

    def _slot(self, row: Row) -> Slot:
        nature = row.values.pop(NATURE[0], "")
        if row.sheet.nature_of is not None and not nature and not row.bad:
            nature = row.sheet.nature_of(row.values)
        return next((slot for slot in row.sheet.slots if slot.nature == nature), row.sheet.slots[0])

    def _wrong(self, row: Row, rule: str, message: str, remedy: str, path: Iterable[Any]) -> None:
        found = row.found(tuple(path))
        title, letters = (found.column.title, found.letters) if found else ("", "A")
        self.told.wrong(rule, message, remedy, row.sheet.title, row.number, title, letters)

    # -- what they make

    def records(self) -> Iterator[Record]:
        """What can be used, in the order of the first sheet."""
        for rows in self._rows.values():
            for row in rows:
                if row.bad:
                    row.unit.bad = True
        self._tell_alike()
        for root in self._rows[self._form.root.title]:
            if not root.bad and self._is_right(root) and not self._is_blind:
                self._tell_left_out(root)
                place = Place(file=self._file, line=root.number, path=f"{root.sheet.title}!A{root.number}")
                yield Record(self._form.record, self._whole(root), place)

    def _whole(self, root: Row) -> dict[str, Any]:
        values = self._values(root)
        for name, empty in self._form.always.items():
            values.setdefault(name, deepcopy(empty))
        return values

    def _values(self, row: Row) -> dict[str, Any]:
        """The values of a row and of all those under it that are right."""
        values = deepcopy(row.values)
        for slot, rows in self._slots(row):
            parts = [self._values(one) for one in rows if not one.unit.bad]
            if parts:
                put(values, slot.path, slot.gather(parts))
        return values

    def _slots(self, row: Row) -> Iterator[tuple[Slot, list[Row]]]:
        for sheet in self._form.below(row.sheet.title):
            for slot in sheet.slots:
                if rows := row.below.get(id(slot), {}).get(sheet.title):
                    yield slot, rows

    def _tell_left_out(self, root: Row) -> None:
        """Say which parts of a thing stay outside, for it comes in without them."""
        for _slot, rows in self._slots(root):
            for row in rows:
                if row.bad:
                    message = f"« {shown(row.key)} » n'entre pas, et ce qui entre n'en aura rien"
                    remedy = "Corrigez ce qui est signalé, puis importez de nouveau ; le mode strict refuserait tout."
                    self.told.note("ecarte", message, remedy, row.sheet.title, row.number, at="A")

    def _tell_alike(self) -> None:
        """Say which rows may be the same thing twice."""
        for paths in self._form.alike:
            seen: dict[tuple[str, ...], int] = {}
            for row in self._rows[self._form.root.title]:
                said = tuple(folded(str(value_at(row.values, path) or "")[:300]) for path in paths)
                if all(said) and seen.setdefault(said, row.number) != row.number:
                    found = row.found(paths[0])
                    message = f"c'est peut-être la même personne qu'à la ligne {seen[said]}"
                    column, at = (found.column.title, found.letters) if found else ("", "A")
                    remedy = "Gardez une seule des deux lignes si c'est elle."
                    self.told.note("deja-vu", message, remedy, row.sheet.title, row.number, column, at)

    # -- what the model says

    def _is_right(self, root: Row) -> bool:
        """Check a thing by its model; tell what is wrong at its cell. False when nothing of it can be used."""
        values = self._whole(root)
        found = [*self._refused(values), *self._form.refusals(values)]
        placed = [self._row_at(root, list(one.path)) for one in found]
        for (row, path), one in zip(placed, found, strict=True):
            self._tell(row, path, one)
        return not root.bad

    def _refused(self, values: dict[str, Any]) -> Iterator[Refusal]:
        """What the model refuses."""
        if self._form.item is None:
            return
        try:
            self._form.item.model_validate(values)
        except ValidationError as problem:
            for one in refusals(problem, values, (), self._form.item, Document(values)):
                yield Refusal(tuple(steps(one.where.path)), one.rule, one.message, one.remedy)

    def _tell(self, row: Row, rest: Sequence[Any], refusal: Refusal) -> None:
        row.unit.bad = True
        names = [str(step) for step in rest if isinstance(step, str)]
        found = row.found(names)
        message = refusal.message
        if found is not None and names:
            message = re.sub(rf"« {re.escape(names[-1])}(\[\d+\])? »", f"« {found.column.title} »", message)
        self._wrong(row, refusal.rule, message[:1].lower() + message[1:], refusal.remedy, names)

    def _row_at(self, row: Row, path: list[Any]) -> tuple[Row, list[Any]]:
        """The row that a part of the values comes from, and the path inside that row."""
        for slot, rows in self._slots(row):
            size = len(slot.path)
            if tuple(path[:size]) == slot.path:
                right = [one for one in rows if not one.unit.bad or one.unit is row.unit]
                rank, rest = (path[size], path[size + 1 :]) if path[size:] and isinstance(path[size], int) else (0, [])
                return self._row_at(right[min(rank, len(right) - 1)], rest)
        return row, path


def steps(path: str) -> list[Any]:
    """The parts of a path as a finding writes it.

    Examples
    --------
    >>> steps("modules[4].hours.onsite")
    ['modules', 3, 'hours', 'onsite']
    """
    return [name or int(number) - 1 for name, number in _STEP.findall(path)]
