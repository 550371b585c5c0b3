"""Review by a second person (*relecture*): asked for, given for one revision, needed before a draft is published.

::

    writers  = whoever changed the draft, or decided about its links, since the revision that was approved last
    approved = the last opinion about the revision that stands is an approval, it is not a writer's, and no link was decided after it

An opinion is about what was read: any change after it makes another one needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from api.store.conflict import Conflict
from api.store.rooms import Room
from api.store.tables.accounts import Account, Role
from api.store.tables.draft_changes import DraftChange
from api.store.tables.draft_links import DraftLink
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


def standing(
    revision: int, changes: Iterable[DraftChange], reviews: Iterable[DraftReview], links: Iterable[DraftLink] = ()
) -> Standing:
    """Where the review of a revision stands, from the history of its draft and from all that was said and decided."""
    said, decided = tuple(reviews), tuple(links)
    last_decision = max((one.id for one in decided), default="")
    verdicts = {one.reviewed: one for one in said if one.opinion in _VERDICTS}
    verdict = verdicts.get(revision)
    stands = verdict is not None and verdict.id > last_decision
    before = [
        one for one in verdicts.values() if one.opinion == Opinion.APPROVED and (one is not verdict or not stands)
    ]
    since = max(before, key=lambda one: one.reviewed, default=None)
    known, moment = (since.reviewed, since.id) if since else (0, "")
    writers = {one.by for one in changes if one.revision > known} | {one.by for one in decided if one.id > moment}
    here = [one for one in said if one.reviewed == revision and one.id > last_decision]
    return Standing(
        revision,
        asked=bool(here) and here[-1].opinion == Opinion.ASKED,
        verdict=verdict if stands else None,
        writers=frozenset(writers),
    )


def standing_of(room: Room, row: Draft) -> Standing:
    """Where the review of a draft stands."""
    return _standing(room, row, row.revision)


def _standing(room: Room, row: Draft, revision: int) -> Standing:
    reviews, links = room.draft_reviews.of_draft(row.id), room.draft_links.of_draft(row.id)
    return standing(revision, room.drafts.changes(row.id), reviews, links)


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
    if not _standing(room, row, revision).approved:
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
