"""Editing a draft (*rédaction*): one act after the other, undone and done again, with the history of them all."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Response

from api.answers import CONFLICT
from api.auth.permissions import Action
from api.contract import resource
from api.deps import IfMatch, Permit, allowed
from api.errors import showing
from api.routes.drafts import draft_answer
from api.schemas import DraftAnswer
from api.schemas_editing import ActWanted, ChangeRow, History
from api.services import editing
from api.store.tables.draft_changes import DraftChange
from referentials.editing.delta import written

router = resource("/drafts", "Brouillons")
Reading = Annotated[Permit, allowed(Action.DRAFTS_READ)]
Writing = Annotated[Permit, allowed(Action.DRAFTS_WRITE)]


@router.post("/{draft_id}/acts", response_model=DraftAnswer, responses=CONFLICT, summary="Faire un acte de rédaction")
def do_act(
    permit: Writing,
    draft_id: str,
    revision: IfMatch,
    wanted: ActWanted,
    response: Response,
) -> Any:
    """Write fields, add, move, split, merge or retire; on an older revision too, unless somebody wrote the same thing otherwise."""
    with permit.writing() as room:
        return draft_answer(editing.edit(room, draft_id, revision, wanted.act), response)


@router.post("/{draft_id}/undo", response_model=DraftAnswer, responses=CONFLICT, summary="Annuler mon dernier acte")
def undo(permit: Writing, draft_id: str, response: Response) -> Any:
    """Undo one's own last act; what others have done since stays."""
    with permit.writing() as room:
        return draft_answer(editing.undo(room, draft_id), response)


@router.post("/{draft_id}/redo", response_model=DraftAnswer, responses=CONFLICT, summary="Rétablir un acte annulé")
def redo(permit: Writing, draft_id: str, response: Response) -> Any:
    """Do again what one has undone last."""
    with permit.writing() as room:
        return draft_answer(editing.redo(room, draft_id), response)


@router.post("/{draft_id}/revert", response_model=DraftAnswer, responses=CONFLICT, summary="Revenir à un état ancien")
def revert(
    permit: Writing,
    draft_id: str,
    revision: IfMatch,
    to: Annotated[int, Query(ge=1, le=1_000_000_000, description="La révision dont on reprend l'état.")],
    response: Response,
) -> Any:
    """Put back the draft as it stood at a revision; that is one more line of its history."""
    with permit.writing() as room, showing(lambda row: row.document):
        return draft_answer(editing.revert(room, draft_id, to, revision), response)


@router.get("/{draft_id}/changes", response_model=History, summary="L'historique d'un brouillon")
def list_changes(permit: Reading, draft_id: str) -> Any:
    """Every change since the beginning, the oldest first; replaying the edits from nothing gives the draft."""
    with permit.reading() as room:
        room.drafts.get(draft_id)
        pairs = zip(room.drafts.changes(draft_id), room.drafts.edits(draft_id), strict=True)
        return History(items=tuple(_row(change, written(delta)) for change, delta in pairs))


def _row(change: DraftChange, edits: list[dict[str, Any]]) -> ChangeRow:
    return ChangeRow(
        revision=change.revision,
        at=change.at,
        by=change.by,
        kind=change.kind,
        act=change.act,
        about=change.about,
        edits=tuple(edits),
    )
