"""Files of people opened and written (*dossiers*): a file, its names, its consents and its profile come together, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from api.services.planning import check_limits
from api.store.rooms import Room
from api.store.tables.people import Identity, Person
from pathways.holdings import held
from pathways.profile import Profile
from referentials.library import Library


class Agreed(NamedTuple):
    """A purpose, and the version of the text that was agreed to."""

    purpose: str
    text_version: str


def check_profile(profile: Profile, library: Library) -> None:
    """Refuse a profile that names what the library hasn't, whatever the day.

    Raises
    ------
    ProfileProblem, NotPlannable
        With near names where there are some.
    """
    held(profile, library, date.max)
    check_limits(profile.can_give, date.min, library)


def open_file(
    room: Room,
    identity: Mapping[str, Any],
    consents: Iterable[Agreed],
    profile: Profile | None,
    situation: Mapping[str, str | None] = {},
) -> Person:
    """Open a file in a room."""
    person = room.people.add()
    if any(identity.values()):
        room.people.identify(person.id, **identity)
    if any(situation.values()):
        room.people.situate(person.id, **situation)
    for agreed in consents:
        room.people.agree(person.id, *agreed)
    if profile is not None:
        room.profiles.put(person.id, profile, 0)
    return person


def name_of(identity: Identity | None) -> str | None:
    """The name that a person goes by, if anybody said it.

    Examples
    --------
    >>> name_of(None) is None
    True
    """
    parts = [] if identity is None else [identity.given_name, identity.family_name]
    return " ".join(part for part in parts if part) or None
