"""The people of a group (*personnes d'un groupe*): files that an organisation follows, as an engine sees them, with their service."""

from __future__ import annotations

from collections.abc import Iterable

from api.services.group_surveys import GroupPerson
from api.store.rooms import Room
from pathways.profile import Profile


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
