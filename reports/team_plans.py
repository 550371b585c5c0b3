"""The plans of a team side by side (*plans d'une équipe*): hours and costs by period and by training body, from the steps of each plan.

A step costs on the day it starts; its hours fall where the plan puts them, week by week. What has no day, and what has no known length or
price, is counted apart: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pydantic import Field

from pathways.gap import State
from pathways.pathway import Load, StepKind
from referentials.provenance import Value

PAID = (StepKind.MODULE, StepKind.ASSESSMENT, StepKind.VAE, StepKind.AWARD)
"""What takes hours or money; a right takes neither."""


class Grain(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"


class TeamStep(Value):
    """A step of somebody's plan."""

    kind: StepKind
    ref: str
    title: str | None = None
    body: str | None = Field(None, description="L'organisme ; vide : aucun n'est dit.")
    hours: float | None = Field(0, description="Vide : durée non connue.")
    cost: float | None = Field(0, description="Vide : prix non connu.")
    start: date | None = None
    end: date | None = None
    loads: tuple[Load, ...] = ()
    illustrative: bool = False


class TeamBlock(Value):
    """A block of somebody's target, before the plan."""

    ref: str
    title: str | None = None
    state: State


class TeamPlan(Value):
    """The last plan of somebody, in what a team needs of it."""

    person: str = Field(description="L'identifiant du dossier.")
    name: str = Field(description="Le nom, ou ce qui en tient lieu.")
    plan: str = Field(description="L'identifiant du plan.")
    target: str = Field(description="Ce qui est visé.")
    state: str = Field(description="L'état du plan, en mots.")
    answered: str = Field(description="L'issue : « held », « optimal », « infeasible »…")
    steps: tuple[TeamStep, ...] = ()
    blocks: tuple[TeamBlock, ...] = ()


@dataclass(slots=True)
class Sum:
    """Hours and euros, how many parts have no known length or price, and whose plans they come from."""

    hours: float = 0.0
    cost: float = 0.0
    unknown_hours: int = 0
    unknown_cost: int = 0
    people: set[str] = field(default_factory=set)

    def add(self, hours: float | None, cost: float | None, person: str) -> None:
        """Add one part."""
        self.hours += hours or 0
        self.cost += cost or 0
        self.unknown_hours += hours is None
        self.unknown_cost += cost is None
        self.people.add(person)


def _paid(plans: Iterable[TeamPlan]) -> Iterator[tuple[TeamPlan, TeamStep]]:
    return ((plan, step) for plan in plans for step in plan.steps if step.kind in PAID)


def whole(plans: Iterable[TeamPlan]) -> Sum:
    """Everything together."""
    found = Sum()
    for plan, step in _paid(plans):
        found.add(step.hours, step.cost, plan.person)
    return found


def by_person(plans: Sequence[TeamPlan]) -> tuple[tuple[TeamPlan, Sum], ...]:
    """Each plan with its sum."""
    return tuple((plan, whole([plan])) for plan in plans)


def by_body(plans: Iterable[TeamPlan]) -> tuple[tuple[str, Sum], ...]:
    """Each training body, the dearest first; an empty name for what says none."""
    found: dict[str, Sum] = {}
    for plan, step in _paid(plans):
        found.setdefault(step.body or "", Sum()).add(step.hours, step.cost, plan.person)
    return tuple(sorted(found.items(), key=lambda item: (-item[1].cost, -item[1].hours, item[0])))


def by_period(plans: Iterable[TeamPlan], grain: Grain) -> tuple[tuple[date | None, Sum], ...]:
    """Each period by its first day, one after the other without a hole; None, at the end, for what has no day.

    Examples
    --------
    >>> step = TeamStep(kind="module", ref="a:m", hours=10, cost=90, start="2027-01-20", loads=(
    ...     {"start": "2027-01-18", "end": "2027-01-24", "hours": 4}, {"start": "2027-03-01", "end": "2027-03-07", "hours": 6}))
    >>> plan = TeamPlan(person="p", name="Ada", plan="1", target="a@1", state="", answered="optimal", steps=(step,))
    >>> [(day.month, one.hours, one.cost) for day, one in by_period([plan], Grain.MONTH)]
    [(1, 4.0, 90.0), (2, 0.0, 0.0), (3, 6.0, 0.0)]
    """
    found: dict[date | None, Sum] = {}
    for plan, step in _paid(plans):
        for day, hours, cost in _parts(step):
            key = None if day is None else first_day(day, grain)
            found.setdefault(key, Sum()).add(hours, cost, plan.person)
    days = sorted(day for day in found if day is not None)
    dated = [(day, found.get(day, Sum())) for day in _every(days, grain)]
    return (*dated, *([(None, found[None])] if None in found else []))


def _parts(step: TeamStep) -> Iterator[tuple[date | None, float | None, float | None]]:
    """The parts of a step: what it costs on its first day, its hours where they fall."""
    if step.loads and step.hours is not None:
        yield step.start, 0.0, step.cost
        yield from ((one.start, one.hours, 0.0) for one in step.loads)
    else:
        yield step.start, step.hours, step.cost


def first_day(day: date, grain: Grain) -> date:
    """The first day of the period of a day.

    Examples
    --------
    >>> first_day(date(2027, 5, 20), Grain.QUARTER)
    datetime.date(2027, 4, 1)
    """
    month = day.month if grain is Grain.MONTH else day.month - (day.month - 1) % 3
    return day.replace(month=month, day=1)


def next_first_day(day: date, grain: Grain) -> date:
    """The first day of the period after."""
    month = day.month + (1 if grain is Grain.MONTH else 3)
    return date(day.year + month // 13, month - 12 if month > 12 else month, 1)


def _every(days: Sequence[date], grain: Grain) -> Iterator[date]:
    day = days[0] if days else None
    while day is not None and day <= days[-1]:
        yield day
        day = next_first_day(day, grain)
