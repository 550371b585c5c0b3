"""What no calendar of a person can hold, taken out before choosing (*ce qui ne peut pas tenir*).

Every cut is valid for any plan, so the choice that remains is a tighter relaxation of the dated question:

- an action that can't happen in these slots, a session too heavy for one of its weeks;
- a session that starts before the earliest moment at which what it needs can be there. That moment is the least fixpoint,
  over actions, of: an action starts when all it needs is there, takes at least the weeks that its hours fill when nothing else
  is done, and a fact is there with the first action that gives it;
- sessions that are too heavy together in a week: their minutes there are at most what the person can give in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from pathways.draft import Candidates
from pathways.optimise.problem import Limit, Problem
from pathways.optimise.timetable import Fixed, Free, Instant, Timing
from pathways.profile import CanGive
from pathways.schedule import kept, timing_of
from pathways.slots import Slots

WEEK = "calendar week"
"""How the names of the limits begin that hold the sessions of a week."""

_NEVER = 10**9


def fitting(choice: Candidates, slots: Slots, give: CanGive) -> Candidates:
    """The choice without what can't be dated, nor sessions that no week can hold together."""
    timing = {name: timing_of(choice.doings[name], slots, give) for name in sorted(choice.doings)}
    alone = {name: one for name, one in timing.items() if one is not None and _fits_alone(one, slots)}
    problem = kept(choice.problem, frozenset(alone))
    if give.calendar is None:
        problem = kept(problem, _in_time(problem, alone, slots))
        problem = replace(problem, limits=(*problem.limits, *_weeks(problem, alone, slots)))
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


def _weeks(problem: Problem, timing: Mapping[str, Timing], slots: Slots) -> tuple[Limit, ...]:
    """For each week that sessions could overfill: Σ minutes(a, week) · x(a) ≤ what the person can give in it."""
    spent: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for action in problem.actions:
        timed = timing[action.id]
        for slot, minutes in timed.loads if isinstance(timed, Fixed) else ():
            if minutes:
                spent[slot].append((action.id, minutes))
    return tuple(
        Limit(f"{WEEK} {slot}", tuple(loads), slots.capacity[slot])
        for slot, loads in sorted(spent.items())
        if sum(minutes for _name, minutes in loads) > slots.capacity[slot]
    )
