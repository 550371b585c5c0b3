"""Links: a plan that anybody may come back to with its secret, and a file handed over once. Only the SHA-256 of a secret is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, select

from api.store.conflict import Absent, Conflict
from api.store.secrets import digest_of, new_secret
from api.store.tables.links import Handover, PlanLink
from api.store.tables.people import Person

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork

LINK, HANDOVER = "link", "handover"


class Linked(NamedTuple):
    """A plan that was just kept, and the secret of its link, which is told once."""

    link: PlanLink
    secret: str


class PlanLinks:
    """The plans kept without an account: whoever shows the secret may do everything with one, and nobody else anything."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.unit, self.session = unit, unit.session

    def add(self, question: Mapping[str, Any], pathway: Mapping[str, Any], lifetime: timedelta) -> Linked:
        """Keep a plan for so long."""
        secret, now = new_secret(), self.unit.now
        link = PlanLink(
            id=self.unit.new_identifier(),
            created_at=now,
            updated_at=now,
            digest=digest_of(secret),
            expires_at=now + lifetime,
            question=dict(question),
            pathway=dict(pathway),
        )
        self.session.add(link)
        self.session.flush()
        self.unit.record("link.add", LINK, link.id)
        return Linked(link, secret)

    def get(self, secret: str) -> PlanLink:
        """The plan of a secret.

        Raises
        ------
        Absent
            There is none, or its time is over.
        """
        query = select(PlanLink).where(PlanLink.digest == digest_of(secret), PlanLink.expires_at > self.unit.now)
        found = self.session.scalars(query).one_or_none()
        if found is None:
            raise Absent(LINK, "")
        return found

    def write(
        self, secret: str, revision: int, question: Mapping[str, Any], pathway: Mapping[str, Any], lifetime: timedelta
    ) -> PlanLink:
        """Put another plan in its place; it is kept for so long again.

        Raises
        ------
        Absent
            As :meth:`get`.
        Conflict
            It has another revision by now.
        """
        link = self.get(secret)
        if link.revision != revision:
            raise Conflict(link)
        link.question, link.pathway = dict(question), dict(pathway)
        link.updated_at, link.expires_at = self.unit.now, self.unit.now + lifetime
        self.session.flush()
        self.unit.record("link.edit", LINK, link.id)
        return link

    def delete(self, secret: str) -> None:
        """Forget a plan.

        Raises
        ------
        Absent
            As :meth:`get`.
        """
        link = self.get(secret)
        self.session.delete(link)
        self.session.flush()
        self.unit.record("link.delete", LINK, link.id)

    def forget_ended(self) -> int:
        """Delete the plans whose time is over, and say how many."""
        over = delete(PlanLink).where(PlanLink.expires_at <= self.unit.now).returning(PlanLink.id)
        return len(self.session.execute(over, execution_options={"synchronize_session": False}).all())


class Handovers:
    """The files that organisations offer to the people they are about."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.unit, self.session = unit, unit.session

    def take(self, secret: str) -> Person:
        """The file of a secret, which no longer holds from now on.

        Raises
        ------
        Absent
            There is none, it was taken already, or its time is over.
        """
        query = select(Handover).where(Handover.digest == digest_of(secret), Handover.expires_at > self.unit.now)
        found = self.session.scalars(query.with_for_update()).one_or_none()
        person = None if found is None else self.session.get(Person, found.person_id)
        if person is None:
            raise Absent(HANDOVER, "")
        self.session.execute(delete(Handover).where(Handover.person_id == person.id))
        return person

    def forget_ended(self) -> None:
        """Delete the offers whose time is over."""
        self.session.execute(delete(Handover).where(Handover.expires_at <= self.unit.now))
