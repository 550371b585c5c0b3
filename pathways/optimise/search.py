"""The cheapest plan of an instance with one cost, and the proof: which way is taken.

Takes an instance, what a plan may cost at most and a budget, gives a :class:`Found`. Up to :data:`FEW` rules the exact
model is quickest; otherwise the relaxation and its cores.
"""

from __future__ import annotations

from pathways.optimise.budget import Budget
from pathways.optimise.core import by_core, grain
from pathways.optimise.exact import Found, exact
from pathways.optimise.guided import Guide
from pathways.optimise.instance import Instance

FEW = 60


def search(instance: Instance, budget: Budget, cutoff: int | None = None) -> Found:
    """The best plan that costs at most ``cutoff`` (None: any)."""
    if not instance.rules:
        return Found(frozenset(), 0, 0)
    if len(instance.rules) > FEW:
        return by_core(instance, cutoff, budget)
    guide = Guide(instance)
    guide.attempt([0.0] * len(instance.rules), 0.0, patient=False)
    if guide.value is None or (cutoff is not None and guide.value > cutoff):
        return exact(instance, cutoff, budget)
    better = guide.value - grain(instance)
    found = exact(instance, better, budget)
    if found.value is not None:
        return found
    return Found(guide.best, guide.value, guide.value if found.bound > better else found.bound)
