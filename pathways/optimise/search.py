"""The cheapest plan of an instance with one cost, and the proof: which way is taken.

Takes an instance and a budget, gives a :class:`Found`. Up to :data:`FEW` rules the exact model is quickest; otherwise
the relaxation and its cores.
"""

from __future__ import annotations

from pathways.optimise.budget import Budget
from pathways.optimise.core import by_core, grain
from pathways.optimise.exact import Found, exact
from pathways.optimise.guided import Guide
from pathways.optimise.instance import Instance

FEW = 60


def search(instance: Instance, budget: Budget, known: frozenset[int] | None = None) -> Found:
    """The best plan, starting from ``known`` if there is one."""
    if len(instance.rules) > FEW:
        return by_core(instance, None, budget, known=known)
    guide = Guide(instance)
    if known is not None:
        guide.offer(known)
    guide.attempt([0.0] * len(instance.rules), 0.0, patient=False)
    if guide.value is None:
        return exact(instance, None, budget)
    cutoff = guide.value - grain(instance)
    found = exact(instance, cutoff, budget)
    if found.value is not None:
        return found
    return Found(guide.best, guide.value, guide.value if found.bound > cutoff else found.bound)
