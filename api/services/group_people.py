"""The people of a group (*personnes d'un groupe*): files that an organisation follows, as an engine sees them, with their service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.services.group_surveys import GroupPerson
from api.services.planning import NotPlannable
from api.services.team import Member
from api.store.rooms import Room
from pathways.profile import Profile


def everybody(room: Room, identifiers: Iterable[str], profiles: Sequence[GroupPerson]) -> tuple[GroupPerson, ...]:
    """The people of a request: files, then those who come with it.

    Raises
    ------
    Absent
        One of these files is not here.
    NotPlannable
        Two have the same identifier.
    """
    people = (*group_people(room, identifiers), *profiles)
    if len({one.id for one in people}) < len(people):
        raise NotPlannable("Deux personnes ont le même identifiant : donnez à chacune le sien.")
    return people


def aiming(one: GroupPerson, member: Member) -> GroupPerson:
    """The same person, aiming at what their last plan aims at."""
    return one.model_copy(update={"target": member.plan.target if member.plan else None})


def group_people(room: Room, identifiers: Iterable[str]) -> tuple[GroupPerson, ...]:
    """Some people of a room, each once, in the order given.

    Raises
    ------
    Absent
        One of these files is not here.
    """
    files = [room.people.get(one) for one in dict.fromkeys(identifiers)]
    profiles = room.profiles.documents(one.id for one in files)
    return tuple(
        GroupPerson(id=one.id, service=one.service, profile=Profile.model_validate(profiles.get(one.id, {})))
        for one in files
    )
