"""Lists of people that were read from a workbook, of one organisation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete

from api.store.conflict import WrongState
from api.store.repositories.repository import Repository
from api.store.tables.people_lists import PeopleList

KEPT = timedelta(days=7)
"""How long a list waits for somebody."""


class PeopleLists(Repository[PeopleList]):
    """The lists of a scope."""

    table = PeopleList
    kind = "people-list"

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.changes(PeopleList)

    def add(self, file_name: str, document: Any, counts: Mapping[str, int]) -> PeopleList:
        """Keep what a workbook says; lists that waited for too long go."""
        old = delete(PeopleList).where(self._readable(), PeopleList.created_at < self.unit.now - KEPT)
        self.session.execute(old, execution_options={"synchronize_session": False})
        return self._add(
            organisation_id=self.scope.publisher(), file_name=file_name, document=document, counts=dict(counts)
        )

    def finish(self, identifier: str, counts: Mapping[str, int]) -> PeopleList:
        """End a list: what it said goes, and how many of what stays.

        Raises
        ------
        WrongState
            Somebody has ended it.
        """
        found = self._locked(identifier, None)
        if found.finished_at is not None:
            raise WrongState("done")
        found.document, found.counts, found.finished_at = None, dict(counts), self.unit.now
        self.session.flush()
        self._record("finish", identifier)
        return found
