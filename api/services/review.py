"""Review by a second person (*relecture*): asked for, given for one revision, needed before a draft is published.

::

    writers  = whoever changed the draft since the revision that was approved last
    approved = the last opinion about the revision that stands is an approval, and it is not a writer's

An opinion is about the revision that was read: any change after it makes another one needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from api.store.conflict import Conflict
from api.store.rooms import Room
from api.store.tables.accounts import Account, Role
from api.store.tables.draft_changes import DraftChange
from api.store.tables.draft_reviews import DraftReview, Opinion
from api.store.tables.drafts import Draft
from api.store.unit_of_work import UnitOfWork
from reports.language import say

REVIEWERS = (Role.DESIGNER, Role.ADMINISTRATOR)
"""Who may review, in the organisation that the draft belongs to."""

_VERDICTS = (Opinion.APPROVED, Opinion.CHANGES)


class ReviewNeeded(Exception):
    """What was asked needs the review of a second person; the text says which, to whoever asked."""


class Standing(NamedTuple):
    """Where the review of a draft stands.

    Parameters
    ----------
    revision : int
        The revision that stands.
    asked : bool
        Whether somebody asked for a review of it, and nobody has answered.
    verdict : DraftReview or None
        The last approval or wish for changes about it.
    writers : frozenset of str
        The accounts that may not approve it.
    """

    revision: int
    asked: bool
    verdict: DraftReview | None
    writers: frozenset[str]

    @property
    def approved(self) -> bool:
        """Whether the draft may be published as it stands."""
        return self.verdict is not None and self.verdict.opinion == Opinion.APPROVED


def standing(revision: int, changes: Iterable[DraftChange], reviews: Iterable[DraftReview]) -> Standing:
    """Where the review of a revision stands, from the history of its draft and from all that was said."""
    verdicts: dict[int, DraftReview] = {}
    last: DraftReview | None = None
    for one in reviews:
        last = one if one.reviewed == revision else last
        if one.opinion in _VERDICTS:
            verdicts[one.reviewed] = one
    before = (at for at, one in verdicts.items() if one.opinion == Opinion.APPROVED and at != revision)
    since = max(before, default=0)
    return Standing(
        revision,
        asked=last is not None and last.opinion == Opinion.ASKED,
        verdict=verdicts.get(revision),
        writers=frozenset(change.by for change in changes if change.revision > since),
    )


def standing_of(room: Room, row: Draft) -> Standing:
    """Where the review of a draft stands."""
    return standing(row.revision, room.drafts.changes(row.id), room.draft_reviews.of_draft(row.id))


def give_opinion(room: Room, draft_id: str, revision: int, opinion: Opinion, words: str = "") -> DraftReview:
    """Ask for a review of a draft, approve it, or ask for changes.

    Parameters
    ----------
    revision : int
        The revision that was read.

    Raises
    ------
    Absent
        There is no such draft here.
    Conflict
        Somebody has changed it since.
    ReviewNeeded
        Whoever approves wrote in it.
    """
    row = room.drafts.get(draft_id)
    if row.revision != revision:
        raise Conflict(row)
    if opinion is Opinion.APPROVED and room.drafts.unit.actor in standing_of(room, row).writers:
        raise ReviewNeeded(
            say("Vous avez écrit dans ce brouillon depuis la dernière approbation : quelqu'un d'autre doit le relire.")
        )
    return room.draft_reviews.add(draft_id, revision, opinion, words)


def refuse_unreviewed(room: Room, row: Draft, revision: int) -> None:
    """Refuse to publish what nobody else has approved.

    Raises
    ------
    ReviewNeeded
        The revision that stands was not approved by a second person.
    """
    reviews = room.draft_reviews.of_draft(row.id)
    if not standing(revision, room.drafts.changes(row.id), reviews).approved:
        raise ReviewNeeded(
            say(
                "Personne d'autre n'a approuvé ce brouillon tel qu'il est : demandez une relecture, "
                "puis publiez-le sans le changer."
            )
        )


def second_people(unit: UnitOfWork, organisation: str | None, besides: Iterable[str]) -> tuple[Account, ...]:
    """Whoever could approve a draft of an organisation, by name."""
    written = set(besides)
    return tuple(one for one in unit.directory.accounts.with_roles(organisation, REVIEWERS) if one.id not in written)
