"""The people of an organisation (*équipe*): a page of them with the last plan of each, one file with its plans, what one holds written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from api.services.people import name_of
from api.services.plans import pathway_of
from api.store.repositories.people_wanted import WantedPeople
from api.store.repositories.repository import LARGEST_PAGE
from api.store.rooms import Room
from api.store.tables.people import Consent, Person
from api.store.tables.plans import StoredPlan
from pathways.pathway import Pathway
from pathways.profile import Holdings, Profile


class Member(NamedTuple):
    """Somebody who is followed: the file, the name if it was said, the last plan if there is one."""

    person: Person
    name: str | None
    plan: StoredPlan | None


class FollowedPlan(NamedTuple):
    """A plan that was kept for somebody, with its answer."""

    row: StoredPlan
    pathway: Pathway


class Followed(NamedTuple):
    """One file: who it is about, what was agreed, what is held, the plans with the latest first."""

    person: Person
    name: str | None
    consents: tuple[Consent, ...]
    profile: Profile
    revision: int
    """That of the profile; 0 as long as nobody wrote one."""
    plans: tuple[FollowedPlan, ...]


def members(room: Room, after: str | None, most: int) -> tuple[tuple[Member, ...], str | None]:
    """A page of the people of a room, in the order in which their files were opened, and the cursor of the next."""
    rows, following = room.people.page(after, most)
    return _members(room, rows), following


def members_wanted(
    room: Room, wanted: WantedPeople, after: str | None, most: int
) -> tuple[tuple[Member, ...], str | None]:
    """A page of the people of a room who answer every condition, and the cursor of the next."""
    rows, following = room.people.wanted(wanted, after, most)
    return _members(room, rows), following


def members_found(room: Room, words: str, most: int) -> tuple[Member, ...]:
    """The people of a room whom a name finds, the nearest first."""
    refs = [hit.ref for hit in room.search.find(words, ["person"], limit=most)]
    found = {one.person.id: one for one in chosen(room, refs)}
    return tuple(found[ref] for ref in refs if ref in found)


def chosen(room: Room, identifiers: Iterable[str]) -> tuple[Member, ...]:
    """Some people by their identifiers; who is not of this room is left out."""
    return _members(room, room.people.among(identifiers))


def _members(room: Room, rows: Iterable[Person]) -> tuple[Member, ...]:
    people = tuple(rows)
    names = room.people.identities(one.id for one in people)
    plans = room.plans.latest(one.id for one in people)
    return tuple(Member(one, name_of(names.get(one.id)), plans.get(one.id)) for one in people)


def followed(room: Room, person_id: str) -> Followed:
    """One file with all that is kept in it.

    Raises
    ------
    Absent
        There is no such person in this room.
    """
    person = room.people.get(person_id)
    kept = room.profiles.find(person_id)
    plans = sorted(_plans(room, person_id), key=lambda row: row.id, reverse=True)
    return Followed(
        person,
        name_of(room.people.identity(person_id)),
        room.people.consents(person_id),
        Profile() if kept is None else Profile.model_validate(kept.document),
        0 if kept is None else kept.revision,
        tuple(FollowedPlan(row, pathway_of(row)) for row in plans),
    )


def _plans(room: Room, person_id: str) -> Iterator[StoredPlan]:
    after: str | None = None
    while True:
        page = room.plans.of_person(person_id, after, LARGEST_PAGE)
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def write_holdings(room: Room, person_id: str, holds: Holdings, revision: int) -> None:
    """Write what somebody holds, the rest of the profile as it is.

    Raises
    ------
    Absent
        There is no such person in this room.
    Conflict
        The profile has another revision by now.
    """
    profile = followed(room, person_id).profile
    room.profiles.put(person_id, profile.model_copy(update={"holds": holds}), revision)
