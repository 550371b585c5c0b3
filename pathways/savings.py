"""How much more one plan takes than another (*écart entre deux parcours*), as far as it is known.

With K the known sums and U the steps of unknown length, the difference between two plans is K₁ - K₂ when U₁ = U₂: what is not
known is the same on both sides. It is at least that when U₁ ⊃ U₂, and can't be told otherwise. The same holds of prices.
"""

from __future__ import annotations

from typing import NamedTuple

from pathways.assessing import taken
from pathways.solution import Solution


class Difference(NamedTuple):
    """Hours and euros more; ``None`` when they can't be told, ``at_least`` when something unknown comes on top."""

    hours: float | None
    cost: float | None
    hours_at_least: bool
    cost_at_least: bool


def difference(more: Solution, less: Solution) -> Difference:
    """What a plan takes more than another."""
    hours, hours_at_least = _difference(more, less, "minutes", 60)
    cost, cost_at_least = _difference(more, less, "cents", 100)
    return Difference(hours, cost, hours_at_least, cost_at_least)


def _difference(more: Solution, less: Solution, what: str, unit: int) -> tuple[float | None, bool]:
    known = (more.sum(what) - less.sum(what)) / unit
    above, below = _unknown(more, what), _unknown(less, what)
    at_least = above > below
    if not above >= below or (at_least and known < 0):
        return None, False
    return known, at_least


def _unknown(solution: Solution, what: str) -> frozenset[tuple[str, str]]:
    doings = solution.choice.doings
    return frozenset(
        (doings[name].kind, doings[name].ref)
        for name in solution.actions
        if getattr(taken(name, solution), what) is None
    )
