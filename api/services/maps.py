"""All bridges of a day, kept (*carte gardée*): worked out once for a library and a day, in the processes that compute, then only read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from datetime import date
from threading import Lock
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from api.services.surveys import Map, Survey
from pathways.matrix import Cell, Matrix
from referentials.library import Library
from referentials.reference import Ref
from referentials.versions import parse_or_none

_DAYS = 12
"""Answers kept for one library."""

_KEPT: WeakKeyDictionary[Library, OrderedDict[Survey, Any]] = WeakKeyDictionary()
_LOCK = Lock()


class Surveyor(Protocol):
    """What answers questions about every target."""

    def survey(self, asked: Any, library: Library, organisation: str | None = None) -> Any:
        """See :meth:`api.services.solver.Solver.survey`."""


def kept_map(asked: Map, library: Library, solver: Surveyor, organisation: str | None) -> Matrix:
    """The map of a day."""
    found: Matrix = kept_survey(asked, library, solver, organisation)
    return found


def map_about(
    start: str, target: str, on: date, library: Library, solver: Surveyor, organisation: str | None
) -> Matrix:
    """The map of a day; that of one start or of one target alone, where the map of all does not go through them.

    A directory of thousands is not gone through, nor is a fiche that rights only name.
    """
    whole = kept_map(Map(on=on), library, solver, organisation)
    ends = tuple(
        (name,) if name and not any(name in _names(ref) for ref in known) and _is_known(library, name) else ()
        for name, known in ((start, whole.starts), (target, whole.targets))
    )
    return kept_map(Map(on=on, starts=ends[0], targets=ends[1]), library, solver, organisation) if any(ends) else whole


def _is_known(library: Library, text: str) -> bool:
    return isinstance(parse_or_none(text), Ref) and bool(library.expand(text))


def kept_survey(asked: Survey, library: Library, solver: Surveyor, organisation: str | None) -> Any:
    """The answer to a question about every target. A library that has changed is another one, and has none yet."""
    with _LOCK:
        kept = _KEPT.setdefault(library, OrderedDict())
        if asked in kept:
            kept.move_to_end(asked)
            return kept[asked]
    found = solver.survey(asked, library, organisation)
    with _LOCK:
        kept[asked] = found
        while len(kept) > _DAYS:
            kept.popitem(last=False)
    return found


def narrowed(found: Matrix, *, start: str = "", target: str = "", by_right: bool = False) -> tuple[Cell, ...]:
    """The pairs that start from a referential, lead to another, give something by right."""
    return tuple(
        cell
        for cell in found.cells
        if start in ("", *_names(cell.start)) and target in ("", *_names(cell.target)) and (not by_right or gives(cell))
    )


def _names(ref: str) -> Collection[str]:
    """The version of a reference, and its referential whatever the version."""
    whole = ref.partition("/")[0]
    return whole, whole.partition("@")[0]


def gives(cell: Cell) -> bool:
    """Whether a pair gives anything for certain."""
    return bool(cell.whole or cell.by_right or cell.competencies or cell.entry_waived or cell.exemptions)
