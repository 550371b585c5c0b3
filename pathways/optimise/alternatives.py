"""The k best plans that differ in substance (plans de rechange): no plan is another one plus something.

Takes a problem and k, gives outcomes in order of cost. After each plan with the steps S, every plan that contains S is
ruled out by the side condition Σ_{a ∈ S} x_a ≤ |S| − 1. A plan that contains S is S with something useless, so what is
left is the next best in substance. Domination is off: the dominated twin of a module is an alternative.

As in :mod:`pathways.optimise.core`, only a core of rules of low reduced cost is searched: with z the bound and D the
least reduced cost left out, plans of the core up to z + D are the best there are. When the k-th is above, the core grows
to {a : r_a ≤ v_k − z} and is searched again.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from pathways.optimise.budget import Budget, OutOfTime
from pathways.optimise.closure import replay
from pathways.optimise.core import Core
from pathways.optimise.dispatch import Best, outcome, solve
from pathways.optimise.exact import NEVER, Model, solved, trimmed
from pathways.optimise.instance import Canonical, Instance, canonical
from pathways.optimise.objective import combined, priced
from pathways.optimise.preprocessing import keep, reduce
from pathways.optimise.problem import Outcome, Problem

Plan = frozenset[int]


@dataclass(frozen=True, slots=True)
class Series:
    """Plans in order of cost, and whether every one of them is proved to be the next best of its core."""

    plans: tuple[tuple[int, Plan], ...]
    proved: bool
    exhausted: bool


def alternatives(
    problem: Problem,
    k: int,
    *,
    best: Outcome | None = None,
    time_limit: float | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Outcome, ...]:
    """The best plan and the next best ones, ``k`` in all if there are as many.

    Parameters
    ----------
    problem : Problem
    k : int
    best : Outcome or None
        What :func:`pathways.optimise.dispatch.solve` said of the problem, if it was asked already.
    time_limit : float or None
        Seconds. Plans found until then are given; those not proved to be next in order are ``feasible``.
    should_stop : callable or None

    Returns
    -------
    tuple of Outcome
        In order of value, then of number of steps, then of identifiers; the best plan first.
    """
    budget = Budget(time_limit, None, should_stop)
    first = best if best is not None else solve(problem, time_limit=time_limit, should_stop=should_stop)
    if k <= 1 or not first.selection:
        return (first,)
    question = canonical(problem)
    position = {name: i for i, name in enumerate(question.ids) if name is not None}
    known = frozenset(position[name] for name in first.selection) & question.steps
    if not known:
        return (first,)
    series = Enumeration(question, known, budget).next_best(k - 1)
    steps = [known, *(plan & question.steps for _, plan in series.plans)]
    others = [
        _told(question, plan, series.proved)
        for _, plan in series.plans
        if not any(some < plan & question.steps for some in steps)
    ]
    return (first, *sorted(others, key=lambda other: _rank(question, position, other)))


def _told(question: Canonical, plan: Plan, proved: bool) -> Outcome:
    """An outcome whose bound is its value when it is proved to be next in order."""
    zero = (0,) * len(question.instance.rules[0].cost)
    cost = tuple(map(sum, zip(zero, *(r.cost for r in question.instance.rules if r.index in plan), strict=True)))
    return outcome(question, Best(plan, cost if proved else zero))


def _rank(question: Canonical, position: dict[str, int], plan: Outcome) -> tuple[object, ...]:
    ids = sorted(plan.selection)
    return plan.value, sum(position[name] in question.steps for name in ids), ids


def in_substance(instance: Instance, chosen: Plan) -> Plan:
    """The plan with the fewest of its steps that still do: whatever follows at no cost is put in before trimming."""
    counted = {index for row in instance.rows for index in row.coefficients}
    free = {rule.index for rule in instance.rules if not any(rule.cost) and rule.index not in counted}
    order = replay(rule for rule in instance.rules if rule.index in chosen | free)[1]
    return trimmed(instance, frozenset(rule.index for rule in order))


class Enumeration:
    """Next best plans of one question, given the steps of the best."""

    def __init__(self, question: Canonical, first: Plan, budget: Budget) -> None:
        self.question, self.first, self.budget = question, first, budget
        self.reduced = reduce(question.instance, domination=False, stop=budget.over)
        self.instance = self.reduced.instance
        self.stage, self.precise = combined(self.instance)
        self.taken = frozenset(self.reduced.taken)

    def next_best(self, count: int) -> Series:
        """At most ``count`` plans that do not contain the first, nor each other."""
        reduced, value = self._reduced_costs()
        size = max(150, len(reduced) // 5)
        edge = sorted(reduced)[size] if len(reduced) > size else math.inf
        series = self._within([r < edge or r <= 1e-9 for r in reduced], count, None)
        last = series.plans[-1][0] if series.plans else 0
        if edge == math.inf or (series.exhausted is False and last <= value + edge) or self.budget.over():
            return series
        cutoff = None if series.exhausted else last
        room = math.inf if cutoff is None else cutoff - value
        return self._within([r <= room for r in reduced], count, cutoff)

    def _reduced_costs(self) -> tuple[list[float], float]:
        if not self.precise or len(self.instance.rules) <= 150:
            return [0.0] * len(self.instance.rules), 0.0
        whole = priced(self.instance, self.stage)
        core = Core(whole, None, self.budget)
        core.start()
        if core.best is None:
            return [0.0] * len(self.instance.rules), 0.0
        return core.best.reduced.tolist(), core.best.value

    def _within(self, inside: list[bool], count: int, cutoff: int | None) -> Series:
        """The next best plans made of the rules that are inside."""
        rules = tuple(rule for rule, used in zip(self.instance.rules, inside, strict=True) if used)
        smaller = reduce(keep(self.instance, rules), domination=False, stop=self.budget.over)
        taken = self.taken | frozenset(smaller.taken)
        base = sum(self.stage.cost(rule.cost) for rule in rules if rule.index in smaller.taken)
        if not smaller.possible:
            return Series((), True, True)
        try:
            search = _Series(self.question, priced(smaller.instance, self.stage), taken, base, self.budget)
        except OutOfTime:
            return Series((), False, False)
        if cutoff is not None:
            search.limit(cutoff)
        return search.run(self.first, count)


class _Series:
    """One CP-SAT model, asked again and again with what is known ruled out."""

    def __init__(self, question: Canonical, core: Instance, taken: Plan, base: int, budget: Budget) -> None:
        self.question, self.core, self.taken, self.base, self.budget = question, core, taken, base, budget
        self.model = Model(core, budget.over)
        self.total = sum(rule.cost[0] * self.model.x[rule.index] for rule in core.rules if rule.cost[0])
        self.model.cp.minimize(self.total)

    def limit(self, cutoff: int) -> None:
        """Only plans that cost at most this much."""
        if not isinstance(self.total, int):
            self.model.cp.add(self.total <= cutoff - self.base)

    def run(self, first: Plan, count: int) -> Series:
        """Plans that contain neither ``first`` nor each other."""
        plans: list[tuple[int, Plan]] = []
        known = first
        while len(plans) < count:
            if not self._rule_out(known):
                return Series(tuple(plans), True, True)
            if self.budget.over():
                return Series(tuple(plans), False, False)
            found = solved(self.model, None, self.budget, math.inf)
            if found.chosen is None or found.value is None:
                return Series(tuple(plans), found.bound >= NEVER, True)
            if not found.closed:
                return Series(tuple(plans), False, False)
            chosen = in_substance(self.question.instance, found.chosen | self.taken)
            plans.append((found.value + self.base, chosen))
            if not isinstance(self.total, int):
                self.model.cp.add(self.total >= found.value)
            known = chosen & self.question.steps
        return Series(tuple(plans), True, False)

    def _rule_out(self, steps: Plan) -> bool:
        """No plan that contains these steps; False when every plan does."""
        if not steps <= self.taken | self.model.x.keys():
            return True
        literals = [~self.model.x[index] for index in sorted(steps - self.taken)]
        if literals:
            self.model.cp.add_bool_or(literals)
        return bool(literals)
