"""Comments on a draft (*commentaires*), and its review by a second person (*relecture*), without which it is not published."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Response

from api.answers import CONFLICT
from api.auth.permissions import Action
from api.contract import resource
from api.deps import IfMatch, Permit, allowed, tag
from api.errors import showing
from api.problem import Problem
from api.schemas_review import CommentRow, Comments, NewComment, NewOpinion, OpinionRow, Review
from api.services import review as reviewing
from api.store.conflict import Absent
from api.store.rooms import Room
from api.store.tables.draft_comments import DraftComment
from api.store.tables.draft_reviews import DraftReview, Opinion
from api.store.tables.drafts import Draft
from reports.language import say

router = resource("/drafts", "Brouillons")
Reading = Annotated[Permit, allowed(Action.DRAFTS_READ)]
Reviewing = Annotated[Permit, allowed(Action.DRAFTS_REVIEW)]


@router.get("/{draft_id}/comments", response_model=Comments, summary="Les commentaires d'un brouillon")
def list_comments(permit: Reading, draft_id: str) -> Any:
    """Every comment on a draft or on its items, settled or not."""
    with permit.reading() as room:
        room.drafts.get(draft_id)
        return Comments(items=tuple(_comment(row) for row in room.draft_comments.of_draft(draft_id)))


@router.post("/{draft_id}/comments", status_code=201, response_model=CommentRow, summary="Commenter un brouillon")
def add_comment(permit: Reviewing, draft_id: str, wanted: NewComment) -> Any:
    """Say something of a draft, or of one of its items."""
    with permit.writing() as room:
        return _comment(room.draft_comments.add(draft_id, wanted.at, wanted.text.strip()))


@router.put(
    "/{draft_id}/comments/{comment_id}/resolution", response_model=CommentRow, summary="Dire un commentaire réglé"
)
def resolve_comment(permit: Reviewing, draft_id: str, comment_id: str) -> Any:
    """Say that a comment is settled; anybody of the organisation who reviews may."""
    return _resolved(permit, draft_id, comment_id, True)


@router.delete(
    "/{draft_id}/comments/{comment_id}/resolution", response_model=CommentRow, summary="Rouvrir un commentaire"
)
def reopen_comment(permit: Reviewing, draft_id: str, comment_id: str) -> Any:
    """Say that a comment is not settled after all."""
    return _resolved(permit, draft_id, comment_id, False)


def _resolved(permit: Permit, draft_id: str, comment_id: str, resolved: bool) -> CommentRow:
    with permit.writing() as room:
        if room.draft_comments.get(comment_id).draft_id != draft_id:
            raise Absent("draft-comment", comment_id)
        return _comment(room.draft_comments.resolve(comment_id, resolved=resolved))


@router.get("/{draft_id}/reviews", response_model=Review, summary="Où en est la relecture d'un brouillon")
def read_review(permit: Reading, draft_id: str, response: Response) -> Any:
    """What was said of a draft, and whether it may be published as it stands."""
    with permit.reading() as room:
        row = room.drafts.get(draft_id)
        tag(response, row)
        return _review(room, row)


@router.post(
    "/{draft_id}/reviews", status_code=201, response_model=Review, responses=CONFLICT, summary="Relire un brouillon"
)
def give_opinion(permit: Reviewing, draft_id: str, revision: IfMatch, wanted: NewOpinion, response: Response) -> Any:
    """Ask for a review, approve, or ask for changes; whoever wrote in the draft since the last approval does not approve it."""
    if wanted.opinion is Opinion.CHANGES and not wanted.words.strip():
        raise Problem("request", say("Dites ce qui est à changer."))
    with permit.writing() as room, showing(lambda row: row.document):
        reviewing.give_opinion(room, draft_id, revision, wanted.opinion, wanted.words.strip())
        row = room.drafts.get(draft_id)
        tag(response, row)
        return _review(room, row)


def _comment(row: DraftComment) -> CommentRow:
    return CommentRow(**{name: getattr(row, name) for name in CommentRow.model_fields})


def _review(room: Room, row: Draft) -> Review:
    found = reviewing.standing_of(room, row)
    return Review(
        revision=row.revision,
        approved=found.approved,
        asked=found.asked,
        writers=tuple(sorted(found.writers)),
        items=tuple(_opinion(one) for one in room.draft_reviews.of_draft(row.id)),
    )


def _opinion(row: DraftReview) -> OpinionRow:
    return OpinionRow(
        revision=row.reviewed, opinion=Opinion(row.opinion), words=row.words, by=row.by, created_at=row.created_at
    )
