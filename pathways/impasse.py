"""When there is no plan (*impasse*): what contradicts what, and the cheapest ways out, with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pathways.gap import ACQUIRED, Positioning, State, entry
from pathways.objectives import Objective
from pathways.optimise.budget import OutOfTime
from pathways.optimise.conflict import minimal_conflict
from pathways.pathway import Conflict, WayOut
from pathways.question import Question
from pathways.solution import Limits, Solution, resolve
from pathways.telling import totals
from referentials.model import Kind
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

_MOST_PERIODS = 600

_FOR_THE_CORE = 0.6
"""How much of the time goes to what contradicts what, at most; the ways out have the rest."""


def impasse(positioning: Positioning, question: Question, limits: Limits = Limits()) -> Conflict:  # noqa: B008
    """Why a question has no answer; as much as is known of it when the time runs out, and then it is said to be incomplete.

    When even without limits nothing leads to the target, the core names what is missing: ``hole:BLOCK`` (its competencies
    were not read and no module prepares it), ``no_module:COMPETENCY``, ``no_route:…``, ``entry:TARGET``. Otherwise it names
    the limits that contradict each other: all of them, when there was no time to find out which could be spared.
    """
    search = _Search(positioning, question, limits)
    asked = tuple(name for name in LIMITS if _is_set(question, name))
    if not search.has_a_way():
        return Conflict(core=_missing(positioning, search.question_with(())))
    core = _core(search, asked)
    search.budget = search.whole
    ways = tuple(search.ways_out(core))
    return Conflict(core=core, ways_out=ways, complete=search.complete)


def _core(search: _Search, asked: tuple[str, ...]) -> tuple[str, ...]:
    try:
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
        solution = resolve(self.positioning, question, question.offering(self.positioning.rights.library), self.left())
        if solution.outcome.status == "unknown":
            raise OutOfTime
        return solution

    def has_a_way(self) -> bool:
        """Whether anything leads to the target without limits; when there is no time to solve, sums and dates aside."""
        try:
            return self.tried(()).found
        except OutOfTime:
            self.complete = False
            goals = self.positioning.target.goals
            return set(goals) <= _reachable(self.positioning, self.question_with(()), goals) | set(
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
    solution = search.solved(others)
    return WayOut(change=f"without_{name}", totals=totals(solution)) if solution.found else None


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


def _missing(positioning: Positioning, question: Question) -> tuple[str, ...]:
    """What keeps the target out of reach, block by block; the target itself when no block is the reason."""
    found = tuple(_missing_parts(positioning, question))
    return found or tuple(f"no_route:{goal}" for goal in positioning.target.goals if goal not in positioning.sure)


def _missing_parts(positioning: Positioning, question: Question) -> Iterator[str]:
    offering = question.offering(positioning.rights.library)
    local, key = positioning.target.local, positioning.target.version.key
    needed = [block for block in positioning.target.blocks if local.block or not block.optional]
    blocks = [f"{key}/{block.code}" for block in needed]
    wanted = [positioning.target.ref] if local.competency else []
    reached = _reachable(positioning, question, [*blocks, *wanted])
    if entry(positioning).state is State.MISSING and not local.competency:
        yield f"entry:{key}"
    for block in needed:
        ref = f"{key}/{block.code}"
        if positioning.state(ref) in ACQUIRED or ref in reached:
            continue
        known = wanted or [f"{ref}/{one.code}" for one in block.known_competencies]
        lacking = [fact for fact in known if fact not in positioning.sure and fact not in reached]
        if not known or not (block.complete or wanted):
            yield f"hole:{ref}"
        elif lacking:
            yield from (
                f"no_module:{fact}" if not offering.developing.get(fact) else f"no_route:{fact}" for fact in lacking
            )
        elif not wanted:
            yield f"no_route:{ref}"
    version = positioning.target.version
    awards_nothing = version.award is None and version.kind is not Kind.CADRE_DE_COMPETENCES
    if not version.known_blocks or awards_nothing:
        yield f"hole:{version.key}"


def reachable_parts(positioning: Positioning, question: Question) -> tuple[str, ...]:
    """The blocks of the target that are not acquired and that some plan gives, limits kept."""
    blocks = [f"{positioning.target.version.key}/{block.code}" for block in positioning.target.blocks]
    missing = [ref for ref in blocks if positioning.state(ref) not in ACQUIRED]
    reached = _reachable(positioning, question, missing)
    return tuple(ref for ref in missing if ref in reached)


def _reachable(positioning: Positioning, question: Question, goals: Sequence[str] = ()) -> frozenset[str]:
    """Every fact that some plan towards the target, or towards other goals, could make true; sums and dates aside."""
    from pathways.candidates import candidates
    from pathways.optimise.reach import reachable

    near = replace(positioning, target=replace(positioning.target, goals=tuple(goals) or positioning.target.goals))
    return reachable(candidates(near, question.offering(positioning.rights.library), question.objectives).problem)
