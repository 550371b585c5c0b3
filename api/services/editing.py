"""Editing a draft (*rédaction*): an act of a designer, kept with its line of history; undone, done again; an old state put back.

An act made on an older revision is done on the draft as it stands, unless somebody else has written otherwise what it changes
(:class:`~referentials.editing.acts.Clashing`): then nothing is written, and both sides are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from api.services.drafts import key_of, title_of
from api.store.conflict import Absent, WrongState
from api.store.repositories.drafts import Line
from api.store.rooms import Room
from api.store.tables.draft_changes import ChangeKind, DraftChange
from api.store.tables.drafts import Draft
from referentials.editing.acts import Act, Clashing, Replace
from referentials.editing.delta import undone
from referentials.editing.merge import merged

_ACTS = (ChangeKind.ACT, ChangeKind.REVERT)


class Steps(NamedTuple):
    """What one author may undo, and do again, each by its revision; the next is the last."""

    done: tuple[int, ...]
    undone: tuple[int, ...]


def edit(room: Room, draft_id: str, revision: int, act: Act) -> Draft:
    """Do an act on a draft.

    Parameters
    ----------
    revision : int
        What the author of the act had read.

    Raises
    ------
    Absent
        There is no such draft here, or it never had that revision.
    Clashing
        Somebody else has written otherwise what the act changes.
    FileProblem
        It can't be done.
    """
    row = room.drafts.locked(draft_id)
    seen = state_at(room, row, revision)
    told = act.model_dump(
        mode="json", exclude_defaults=True, exclude={"document"} if isinstance(act, Replace) else None
    )
    return _written(room, row, act.done(row.document, seen), Line(act=told | {"act": act.act}))  # type: ignore[attr-defined]


def undo(room: Room, draft_id: str) -> Draft:
    """Undo the last act of whoever asks, and nothing that others have done since.

    Raises
    ------
    WrongState
        There is nothing to undo.
    Clashing
        Somebody else has changed the same thing since.
    """
    row = room.drafts.locked(draft_id)
    mine = steps(room.drafts.changes(draft_id), room.drafts.unit.actor)
    revision = _last(mine.done, "undo")
    return _taken_back(room, row, revision, Line(ChangeKind.UNDO, about=revision))


def redo(room: Room, draft_id: str) -> Draft:
    """Do again the act that whoever asks has undone last.

    Raises
    ------
    WrongState, Clashing
        As for :func:`undo`.
    """
    row = room.drafts.locked(draft_id)
    mine = steps(room.drafts.changes(draft_id), room.drafts.unit.actor)
    revision = _last(mine.undone, "redo")
    return _taken_back(room, row, revision, Line(ChangeKind.REDO, about=revision))


def revert(room: Room, draft_id: str, to: int, revision: int) -> Draft:
    """Put back the draft as it stood at a revision.

    Raises
    ------
    Absent
        It never had that revision.
    Conflict
        Somebody has changed it since ``revision``.
    """
    row = room.drafts.locked(draft_id, revision)
    return _written(room, row, state_at(room, row, to), Line(ChangeKind.REVERT, about=to))


def state_at(room: Room, row: Draft, revision: int) -> dict[str, Any]:
    """The draft as it stood at a revision.

    Raises
    ------
    Absent
        It never had that revision.
    """
    deltas = room.drafts.edits(row.id, revision)
    if revision < 1 or len(deltas) != row.revision - revision:
        raise Absent("draft_change", str(revision))
    return undone(row.document, *deltas)


def steps(changes: Sequence[DraftChange], author: str) -> Steps:
    """What an author may undo and do again; a new act forgets what was undone."""
    done: list[int] = []
    undone: list[int] = []
    for change in changes:
        if change.by != author:
            continue
        if change.kind in _ACTS:
            done.append(change.revision)
            undone.clear()
        elif change.kind in (ChangeKind.UNDO, ChangeKind.REDO) and change.about is not None:
            before, after = (done, undone) if change.kind == ChangeKind.UNDO else (undone, done)
            before.remove(change.about)
            after.append(change.about)
    return Steps(tuple(done), tuple(undone))


def _last(revisions: Sequence[int], what: str) -> int:
    if not revisions:
        raise WrongState(what)
    return revisions[-1]


def _taken_back(room: Room, row: Draft, revision: int, line: Line) -> Draft:
    """The draft with one act undone, or done again, beside all that others have done."""
    before = state_at(room, row, revision - 1) if revision > 1 else {}
    after = state_at(room, row, revision)
    sides = (after, before) if line.kind is ChangeKind.UNDO else (before, after)
    found = merged(*sides, row.document)
    if found.clashes:
        raise Clashing(found.clashes)
    return _written(room, row, found.values, line, always=True)


def _written(room: Room, row: Draft, values: Mapping[str, Any], line: Line, *, always: bool = False) -> Draft:
    """The draft with its new values; what changes nothing is no line of its history."""
    if values == row.document and not always:
        return row
    key, title = key_of(values), title_of(values)
    return room.drafts.write_plain(
        key, values, title, identifier=row.id, revision=row.revision, line=line, base=row.base
    )
