"""Organisations, for whoever administers the service."""

from __future__ import annotations

from sqlalchemy import ColumnElement, true

from api.store.repositories.repository import Repository
from api.store.tables.organisations import Organisation


class Organisations(Repository[Organisation]):
    """Every organisation."""

    table = Organisation
    kind = "organisation"

    def _readable(self) -> ColumnElement[bool]:
        return true()

    def add(self, name: str, siret: str | None = None) -> Organisation:
        """A new organisation."""
        return self._add(name=name, siret=siret)
