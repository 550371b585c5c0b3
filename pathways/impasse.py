"""When there is no plan (*impasse*): what contradicts what, and the cheapest ways out, with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pathways.gap import Positioning
from pathways.lacking import missing, within_reach
from pathways.objectives import OF_CALENDAR, Objective
from pathways.optimise.budget import OutOfTime
from pathways.optimise.conflict import minimal_conflict
from pathways.pathway import Conflict, WayOut
from pathways.question import Question
from pathways.solution import Limits, Solution, resolve
from pathways.telling import totals
from referentials.offer import Modality

LIMITS = (
    "refused",
    "excluded_bodies",
    "languages",
    "places",
    "days",
    "modalities",
    "unavailable",
    "imposed",
    "hours",
    "budget",
    "deadline",
    "weekly_hours",
    "calendar",
)
"""What a person may limit; those listed first are the last to be blamed."""

_EMPTY: dict[str, object] = {"refused": (), "excluded_bodies": (), "unavailable": (), "imposed": ()}
_MOST_WEEKLY_HOURS = 35

_ALL_WEEK = 168.0
"""Hours a week that limit nothing: a question about dates stays one when its hours a week, or its periods, are given up."""

_MOST_PERIODS = 600

_FOR_THE_CORE = 0.6
"""How much of the time goes to what contradicts what, at most; the ways out have the rest."""


def impasse(positioning: Positioning, question: Question, limits: Limits = Limits()) -> Conflict:  # noqa: B008
    """Why a question has no answer; as much as is known of it when the time runs out, and then it is said to be incomplete.

    When even without limits nothing leads to the target, the core names what is missing (see :func:`pathways.lacking.missing`).
    ``dates`` alone: without limits something leads there, but the dates of sessions and texts never follow each other. Otherwise
    it names the limits that contradict each other: all of them, when there was no time to find out which could be spared.
    """
    search = _Search(positioning, question, limits)
    asked = tuple(name for name in LIMITS if _is_set(question, name))
    if not search.has_a_way():
        return Conflict(core=missing(positioning, search.question_with(())))
    core = _core(search, asked)
    search.budget = search.whole
    ways = tuple(search.ways_out(core))
    return Conflict(core=core, ways_out=ways, complete=search.complete)


def _core(search: _Search, asked: tuple[str, ...]) -> tuple[str, ...]:
    try:
        if search.question.is_dated and not search.is_possible(()):
            return ("dates",)
        return minimal_conflict(asked, search.is_possible)
    except OutOfTime:
        search.complete = False
        return asked


def _is_set(question: Question, name: str) -> bool:
    return getattr(question.profile.can_give, name) not in (None, ())


class _Search:
    """Questions asked again with other limits. ``complete`` is false as soon as an answer is not proved."""

    def __init__(self, positioning: Positioning, question: Question, limits: Limits) -> None:
        self.positioning, self.question, self.limits = positioning, question, limits
        self.whole = limits.begin()
        self.budget = self.whole.part(_FOR_THE_CORE)
        self.complete = True

    def left(self) -> Limits:
        """What is left of the time, less what is kept for the ways out."""
        if self.budget.over():
            raise OutOfTime
        return self.limits.left(self.budget)

    def question_with(self, kept: Sequence[str], **changes: object) -> Question:
        """The question with only some of its limits, and some changed."""
        dropped = {name: _EMPTY.get(name) for name in LIMITS if name not in kept}
        if self.question.is_dated and not {"calendar", "weekly_hours"} & set(kept):
            dropped["weekly_hours"] = _ALL_WEEK
        return self.question.giving(**(dropped | changes))

    def solved(self, kept: Sequence[str], first: Objective | None = None, **changes: object) -> Solution:
        """The best plan with some of the limits; one that is not proved the best is told to be so."""
        solution = self.tried(kept, first, **changes)
        self.complete &= solution.outcome.status != "feasible"
        return solution

    def tried(self, kept: Sequence[str], first: Objective | None = None, **changes: object) -> Solution:
        """A plan with some of the limits, if there is one."""
        question = self.question_with(kept, **changes)
        if first is not None:
            minimise = (first, *(one for one in question.minimise if one is not first))
            question = replace(question, minimise=minimise)
        return self.asked(question)

    def asked(self, question: Question) -> Solution:
        """A plan for a question, if there is one.

        Raises
        ------
        OutOfTime
            Nobody knows yet.
        """
        solution = resolve(self.positioning, question, question.offering(self.positioning.rights.library), self.left())
        if solution.outcome.status == "unknown":
            raise OutOfTime
        return solution

    def has_a_way(self) -> bool:
        """Whether anything leads to the target without limits nor dates; when there is no time to solve, sums aside too."""
        undated = tuple(one for one in self.question.minimise if one not in OF_CALENDAR) or (Objective.HOURS,)
        try:
            return self.asked(replace(self.question_with((), weekly_hours=None), minimise=undated)).found
        except OutOfTime:
            self.complete = False
            goals = self.positioning.target.goals
            return set(goals) <= within_reach(self.positioning, self.question_with(()), goals) | set(
                self.positioning.sure.proofs
            )

    def is_possible(self, kept: Sequence[str]) -> bool:
        return self.tried(kept).found

    def ways_out(self, core: Sequence[str]) -> Iterator[WayOut]:
        """For each limit of the conflict, the least that must change in it, all the others being kept."""
        asked = tuple(name for name in LIMITS if _is_set(self.question, name))
        for name in core:
            others = tuple(one for one in asked if one != name)
            try:
                way = _WAYS.get(name, _dropped)(self, name, others)
            except OutOfTime:
                self.complete = False
                continue
            if way is not None:
                yield way


def _dropped(search: _Search, name: str, others: tuple[str, ...]) -> WayOut | None:
    """Without a limit; weeks are not counted where no rhythm is left to count them with."""
    solution = search.solved(others)
    if not solution.found:
        return None
    found, rhythm = totals(solution), {"weekly_hours", "calendar"} & set(others)
    return WayOut(change=f"without_{name}", totals=found if rhythm else found.model_copy(update={"weeks": None}))


def _budget(search: _Search, name: str, others: tuple[str, ...]) -> WayOut | None:
    solution = search.solved(others, Objective.COST, budget=10**7)
    return (
        WayOut(change="budget", value=solution.sum("cents") / 100, totals=totals(solution)) if solution.found else None
    )


def _hours(search: _Search, name: str, others: tuple[str, ...]) -> WayOut | None:
    solution = search.solved(others, Objective.HOURS, hours=10**6)
    return (
        WayOut(change="hours", value=solution.sum("minutes") / 60, totals=totals(solution)) if solution.found else None
    )


def _deadline(search: _Search, name: str, others: tuple[str, ...]) -> WayOut | None:
    solution = search.solved(others, Objective.WEEKS)
    if not solution.found or solution.slots is None or not solution.weeks:
        return _dropped(search, name, others)
    day = solution.slots.last_day(solution.weeks - 1)
    return WayOut(change="deadline", value=day.isoformat(), totals=totals(solution))


def _weekly_hours(search: _Search, name: str, others: tuple[str, ...]) -> WayOut | None:
    """The least whole number of hours a week, by bisection: more hours never take a plan away."""
    now = search.question.profile.can_give.weekly_hours or 0
    low, high = int(now) + 1, _MOST_WEEKLY_HOURS

    def possible(value: int) -> bool:
        return search.tried((*others, name), weekly_hours=float(value)).found

    if low > high or not possible(high):
        return None
    least = _least(low, high, possible)
    return WayOut(
        change="weekly_hours",
        value=float(least),
        totals=totals(search.solved((*others, name), weekly_hours=float(least))),
    )


def _calendar(search: _Search, name: str, others: tuple[str, ...]) -> WayOut | None:
    """The least number of periods that is enough, when each has no minimum: then more periods never take a plan away."""
    calendar = search.question.profile.can_give.calendar
    if calendar is None or calendar.min_hours or calendar.min_modules:
        return _dropped(search, name, others)

    def possible(count: int) -> bool:
        return search.tried((*others, name), calendar=calendar.model_dump() | {"count": count}).found

    low, high = calendar.count + 1, min(_MOST_PERIODS, 2 * calendar.count + 8)
    if low > high or not possible(high):
        return _dropped(search, name, others)
    least = _least(low, high, possible)
    solution = search.solved((*others, name), calendar=calendar.model_dump() | {"count": least})
    return WayOut(change="calendar", value=float(least), totals=totals(solution))


def _least(low: int, high: int, possible: Callable[[int], bool]) -> int:
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if possible(middle) else (middle + 1, high)
    return low


def _modalities(search: _Search, name: str, others: tuple[str, ...]) -> WayOut | None:
    """One more modality that is enough by itself, else all of them."""
    accepted = search.question.profile.can_give.modalities or ()
    for one in Modality:
        if one not in accepted and (solution := search.solved((*others, name), modalities=(*accepted, one))).found:
            return WayOut(change="modalities", value=one.value, totals=totals(solution))
    return _dropped(search, name, others)


_WAYS: dict[str, Callable[[_Search, str, tuple[str, ...]], WayOut | None]] = {
    "budget": _budget,
    "hours": _hours,
    "deadline": _deadline,
    "weekly_hours": _weekly_hours,
    "modalities": _modalities,
    "calendar": _calendar,
}
