"""Whose file it is (*partage du dossier*): a person lets an organisation in and out; an organisation hands over the file that it opened.

Letting in is agreeing: the agreement to be followed is dated, says on which text and to whom, and ends with the sharing. A file that
an organisation opened becomes the person's own by a secret that holds once, and for some days: nobody has to be found by an address.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from api.auth.permissions import FOLLOW_UP
from api.problem import Problem
from api.store.repositories.people import Offered
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.tables import Account, Organisation, Person, Role
from api.store.unit_of_work import UnitOfWork
from reports.language import say


class Follower(NamedTuple):
    """An organisation that follows people."""

    id: str
    name: str


def followers(unit: UnitOfWork) -> Iterator[Follower]:
    """The organisations that a person may let in: those where an adviser can sign in, by name."""
    advised = unit.directory.accounts.organisations_with(Role.ADVISER)
    found = (one for one in unit.directory.organisations.every() if one.id in advised)
    return (Follower(one.id, one.name) for one in sorted(found, key=_by_name))


def _by_name(organisation: Organisation) -> tuple[str, str]:
    return organisation.name, organisation.id


def share(unit: UnitOfWork, room: Room, person_id: str, revision: int, organisation: str, text_version: str) -> Person:
    """Let an organisation into one's own file, in place of the one that was there; that is agreeing to be followed by it.

    Raises
    ------
    Absent, Conflict
        The file is not the account's own, or has changed.
    Problem
        No such organisation follows people.
    """
    if organisation not in {one.id for one in followers(unit)}:
        raise Problem("request", say("Cet organisme n'existe pas."), near=[])
    person = room.people.edit(person_id, revision)
    if person.organisation_id not in (None, organisation):
        room.people.let_go(person)
    room.people.share(person_id, organisation)
    room.people.agree(person_id, FOLLOW_UP, text_version)
    unit.record("person.share", "person", person_id, organisation)
    return person


def stop_sharing(room: Room, person_id: str, revision: int) -> Person:
    """Let the organisation out of one's own file; what was agreed with it has ended.

    Raises
    ------
    Absent, Conflict
        As for :func:`share`.
    """
    person = room.people.edit(person_id, revision)
    if person.organisation_id is not None:
        room.people.let_go(person)
    return person


def hand_over(room: Room, person_id: str, lifetime: timedelta) -> Offered:
    """Offer a file to the person it is about.

    Raises
    ------
    Absent
        The organisation does not keep that file, or the person no longer agrees.
    WrongState
        The person keeps it already.
    """
    return room.people.hand_over(person_id, lifetime)


def take_over(unit: UnitOfWork, account: Account, secret: str) -> Person:
    """Make the file of a secret an account's own; the organisation stays in, as long as the person agrees.

    Raises
    ------
    Absent
        The secret does not hold.
    """
    person = unit.directory.handovers.take(secret)
    return unit.of(Scope(organisation=person.organisation_id)).people.give(person.id, account.id)
