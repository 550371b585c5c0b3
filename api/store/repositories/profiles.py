"""Profiles: one per person, written whole, each time on the revision that was read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from api.store.conflict import Absent, Conflict
from api.store.repositories.personal import enter
from api.store.scope import Scope
from api.store.tables.people import Person
from api.store.tables.profiles import StoredProfile
from pathways.profile import Profile
from referentials.writer import plain

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork


class Profiles:
    """The profiles of the people of a scope."""

    def __init__(self, unit: UnitOfWork, scope: Scope) -> None:
        self.unit, self.session, self.scope = unit, unit.session, scope

    def find(self, person_id: str) -> StoredProfile | None:
        """The profile of a person, if there is one here."""
        mine = select(Person.id).where(self.scope.people())
        query = select(StoredProfile).where(StoredProfile.person_id == person_id, StoredProfile.person_id.in_(mine))
        return self.session.scalars(query).one_or_none()

    def among(self, identifiers: Iterable[str]) -> dict[str, StoredProfile]:
        """The profiles of some people, by their file; who is not here, or has none, is left out."""
        here = select(Person.id).where(self.scope.people(), Person.id.in_(sorted(set(identifiers))))
        found = select(StoredProfile).where(StoredProfile.person_id.in_(here))
        return {row.person_id: row for row in self.session.scalars(found)}

    def documents(self, identifiers: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The plain values of the profiles of some people, by their file."""
        here = select(Person.id).where(self.scope.people(), Person.id.in_(sorted(set(identifiers))))
        found = select(StoredProfile.person_id, StoredProfile.document).where(StoredProfile.person_id.in_(here))
        return {row[0]: row[1] for row in self.session.execute(found)}

    def get(self, person_id: str) -> StoredProfile:
        """The profile of a person.

        Raises
        ------
        Absent
            There is none here.
        """
        row = self.find(person_id)
        if row is None:
            raise Absent("profile", person_id)
        return row

    def put(self, person_id: str, profile: Profile, revision: int | None = None) -> StoredProfile:
        """Write a person's profile.

        Parameters
        ----------
        revision : int, optional
            The revision that the change was made on; 0 says that there was no profile yet. None writes over anything.

        Raises
        ------
        Absent
            There is no such person here.
        Conflict
            The profile has another revision by now.
        """
        enter(self.unit, self.scope, person_id)
        row = self.find(person_id)
        if revision is not None and revision != (row.revision if row else 0):
            raise Conflict(row)
        if row is None:
            row = StoredProfile(person_id=person_id)
            self.session.add(row)
        row.document, row.updated_at = plain(profile), self.unit.now
        self.session.flush()
        self.unit.record("profile.put", "person", person_id, self.scope.organisation)
        return row

    def delete(self, person_id: str) -> None:
        """Delete a person's profile, if there is one."""
        enter(self.unit, self.scope, person_id)
        row = self.find(person_id)
        if row is not None:
            self.session.delete(row)
            self.session.flush()
            self.unit.record("profile.delete", "person", person_id, self.scope.organisation)
