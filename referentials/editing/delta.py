"""What an act changed (*modification*): the entries that differ between two states, each with its value before and after.

A history is a list of deltas: :func:`applied` goes forth, :func:`undone` goes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from referentials.editing.entries import Entries, Path, entries, values_of


class Edit(NamedTuple):
    """One entry that differs; ``absent`` (:data:`ABSENT`) stands for no entry at all."""

    at: Path
    before: Any
    after: Any


class _Absent:
    """No entry: not even an empty one."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()
Delta = tuple[Edit, ...]


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Delta:
    """What changed from one state to another; empty when nothing did."""
    return entry_changes(entries(before), entries(after))


def entry_changes(before: Entries, after: Entries) -> Delta:
    """The same, of entries."""
    paths = dict.fromkeys((*before, *after))
    both = ((path, before.get(path, ABSENT), after.get(path, ABSENT)) for path in paths)
    return tuple(Edit(*one) for one in both if not _same(one[1], one[2]))


def _same(one: Any, other: Any) -> bool:
    """Whether two values are written alike: ``1`` is neither ``1.0`` nor ``true``."""
    return type(one) is type(other) and one == other


def applied(values: Mapping[str, Any], *deltas: Delta) -> dict[str, Any]:
    """The state after deltas, one after the other, from the one before them."""
    found = entries(values)
    for path, _before, after in chain.from_iterable(deltas):
        _set(found, path, after)
    return values_of(found)


def undone(values: Mapping[str, Any], *deltas: Delta) -> dict[str, Any]:
    """The state before deltas that followed each other, from the one after them."""
    found = entries(values)
    for path, before, _after in chain.from_iterable(reversed(deltas)):
        _set(found, path, before)
    return values_of(found)


def _set(found: Entries, path: Path, value: Any) -> None:
    if value is ABSENT:
        found.pop(path, None)
    else:
        found[path] = value


def written(delta: Delta) -> list[dict[str, Any]]:
    """A delta as plain values, to keep it; :func:`read` reads it again."""
    return [_plain(edit) for edit in delta]


def _plain(edit: Edit) -> dict[str, Any]:
    sides = {"before": edit.before, "after": edit.after}
    return {"at": list(edit.at)} | {name: value for name, value in sides.items() if value is not ABSENT}


def read(kept: Iterable[Mapping[str, Any]]) -> Delta:
    """A delta that was kept."""
    return tuple(Edit(tuple(one["at"]), one.get("before", ABSENT), one.get("after", ABSENT)) for one in kept)
