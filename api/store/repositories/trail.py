"""The audit trail, to read and to verify."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, select

from api.store import audit
from api.store.repositories.repository import LARGEST_PAGE
from api.store.tables.audit import AuditLine

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork

_LAST = 2**31 - 1
"""No line has a greater number."""


class Looked(NamedTuple):
    """What is looked for in the trail; what is empty is not asked.

    ``actors`` are identifiers of accounts, ``kind`` the kind of thing (``person``), ``object`` a part of what names it; ``since`` counts,
    ``until`` does not.
    """

    organisation: str | None = None
    actors: frozenset[str] | None = None
    kind: str = ""
    object: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """The conditions on a line."""
        if self.organisation is not None:
            yield AuditLine.organisation == self.organisation
        if self.actors is not None:
            yield AuditLine.actor.in_(sorted(self.actors))
        if self.kind:
            yield AuditLine.action.startswith(f"{self.kind}.", autoescape=True)
        if self.object:
            yield AuditLine.object.contains(self.object, autoescape=True)
        if self.since is not None:
            yield AuditLine.at >= self.since
        if self.until is not None:
            yield AuditLine.at < self.until


class Trail:
    """Every line."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.session = unit.session

    def page(
        self,
        after: int = 0,
        limit: int = 50,
        *,
        organisation: str | None = None,
        object: str | None = None,
        actor: str | None = None,
        action: str | None = None,
    ) -> tuple[AuditLine, ...]:
        """Lines after a number, the oldest first: all, or those of an organisation, about one object (``person:…``), by an actor, of an action."""
        query = select(AuditLine).where(AuditLine.number > min(max(after, 0), _LAST)).order_by(AuditLine.number)
        asked = {"organisation": organisation, "object": object, "actor": actor, "action": action}
        for column, value in asked.items():
            if value is not None:
                query = query.where(getattr(AuditLine, column) == value)
        return tuple(self.session.scalars(query.limit(max(1, min(limit, LARGEST_PAGE)))))

    def search(self, looked: Looked, before: int | None = None, limit: int = 50) -> tuple[AuditLine, ...]:
        """Lines before a number, the last one first."""
        query = select(AuditLine).where(*looked.conditions()).order_by(AuditLine.number.desc())
        if before is not None:
            query = query.where(AuditLine.number < min(max(before, 0), _LAST))
        return tuple(self.session.scalars(query.limit(max(1, min(limit, LARGEST_PAGE)))))

    def about(self, object: str) -> tuple[AuditLine, ...]:
        """Every line about one object."""
        return tuple(
            self.session.scalars(select(AuditLine).where(AuditLine.object == object).order_by(AuditLine.number))
        )

    def verify(self) -> audit.Verdict:
        """Read the whole trail again, and say where it is broken, if it is."""
        return audit.verify(self.session)
