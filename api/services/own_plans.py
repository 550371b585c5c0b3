"""What somebody keeps in their own account (*mon dossier, mes plans*): one file of one's own, its profile, and the plans made from it.

The file is opened when the first thing is kept. Whoever belongs to an organisation too keeps here what is theirs, and nothing of it is
shared until they say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from api.services.asking import PlanRequest, kept_request
from api.services.plans import Planning, pathway_of
from api.store.repositories.repository import LARGEST_PAGE
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.tables.people import Person
from api.store.tables.plans import StoredPlan
from api.store.unit_of_work import Store
from pathways.profile import Profile


class OwnPlan(NamedTuple):
    """A plan that somebody kept: its row, and what it is called."""

    row: StoredPlan
    title: str


class OwnFile(NamedTuple):
    """A file of one's own: its profile if there is one, its plans, the latest first."""

    person: Person
    profile: Profile | None
    plans: tuple[OwnPlan, ...]


def own_scope(account: str) -> Scope:
    """The files that an account keeps."""
    return Scope(account=account)


def own_file(room: Room) -> OwnFile | None:
    """The first file of one's own; none as long as nothing was kept."""
    person = next(iter(room.people.page(None, 1).rows), None)
    if person is None:
        return None
    profile = room.profiles.find(person.id)
    plans = sorted(_plans(room, person.id), key=lambda row: (row.created_at, row.id), reverse=True)
    return OwnFile(
        person,
        None if profile is None else Profile.model_validate(profile.document),
        tuple(OwnPlan(row, pathway_of(row).title) for row in plans),
    )


def _plans(room: Room, person_id: str) -> Iterator[StoredPlan]:
    after: str | None = None
    while True:
        page = room.plans.of_person(person_id, after, LARGEST_PAGE)
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def keep_as_own(
    store: Store, planning: Planning, account: str, request: PlanRequest, *, replace_profile: bool
) -> StoredPlan:
    """Compute a plan, and keep it in one's own file, opened if need be, with the profile it was made from.

    Parameters
    ----------
    planning : Planning
        For the scope of :func:`own_scope`.
    replace_profile : bool
        Write the profile over the one that the file has; without it, only a file without profile gets one.
    """
    dated = planning.dated(request)
    found = planning.compute(dated)
    with store.write(account) as unit:
        room = unit.of(own_scope(account))
        person = next(iter(room.people.page(None, 1).rows), None) or room.people.add()
        if replace_profile or room.profiles.find(person.id) is None:
            room.profiles.put(person.id, dated.profile)
        return room.plans.add(person.id, dated.plain(), found.model_dump(mode="json"))


def taken_up(room: Room, plan_id: str) -> PlanRequest:
    """The question of a plan, to go on from.

    Raises
    ------
    Absent
        There is no such plan.
    """
    return kept_request(room.plans.get(plan_id).question)
