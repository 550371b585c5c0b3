"""Organisations, for whoever administers the service."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, true

from api.store.erasure import leave
from api.store.repositories.repository import Repository
from api.store.search import tidy
from api.store.tables.organisations import Organisation
from api.store.tables.people import Person


class Organisations(Repository[Organisation]):
    """Every organisation."""

    table = Organisation
    kind = "organisation"

    def _readable(self) -> ColumnElement[bool]:
        return true()

    def delete(self, identifier: str, revision: int | None = None) -> None:
        """Delete an organisation with its accounts, its library and its jobs; people keep the file that is theirs too."""
        self._locked(identifier, revision)
        for person in leave(self.session, Person.organisation_id == identifier, "organisation_id", self.unit.now):
            self.unit.record("person.delete", "person", person, identifier)
        super().delete(identifier, revision)
        tidy(self.session)

    def every(self) -> Iterator[Organisation]:
        """All of them, in the order in which they were made."""
        return iter(self.session.scalars(self._select().order_by(Organisation.id)))

    def add(self, name: str, siret: str | None = None) -> Organisation:
        """A new organisation."""
        return self._add(name=name, siret=siret)
