"""Search: what a scope may find by words, the same answers in the same order on both databases.

Titles that answer alone come first, then referentials before blocks and competencies, then the shorter title, then the reference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select

from api.store.repositories.repository import LARGEST_PAGE
from api.store.scope import Scope
from api.store.search import PEOPLE, SHARED, SHIPPED, condition, entries_of_library, forget, index_entries
from api.store.tables.people import Person
from api.store.tables.published import LibraryMark
from api.store.tables.search import SearchEntry
from referentials.library import Library

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork


_FARTHEST = 10_000


class Hit(NamedTuple):
    """One thing found; ``part`` is « shipped », « shared », « people », or the identifier of an organisation."""

    kind: str
    ref: str
    title: str
    part: str


class Search:
    """What a scope may find: the shipped and the shared library, its own, and its people."""

    def __init__(self, unit: UnitOfWork, scope: Scope) -> None:
        self.session, self.scope = unit.session, scope

    def find(
        self, question: str, kinds: Iterable[str] | None = None, *, skip: int = 0, limit: int = 50
    ) -> tuple[Hit, ...]:
        """What answers a question, ``limit`` at most, after the first ``skip``.

        Parameters
        ----------
        kinds : iterable of str, optional
            ``referential``, ``block``, ``competency``, ``offer``, ``module``, ``person``; all but people without it.
        """
        asked = condition(question, self.session.get_bind().dialect.name)
        if asked is None:
            return ()
        kept = SearchEntry.kind.in_(sorted(kinds)) if kinds is not None else SearchEntry.kind != "person"
        columns = (SearchEntry.kind, SearchEntry.ref, SearchEntry.title, SearchEntry.part)
        query = select(*columns).where(asked.anywhere, kept, self._readable())
        order = (case((asked.in_title, 0), else_=1), SearchEntry.weight, func.length(SearchEntry.title))
        query = query.order_by(*order, SearchEntry.ref, SearchEntry.part)
        rows = self.session.execute(query.offset(max(0, min(skip, _FARTHEST))).limit(max(1, min(limit, LARGEST_PAGE))))
        return tuple(Hit(*row) for row in rows)

    def _readable(self) -> ColumnElement[bool]:
        parts = [SHIPPED, SHARED, *([self.scope.organisation] if self.scope.organisation else [])]
        mine = select(Person.id).where(self.scope.people())
        return or_(SearchEntry.part.in_(parts), (SearchEntry.part == PEOPLE) & SearchEntry.person_id.in_(mine))


def index_shipped(unit: UnitOfWork, library: Library) -> bool:
    """Index the library that comes with the program, if it is not the one that was indexed last; True when it was written."""
    entries = list(entries_of_library(library))
    seal = hashlib.sha256(repr(entries).encode("utf-8")).hexdigest()
    mark = unit.session.get(LibraryMark, SHIPPED)
    if mark is not None and mark.seal == seal:
        return False
    if mark is None:
        mark = LibraryMark(part=SHIPPED, number=0, published=0)
        unit.session.add(mark)
    mark.number, mark.seal = mark.number + 1, seal
    forget(unit.session, SHIPPED)
    index_entries(unit.session, entries, part=SHIPPED, source="")
    return True
