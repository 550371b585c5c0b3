"""People: opened under a pseudonym, named apart, asked for their consent, and really deleted.

Deleting a person deletes the identity, consents, profile, plans, evidence and search entries with it (the database does), and
empties the jobs that were about them; the audit trail keeps the pseudonym, which then leads nowhere.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from api.store.conflict import Conflict
from api.store.repositories.repository import Repository
from api.store.search import PEOPLE, Found, forget, index_entries, tidy
from api.store.tables.jobs import Job, JobPerson, JobState
from api.store.tables.people import Consent, Identity, Person

_NAMES = ("given_name", "family_name", "email", "phone")


class People(Repository[Person]):
    """The people of a scope; for an adviser, those who have agreed."""

    table = Person
    kind = "person"

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.people()

    def add(self) -> Person:
        """A new file, without any name yet."""
        return self._add(active_at=self.unit.now, **self.scope.owner())

    # -- who they are ------------------------------------------------------------------------------------------------

    def identity(self, person_id: str) -> Identity | None:
        """Who a person is, as far as anybody has said."""
        query = select(Identity).where(Identity.person_id == self.get(person_id).id)
        return self.session.scalars(query).one_or_none()

    def identify(
        self,
        person_id: str,
        revision: int | None = None,
        *,
        given_name: str | None = None,
        family_name: str | None = None,
        email: str | None = None,
        phone: str | None = None,
    ) -> Identity:
        """Say who a person is, in place of what was said before; the file can then be found by that name.

        Raises
        ------
        Conflict
            ``revision`` is no longer that of what was said.
        """
        person = self._locked(person_id, None)
        row = self.identity(person_id)
        if revision is not None and (row is None or row.revision != revision):
            raise Conflict(row)
        if row is None:
            row = Identity(person_id=person_id)
            self.session.add(row)
        for name, value in zip(_NAMES, (given_name, family_name, email, phone), strict=True):
            setattr(row, name, value)
        self.session.flush()
        self._index(person, " ".join(part for part in (given_name, family_name) if part))
        self._record("identify", person_id)
        return row

    def _index(self, person: Person, name: str) -> None:
        forget(self.session, PEOPLE, person.id)
        entries = [Found("person", person.id, name)] if name else []
        index_entries(self.session, entries, part=PEOPLE, source=person.id, person_id=person.id)

    # -- what they agreed to -----------------------------------------------------------------------------------------

    def agree(self, person_id: str, purpose: str, text_version: str) -> Consent:
        """Keep an agreement; a newer one to the same purpose takes the place of the one before."""
        self.withdraw(person_id, purpose)
        row = Consent(
            id=self.unit.new_identifier(),
            created_at=self.unit.now,
            person_id=person_id,
            purpose=purpose,
            text_version=text_version,
        )
        self.session.add(row)
        self.session.flush()
        self._record("agree", person_id)
        return row

    def withdraw(self, person_id: str, purpose: str) -> None:
        """End an agreement, if there is one; what was agreed, and until when, stays written."""
        self._locked(person_id, None)
        current = (Consent.person_id == person_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
        for row in self.session.scalars(select(Consent).where(*current)):
            row.withdrawn_at = self.unit.now
            self._record("withdraw", person_id)
        self.session.flush()

    def consents(self, person_id: str) -> tuple[Consent, ...]:
        """Every agreement of a person, past ones too, the oldest first."""
        query = select(Consent).where(Consent.person_id == self.get(person_id).id)
        return tuple(self.session.scalars(query.order_by(Consent.created_at, Consent.id)))

    # -- the end -----------------------------------------------------------------------------------------------------

    def delete(self, identifier: str, revision: int | None = None) -> None:
        """Really delete a person (see this module).

        Raises
        ------
        Absent, Conflict
            As for :meth:`~api.store.repositories.repository.Repository.edit`.
        """
        row = self._locked(identifier, revision)
        erase(self, row)
        self._record("delete", identifier)


def erase(people: People, row: Person) -> None:
    """Delete a person's rows everywhere; the audit trail is not touched."""
    session = people.session
    about = select(JobPerson.job_id).where(JobPerson.person_id == row.id)
    emptied: dict[str, Any] = {"arguments": {}, "checkpoint": None, "result": None, "error": None, "cancel_asked": True}
    session.execute(
        update(Job).where(Job.id.in_(about)).values(emptied), execution_options={"synchronize_session": False}
    )
    waiting = update(Job).where(Job.id.in_(about), Job.state == JobState.WAITING.value)
    session.execute(
        waiting.values(state=JobState.CANCELLED.value, finished_at=people.unit.now),
        execution_options={"synchronize_session": False},
    )
    session.execute(delete(Person).where(Person.id == row.id), execution_options={"synchronize_session": False})
    session.expunge(row)
    tidy(session)
