"""A plan that respects the side conditions, quickly: what a condition is short of is made dearer.

Takes a :class:`Guide` whose plan at the bare costs was refused, and lets it try again with prices

    c_a + Σ_r λ_r · max(coefficient_r(a), 0)

where λ_r grows, from nothing, each time a plan breaks the condition r: first it weighs as much as the costs, then four times
as much, and so on. A rule of thumb: it may find none where there is one. The exact model has the last word.

References
----------
Everett (1963), *Generalized Lagrange multiplier method for solving problems of optimum allocation of resources*.
"""

from __future__ import annotations

from pathways.optimise.guided import Guide
from pathways.optimise.instance import Row

TRIES = 8


def plan_within_conditions(guide: Guide) -> None:
    """Look for a plan that respects the side conditions, if the guide has none; at least one more try is made."""
    weight = [0.0] * len(guide.instance.rows)
    for attempt in range(TRIES):
        if guide.value is not None or guide.refused is None or (attempt and guide.stop()):
            return
        for number, row in enumerate(guide.instance.rows):
            if (used := _used(row, guide.refused)) > row.bound:
                weight[number] = max(4.0 * weight[number], sum(guide.cost) / len(guide.cost) / max(used, 1))
        guide.follow(_prices(guide, weight), patient=False)


def _used(row: Row, chosen: frozenset[int]) -> int:
    return sum(value for index, value in row.coefficients.items() if index in chosen)


def _prices(guide: Guide, weight: list[float]) -> list[float]:
    extra: dict[int, float] = {}
    for row, some in zip(guide.instance.rows, weight, strict=True):
        for index, value in row.coefficients.items() if some else ():
            extra[index] = extra.get(index, 0.0) + some * max(value, 0)
    return [cost + extra.get(rule.index, 0.0) for cost, rule in zip(guide.cost, guide.instance.rules, strict=True)]
