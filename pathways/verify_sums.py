"""The verifier's second half: the totals of a pathway, the limits of the person, and the calendar, from the steps as told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from pathways.pathway import Pathway, Step, StepKind
from pathways.question import Question
from pathways.slots import Slots, periods_from, weeks_from, weeks_until

_NEAR = 0.02
_WITHOUT_LIMIT = 10**9


def sums(pathway: Pathway, question: Question) -> Iterator[str]:
    """Everything wrong with the totals, the limits and the calendar."""
    yield from _totals(pathway)
    yield from _limits(pathway, question)
    dated = [step for step in pathway.steps if step.start is not None]
    if any(step.session is None for step in dated) or (dated and question.is_dated):
        yield from _calendar(pathway, question)


def _totals(pathway: Pathway) -> Iterator[str]:
    steps, totals = pathway.steps, pathway.totals
    if abs(sum(step.hours or 0 for step in steps) - totals.hours) > _NEAR:
        yield "the total of hours is wrong"
    if abs(sum(step.cost or 0 for step in steps) - totals.cost) > _NEAR:
        yield "the total cost is wrong"
    if sum(step.kind is StepKind.MODULE for step in steps) != totals.modules:
        yield "the number of modules is wrong"
    modules = [step for step in steps if step.kind is StepKind.MODULE]
    others = [step for step in steps if step.kind is not StepKind.MODULE]
    for some, hours, cost in (
        (modules, totals.unknown_hours, totals.unknown_cost),
        (others, totals.unknown_assessment_hours, totals.unknown_assessment_cost),
    ):
        if sum(step.cost is None for step in some) != cost:
            yield "unknown prices are not all counted"
        if sum(step.hours is None for step in some) != hours:
            yield "unknown hours are not all counted"


def _limits(pathway: Pathway, question: Question) -> Iterator[str]:
    give, totals = question.profile.can_give, pathway.totals
    if give.budget is not None and totals.cost > give.budget + _NEAR:
        yield "the budget is exceeded"
    if give.hours is not None and totals.hours > give.hours + _NEAR:
        yield "the limit of hours is exceeded"


def _calendar(pathway: Pathway, question: Question) -> Iterator[str]:
    slots = _slots(pathway, question)
    for step in pathway.steps:
        yield from (f"{step.kind.value} {step.ref}: {problem}" for problem in _wrong_days(step, question))
    yield from _capacity(pathway, slots)
    ends = [step.end for step in pathway.steps if step.kind is not StepKind.RIGHT and step.end is not None]
    last = max((slots.of(day) for day in ends), default=-1, key=lambda slot: -1 if slot is None else slot)
    if pathway.totals.weeks != (None if last is None else last + 1):
        yield "the number of weeks is wrong"
    if question.profile.can_give.calendar is not None:
        yield from _periods(pathway, question, slots)


def _slots(pathway: Pathway, question: Question) -> Slots:
    give = question.profile.can_give
    if give.calendar is not None:
        return periods_from(question.start, give, _WITHOUT_LIMIT)
    last = max((step.end for step in pathway.steps if step.end is not None), default=question.start)
    return weeks_from(question.start, weeks_until(question.start, last), give)


def _wrong_days(step: Step, question: Question) -> Iterator[str]:
    deadline = question.profile.can_give.deadline
    if step.start is None or step.end is None:
        if step.kind is not StepKind.RIGHT:
            yield "it has no dates"
        return
    if step.end < step.start:
        yield "it ends before it starts"
    if step.start < question.start:
        yield "it starts before the first day"
    if deadline is not None and step.end > deadline:
        yield "it ends after the deadline"
    spent = sum(load.hours for load in step.loads)
    if step.hours is not None and abs(spent - step.hours) > _NEAR:
        yield "its weekly hours do not add up"
    if any(load.end < step.start or load.start > step.end for load in step.loads):
        yield "it has hours outside its dates"


def _capacity(pathway: Pathway, slots: Slots) -> Iterator[str]:
    spent: dict[date, float] = defaultdict(float)
    for step in pathway.steps:
        for load in step.loads:
            spent[load.start] += load.hours
    for first, hours in sorted(spent.items()):
        slot = slots.of(first)
        if slot is None or hours * 60 > slots.capacity[slot] + 0.5:
            yield f"more hours than can be given in the week of {first}"


def _periods(pathway: Pathway, question: Question, slots: Slots) -> Iterator[str]:
    """Whether each period that can be used has the hours and the modules asked for."""
    calendar = question.profile.can_give.calendar
    assert calendar is not None
    hours: Counter[int] = Counter()
    modules: Counter[int] = Counter()
    for step in pathway.steps:
        for load in step.loads:
            hours[slots.of(load.start) or 0] += round(load.hours * 60)
        if step.kind is StepKind.MODULE and step.start is not None and step.end is not None:
            modules.update(range(slots.of(step.start) or 0, (slots.of(step.end) or 0) + 1))
    for slot in (slot for slot in range(len(slots)) if slots.capacity[slot]):
        if hours[slot] < calendar.min_hours * 60 - 0.5:
            yield f"too few hours in the period of {slots.first_day(slot)}"
        most = calendar.max_modules
        if modules[slot] < calendar.min_modules or (most is not None and modules[slot] > most):
            yield f"too few or too many modules in the period of {slots.first_day(slot)}"
