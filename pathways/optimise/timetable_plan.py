"""A dated plan: what is done in which slots; its replay, its values, and the humane way to fill the weeks.

Takes an :class:`Agenda`, gives a :class:`Plan`. Given in what order the modules end, :func:`place` lets them take, one
after the other, the earliest room left after what they need. With the order of a timetable that is possible this is
*earliest deadline first*, which keeps every deadline of that timetable: hours come early, and those of one module together.

References
----------
Horn (1974), *Some simple scheduling algorithms*, Naval Research Logistics 21: earliest deadline first with preemption.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pathways.optimise.budget import Stop, never
from pathways.optimise.instance import Rule, bits
from pathways.optimise.timetable import Fixed, Free, Instant, Load, Objective
from pathways.optimise.timetable_agenda import NEVER, Agenda, is_module, ready_at, usable_slots

Span = tuple[int, int]
"""Points where a rule starts and where it is over."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Rules by index, in an order that can be carried out, with their points; and their loads in units."""

    spans: Mapping[int, Span]
    loads: Mapping[int, Load]


@dataclass(frozen=True, slots=True)
class Replay:
    """What a dated plan comes to: the rules that could be applied, in order, when, and the point of each fact reached."""

    spans: dict[int, Span]
    point: dict[int, int]


def replay(agenda: Agenda, spans: Mapping[int, Span]) -> Replay:
    """Go through the points in ascending order and apply each rule whose facts are true when it starts.

    Instants happen as early as they can, whatever their span says; groups count by themselves.
    """
    applied: dict[int, Span] = {}
    point: dict[int, int] = {}

    def apply(rule: Rule, ready: int) -> tuple[Span, list[int]] | None:
        span = _instant(agenda, rule.index, ready) if _takes_no_time(agenda, rule) else spans[rule.index]
        if span is None or span[0] < ready:
            return None
        return span, list(bits(rule.full))

    rules = [rule for rule in agenda.instance.rules if rule.index in spans or _is_group(agenda, rule.index)]
    _forward(rules, apply, lambda span, rule: (span[1], rule.index), applied, point)
    return Replay({index: span for index, span in applied.items() if not _is_group(agenda, index)}, point)


def _forward(
    rules: list[Rule],
    apply: Callable[[Rule, int], tuple[Span, list[int]] | None],
    key: Callable[[Span, Rule], tuple[int, int]],
    applied: dict[int, Span],
    point: dict[int, int],
) -> None:
    """Dijkstra's order: of the rules that are ready, the one that is over first."""
    left = {rule.index: rule.need for rule in rules}
    waiting: dict[int, list[Rule]] = {}
    queue: list[tuple[tuple[int, int], Span, list[int]]] = []

    def offer(rule: Rule, ready: int) -> None:
        if (made := apply(rule, ready)) is not None:
            heapq.heappush(queue, (key(made[0], rule), *made))

    for rule in rules:
        for fact in bits(rule.among):
            waiting.setdefault(fact, []).append(rule)
        if not rule.need:
            offer(rule, 0)
    while queue:
        (over, index), span, facts = heapq.heappop(queue)
        applied[index] = span
        for fact in facts:
            if fact in point:
                continue
            point[fact] = over
            for rule in waiting.get(fact, []):
                left[rule.index] -= 1
                if not left[rule.index]:
                    offer(rule, over)


def _is_group(agenda: Agenda, index: int) -> bool:
    return agenda.canonical.ids[index] is None


def _takes_no_time(agenda: Agenda, rule: Rule) -> bool:
    return isinstance(agenda.timing[rule.index], Instant)


def _instant(agenda: Agenda, index: int, ready: int) -> Span | None:
    earliest, latest = agenda.timing[index].earliest, agenda.latest(index)
    at = max(ready, earliest)
    return (at, at) if at <= latest + 1 and earliest <= latest else None


def dated(agenda: Agenda, plan: Plan) -> Plan | None:
    """The plan in the order of its replay, instants at their points; None when it does not replay or breaks a condition."""
    replayed = replay(agenda, plan.spans)
    chosen = set(replayed.spans)
    instance = agenda.instance
    holds = (
        chosen == set(plan.spans)
        and all(goal in replayed.point for goal in bits(instance.goals))
        and instance.forced <= chosen
        and all(
            sum(value for i, value in row.coefficients.items() if i in chosen) <= row.bound for row in instance.rows
        )
        and _periods_hold(agenda, plan)
    )
    return Plan(replayed.spans, {index: plan.loads.get(index, ()) for index in replayed.spans}) if holds else None


def _periods_hold(agenda: Agenda, plan: Plan) -> bool:
    grid = agenda.grid
    if grid is None:
        return True
    load = heaviness(agenda, plan)
    modules = [0] * agenda.horizon
    for index, span in plan.spans.items():
        for slot in range(*span) if is_module(agenda, index) else ():
            modules[slot] += 1
    most = agenda.horizon * len(plan.spans) if grid.max_modules is None else grid.max_modules
    return all(
        load[slot] >= grid.min_minutes and grid.min_modules <= modules[slot] <= most
        for slot in range(agenda.horizon)
        if agenda.available[slot]
    )


def heaviness(agenda: Agenda, plan: Plan) -> list[int]:
    """Load of each slot, in units."""
    load = [0] * agenda.horizon
    for some in plan.loads.values():
        for slot, minutes in some:
            load[slot] += minutes
    return load


def last_slot(agenda: Agenda, index: int, span: Span) -> int:
    """The last slot of a rule; of an instant the slot whose end it waits for, or the first one of its window."""
    return span[1] - 1 if span[0] < span[1] else max(span[0] - 1, agenda.timing[index].earliest)


def value(agenda: Agenda, plan: Plan, objective: Objective | None) -> int:
    """What the plan is worth in an objective, in slots, units, or units of cost; 0 without objective."""
    if objective is None:
        return 0
    if objective == "weeks":
        ends = [last_slot(agenda, i, span) for i, span in plan.spans.items() if agenda.is_step(i)]
        return max(ends, default=-1) + 1
    if objective == "peak_load":
        return max(heaviness(agenda, plan), default=0)
    return sum(rule.cost[objective] for rule in agenda.instance.rules if rule.index in plan.spans)


def trimmed(agenda: Agenda, plan: Plan, stop: Stop = never) -> Plan:
    """The plan without the actions it can do without, at the same dates: dearest first, as long as there is time."""
    rules = {rule.index: rule for rule in agenda.instance.rules}
    for index in sorted(plan.spans, key=lambda i: (not agenda.is_step(i), [-c for c in rules[i].cost], -i)):
        if stop():
            break
        spans = replay(agenda, {i: span for i, span in plan.spans.items() if i != index}).spans
        plan = dated(agenda, Plan(spans, {i: plan.loads[i] for i in spans})) or plan
    return plan


def place(agenda: Agenda, order: Mapping[int, tuple[int, ...]]) -> Plan | None:
    """Fill the weeks: each rule of ``order``, the one with the smallest key first among those that are ready.

    Returns
    -------
    Plan or None
        None where a deadline is missed, a minimum of weeks not reached, or with a grid.
    """
    if agenda.grid is not None:
        return None
    room = list(agenda.capacity)
    chosen = [rule for rule in agenda.instance.rules if rule.index in order or _is_group(agenda, rule.index)]
    spans: dict[int, Span] = {}
    loads: dict[int, Load] = {}
    point: dict[int, int] = {}
    for rule in chosen:
        timing = agenda.timing[rule.index]
        if isinstance(timing, Fixed):
            for slot, minutes in timing.loads:
                room[slot] -= minutes
    if min(room, default=0) < 0:
        return None
    todo = sorted(chosen, key=lambda rule: (order.get(rule.index, ()), rule.index))
    while todo:
        able = [rule for rule in todo if _ready(rule, point) < NEVER]
        if not able:
            break
        rule = able[0]
        todo.remove(rule)
        reserved = isinstance(agenda.timing[rule.index], Fixed)
        placed = fit(agenda, rule, _ready(rule, point), None if reserved else room)
        if placed is None:
            if _is_group(agenda, rule.index):
                continue
            return None
        spans[rule.index], loads[rule.index] = placed
        for slot, minutes in () if reserved else placed[1]:
            room[slot] -= minutes
        for fact in bits(rule.full):
            point[fact] = min(point.get(fact, NEVER), placed[0][1])
    kept = {i: span for i, span in spans.items() if not _is_group(agenda, i)}
    return dated(agenda, Plan(kept, loads)) if kept.keys() == order.keys() else None


def _ready(rule: Rule, point: Mapping[int, int]) -> int:
    return ready_at(rule.need, [point[fact] for fact in bits(rule.among) if fact in point])


def fit(agenda: Agenda, rule: Rule, ready: int, room: list[int] | None) -> tuple[Span, Load] | None:
    """Where a rule fits at the earliest from a point on, in the room that is left (None: a session that has its room)."""
    timing = agenda.timing[rule.index]
    if isinstance(timing, Instant):
        span = _instant(agenda, rule.index, ready)
        return None if span is None else (span, ())
    if isinstance(timing, Fixed):
        span = timing.loads[0][0], timing.loads[-1][0] + 1
        fits = room is None or all(minutes <= room[slot] for slot, minutes in timing.loads)
        return (span, timing.loads) if fits and ready <= span[0] else None
    assert room is not None
    usable = usable_slots(agenda, timing, max(ready, timing.earliest), agenda.latest(rule.index))
    if agenda.grid is not None:
        slot = next((slot for slot in usable if room[slot] >= timing.minutes), None)
        return None if slot is None else ((slot, slot + 1), ((slot, timing.minutes),) if timing.minutes else ())
    return _filled(timing, usable, room) if timing.minutes else _waited(timing, usable)


def _waited(timing: Free, usable: list[int]) -> tuple[Span, Load] | None:
    """A module without load: the first available slots that are far enough apart."""
    end = next((slot for slot in usable if slot - usable[0] + 1 >= timing.min_weeks), None)
    return None if end is None else ((usable[0], end + 1), ())


def _filled(timing: Free, usable: list[int], room: list[int]) -> tuple[Span, Load] | None:
    """The earliest room; where that lasts less than its minimum of weeks, evenly over just so many."""
    left, load = timing.minutes, []
    for slot in usable:
        if room[slot] > 0:
            load.append((slot, min(left, room[slot])))
            left -= load[-1][1]
            if not left:
                break
    if not left and load[-1][0] - load[0][0] + 1 < timing.min_weeks:
        load = _evenly(timing, [slot for slot in usable if room[slot] > 0], room)
    if left or not load:
        return None
    return (load[0][0], load[-1][0] + 1), tuple(load)


def _evenly(timing: Free, slots: list[int], room: list[int]) -> list[tuple[int, int]]:
    end = next((slot for slot in slots if slot - slots[0] + 1 >= timing.min_weeks), None)
    if end is None:
        return []
    slots = [slot for slot in slots if slot <= end]
    share = next(n for n in range(1, timing.minutes + 1) if sum(min(n, room[slot]) for slot in slots) >= timing.minutes)
    amount = {slot: min(share, room[slot]) for slot in slots}
    excess = sum(amount.values()) - timing.minutes
    for slot in [*slots[-2:0:-1], slots[-1], slots[0]]:  # the first and the last slot are the last to give
        given = min(excess, amount[slot] - (slot in (slots[0], end)))
        amount[slot], excess = amount[slot] - given, excess - given
    return [(slot, some) for slot, some in amount.items() if some]
