"""The exact model, for CP-SAT: small, since what justifies itself in a circle is cut only when it appears.

Takes an instance with one cost and a cutoff, gives a plan that costs at most the cutoff, the best there is, or the proof
that there is none. Booleans x_a (rule a is used) and y_f (fact f becomes true), and no order:

    y_f ≤ Σ_{a: f ∈ add(a)} x_a             every fact that becomes true is given by some rule
    x_a ≤ y_q                               for q ∈ LM(a): what a needs, and all that leads there, is true
    Σ_{q among a} y_q ≥ need(a) · x_a       for k-of-n
    Σ_{a ∈ L} x_a ≥ 1                       for the LM-cuts L of the instance

Facts may then justify each other in a circle. So the rules of each answer are replayed: with V the facts they reach, a
fact f wanted and not in V gives the cut Σ { x_a : V allows a, add(a) ⊄ V } ≥ y_f, which this answer breaks and no plan
does; with the cuts, the model is asked again. An answer without circles is a plan, and the best one. Cuts hold for every
plan of the instance: whoever asks the same model again (for other plans) keeps them.

References
----------
Haslum, Slaney & Thiébaux (2012), *Minimal landmarks for optimal delete-free planning*, for cuts from each answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from pathways.optimise.budget import Budget, OutOfTime, Stop, heed, never
from pathways.optimise.closure import Network
from pathways.optimise.cp_sat import CpModel, run
from pathways.optimise.found import NEVER, Found, price, trimmed
from pathways.optimise.instance import Instance, bits
from pathways.optimise.landmarks import EVERYTHING, landmarks
from pathways.optimise.preprocessing import helpful
from pathways.optimise.separation import landmark_bound, lm_cuts, minimised

Cuts = list[list[int]]

FEW = 60
"""Up to so many rules a model is small."""


def grain(instance: Instance) -> int:
    """γ, the greatest common divisor of the costs: every plan's cost is a multiple of it."""
    return math.gcd(*(rule.cost[0] for rule in instance.rules)) or 1


class Model:
    """The model of an instance, and the cuts found so far.

    Parameters
    ----------
    cp : CpModel or None
        A model that others share, to write this one into it; its objective is theirs.

    Raises
    ------
    OutOfTime
        If it is to stop before the model is written.
    """

    def __init__(self, instance: Instance, cuts: Cuts, stop: Stop = never, cp: CpModel | None = None) -> None:
        self.instance, self.stop = instance, stop
        self.network = Network(instance)
        self.cp = CpModel() if cp is None else cp
        self.position = {rule.index: place for place, rule in enumerate(instance.rules)}
        self.x = [self.cp.new_bool_var() for _ in instance.rules]
        self.y = {fact: self.cp.new_bool_var() for fact in range(instance.size) if not instance.goals >> fact & 1}
        self.total = sum(rule.cost[0] * x for rule, x in zip(instance.rules, self.x, strict=True) if rule.cost[0])
        self._needs()
        self._givers()
        self._conditions()
        for cut in cuts:
            self.cp.add_bool_or([self.x[position] for position in cut])
        if cp is None:
            self.cp.minimize(self.total)

    def _needs(self) -> None:
        through = landmarks(self.instance, self.stop)
        for rule, x, before in zip(self.instance.rules, self.x, through.rule, strict=True):
            heed(self.stop)
            if before == EVERYTHING:  # nothing leads there
                self.cp.add_bool_or([~x])
                continue
            needed = [self.y[fact] for fact in bits(before & ~self.instance.goals)]
            if needed:
                self.cp.add_implication(x, *needed)
            certain = rule.among & (self.instance.goals | before)
            if certain.bit_count() < rule.need:
                some = [self.y[fact] for fact in bits(rule.among & ~self.instance.goals)]
                given = (rule.among & self.instance.goals).bit_count()
                self.cp.add(sum(some) >= rule.need - given).only_enforce_if(x)

    def _givers(self) -> None:
        for fact, positions in enumerate(self.network.achievers):
            unless = [~self.y[fact]] if fact in self.y else []
            self.cp.add_bool_or([*unless, *(self.x[position] for position in positions)])

    def _conditions(self) -> None:
        for index in sorted(self.instance.forced):
            self.cp.add_bool_or([self.x[self.position[index]]])
        for row in self.instance.rows:
            total = sum(value * self.x[self.position[index]] for index, value in row.coefficients.items())
            self.cp.add(total <= row.bound)

    def at_most(self, cutoff: int) -> None:
        """Only plans that cost at most this much."""
        if not isinstance(self.total, int):
            self.cp.add(self.total <= cutoff)

    def at_least(self, bound: int) -> None:
        """What is known to be no plan's cost need not be tried."""
        if not isinstance(self.total, int):
            self.cp.add(self.total >= bound)

    def not_all(self, indices: Iterable[int]) -> None:
        """Do without one at least of these rules."""
        self.cp.add_bool_or([~self.x[self.position[index]] for index in indices])

    def cut(self, used: set[int]) -> bool:
        """Forbid the circles of an answer that uses the rules at these positions; False if there are none."""
        network, rules = self.network, self.instance.rules
        unused = {position for position in range(len(rules)) if position not in used}
        inside = network.reached(unused)
        wanted = self.instance.goals
        bound_to_work = self.instance.forced | helpful(self.instance)
        for position in sorted(used):
            if rules[position].index in bound_to_work and not network.applicable(position, inside):
                wanted |= rules[position].among
        if not wanted & ~inside:
            return False
        prices = [0.0 if p in used else 1.0 + rule.cost[0] for p, rule in enumerate(rules)]
        cuts = lm_cuts(network, prices)[0]
        for some in cuts:
            self.cp.add_bool_or([self.x[position] for position in some])
        for fact in bits(wanted & ~inside):
            if not cuts or fact in self.y:
                self._cut_fact(unused, fact)
        return True

    def _cut_fact(self, unused: set[int], fact: int) -> None:
        some = minimised(self.network, unused, fact)
        assert some is not None
        unless = [~self.y[fact]] if fact in self.y else []
        self.cp.add_bool_or([*unless, *(self.x[position] for position in some)])


def exact(
    instance: Instance, cutoff: int | None, budget: Budget, *, work: float = math.inf, cuts: Cuts | None = None
) -> Found:
    """The best plan that costs at most ``cutoff``.

    Parameters
    ----------
    instance : Instance
        With one cost.
    cutoff : int or None
    budget : Budget
    work : float
        Deterministic time for this search alone.
    cuts : list of list of int or None
        LM-cuts of the instance, by positions of rules, when they are known already.

    Returns
    -------
    Found
        ``bound`` is above the cutoff when it is proved that there is no such plan.
    """
    if (cutoff is not None and cutoff < 0) or budget.over():
        return Found(None, None, 0)
    if cuts is None:
        cuts, bound = landmark_bound(Network(instance), instance, grain(instance), budget.over)
        if cutoff is not None and bound > cutoff:
            return Found(None, None, bound)
    try:
        model = Model(instance, cuts, budget.over)
    except OutOfTime:
        return Found(None, None, 0)
    if cutoff is not None:
        model.at_most(cutoff)
    found = asked(model, budget, work)
    return Found(None, None, cutoff + 1) if cutoff is not None and found.bound >= NEVER else found


def asked(model: Model, budget: Budget, work: float = math.inf) -> Found:
    """The best plan that the model allows, asking and cutting until an answer has no circle."""
    bound = 0
    while True:
        solver, status = run(model.cp, budget, work, small=len(model.x) <= FEW)
        if status == "INFEASIBLE":
            return Found(None, None, NEVER)
        work -= solver.deterministic_time
        bound = max(bound, math.ceil(solver.best_objective_bound - 1e-6))
        if status == "UNKNOWN":
            return Found(None, None, bound)
        used = {position for position, x in enumerate(model.x) if solver.value(x)}
        if not model.cut(used):
            return _plan(model, used, bound)
        if status == "FEASIBLE" or work <= 0 or budget.over():
            return Found(None, None, bound)
        model.at_least(bound)


def _plan(model: Model, used: set[int], bound: int) -> Found:
    inside = model.network.reached([p for p in range(len(model.x)) if p not in used])
    rules = model.instance.rules
    applied = frozenset(rules[p].index for p in used if model.network.applicable(p, inside))
    chosen = trimmed(model.instance, applied)
    value = price(model.instance, chosen)
    return Found(chosen, value, min(bound, value))
