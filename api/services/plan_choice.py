"""A new answer beside the plan that it would replace (*choix d'un plan*): compared line by line, then one of the two goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from api.services.plan_difference import PlanDifference, difference
from api.services.plans import pathway_of
from api.store.conflict import Absent, WrongState
from api.store.rooms import Room
from api.store.tables.plans import PlanState, StoredPlan
from pathways.pathway import Pathway
from reports.language import say


class Beside(NamedTuple):
    """The plan that stands, the new answer, and what differs."""

    old: StoredPlan
    new: StoredPlan
    before: Pathway
    after: Pathway
    changes: PlanDifference


def beside(room: Room, plan_id: str) -> Beside:
    """A new answer with the plan that it would replace.

    Raises
    ------
    Absent
        There is no such answer here, or nothing beside it.
    """
    new = room.plans.get(plan_id)
    if new.replaces is None:
        raise Absent("plan", plan_id)
    old = room.plans.get(new.replaces)
    before, after = pathway_of(old), pathway_of(new)
    return Beside(old, new, before, after, difference(before, after))


def take_new(room: Room, plan_id: str, revisions: tuple[int, int]) -> None:
    """Abandon the plan that stands: the new answer takes its place.

    Raises
    ------
    Conflict, WrongState
        One of the two has changed, or was chosen already.
    """
    found = _waiting(room, plan_id, revisions)
    room.plans.move(found.old.id, PlanState.ABANDONED, say("Remplacé par un nouveau calcul."), revisions[0])


def keep_old(room: Room, plan_id: str, revisions: tuple[int, int]) -> None:
    """Delete the new answer: the plan that stands goes on as it is.

    Raises
    ------
    Conflict, WrongState
        As for :func:`take_new`.
    """
    found = _waiting(room, plan_id, revisions)
    room.plans.settle(found.old.id, revisions[0])
    room.plans.delete(found.new.id, revisions[1])


def _waiting(room: Room, plan_id: str, revisions: tuple[int, int]) -> Beside:
    found = beside(room, plan_id)
    over = (PlanState.DONE, PlanState.ABANDONED)
    if found.new.state != PlanState.DRAFT or found.old.state in over or found.new.revision != revisions[1]:
        raise WrongState(found.new.state)
    return found


def reasons(room: Room, plan: StoredPlan) -> Iterator[tuple[str, str]]:
    """What a plan leans on that has changed: what it was, and what came in its place; empty for an offer, which has changed itself."""
    yield from ((row.ref, row.superseded_by) for row in plan.used if row.superseded_by)
    yield from ((title, "") for title in room.plans.changed_offers(plan))
