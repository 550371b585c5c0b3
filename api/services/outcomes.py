"""A change of the library → what it does to people made up (*effet sur des personnes d'essai*): before, after, side by side.

::

    outcome(person, target, library) = what is theirs by right, by proof, what is left; hours and weeks when a plan is computed

A draft is tried in place of the version it starts from, under that version's name and dates: rights and modules then follow it, and only what
the draft says makes the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from api.services.drafts import referential_of, renamed
from api.services.effects import sides
from api.services.sample_people import Sample, people_around, people_of_right
from api.services.solver import Gone
from pathways.gap import ACQUIRED, Gap, Positioning, State, gap, position
from pathways.holdings import ProfileProblem
from pathways.pathway import Pathway, Status
from pathways.planner import plan
from pathways.question import Question
from pathways.recognition import Rights
from pathways.solution import Limits
from pathways.waivers import waivers
from referentials.absence import NotInForce, UnknownReference
from referentials.library import Library
from referentials.model import Referential
from referentials.model import State as Sealing
from referentials.neighbourhood import right_named
from referentials.rights import Recognition
from referentials.writer import plain

_SECONDS = 3.0
"""The time for each plan."""
_POSSIBLE = (Status.HELD, Status.OPTIMAL, Status.FEASIBLE)


class Outcome(NamedTuple):
    """What somebody has of a target, and what a plan towards it takes.

    Parameters
    ----------
    by_right, acquired : tuple of str
        Blocks, and competencies of blocks that are not acquired as a whole, by their references: by a right; in all.
    eased : tuple of (str, str)
        What is spared: ``assessment``, ``training`` or ``entry`` with what it is about, ``reduction`` with the right that shortens.
    left : int
        Blocks still to obtain.
    possible : bool or None
        Whether a pathway leads there; None when no plan was computed.
    hours : float or None
        Hours of the plan; those that are known.
    weeks : int or None
    """

    by_right: tuple[str, ...]
    acquired: tuple[str, ...]
    eased: tuple[tuple[str, str], ...]
    left: int
    possible: bool | None = None
    hours: float | None = None
    weeks: int | None = None


class Change(NamedTuple):
    """What happens to somebody; a side is None when what they hold can't be read any more."""

    holds: tuple[str, ...]
    target: str
    before: Outcome | None
    after: Outcome | None

    @property
    def same(self) -> bool:
        """Whether nothing changes for them."""
        return self.before == self.after


def of_draft(
    library: Library,
    base: str,
    values: Mapping[str, Any],
    on: date,
    more: Iterable[Sample] = (),
    gone: Gone = lambda: False,
) -> tuple[Change, ...]:
    """What a draft changes for people around the version it starts from, with a plan for each.

    Parameters
    ----------
    more : iterable of Sample
        People to try besides.
    gone : callable
        Whether nobody waits any more: what is left is then not computed.

    Raises
    ------
    FileProblem
        The draft can't be read.
    UnknownReference
        The library has no such base.
    """
    identifier, _at, number = base.partition("@")
    old = library.get(identifier, number)
    about = sides(in_place_of(old, values), library)
    day, before, after = _day_of(old, on), Rights(about.now), Rights(about.with_it)
    found = []
    for one in (*people_around(about.now, old), *more):
        if gone():
            break
        found.append(Change(one.holds, base, _planned(one, base, before, day), _planned(one, base, after, day)))
    return tuple(found)


def of_right(library: Library, right: Recognition, on: date) -> tuple[Change, ...]:
    """What a right, as it is written, changes for who holds what it asks for; without any plan.

    It is compared with what the library has under its name; with nothing at all when that is the very same.
    """
    about = sides(right, library)
    before = about.without if right_named(about.now, right.id) == right else about.now
    targets = sorted({full.partition("/")[0] for text in right.grants for full in library.expand(text)})
    day = on if right.in_force.contains(on) else (right.in_force.start or right.in_force.seen or on)
    rights = Rights(before), Rights(about.with_it)
    return tuple(
        Change(one.holds, target, *(_measured(one, target, each, day) for each in rights))
        for target in targets
        for one in people_of_right(about.with_it, right)
    )


def in_place_of(old: Referential, values: Mapping[str, Any]) -> Referential:
    """A draft under the name and the dates of the version that it starts from."""
    draft = referential_of(values)
    under = renamed(plain(draft), draft.key, old.key) | {"id": old.id, "version": old.version}
    return referential_of(under).model_copy(update={"state": Sealing.PUBLISHED, "valid": old.valid})


def _day_of(version: Referential, on: date) -> date:
    """A day on which the version is in force, today if it can be."""
    if version.valid.contains(on):
        return on
    start = version.valid.start or version.valid.seen
    return max(start, on) if start and start > on else version.valid.end or on


def _measured(person: Sample, target: str, rights: Rights, on: date) -> Outcome | None:
    try:
        return _outcome(position(person.profile, target, rights, on))
    except (ProfileProblem, UnknownReference, NotInForce):
        return None


def _planned(person: Sample, target: str, rights: Rights, on: date) -> Outcome | None:
    asked = Question(person.profile, target, on, real_only=False, explain=False, time_limit=_SECONDS)
    try:
        found = plan(asked, rights, Limits(_SECONDS))
        return _with_totals(_outcome(position(person.profile, target, rights, on)), found)
    except (ProfileProblem, UnknownReference, NotInForce):
        return None


def _with_totals(outcome: Outcome, found: Pathway) -> Outcome:
    if found.status not in _POSSIBLE:
        return outcome._replace(possible=False)
    return outcome._replace(possible=True, hours=found.totals.hours, weeks=found.totals.weeks)


def _outcome(positioning: Positioning) -> Outcome:
    found = gap(positioning)
    states = dict(_states(found))
    return Outcome(
        tuple(ref for ref, state in states.items() if state is State.BY_RIGHT),
        tuple(ref for ref, state in states.items() if state in ACQUIRED),
        (*_spared(positioning), *(("reduction", right) for right in found.reductions)),
        found.remaining.blocks,
    )


def _spared(positioning: Positioning) -> Iterator[tuple[str, str]]:
    for ref, some in waivers(positioning).items():
        yield from ((what, ref) for what in sorted({one.what.value for one in some if one.state is State.BY_RIGHT}))


def _states(found: Gap) -> Iterator[tuple[str, State]]:
    """The state of every block, and of the competencies of those that are not acquired as a whole."""
    for block in found.blocks:
        yield block.ref, block.state
        if block.state not in ACQUIRED:
            yield from ((one.ref, one.state) for one in block.competencies)
