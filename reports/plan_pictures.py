"""The drawings of a plan (*images*)."""

from __future__ import annotations

from reports.paper import Figure
from reports.plan_document import PlanDocument


def gantt(plan: PlanDocument) -> tuple[Figure, ...]:
    return ()


def load(plan: PlanDocument) -> tuple[Figure, ...]:
    return ()


def choices(plan: PlanDocument) -> tuple[Figure, ...]:
    return ()
