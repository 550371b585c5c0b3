"""Who is there already (*doublons*): people of a list who may be somebody whom one follows, or somebody of the same list.

Two people are taken for one when they have the same address, else the same name in whatever order and case, else, for whoever has neither,
the same code. A person decides: homonyms are two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from api.services.people_list import ListedPerson
from api.store.rooms import Room


class Likeness(StrEnum):
    """Why somebody is taken for another."""

    EMAIL = "email"
    NAME = "name"
    CODE = "code"


class Twin(NamedTuple):
    """Who somebody of a list may be: a person who is followed, or an earlier row of the list."""

    person: str | None
    row: int
    """The earlier row; 0 for a person who is followed."""
    why: Likeness


Mark = tuple[Likeness, str]


def twins(people: Iterable[ListedPerson], followed: Mapping[Mark, str]) -> dict[int, Twin]:
    """Those of a list who may be somebody else, by their row.

    Parameters
    ----------
    followed : mapping
        As :func:`marks_of_room` gives it.
    """
    seen: dict[Mark, int] = {}
    found: dict[int, Twin] = {}
    for one in people:
        marks = tuple(marks_of(one))
        twin = next((Twin(followed[mark], 0, mark[0]) for mark in marks if mark in followed), None)
        twin = twin or next((Twin(None, seen[mark], mark[0]) for mark in marks if mark in seen), None)
        if twin is not None:
            found[one.row] = twin
        for mark in marks:
            seen.setdefault(mark, one.row)
    return found


def marks_of_room(room: Room) -> dict[Mark, str]:
    """What the people of a room are recognised by, with their files; the oldest file where several are alike."""
    known = room.people.known()
    unnamed = [one.person for one in known if not (one.given_name or one.family_name or one.email)]
    codes = {person: row.document.get("id", "") for person, row in room.profiles.among(unnamed).items()}
    found: dict[Mark, str] = {}
    for one in known:
        for mark in _marks(one.given_name, one.family_name, one.email, codes.get(one.person, "")):
            found.setdefault(mark, one.person)
    return found


def marks_of(one: ListedPerson) -> Iterator[Mark]:
    """What somebody of a list is recognised by, the surest first."""
    names = one.identity
    yield from _marks(names.get("given_name"), names.get("family_name"), names.get("email"), one.profile.id)


def _marks(given: str | None, family: str | None, email: str | None, code: str) -> Iterator[Mark]:
    if email:
        yield Likeness.EMAIL, email.strip().casefold()
    if name := same_name(f"{given or ''} {family or ''}"):
        yield Likeness.NAME, name
    if code and not email and not name:
        yield Likeness.CODE, code


def same_name(name: str) -> str:
    """A name as it is compared: its words without accents, sorted.

    Examples
    --------
    >>> same_name("Zoé  LE-GALL") == same_name("le gall zoe")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode() or name.casefold()
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in plain).split()))
