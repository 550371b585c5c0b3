"""What the choice alone says about the timetable: a bound for an objective, and a plan that may fit.

Takes an :class:`Agenda`, gives a :class:`Bound`. The choice without its calendar is a relaxation: every timetable is one
of its plans. It knows two things of the calendar: actions that cannot take place are gone, and the minutes of all chosen
actions fit in the slots that are there,

    Σ_a minutes(a) · x_a ≤ Σ_w capacity(w),  w up to the last slot any action with a load may take.

For ``weeks`` it minimises the minutes of the steps: if they are at least M, weeks ≥ min { n : capacity(0) + … +
capacity(n-1) ≥ M }; and n is refused as well as long as some goal cannot be reached by then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pathways.optimise.budget import Budget, OutOfTime, Stop, heed, never
from pathways.optimise.dispatch import solve_within
from pathways.optimise.instance import bits
from pathways.optimise.preprocessing import keep
from pathways.optimise.problem import Action, Limit, Problem
from pathways.optimise.timetable import Fixed, Free, Objective
from pathways.optimise.timetable_agenda import NEVER, Agenda, ending_by, with_instance
from pathways.optimise.timetable_plan import Plan, place, trimmed

WORK = 5.0
"""CP-SAT deterministic time allowed for a relaxation: it is a help, not the answer."""

SHARE = 0.3
"""Share of the seconds left that a relaxation may take."""


@dataclass(frozen=True, slots=True)
class Bound:
    """No timetable is below ``value`` (in units); ``chosen`` is a choice that may be worth a try."""

    value: int
    chosen: frozenset[int] | None = None
    possible: bool = True


def bound_without_calendar(agenda: Agenda, choice: Problem, objective: Objective, budget: Budget) -> Bound:
    """Bound an objective by the choice alone."""
    if objective == "peak_load":
        return _bound_of_peak(agenda, choice, budget)
    if objective == "weeks":
        return _bound_of_weeks(agenda, choice, budget)
    cost = {rule.index: rule.cost[objective] for rule in agenda.instance.rules}
    return relaxed(agenda, choice, cost.__getitem__, budget)


def _bound_of_weeks(agenda: Agenda, choice: Problem, budget: Budget) -> Bound:
    found = relaxed(agenda, choice, lambda index: agenda.minutes(index) * agenda.is_step(index), budget)
    if not found.possible:
        return found
    weeks = room = 0
    while room < found.value:
        room += agenda.capacity[weeks]
        weeks += 1
    return Bound(_first_possible(agenda, weeks, budget), found.chosen)


def _first_possible(agenda: Agenda, weeks: int, budget: Budget) -> int:
    """The fewest weeks, from so many on, by which every goal can be reached; fewer when it must stop looking.

    More weeks never make a goal impossible: steps that double, then halving.
    """
    step = 1
    try:
        while weeks + step <= agenda.horizon and not ending_by(agenda, weeks + step - 1, budget.over).possible:
            weeks, step = weeks + step, 2 * step
        most = min(weeks + step - 1, agenda.horizon)
        while weeks < most:
            middle = (weeks + most) // 2
            if ending_by(agenda, middle, budget.over).possible:
                most = middle
            else:
                weeks = middle + 1
    except OutOfTime:
        pass
    return weeks


def _bound_of_peak(agenda: Agenda, choice: Problem, budget: Budget) -> Bound:
    """peak · (number of slots with a capacity) ≥ the minutes of all."""
    found = relaxed(agenda, choice, agenda.minutes, budget)
    slots = sum(slot > 0 for slot in agenda.capacity)
    return replace(found, value=-(-found.value // slots) if slots else 0)


def relaxed(agenda: Agenda, choice: Problem, cost: Callable[[int], int], budget: Budget) -> Bound:
    """Minimise a cost over the choices that are left; no bound but 0 when there is no time."""
    if budget.over():
        return Bound(0)
    ids = agenda.canonical.ids
    kept = {name: rule.index for rule in agenda.instance.rules if (name := ids[rule.index]) is not None}
    actions = tuple(
        Action(action.id, action.pre, action.add, (cost(kept[action.id]),), action.is_step)
        for action in choice.actions
        if action.id in kept
    )
    limits = [
        Limit(f"{row.name} {number}", tuple((ids[i] or "", value) for i, value in row.coefficients.items()), row.bound)
        for number, row in enumerate(agenda.instance.rows)
    ]
    imposed = frozenset(ids[index] or "" for index in agenda.instance.forced)
    problem = replace(choice, actions=actions, limits=(*limits, *_room(agenda, kept)), imposed=imposed, exclusive=())
    found = solve_within(problem, budget.part(SHARE, work=WORK))
    if found.status == "infeasible":
        return Bound(0, possible=False)
    chosen = None if found.status == "unknown" else frozenset(kept[name] for name in found.selection)
    return Bound(sum(found.bound), chosen)


def _room(agenda: Agenda, kept: Mapping[str, int]) -> list[Limit]:
    minutes = {name: load for name, index in kept.items() if (load := agenda.minutes(index))}
    last = max((agenda.latest(kept[name]) for name in minutes), default=-1)
    room = sum(agenda.capacity[: last + 1])
    return [Limit("room", tuple(minutes.items()), room)] if sum(minutes.values()) > room else []


def fitted(agenda: Agenda, chosen: frozenset[int], stop: Stop = never) -> Plan | None:
    """Put a choice on the calendar, what must end first before the rest; None when that does not work out in time."""
    if not chosen <= {rule.index for rule in agenda.instance.rules}:
        return None
    agenda = only(agenda, chosen)
    try:
        deadline = deadlines(agenda, chosen, stop)
    except OutOfTime:
        return None
    plan = place(agenda, {index: (deadline[index], agenda.start[index], index) for index in chosen})
    return None if plan is None else trimmed(agenda, plan, stop)


def only(agenda: Agenda, chosen: frozenset[int]) -> Agenda:
    """The agenda of these actions, and of the groups, alone."""
    ids = agenda.canonical.ids
    rules = tuple(rule for rule in agenda.instance.rules if rule.index in chosen or ids[rule.index] is None)
    return with_instance(agenda, keep(agenda.instance, rules))


def deadlines(agenda: Agenda, chosen: frozenset[int], stop: Stop = never) -> dict[int, int]:
    """The point by which each action should be over, so that what may need it can still be done.

    A rule of thumb where several actions give the same fact: each is treated as if it were the one that is needed.
    """
    rules = [rule for rule in agenda.instance.rules if rule.index in chosen or agenda.canonical.ids[rule.index] is None]
    deadline = {rule.index: agenda.latest(rule.index) + 1 for rule in rules}
    consumers: dict[int, list[int]] = {}
    for rule in rules:
        for fact in bits(rule.among):
            consumers.setdefault(fact, []).append(rule.index)
    for _ in rules:
        before = dict(deadline)
        for rule in rules:
            heed(stop)
            later = {index for fact in bits(rule.full) for index in consumers.get(fact, []) if index != rule.index}
            deadline[rule.index] = min(
                deadline[rule.index], *(latest_start(agenda, i, before[i]) for i in later), NEVER
            )
        if deadline == before:
            break
    return deadline


def latest_start(agenda: Agenda, index: int, deadline: int) -> int:
    """The last point where a rule can start that must be over by ``deadline``."""
    timing = agenda.timing[index]
    if isinstance(timing, Fixed):
        return timing.loads[0][0]
    if not isinstance(timing, Free):
        return deadline
    most = max(agenda.capacity, default=0)
    slots = -(-timing.minutes // most) if timing.minutes and most else 1
    return deadline - (1 if agenda.grid else max(slots, timing.min_weeks))
