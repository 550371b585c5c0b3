"""What is counted of an answer (*chiffres*), and the answer itself, packed: thousands of them stay small until somebody asks for one."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from pathways.cohort_plans import Answer
from pathways.pathway import Status, StepKind
from pathways.positioning import ACQUIRED

PLANNED = (Status.OPTIMAL, Status.FEASIBLE)


class Taken(NamedTuple):
    """A module of a plan: its training body, the month when it starts, its hours and cost where they are known."""

    body: str | None
    month: str | None
    hours: float
    cost: float


class Figures(NamedTuple):
    """What is counted of one answer."""

    status: Status
    proved: bool
    hours: float
    cost: float
    weeks: int | None
    modules: int
    unknown: int
    remaining: int
    lacking: tuple[bool, ...]
    taken: tuple[Taken, ...]
    packed: bytes

    @classmethod
    def of(cls, answer: Answer) -> Figures:
        """From the answer."""
        totals, planned = answer.totals, answer.status in PLANNED
        steps = [step for step in answer.steps if planned and step.kind is StepKind.MODULE]
        months = (f"{step.start:%Y-%m}" if step.start else None for step in steps)
        return cls(
            status=answer.status,
            proved=all(one.proved for one in answer.objective),
            hours=totals.hours,
            cost=totals.cost,
            weeks=totals.weeks,
            modules=totals.modules,
            unknown=max(totals.unknown_hours, totals.unknown_cost),
            remaining=answer.standing.remaining,
            lacking=tuple(state not in ACQUIRED for state in answer.standing.blocks),
            taken=tuple(
                Taken(step.body, month, step.hours or 0, step.cost or 0)
                for step, month in zip(steps, months, strict=True)
            ),
            packed=zlib.compress(answer.model_dump_json(by_alias=True).encode(), 1),
        )

    @property
    def json(self) -> bytes:
        """The whole answer, as JSON."""
        return zlib.decompress(self.packed)

    @property
    def answer(self) -> Answer:
        """The whole answer."""
        return Answer.model_validate_json(self.json)
