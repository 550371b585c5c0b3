"""The cheapest plan of an instance with one cost, and the proof: which way is taken.

Takes an instance, what a plan may cost at most and a budget, gives a :class:`Found`. Often the landmarks prove at once
that the plan found by following the cheapest supporters is best, and no solver is even loaded. Otherwise, up to
:data:`~pathways.optimise.exact.FEW` rules the exact model is quickest; beyond, the relaxation and its cores.
"""

from __future__ import annotations

from collections.abc import Callable

from pathways.optimise.budget import Budget
from pathways.optimise.conditions import plan_within_conditions
from pathways.optimise.core import by_core
from pathways.optimise.exact import FEW, exact, grain
from pathways.optimise.found import Found
from pathways.optimise.guided import Guide
from pathways.optimise.instance import Instance
from pathways.optimise.separation import landmark_bound

Report = Callable[[Found], None]
"""Called with the best so far."""


def silent(_found: Found) -> None:
    """Nobody listens."""


def search(instance: Instance, budget: Budget, cutoff: int | None = None, report: Report = silent) -> Found:
    """The best plan that costs at most ``cutoff`` (None: any)."""
    if not instance.rules:
        return Found(frozenset(), 0, 0)
    if cutoff is not None and cutoff < 0:
        return Found(None, None, 0)
    if len(instance.rules) > FEW:
        return by_core(instance, cutoff, budget, report=report)
    guide = Guide(instance)
    guide.attempt([0.0] * len(instance.rules), 0.0)
    plan_within_conditions(guide)
    cuts, bound = landmark_bound(guide.network, instance, grain(instance), budget.over)
    if cutoff is not None and bound > cutoff:
        return Found(None, None, bound)
    if guide.value is None or (cutoff is not None and guide.value > cutoff):
        return exact(instance, cutoff, budget, cuts=cuts)
    if bound >= guide.value:
        return Found(guide.best, guide.value, guide.value)
    report(Found(guide.best, guide.value, bound))
    better = guide.value - grain(instance)
    found = exact(instance, better, budget, cuts=cuts)
    if found.value is not None:
        return found
    return Found(guide.best, guide.value, guide.value if found.bound > better else max(found.bound, bound))
