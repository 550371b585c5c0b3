"""Several objectives in order of importance, made one whole number, exactly, as long as the numbers stay small.

Takes an instance whose rules cost a tuple, gives one whose rules cost one number. With U_i the sum over all rules of
their cost in objective i, the weights w_n = 1 and w_i = w_{i+1} · (U_{i+1} + 1) make the weighted sum order plans as the
tuples do. When the sum could exceed :data:`LARGEST`, the objectives are cut into *stages*: each is minimised with the
ones before it held at their optimum by a side condition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pathways.optimise.instance import Instance, Row, Rule

LARGEST = 1 << 40
"""Sums up to here keep the relaxation's floating-point reduced costs meaningful."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Consecutive objectives and the weight of each."""

    objectives: tuple[int, ...]
    weights: tuple[int, ...]

    def cost(self, costs: tuple[int, ...]) -> int:
        """One number for a tuple of costs."""
        return sum(w * costs[i] for i, w in zip(self.objectives, self.weights, strict=True))

    def split(self, total: int) -> tuple[int, ...]:
        """The costs behind a number."""
        parts = []
        for weight in self.weights:
            part, total = divmod(total, weight)
            parts.append(part)
        return tuple(parts)


def stages(instance: Instance) -> list[Stage]:
    """Cut the objectives into as few stages as the numbers allow; the tie-break (the last cost) is not among them."""
    count = len(instance.rules[0].cost) if instance.rules else 0
    most = [sum(rule.cost[i] for rule in instance.rules) for i in range(count)]
    cuts: list[list[int]] = []
    for i in range(count - 1):
        size = most[i] + 1
        for j in cuts[-1] if cuts else []:
            size *= most[j] + 1
        if cuts and size <= LARGEST:
            cuts[-1].append(i)
        else:
            cuts.append([i])
    return [_stage(some, most) for some in cuts]


def combined(instance: Instance) -> tuple[Stage, bool]:
    """All objectives in one stage, and whether the numbers are small enough for the relaxation.

    Raises
    ------
    OverflowError
        If not even the 62 bits of the exact model are enough.
    """
    count = len(instance.rules[0].cost) - 1 if instance.rules else 0
    most = [sum(rule.cost[i] for rule in instance.rules) for i in range(count)]
    stage = _stage(list(range(count)), most)
    if stage.cost((*most, 0)) >= 1 << 62:
        raise OverflowError("the objectives together exceed 62 bits: use coarser units")
    return stage, stage.cost((*most, 0)) <= LARGEST


def _stage(objectives: list[int], most: list[int]) -> Stage:
    weights = [1] if objectives else []
    for i in reversed(objectives[1:]):
        weights.append(weights[-1] * (most[i] + 1))
    return Stage(tuple(objectives), tuple(reversed(weights)))


def priced(instance: Instance, stage: Stage) -> Instance:
    """The instance with the one cost of this stage."""
    rules = tuple(
        Rule(rule.index, rule.need, rule.among, rule.add, rule.full, (stage.cost(rule.cost),))
        for rule in instance.rules
    )
    return replace(instance, rules=rules)


def held_at(instance: Instance, stage: Stage, total: int) -> Instance:
    """The instance (costs still tuples) with a side condition that keeps this stage at its optimum."""
    coefficients = {rule.index: cost for rule in instance.rules if (cost := stage.cost(rule.cost))}
    return replace(instance, rows=(*instance.rows, Row("objective", coefficients, total)))
