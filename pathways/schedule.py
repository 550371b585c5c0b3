"""Choice → choice and calendar as one question (*parcours daté*): what each action takes in which slots.

Rights and awards take no time; an assessment takes a slot of its own after its training; a module with sessions happens at
their dates; a module that starts freely is spread over the weeks. What needs something starts in a later slot than the one
where it ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from pathways.draft import Candidates, Doing
from pathways.objectives import Objective, components, minutes
from pathways.optimise.budget import Stop, heed, never
from pathways.optimise.problem import Problem
from pathways.optimise.timetable import Fixed, Free, Grid, Instant, TimetableProblem, Timing
from pathways.optimise.timetable import Objective as SlotObjective
from pathways.profile import CanGive
from pathways.slots import Slots, periods_from, weeks_from, weeks_until

LONGEST = 520
"""The longest calendar considered when there is no deadline, in weeks: ten years."""

_NEVER = 10**6


def slots_for(give: CanGive, start: date, choice: Candidates) -> Slots:
    """The slots of a person's calendar; without hours a week, a week has no limit but its days."""
    if give.calendar is not None:
        return periods_from(start, give, sum(doing.minutes or 0 for doing in choice.doings.values()) + 1)
    return weeks_from(start, longest(give, start, list(choice.doings.values())), give)


def longest(give: CanGive, start: date, doings: Sequence[Doing]) -> int:
    """Weeks enough for any plan made of these: to the deadline, or the last session, then every hour, then a week a step."""
    if give.deadline is not None:
        return weeks_until(start, give.deadline)
    last = max((doing.session.end for doing in doings if doing.session), default=start)
    away = sum(weeks_until(window.start, window.end) for window in give.unavailable if window.start and window.end)
    spent = sum(doing.minutes or 0 for doing in doings if doing.session is None)
    steps = sum(doing.kind != "algebra" for doing in doings)
    weekly = max(1, minutes(give.weekly_hours or 168))
    return min(LONGEST, weeks_until(start, last) + away + ceil(spent / weekly) + steps + 1)


def timetable(
    choice: Candidates,
    slots: Slots,
    give: CanGive,
    minimise: Sequence[Objective],
    *,
    only: frozenset[str] | None = None,
) -> TimetableProblem:
    """The dated question, for a choice that fits (see :mod:`pathways.fitting`).

    Parameters
    ----------
    only : frozenset of str or None
        The actions to place, when the choice is made already.
    """
    problem = choice.problem if only is None else kept(choice.problem, only)
    timing = timings(replace(choice, problem=problem), slots, give)
    return TimetableProblem(
        kept(problem, frozenset(timing)), timing, slots.capacity, _objectives(minimise), _grid(give)
    )


def timings(choice: Candidates, slots: Slots, give: CanGive, stop: Stop = never) -> dict[str, Timing]:
    """What each action takes, of those that can happen in these slots, each with the room for it."""
    found: dict[str, Timing] = {}
    for action in choice.problem.actions:
        heed(stop)
        timing = timing_of(choice.doings[action.id], slots, give)
        if timing is not None and _has_room(timing, slots):
            found[action.id] = timing
    return found


def _has_room(timing: Timing, slots: Slots) -> bool:
    return not isinstance(timing, Fixed) or all(spent <= slots.capacity[slot] for slot, spent in timing.loads)


def kept(problem: Problem, names: frozenset[str]) -> Problem:
    """The problem with these actions only."""
    limits = tuple(
        replace(one, coefficients=tuple(pair for pair in one.coefficients if pair[0] in names))
        for one in problem.limits
    )
    return replace(
        problem,
        actions=tuple(action for action in problem.actions if action.id in names),
        limits=limits,
        imposed=problem.imposed & names,
        exclusive=tuple(some for one in problem.exclusive if len(some := one & names) > 1),
    )


def _objectives(minimise: Sequence[Objective]) -> tuple[SlotObjective, ...]:
    """Each objective as the calendar knows it: its rank among the additive ones, or its name."""
    rank = {part: index for index, part in enumerate(components(minimise))}
    found: list[SlotObjective] = []
    for one in minimise:
        if one is Objective.WEEKS:
            found.append("weeks")
        elif one is Objective.PEAK_LOAD:
            found.append("peak_load")
        else:
            found += [rank[part] for part in ((one, True), (one, False)) if part in rank]
    return tuple(found)


def _grid(give: CanGive) -> Grid | None:
    calendar = give.calendar
    if calendar is None:
        return None
    most = None if calendar.max_hours is None else minutes(calendar.max_hours)
    return Grid(minutes(calendar.min_hours), most, calendar.min_modules, calendar.max_modules)


def timing_of(doing: Doing, slots: Slots, give: CanGive) -> Timing | None:
    """What an action takes; ``None`` when it can't happen in these slots."""
    earliest, latest = _window(doing, slots)
    if latest < earliest:
        return None
    if doing.session is not None:
        return _session(doing, slots)
    if doing.kind in ("right", "algebra") or (doing.kind == "award" and not doing.minutes):
        return Instant(earliest, None if latest >= len(slots) else latest)
    last = None if latest >= len(slots) else latest
    return Free(doing.minutes or 0, earliest, last, counted=doing.kind == "module")


def _window(doing: Doing, slots: Slots) -> tuple[int, int]:
    """The first and the last slot in which an action may happen: those that lie in its window as a whole."""
    window = doing.window
    if window is None:
        return 0, _NEVER
    inside = [
        slot
        for slot in range(len(slots))
        if (window.start is None or window.start <= slots.first_day(slot))
        and (window.end is None or slots.last_day(slot) <= window.end)
    ]
    if not inside:
        return 1, 0
    return inside[0], inside[-1] if inside[-1] + 1 < len(slots) else _NEVER


def _session(doing: Doing, slots: Slots) -> Fixed | None:
    session = doing.session
    assert session is not None
    first, last = slots.of(session.start), slots.of(session.end)
    if first is None or last is None:
        return None
    weeks = (session.end - session.start).days // 7 + 1
    total = doing.minutes or 0
    weekly = max(minutes(session.weekly_hours) if session.weekly_hours else 0, ceil(total / weeks))
    loads, by_week = [0] * (last - first + 1), slots.weekly
    for index in range(weeks):
        slot = first + index if by_week else slots.of(session.start + timedelta(weeks=index))
        loads[last - first if slot is None else slot - first] += min(weekly, total)
        total -= min(weekly, total)
    return Fixed(tuple(zip(range(first, last + 1), loads, strict=True)))
