"""What a search ends with, and the last touch to every plan: what it can do without goes.

Takes an instance and chosen rules, gives their price, or a plan of fewer rules. With :class:`Found` a search says what it
knows: a plan, a cost no plan is below, or that there is no plan at all (:data:`NEVER`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pathways.optimise.closure import replay
from pathways.optimise.instance import Instance
from pathways.optimise.preprocessing import helpful

NEVER = 1 << 62
"""A bound that says: there is no plan at all."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search ends with: the best plan it knows (None: none), and a cost no plan is below.

    ``useful``, when known, holds every rule that some plan as cheap as this one may use.
    """

    chosen: frozenset[int] | None
    value: int | None
    bound: int
    useful: frozenset[int] | None = None

    @property
    def closed(self) -> bool:
        """Whether plan and bound meet."""
        return self.value is not None and self.bound >= self.value


def price(instance: Instance, chosen: frozenset[int]) -> int:
    """Total cost of the chosen rules, in an instance with one cost."""
    return sum(rule.cost[0] for rule in instance.rules if rule.index in chosen)


def trimmed(instance: Instance, chosen: frozenset[int]) -> frozenset[int]:
    """The chosen rules without those that can be done without, dearest first, checked by replay.

    Forced rules stay, and so do rules that a side condition may need.

    Raises
    ------
    AssertionError
        If the chosen rules are no plan.
    """
    rules = [rule for rule in instance.rules if rule.index in chosen]
    facts, order = replay(rules)
    assert not instance.goals & ~facts, "the plan misses a goal"
    assert len(order) == len(rules), "the plan does not replay"
    stays = (instance.forced | helpful(instance)) & chosen
    for rule in sorted(rules, key=lambda rule: (*(-c for c in rule.cost), -rule.index)):
        if rule.index in stays:
            continue
        fewer = [other for other in order if other.index != rule.index]
        facts, after = replay(fewer)
        if not instance.goals & ~facts and stays <= {other.index for other in after}:
            order = after
    return frozenset(rule.index for rule in order)
