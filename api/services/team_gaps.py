"""A team against targets (*écarts d'une équipe*): each profile is placed once, however many people have the same, and remembered for the day.

Two people have the same profile when they hold the same things, did the same and confirmed the same; what they can give changes no gap.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from api.services.knowledge import held_by, rights_near
from api.services.people import name_of
from api.store.repositories.people_wanted import WantedPeople
from api.store.rooms import Room
from pathways.cohort import Standing, standing
from pathways.gap import position
from pathways.holdings import ProfileProblem
from pathways.profile import Profile
from pathways.target import Target, aim
from referentials.absence import NotInForce, UnknownReference
from referentials.library import Library

MOST_PEOPLE = 5_000
_DAYS_KEPT, _MOST_KEPT = 8, 20_000
_THAT_COUNTS = ("holds", "experience", "confirms")


class Placed(NamedTuple):
    """Somebody of a team: the file, the name if it was said, and where they stand on each target; None where it can't be told."""

    person: str
    name: str | None
    standings: tuple[Standing | None, ...]


def placed(
    room: Room, wanted: WantedPeople, targets: Sequence[Target], library: Library, on: date
) -> tuple[Placed, ...]:
    """Those of a room who are wanted, each in front of each target, in the order in which the files were opened."""
    people = room.people.all_wanted(wanted, MOST_PEOPLE)
    names, profiles = room.people.identities(people), room.profiles.documents(people)
    return tuple(
        Placed(
            one,
            name_of(names.get(one)),
            tuple(standing_of(profiles.get(one, {}), aimed, library, on) for aimed in targets),
        )
        for one in people
    )


def standing_of(document: Mapping[str, Any], target: Target, library: Library, on: date) -> Standing | None:
    """Where a profile, as plain values, stands; None when it names what the library has no more."""
    kept = _memory(library, target.ref, on)
    counts = {name: document[name] for name in _THAT_COUNTS if name in document}
    key = json.dumps(counts, sort_keys=True)
    if key not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = _measured(Profile.model_validate(counts), target, library, on)
    return kept[key]


@lru_cache(maxsize=_DAYS_KEPT)
def _memory(library: Library, target: str, on: date) -> dict[str, Standing | None]:
    """What was worked out for a target on a day; a library that has changed is another one."""
    return {}


def _measured(profile: Profile, target: Target, library: Library, on: date) -> Standing | None:
    try:
        return standing(position(profile, target.ref, rights_near(library, [target.ref], held_by(profile)), on))
    except (ProfileProblem, UnknownReference, NotInForce):
        return None


def aimed_at(library: Library, refs: Sequence[str], on: date) -> tuple[Target, ...]:
    """The targets of some references, each once.

    Raises
    ------
    UnknownReference, NotInForce
        There is no such target.
    """
    return tuple({target.ref: target for target in (aim(library, ref, on) for ref in refs)}.values())
