"""The k best plans that differ in substance (plans de rechange): no plan is another one plus something.

Takes a problem and k, gives outcomes in order of cost. After each plan with the steps S, every plan that contains S is
ruled out by the side condition Σ_{a ∈ S} x_a ≤ |S| − 1. A plan that contains S is S with something useless, so what is
left is the next best in substance. Domination is off: the dominated twin of a module is an alternative.

As in :mod:`pathways.optimise.core`, only a core of rules of low reduced cost is searched: with z the bound and D the
least reduced cost left out, plans of the core up to z + D are the best there are. When the k-th, of cost v_k, is above, what
could still be better lies in {a : r_a ≤ v_k − γ − z}: only plans cheaper than the k-th are looked for there, and each that is
found takes the place of the k-th, until there is none. No plan is cheaper than the best, so that the search for a plan as
good ends with the first one found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pathways.optimise.budget import Budget, OutOfTime
from pathways.optimise.closure import Network, replay
from pathways.optimise.core import PARTIAL, Core
from pathways.optimise.dispatch import Best, outcome, solve
from pathways.optimise.exact import Model, asked, grain
from pathways.optimise.found import NEVER, trimmed
from pathways.optimise.instance import Canonical, Instance, canonical
from pathways.optimise.objective import combined, priced
from pathways.optimise.preprocessing import Reduced, keep, reduce
from pathways.optimise.problem import Outcome, Problem
from pathways.optimise.separation import landmark_bound

Plan = frozenset[int]


@dataclass(frozen=True, slots=True)
class Series:
    """Plans in order of cost, and whether each of them is proved to be the next best."""

    plans: tuple[tuple[int, Plan], ...]
    proved: bool


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
    least = first.value if first.status == "optimal" else None
    series = Enumeration(question, known, least, budget).next_best(k - 1)
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
    """Next best plans of one question, given the steps of the best and, if it is proved best, its value."""

    def __init__(self, question: Canonical, first: Plan, least: tuple[int, ...] | None, budget: Budget) -> None:
        self.question, self.first, self.budget = question, first, budget
        reduced = reduce(question.instance, domination=False, stop=budget.over)
        self.stage, self.precise = combined(reduced.instance)
        self.instance = reduced.instance
        self.taken = frozenset(reduced.taken)
        taken = sum(self.stage.cost(rule.cost) for rule in question.instance.rules if rule.index in self.taken)
        self.least = 0 if least is None else self.stage.cost((*least, 0)) - taken
        self.grain = grain(priced(self.instance, self.stage))

    def next_best(self, count: int) -> Series:
        """At most ``count`` plans that do not contain the first, nor each other."""
        reduced, value = self._reduced_costs()
        size = max(PARTIAL, len(reduced) // 5)
        edge = sorted(reduced)[size] if len(reduced) > size else math.inf
        search = self._within([r < edge or r <= 1e-9 for r in reduced])
        proved = search.fill(count)
        if edge == math.inf or not proved or (search.full(count) and search.worst() <= value + edge):
            return Series(tuple(search.plans), proved)
        cutoff = search.worst() - self.grain if search.full(count) else None
        room = math.inf if cutoff is None else cutoff - value
        wider = self._within([r <= room for r in reduced], search.plans)
        proved = wider.fill(count) and wider.improve(self.grain)
        return Series(tuple(wider.plans), proved)

    def _reduced_costs(self) -> tuple[list[float], float]:
        """What one more use of each rule costs at least, and what every plan costs at least."""
        if self.precise and len(self.instance.rules) > PARTIAL:
            core = Core(priced(self.instance, self.stage), None, self.budget)
            core.start()
            if core.best is not None:
                return core.best.reduced.tolist(), core.best.value
        return [0.0] * len(self.instance.rules), 0.0

    def _within(self, inside: list[bool], known: Sequence[tuple[int, Plan]] = ()) -> _Search:
        """The plans made of the rules that are inside."""
        rules = tuple(rule for rule, used in zip(self.instance.rules, inside, strict=True) if used)
        smaller = reduce(keep(self.instance, rules), domination=False, stop=self.budget.over)
        base = sum(self.stage.cost(rule.cost) for rule in rules if rule.index in smaller.taken)
        return _Search(self, smaller, base, list(known))


class _Search:
    """One model, asked again and again with what is known ruled out; costs are those of the instance it comes from."""

    def __init__(self, whole: Enumeration, core: Reduced, base: int, plans: list[tuple[int, Plan]]) -> None:
        self.question, self.budget, self.base, self.plans = whole.question, whole.budget, base, plans
        self.taken = whole.taken | frozenset(core.taken)
        self.model: Model | None = None
        self.over = not core.possible
        if self.over:
            return
        instance = priced(core.instance, whole.stage)
        try:
            cuts, _ = landmark_bound(Network(instance), instance, whole.grain, self.budget.over)
            self.model = Model(instance, cuts, self.budget.over)
        except OutOfTime:
            return
        self.model.at_least(whole.least - base)
        for steps in (whole.first, *(plan & self.question.steps for _, plan in plans)):
            self._rule_out(steps)

    def full(self, count: int) -> bool:
        """Whether there are as many plans as wanted."""
        return len(self.plans) >= count

    def worst(self) -> int:
        """What the dearest plan costs."""
        return max(cost for cost, _ in self.plans)

    def fill(self, count: int) -> bool:
        """Find plans, each the next best, until there are ``count``; False if the time does not suffice for the proof."""
        while not self.full(count):
            if (found := self._next()) is None:
                return self.over
            self.plans.append(found)
        return True

    def improve(self, step: int) -> bool:
        """Replace the dearest plan as long as a cheaper one is found; False if the time does not suffice for the proof."""
        while self.model is not None and not self.over:
            self.model.at_most(self.worst() - step - self.base)
            if (found := self._next()) is None:
                break
            self.plans.remove(max(self.plans, key=lambda plan: plan[0]))
            self.plans.append(found)
        return self.over

    def _next(self) -> tuple[int, Plan] | None:
        """The best plan that contains none of the known; None when there is none, or no time."""
        if self.model is None or self.over or self.budget.over():
            return None
        found = asked(self.model, self.budget)
        if found.chosen is None or found.value is None:
            self.over = found.bound >= NEVER
            return None
        if not found.closed:
            return None
        plan = in_substance(self.question.instance, found.chosen | self.taken)
        self.model.at_least(found.value)
        self._rule_out(plan & self.question.steps)
        return found.value + self.base, plan

    def _rule_out(self, steps: Plan) -> None:
        """No plan that contains these steps."""
        assert self.model is not None
        if steps <= self.taken | self.model.position.keys():
            left = sorted(steps - self.taken)
            self.model.not_all(left)
            self.over |= not left
