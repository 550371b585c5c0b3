"""The cheapest plan of an instance with one cost, and the proof.

Takes an instance and a budget, gives a :class:`Found`.
"""

from __future__ import annotations

import math

from pathways.optimise.budget import Budget
from pathways.optimise.exact import Found, exact
from pathways.optimise.guided import Guide
from pathways.optimise.instance import Instance


def grain(instance: Instance) -> int:
    """γ, the greatest common divisor of the costs: every plan's cost is a multiple of it."""
    return math.gcd(*(rule.cost[0] for rule in instance.rules)) or 1


def search(instance: Instance, budget: Budget, known: frozenset[int] | None = None) -> Found:
    """The best plan, starting from ``known`` if there is one."""
    guide = Guide(instance)
    if known is not None:
        guide.offer(known)
    guide.attempt([0.0] * len(instance.rules), 0.0, patient=False)
    if guide.value == 0:
        return Found(guide.best, 0, 0)
    cutoff = None if guide.value is None else guide.value - grain(instance)
    found = exact(instance, cutoff, budget)
    if found.value is not None:
        return found
    if guide.value is None:
        return found
    return Found(guide.best, guide.value, min(found.bound, guide.value) if cutoff is None or found.bound <= cutoff else guide.value)
