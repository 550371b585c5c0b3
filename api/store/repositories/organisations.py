"""Organisations, for whoever administers the service."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, true

from api.store.repositories.repository import Repository
from api.store.tables.organisations import Organisation


class Organisations(Repository[Organisation]):
    """Every organisation."""

    table = Organisation
    kind = "organisation"

    def _readable(self) -> ColumnElement[bool]:
        return true()

    def every(self) -> Iterator[Organisation]:
        """All of them, in the order in which they were made."""
        return iter(self.session.scalars(self._select().order_by(Organisation.id)))

    def add(self, name: str, siret: str | None = None) -> Organisation:
        """A new organisation."""
        return self._add(name=name, siret=siret)
