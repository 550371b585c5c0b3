"""Drafts of referentials, which nobody but their organisation sees; each change is a line of the draft's history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import undefer

from api.store.repositories.documents import Documents
from api.store.tables.draft_changes import ChangeKind, DraftChange
from api.store.tables.drafts import Draft
from referentials.editing.delta import Delta, between, read, written


class Line(NamedTuple):
    """What a change is, for the history: its kind, the plain values of the act, the revision that it speaks of."""

    kind: ChangeKind = ChangeKind.ACT
    act: Mapping[str, Any] = {}
    about: int | None = None


REPLACED = Line(act={"act": "replace"})
"""The whole draft, written again."""


class Drafts(Documents[Draft]):
    """The drafts of a scope; ``write_plain(…, base=…)`` says which version one started from."""

    table = Draft
    kind = "draft"

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.changes(Draft)

    def write_plain(
        self,
        key: str,
        document: Mapping[str, Any],
        title: str = "",
        *,
        identifier: str | None = None,
        revision: int | None = None,
        line: Line = REPLACED,
        **more: Any,
    ) -> Draft:
        """Keep a draft, and the line of its history that led there."""
        before: Mapping[str, Any] = {}
        if identifier is not None:
            before = self.locked(identifier, revision).document
        row = super().write_plain(key, document, title, identifier=identifier, revision=revision, **more)
        self._remember(row, line if identifier is not None else Line(ChangeKind.START), before)
        return row

    def locked(self, identifier: str, revision: int | None = None) -> Draft:
        """A draft to be changed, which nobody else changes until this transaction ends.

        Raises
        ------
        Absent, Conflict
            As for :meth:`~api.store.repositories.repository.Repository.edit`.
        """
        return self._begun(self._locked(identifier, revision))

    def _begun(self, row: Draft) -> Draft:
        """A draft with a history: one that was kept before there was any begins it as it stands."""
        if self.session.get(DraftChange, (row.id, row.revision)) is None:
            self._remember(row, Line(ChangeKind.START), {})
        return row

    def _remember(self, row: Draft, line: Line, before: Mapping[str, Any]) -> None:
        change = DraftChange(
            draft_id=row.id,
            revision=row.revision,
            at=self.unit.now,
            by=self.unit.actor,
            kind=line.kind.value,
            act=dict(line.act),
            about=line.about,
            edits=written(between(before, row.document)),
        )
        self.session.add(change)
        self.session.flush()

    def changes(self, identifier: str) -> tuple[DraftChange, ...]:
        """The history of a draft that may be read here, from its first line to its last; ``edits`` is left in the database."""
        return tuple(self.session.scalars(self._changes(identifier)))

    def edits(self, identifier: str, after: int = 0) -> tuple[Delta, ...]:
        """What each change of a draft after a revision changed, the oldest first."""
        query = self._changes(identifier).where(DraftChange.revision > after).options(undefer(DraftChange.edits))
        return tuple(read(change.edits) for change in self.session.scalars(query))

    def _changes(self, identifier: str) -> Select[DraftChange]:
        query = select(DraftChange).join(Draft).where(Draft.id == identifier, self._readable())
        return query.order_by(DraftChange.revision)
