"""Drafts of referentials, which nobody but their organisation sees."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from api.store.repositories.documents import Documents
from api.store.tables.drafts import Draft


class Drafts(Documents[Draft]):
    """The drafts of a scope; ``write_plain(…, base=…)`` says which version one started from."""

    table = Draft
    kind = "draft"

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.changes(Draft)
