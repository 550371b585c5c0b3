"""What no calendar of a person can hold, taken out before choosing (*ce qui ne peut pas tenir*).

Every cut is valid for any plan, so the choice that remains is a tighter relaxation of the dated question:

- an action that can't happen in these slots, a session too heavy for one of its weeks;
- a session that starts before the earliest moment at which what it needs can be there. That moment is the least fixpoint,
  over actions, of: an action starts when all it needs is there, takes at least the weeks that its hours fill when nothing else
  is done, and a fact is there with the first action that gives it;
- two sessions that are too heavy together in a week: at most one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

from pathways.draft import Candidates
from pathways.optimise.problem import Problem
from pathways.optimise.timetable import Fixed, Free, Instant, Timing
from pathways.profile import CanGive
from pathways.schedule import kept, timing_of
from pathways.slots import Slots

_NEVER = 10**9


def fitting(choice: Candidates, slots: Slots, give: CanGive) -> Candidates:
    """The choice without what can't be dated, and without two sessions that exclude each other."""
    timing = {name: timing_of(choice.doings[name], slots, give) for name in sorted(choice.doings)}
    alone = {name: one for name, one in timing.items() if one is not None and _fits_alone(one, slots)}
    problem = kept(choice.problem, frozenset(alone))
    if give.calendar is None:
        problem = kept(problem, _in_time(problem, alone, slots))
        problem = replace(problem, exclusive=(*problem.exclusive, *_too_heavy_together(problem, alone, slots)))
    return replace(choice, problem=problem)


def _fits_alone(timing: Timing, slots: Slots) -> bool:
    return not isinstance(timing, Fixed) or all(spent <= slots.capacity[slot] for slot, spent in timing.loads)


def _in_time(problem: Problem, timing: Mapping[str, Timing], slots: Slots) -> frozenset[str]:
    """The actions that can start in time."""
    there = [_NEVER] * len(problem.facts)
    for fact in problem.held:
        there[fact] = 0
    changed = True
    while changed:
        changed = False
        for action in problem.actions:
            start = max((there[fact] for fact in action.pre), default=0)
            over = _over(timing[action.id], start, slots) if start < _NEVER else _NEVER
            for fact in action.add:
                if over < there[fact]:
                    there[fact], changed = over, True
        for group in problem.groups:
            if group.fact is not None:
                when = (
                    sorted(there[member] for member in group.members)[group.k - 1]
                    if 0 < group.k <= len(group.members)
                    else 0
                )
                if when < there[group.fact]:
                    there[group.fact], changed = when, True
    starts = {action.id: max((there[fact] for fact in action.pre), default=0) for action in problem.actions}
    return frozenset(
        name for name, start in starts.items() if start < _NEVER and _over(timing[name], start, slots) < _NEVER
    )


def _over(timing: Timing, start: int, slots: Slots) -> int:
    """The first slot in which what an action gives can be used, when it may start from ``start``; never if it can't."""
    latest = len(slots) if timing.latest is None else timing.latest
    if isinstance(timing, Fixed):
        return timing.loads[-1][0] + 1 if start <= timing.loads[0][0] else _NEVER
    if isinstance(timing, Instant):
        return max(start, timing.earliest) if start <= latest + 1 else _NEVER
    return _filled(timing, max(start, timing.earliest), min(latest, len(slots) - 1), slots)


def _filled(timing: Free, start: int, latest: int, slots: Slots) -> int:
    left, weeks = max(timing.minutes, 1), 0
    for slot in range(start, latest + 1):
        if slots.capacity[slot]:
            left, weeks = left - slots.capacity[slot], weeks + 1
        if left <= 0 and weeks >= timing.min_weeks:
            return slot + 1
    return _NEVER


def _too_heavy_together(problem: Problem, timing: Mapping[str, Timing], slots: Slots) -> tuple[frozenset[str], ...]:
    """Pairs of sessions of two modules that a week can't hold together."""
    loads = {action.id: dict(one.loads) for action in problem.actions if isinstance(one := timing[action.id], Fixed)}
    together = {frozenset(pair) for some in problem.exclusive for pair in combinations(sorted(some), 2)}
    return tuple(
        frozenset(pair)
        for pair in combinations(sorted(loads), 2)
        if frozenset(pair) not in together and _clash(loads[pair[0]], loads[pair[1]], slots)
    )


def _clash(one: Mapping[int, int], other: Mapping[int, int], slots: Slots) -> bool:
    return any(spent + other[slot] > slots.capacity[slot] for slot, spent in one.items() if slot in other)
