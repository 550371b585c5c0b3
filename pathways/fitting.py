"""What no calendar of a person can hold, taken out before choosing (*ce qui ne peut pas tenir*).

Every cut is valid for any plan, so the choice that remains is a tighter relaxation of the dated question:

- an action that can't happen in these slots, a session too heavy for one of its weeks;
- an action that can't start in time: by :mod:`pathways.optimise.timetable_agenda`, what it needs can't be there early enough;
- sessions that are too heavy together in a week: their minutes there are at most what the person can give in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from pathways.draft import Candidates
from pathways.optimise.budget import OutOfTime, Stop, never
from pathways.optimise.problem import Limit, Problem
from pathways.optimise.timetable import Fixed, TimetableProblem, Timing
from pathways.optimise.timetable_agenda import NEVER, earliest, unrestricted
from pathways.profile import CanGive
from pathways.schedule import kept, timings
from pathways.slots import Slots

WEEK = "calendar week"
"""How the names of the limits begin that hold the sessions of a week."""


def fitting(choice: Candidates, slots: Slots, give: CanGive, stop: Stop = never) -> Candidates:
    """The choice without what can't be dated, nor sessions that no week can hold together.

    When it is time to stop, what is not out yet is left to the calendar.
    """
    problem = choice.problem
    with suppress(OutOfTime):
        timing = timings(choice, slots, give, stop)
        problem = kept(problem, frozenset(timing))
        if give.calendar is None:
            problem = kept(problem, _in_time(problem, timing, slots, stop))
            problem = replace(problem, limits=(*problem.limits, *_weeks(problem, timing, slots)))
    return replace(choice, problem=problem)


def _in_time(problem: Problem, timing: Mapping[str, Timing], slots: Slots, stop: Stop) -> frozenset[str]:
    """The actions that can start in time."""
    found = earliest(unrestricted(TimetableProblem(problem, timing, slots.capacity, ("weeks",))), stop)
    names = found.canonical.ids
    return frozenset(name for name, point in zip(names, found.start, strict=True) if name and point < NEVER)


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
