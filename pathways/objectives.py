"""What is minimised (*objectifs*), in order, and the units of exact arithmetic: minutes, cents, counts.

Each objective is one or two whole numbers. A module whose hours (or price) are not known is not free: plans are first
compared on how many such modules they hold, then on the known sum. Plans still equal are told apart by the objectives not
asked for, in the order hours, cost, modules; then by fewer steps, then by identifier. So an answer is one of the best, and
always the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Objective(StrEnum):
    """What can be minimised, with its unit."""

    HOURS = "hours"
    COST = "cost"
    WEEKS = "weeks"
    MODULES = "modules"
    PEAK_LOAD = "peak_load"


OF_CALENDAR = (Objective.WEEKS, Objective.PEAK_LOAD)
"""Objectives that a choice alone does not decide."""

_TIES = (Objective.HOURS, Objective.COST, Objective.MODULES)


def ordered(minimise: Sequence[Objective]) -> tuple[Objective, ...]:
    """The objectives asked for, then those that break ties.

    Examples
    --------
    >>> [one.value for one in ordered([Objective.COST])]
    ['cost', 'hours', 'modules']
    """
    return (*dict.fromkeys(minimise), *(one for one in _TIES if one not in minimise))


def components(objectives: Sequence[Objective]) -> tuple[tuple[Objective, bool], ...]:
    """The whole numbers that additive objectives are made of: (objective, is it the count of unknowns)."""
    found: list[tuple[Objective, bool]] = []
    for one in objectives:
        if one in (Objective.HOURS, Objective.COST):
            found += [(one, True), (one, False)]
        elif one is Objective.MODULES:
            found.append((one, False))
    return tuple(found)


def width(objectives: Sequence[Objective]) -> int:
    """How many whole numbers the objectives are made of; those of the calendar are one each.

    Examples
    --------
    >>> width((Objective.HOURS, Objective.WEEKS))
    3
    """
    return sum(len(components((one,))) or 1 for one in objectives)


def minutes(hours: float) -> int:
    """Hours as whole minutes."""
    return round(hours * 60)


def cents(euros: float) -> int:
    """Euros as whole cents."""
    return round(euros * 100)
