"""The audit trail, to read and to verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from api.store import audit
from api.store.repositories.repository import LARGEST_PAGE
from api.store.tables.audit import AuditLine

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork

_LAST = 2**31 - 1
"""No line has a greater number."""


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

    def about(self, object: str) -> tuple[AuditLine, ...]:
        """Every line about one object."""
        return tuple(
            self.session.scalars(select(AuditLine).where(AuditLine.object == object).order_by(AuditLine.number))
        )

    def verify(self) -> audit.Verdict:
        """Read the whole trail again, and say where it is broken, if it is."""
        return audit.verify(self.session)
