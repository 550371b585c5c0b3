"""A smallest set of demands that contradict each other (*conflit minimal*), found by asking again.

Given demands of which all together are impossible, drops each in turn and keeps out those that are not needed for the
impossibility. What remains is impossible, and becomes possible as soon as any one of it is given up.

References
----------
Junker (2004), *QuickXplain: preferred explanations and relaxations for over-constrained problems*, AAAI.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Demand = TypeVar("Demand")


def minimal_conflict(demands: Sequence[Demand], is_possible: Callable[[Sequence[Demand]], bool]) -> tuple[Demand, ...]:
    """The smallest part, in the sense of inclusion, that is still impossible; demands listed first are spared first.

    Parameters
    ----------
    demands : sequence
        Everything asked; together impossible.
    is_possible : callable
        Whether a part of the demands can be met. Called O(k log n) times for a conflict of k among n.

    Examples
    --------
    >>> budget, hours, place = ("budget", "hours", "place")
    >>> minimal_conflict([place, budget, hours], lambda kept: not {"budget", "hours"} <= set(kept))
    ('budget', 'hours')
    """
    found = _explain([], list(demands), is_possible, False)
    return tuple(demand for demand in demands if demand in found)


def _explain(
    background: list[Demand], demands: list[Demand], is_possible: Callable[[Sequence[Demand]], bool], grew: bool
) -> list[Demand]:
    if grew and not is_possible(background):
        return []
    if len(demands) == 1:
        return demands
    half = len(demands) // 2
    first, second = demands[:half], demands[half:]
    late = _explain(background + first, second, is_possible, bool(first))
    early = _explain(background + late, first, is_possible, bool(late))
    return early + late
