"""A list of people brought in (*reprise d'une liste*): new files opened, known ones brought up to date, in one transaction.

What is decided of whoever may be there already::

    leave   the row stays out
    update  what the row says goes into the file that is there: names, work, agreement, what is held; nothing is taken away
    add     it is somebody else: a new file

A list brought in twice adds nobody: the second time, everybody is there already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, NamedTuple

from api.auth.permissions import FOLLOW_UP
from api.services.brought import accepted, claims_of
from api.services.people_list import ListedPerson
from api.services.people_twins import Twin, marks_of_room, twins
from api.services.situation import Situation
from api.store.repositories.people import NewFile
from api.store.rooms import Room
from api.store.tables.people import Consent, Identity, Person
from api.store.tables.profiles import StoredProfile
from pathways.profile import Profile
from referentials.writer import plain


class Choice(StrEnum):
    """What becomes of whoever may be there already."""

    LEAVE = "leave"
    UPDATE = "update"
    ADD = "add"


class Choices(NamedTuple):
    """What was decided: of everybody, and of some rows otherwise."""

    all: Choice = Choice.LEAVE
    rows: Mapping[int, Choice] = {}

    def of(self, row: int, twin: Twin | None) -> Choice:
        """What becomes of a row; an earlier row of the same list can't be brought up to date."""
        if twin is None:
            return Choice.ADD
        wanted = self.rows.get(row, self.all)
        return Choice.LEAVE if wanted is Choice.UPDATE and twin.person is None else wanted


class BroughtIn(NamedTuple):
    """The files of those who came in, with what they aim at, and how many of what."""

    opened: Mapping[str, str | None]
    counts: Mapping[str, int]


def bring_in(opening: Room, team: Room, people: Sequence[ListedPerson], choices: Choices) -> BroughtIn:
    """Bring people in.

    Parameters
    ----------
    opening, team : Room
        That where files are opened, and that of the people who agreed; both of one transaction.
    """
    found = twins(people, marks_of_room(team))
    decided = [(one, choices.of(one.row, found.get(one.row))) for one in people]
    new = [one for one, choice in decided if choice is Choice.ADD]
    opened = opening.people.open_all(_file(one) for one in new)
    known = [(one, str(found[one.row].person)) for one, choice in decided if choice is Choice.UPDATE]
    changed = _update(team, known)
    left = len(people) - len(new) - len(known)
    counts = {"opened": len(new), "updated": changed, "unchanged": len(known) - changed, "left": left}
    return BroughtIn({person: one.target for person, one in zip(opened, new, strict=True)}, counts)


def _file(one: ListedPerson) -> NewFile:
    return NewFile(
        one.identity,
        FOLLOW_UP,
        one.agreed_text,
        moment_of(one.agreed_on),
        plain(one.profile),
        one.situation.model_dump(),
    )


def moment_of(day: date) -> datetime:
    """The moment that stands for a day."""
    return datetime.combine(day, time(), UTC)


# -- who is there already -------------------------------------------------------------------------------------------------


def _update(team: Room, known: Sequence[tuple[ListedPerson, str]]) -> int:
    """Write what some rows say into the files that are there; how many have changed."""
    files = [person for _one, person in known]
    names, profiles = team.people.identities(files), team.profiles.among(files)
    agreements = team.people.agreements(files, FOLLOW_UP)
    rows = {row.id: row for row in team.people.among(files)}
    changed = set()
    for one, person in known:
        different = (
            _rename(team, person, one, names.get(person)),
            _situate(team, rows[person], one),
            _fill(team, person, one, profiles.get(person)),
            _agree(team, person, one, agreements.get(person)),
        )
        if any(different):
            changed.add(one.row)
    return len(changed)


def _rename(team: Room, person: str, one: ListedPerson, found: Identity | None) -> bool:
    before = found or team.people.identity(person)
    said = {name: getattr(before, name, None) for name in one.identity}
    wanted = said | {name: value for name, value in one.identity.items() if value}
    if wanted == said:
        return False
    team.people.identify(person, **wanted)
    return True


def _situate(team: Room, row: Person, one: ListedPerson) -> bool:
    said = {name: getattr(row, name) for name in Situation.model_fields}
    wanted = said | {name: value for name, value in one.situation.model_dump().items() if value}
    if wanted == said:
        return False
    team.people.situate(row.id, **wanted)
    return True


def _fill(team: Room, person: str, one: ListedPerson, found: StoredProfile | None) -> bool:
    row = found or team.profiles.find(person)
    before = Profile(id=one.profile.id) if row is None else Profile.model_validate(row.document)
    after = accepted(before, list(claims_of(one.profile)))
    if after == before and row is not None:
        return False
    team.profiles.put(person, after, 0 if row is None else row.revision)
    return True


def _agree(team: Room, person: str, one: ListedPerson, before: Consent | None) -> bool:
    """A later agreement, or one of the same day to another text, takes the place of the one that is there."""
    if before is not None:
        day = before.created_at.date()
        if day > one.agreed_on or (day == one.agreed_on and before.text_version == one.agreed_text):
            return False
    team.people.agree(person, FOLLOW_UP, one.agreed_text, moment_of(one.agreed_on))
    return True


def plain_list(people: Sequence[ListedPerson]) -> list[dict[str, Any]]:
    """People as plain values, to be kept until somebody decides."""
    return [one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in people]
