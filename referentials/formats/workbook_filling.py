"""Values of our files → rows of cells (*remplissage*), and what the cells can't carry, found by reading them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from referentials.formats.losses import NAMES, Losses
from referentials.formats.workbook_assembly import Assembly
from referentials.formats.workbook_form import NATURE, Column, Form, Path, Sheet
from referentials.formats.workbook_source import Page

Cells = tuple[Any, ...]
_WRITTEN_OTHERWISE = "Des textes sont écrits autrement (espaces, lignes vides, caractères invisibles, longueur)"


class Filling:
    """The rows of each sheet of a form, for some things."""

    def __init__(self, form: Form, things: Sequence[Mapping[str, Any]]) -> None:
        self.form = form
        self.rows: dict[str, list[Cells]] = {sheet.title: [] for sheet in form.sheets}
        for values in things:
            self._fill(form.root, values, {})

    def _fill(self, sheet: Sheet, values: Mapping[str, Any], links: Mapping[str, str]) -> None:
        self.rows[sheet.title].append(tuple(_cell(column, values, links) for column in sheet.columns))
        key = "@".join(str(_at(values, path)) for path in sheet.key)
        for below in self.form.below(sheet.title):
            if below.under[0] == sheet.title:
                for part in _parts(below, values):
                    self._fill(below, part, {**links, sheet.title: key})

    def pages(self) -> Iterator[Page]:
        """The sheets as a reader would find them."""
        for sheet in self.form.sheets:
            lines = [tuple(column.title for column in sheet.columns), *self.rows[sheet.title]]
            yield Page(sheet.title, tuple(enumerate(lines, 1)))


def _parts(sheet: Sheet, values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for slot in sheet.slots:
        listed = _at(values, slot.path)
        for part in slot.scatter(listed) if listed else ():
            yield {**part, NATURE[0]: slot.nature} if slot.nature else part


def _cell(column: Column, values: Mapping[str, Any], links: Mapping[str, str]) -> Any:
    if column.link:
        return links.get(column.link)
    value = _at(values, column.path)
    if value is None and column.otherwise is not None and isinstance(_at(values, column.path[:-1]), Mapping):
        value = column.otherwise
    if value is None:
        return None
    return column.kind.write(value, column.choices) or None if not _counts(value) else value


def _counts(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _at(values: Any, path: Path) -> Any:
    for step in path:
        values = values.get(step) if isinstance(values, Mapping) else None
    return values


# -- what is lost


def tell_losses(filling: Filling, things: Mapping[str, Mapping[str, Any]], losses: Losses) -> None:
    """Read the rows again, and tell each difference with what was to be written.

    Parameters
    ----------
    things : mapping of str to mapping
        The plain values, by the name that people know each thing by, in the order of the rows.
    """
    assembly = Assembly(filling.form, "")
    assembly.read(filling.pages())
    read = {record.where.line: record.values for record in assembly.records()}
    for row, (name, values) in enumerate(things.items(), 2):
        again = read.get(row)
        if again is None:
            losses.add("illisible", "Ce qui est écrit ne se relirait pas", name)
        else:
            _compare(values, _settled(filling.form, again), name, name, losses)


def _settled(form: Form, values: Mapping[str, Any]) -> Any:
    """The values as our files write them, without what is said by default."""
    from referentials.writer import plain

    return values if form.item is None else plain(form.item.model_validate(values))


def _compare(before: Any, after: Any, field: str, where: str, losses: Losses) -> None:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key, value in before.items():
            _compare(value, after.get(key), str(key), f"{where}.{key}", losses)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for rank, pair in enumerate(zip(before, after, strict=True), 1):
            _compare(*pair, field, f"{where}[{rank}]", losses)
    elif _is_text(before) and _is_text(after):
        losses.add("texte", _WRITTEN_OTHERWISE, where)
    else:
        losses.add(field, f"Un classeur ne porte pas {NAMES.get(field, f'le champ « {field} »')}", where)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(part, str) for part in value))
