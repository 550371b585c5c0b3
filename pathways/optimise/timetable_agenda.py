"""The question on the calendar made canonical and small: only what can take place, and can help, is left.

Takes a :class:`TimetableProblem`, gives an :class:`Agenda`: the rules of the choice by identifier (a k-of-n group is a
rule that takes an instant), how long each takes, and the earliest point of every rule and fact,

    start(a) ≥ the need(a)-th smallest of point(f), f ∈ among(a)        point(f) ≥ min { after(a) : f ∈ add(a) }
    after(a) = the earliest end of a that starts at start(a), with every slot to itself, plus 1

the least fixpoint, found in order of points (Dijkstra), so no plan is earlier. A rule goes when it has no end inside its window (a session out of the horizon
or heavier than its slot, a module that starts too late), or when nothing leads from it to a goal. Both keep every
optimum, whatever the objectives: a rule that no plan can use changes none; and a plan without its useless actions is a
plan with the same dates, no additive cost, no end of a step and no load of which is higher. Actions that help to reach
a minimum (of a limit, of a period) are not useless. Domination is not used: the better of two modules may be the later.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, replace

from pathways.optimise.budget import Stop, heed, never
from pathways.optimise.instance import Canonical, Instance, Row, bits, canonical
from pathways.optimise.preprocessing import keep, relevant
from pathways.optimise.timetable import Fixed, Free, Grid, Instant, TimetableProblem, Timing

NEVER = 1 << 30
"""The point at which nothing is."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """A timetable problem in canonical form, its minutes counted in ``unit``.

    ``timing`` is by index of rule; ``start`` and ``point`` hold the earliest points, by index of rule and by fact;
    ``available`` says of each slot whether the person can give any time in it.
    """

    canonical: Canonical
    timing: tuple[Timing, ...]
    capacity: tuple[int, ...]
    available: tuple[bool, ...]
    grid: Grid | None
    unit: int
    start: tuple[int, ...] = ()
    point: tuple[int, ...] = ()
    possible: bool = True

    @property
    def instance(self) -> Instance:
        """Rules, goals and side conditions."""
        return self.canonical.instance

    @property
    def horizon(self) -> int:
        """Number of slots."""
        return len(self.capacity)

    def is_step(self, index: int) -> bool:
        """Whether the rule is something a person does."""
        return index in self.canonical.steps

    def minutes(self, index: int) -> int:
        """Load of the rule, in units."""
        timing = self.timing[index]
        if isinstance(timing, Fixed):
            return sum(minutes for _, minutes in timing.loads)
        return timing.minutes if isinstance(timing, Free) else 0

    def latest(self, index: int) -> int:
        """Last slot that the rule may take."""
        latest = self.timing[index].latest
        return self.horizon - 1 if latest is None else min(latest, self.horizon - 1)


def agenda(problem: TimetableProblem, stop: Stop = never) -> Agenda:
    """The agenda of a problem, restricted.

    Raises
    ------
    OutOfTime
        If it is to stop before the agenda is made.
    """
    return restricted(with_minima(unrestricted(problem)), stop)


def unrestricted(problem: TimetableProblem) -> Agenda:
    """The agenda of a problem with everything in it."""
    question = canonical(problem.choice)
    unit = unit_of(problem)
    timing = tuple(Instant() if name is None else _in_units(problem.timing[name], unit) for name in question.ids)
    capacity = tuple(minutes // unit for minutes in _most(problem))
    grid = problem.grid and replace(problem.grid, min_minutes=-(-problem.grid.min_minutes // unit), max_minutes=None)
    available = tuple(minutes > 0 for minutes in problem.capacity)
    return Agenda(question, timing, capacity, available, grid, unit)


def unit_of(problem: TimetableProblem) -> int:
    """Minutes that may be counted as one.

    The greatest common divisor of all loads and, in weeks, of what each slot can hold: then free minutes can be moved in
    units of it, as the loads of given windows form a transport problem, unless the heaviest slot is to be as light as
    possible, or a module is to be stretched. In periods a module lies wholly in one, so what does not fill a unit is idle.
    """
    free = [timing for timing in problem.timing.values() if isinstance(timing, Free)]
    if problem.grid is None and ("peak_load" in problem.objectives or any(timing.min_weeks > 1 for timing in free)):
        return 1
    dated = [timing for timing in problem.timing.values() if isinstance(timing, Fixed)]
    loads = [timing.minutes for timing in free] + [minutes for timing in dated for _, minutes in timing.loads]
    return math.gcd(*loads, *(() if problem.grid else problem.capacity)) or 1


def _most(problem: TimetableProblem) -> tuple[int, ...]:
    """Minutes that each slot can hold at most."""
    if problem.grid is None or problem.grid.max_minutes is None:
        return problem.capacity
    return tuple(min(slot, problem.grid.max_minutes) for slot in problem.capacity)


def _in_units(timing: Timing, unit: int) -> Timing:
    if unit == 1:
        return timing
    if isinstance(timing, Free):
        return replace(timing, minutes=timing.minutes // unit)
    if isinstance(timing, Fixed):
        return replace(timing, loads=tuple((slot, minutes // unit) for slot, minutes in timing.loads))
    return timing


def with_minima(agenda: Agenda) -> Agenda:
    """State what the minima of all periods together ask of the choice.

    Σ_a minutes(a) · x_a ≥ Σ_t min_minutes and Σ_modules periods(a) · x_a ≥ Σ_t min_modules, over the periods t with a capacity.
    """
    if agenda.grid is None:
        return agenda
    periods = sum(agenda.available)
    minutes = {rule.index: -load for rule in agenda.instance.rules if (load := agenda.minutes(rule.index))}
    modules = {
        rule.index: -_periods(agenda, rule.index) for rule in agenda.instance.rules if is_module(agenda, rule.index)
    }
    rows = [Row("min_minutes", minutes, -agenda.grid.min_minutes * periods)]
    rows += [Row("min_modules", modules, -agenda.grid.min_modules * periods)]
    asked = tuple(row for row in rows if row.bound < 0)
    return with_instance(agenda, replace(agenda.instance, rows=agenda.instance.rows + asked))


def is_module(agenda: Agenda, index: int) -> bool:
    """Whether the rule is counted among the modules of its periods."""
    timing = agenda.timing[index]
    counted = timing.counted if isinstance(timing, Free) else isinstance(timing, Fixed)
    return counted and agenda.is_step(index)


def _periods(agenda: Agenda, index: int) -> int:
    """In how many periods a module is."""
    timing = agenda.timing[index]
    return timing.loads[-1][0] - timing.loads[0][0] + 1 if isinstance(timing, Fixed) else 1


def with_instance(agenda: Agenda, instance: Instance) -> Agenda:
    """The agenda of another instance over the same rules."""
    return replace(agenda, canonical=replace(agenda.canonical, instance=instance))


def ending_by(agenda: Agenda, weeks: int, stop: Stop = never) -> Agenda:
    """The agenda in which every step ends before slot ``weeks``; rights may come later."""
    latest = weeks - 1
    if latest < 0:
        some = tuple(rule for rule in agenda.instance.rules if not agenda.is_step(rule.index))
        return restricted(with_instance(agenda, keep(agenda.instance, some)), stop)
    timing = tuple(
        replace(some, latest=min(latest, agenda.latest(index))) if agenda.is_step(index) else some
        for index, some in enumerate(agenda.timing)
    )
    return restricted(replace(agenda, timing=timing), stop)


def costing_at_most(agenda: Agenda, objective: int, bound: int) -> Agenda:
    """The agenda with Σ_a cost(a) · x_a ≤ bound in an additive objective."""
    costs = {rule.index: cost for rule in agenda.instance.rules if (cost := rule.cost[objective])}
    rows = (*agenda.instance.rows, Row("objective", costs, bound))
    return with_instance(agenda, replace(agenda.instance, rows=rows))


def no_heavier_than(agenda: Agenda, peak: int, stop: Stop = never) -> Agenda:
    """The agenda in which no slot holds more than ``peak`` units."""
    return restricted(replace(agenda, capacity=tuple(min(slot, peak) for slot in agenda.capacity)), stop)


def restricted(agenda: Agenda, stop: Stop = never) -> Agenda:
    """Drop rules that cannot take place, then rules that cannot help, and note the earliest points."""
    agenda = earliest(agenda, stop)
    rules = tuple(rule for rule in agenda.instance.rules if agenda.start[rule.index] < NEVER)
    reached = {rule.index for rule in rules}
    possible = agenda.instance.forced <= reached and all(
        agenda.point[goal] < NEVER for goal in bits(agenda.instance.goals)
    )
    if not possible:
        return replace(agenda, possible=False)
    return with_instance(agenda, relevant(keep(agenda.instance, rules)).instance)


def earliest(agenda: Agenda, stop: Stop = never) -> Agenda:
    """The least fixpoint of the earliest points: of the rules that are ready, the one that is over first."""
    instance = agenda.instance
    start = [NEVER] * len(agenda.timing)
    point = [NEVER] * instance.size
    left = [rule.need for rule in instance.rules]
    waiting: list[list[int]] = [[] for _ in range(instance.size)]
    for position, rule in enumerate(instance.rules):
        for fact in bits(rule.among):
            waiting[fact].append(position)
    queue: list[tuple[int, int, int]] = []

    def offer(position: int, ready: int) -> None:
        span = earliest_span(agenda, instance.rules[position].index, ready)
        if span is not None:
            heapq.heappush(queue, (span[1], position, span[0]))

    for position, need in enumerate(left):
        if need <= 0:
            offer(position, 0)
    while queue:
        heed(stop)
        over, position, begun = heapq.heappop(queue)
        start[instance.rules[position].index] = begun
        for fact in bits(instance.rules[position].full):
            if point[fact] == NEVER:
                point[fact] = over
                for other in waiting[fact]:
                    left[other] -= 1
                    if not left[other]:
                        offer(other, over)
    return replace(agenda, start=tuple(start), point=tuple(point))


def ready_at(need: int, points: list[int]) -> int:
    """The point at which ``need`` of the facts with these points are true.

    >>> ready_at(2, [4, 0, 7]), ready_at(0, [])
    (4, 0)
    """
    if need <= 0:
        return 0
    return sorted(points)[need - 1] if need <= len(points) else NEVER


def earliest_span(agenda: Agenda, index: int, ready: int) -> tuple[int, int] | None:
    """Points where the rule can start and end at the earliest, all slots to itself; None: not inside its window."""
    timing = agenda.timing[index]
    start, latest = max(ready, timing.earliest), agenda.latest(index)
    if start > latest + 1 or timing.earliest > latest:
        return None
    if isinstance(timing, Instant):
        return start, start
    if isinstance(timing, Fixed):
        first, last = timing.loads[0][0], timing.loads[-1][0]
        fits = last <= latest and all(minutes <= agenda.capacity[slot] for slot, minutes in timing.loads)
        return (first, last + 1) if fits and start <= first else None
    if agenda.grid is not None:
        fitting = (slot for slot in range(start, latest + 1) if fits_alone(agenda, timing, slot))
        slot = next(fitting, None)
        return None if slot is None else (slot, slot + 1)
    return _free_span(agenda, timing, start, latest)


def fits_alone(agenda: Agenda, timing: Free, slot: int) -> bool:
    """Whether a module may lie wholly in this period."""
    return agenda.available[slot] and agenda.capacity[slot] >= timing.minutes


def usable_slots(agenda: Agenda, timing: Free, start: int, latest: int) -> list[int]:
    """Slots from ``start`` to ``latest`` in which some of the module, or all of one without load, may lie."""
    return [
        slot
        for slot in range(start, latest + 1)
        if agenda.available[slot] and (agenda.capacity[slot] or not timing.minutes)
    ]


def _free_span(agenda: Agenda, timing: Free, start: int, latest: int) -> tuple[int, int] | None:
    first, left = None, timing.minutes
    for slot in range(start, latest + 1):
        if not agenda.available[slot] or not (agenda.capacity[slot] or not timing.minutes):
            continue
        first = slot if first is None else first
        left -= agenda.capacity[slot]
        if left <= 0 and slot - first + 1 >= timing.min_weeks:
            return first, slot + 1
    return None
