"""The draft that a designer is writing (*brouillon, depuis une page*): as it stands, as it stood, and the one way to change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from api.deps import Permit
from api.services import drafts, editing
from api.store.rooms import Room
from api.store.tables.draft_changes import DraftChange
from api.store.tables.drafts import Draft
from api.web.sent import Form
from referentials.editing.acts import Act
from referentials.editing.delta import Delta
from referentials.findings import Finding
from referentials.library import Library
from referentials.local_references import expanded


class OwnDraft(NamedTuple):
    """A draft, and what whoever asks may undo and do again."""

    id: str
    revision: int
    key: str
    title: str
    base: str | None
    updated_at: datetime
    values: Mapping[str, Any]
    undoable: DraftChange | None = None
    redoable: DraftChange | None = None

    @property
    def name(self) -> str:
        """Its title, or its key when it has none."""
        return self.title or self.key

    @property
    def address(self) -> str:
        """Where it is written."""
        return f"/redaction/{self.id}"

    def at(self, place: str) -> str:
        """Where one of its items is written."""
        return f"{self.address}?{urlencode({'element': place}, quote_via=quote)}" if place else self.address


def own_draft(permit: Permit, draft_id: str) -> OwnDraft:
    """The draft as it stands.

    Raises
    ------
    Absent
        The organisation has no such draft.
    """
    with permit.reading() as room:
        row = room.drafts.get(draft_id)
        changes = {one.revision: one for one in room.drafts.changes(draft_id)}
        steps = editing.steps(tuple(changes.values()), permit.actor.name)
        done, undone = (changes[some[-1]] if some else None for some in steps)
        return _of(row)._replace(undoable=done, redoable=undone)


def _of(row: Draft) -> OwnDraft:
    values = expanded(dict(row.document))
    return OwnDraft(row.id, row.revision, row.key, row.title, row.base, row.updated_at, values)


def as_seen(permit: Permit, draft_id: str, revision: int) -> OwnDraft:
    """The draft as somebody had read it, at a revision.

    Raises
    ------
    Absent
        It never had that revision.
    """
    with permit.reading() as room:
        row = room.drafts.get(draft_id)
        return _of(row)._replace(revision=revision, values=expanded(editing.state_at(room, row, revision)))


def edit(permit: Permit, draft_id: str, revision: int, act: Act) -> Draft:
    """Do an act; see :func:`api.services.editing.edit`."""
    with permit.writing() as room:
        return editing.edit(room, draft_id, revision, act)


def lines_of(room: Room, draft_id: str, after: int = 0) -> tuple[tuple[DraftChange, Delta], ...]:
    """The changes of a draft after a revision, each with what it changed."""
    changes = [one for one in room.drafts.changes(draft_id) if one.revision > after]
    return tuple(zip(changes, room.drafts.edits(draft_id, after), strict=True))


def names_of(permit: Permit, accounts: set[str]) -> dict[str, str]:
    """The names of colleagues; of nobody else."""
    with permit.unit() as unit:
        found = (unit.directory.accounts.find(one) for one in sorted(accounts))
        return {
            one.id: one.name for one in found if one is not None and one.organisation_id == permit.actor.organisation
        }


def findings_of(permit: Permit, draft: OwnDraft) -> tuple[Finding, ...]:
    """Everything that is wrong with it; asked again of the same draft, it is already known."""
    return _found(draft.id, draft.revision, permit.library, _Values(draft.values))


class _Values:
    """Values that are told apart by the draft and the revision beside them."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Values)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=32)
def _found(_draft: str, _revision: int, library: Library, values: _Values) -> tuple[Finding, ...]:
    return drafts.findings(values.values, library)


def revision_in(form: Form) -> int:
    """The revision that a form was made from; one that never was when it can't be read."""
    text = form.text("revision")
    return int(text) if text.isdecimal() and len(text) < 10 else -1
