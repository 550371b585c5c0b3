"""The exact model for CP-SAT: first achievers and, where facts can support each other, an order of achievement.

Takes an instance with one cost and a cutoff, gives a plan that costs at most the cutoff, the best there is, or the proof
that there is none. Booleans: x_a rule a is used, y_f fact f becomes true, z_{a,f} rule a is the first to give f.

    y_f = Σ_a z_{a,f}                       every fact that becomes true has one first achiever
    z_{a,f} ≤ x_a ≤ y_q                     for q ∈ LM(a): what a needs, and all that leads there, is true
    x_a ≤ Σ_f z_{a,f}                       a rule that achieves nothing first is not used
    Σ_{a: q ∈ LM(a)} z_{a,f} ≤ y_q          whatever gives f first, q is not counted on twice
    … + the same with f and q exchanged     q cannot come before f and f before q
    t_f ≥ t_q + 1  if z_{a,f}, q ∈ LM(a)    an order, for f and q in one strongly connected component of the graph
                                            "q is among what a rule for f needs": elsewhere no circle is possible,
                                            and inside no chain is longer than the component, the range of t
    Σ_m w_{a,m} = need(a) · x_a             for k-of-n: the facts counted on; they come before what a gives

References
----------
Imai & Fukunaga (2015), *On a practical, integer-linear programming model for delete-free tasks*, JAIR 54.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from typing import Any

from pathways.optimise.budget import Budget, OutOfTime, Stop, heed, never
from pathways.optimise.closure import replay
from pathways.optimise.instance import Instance, Rule, bits
from pathways.optimise.landmarks import landmarks
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


def support_components(instance: Instance, stop: Stop = never) -> list[int]:
    """Component of each fact in the graph "q is among what a rule for f needs"."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(range(instance.size))
    for rule in instance.rules:
        heed(stop)
        graph.add_edges_from((q, f) for q in bits(rule.among) for f in bits(rule.add))
    label = [0] * instance.size
    for number, component in enumerate(nx.strongly_connected_components(graph)):
        for fact in component:
            label[fact] = number
    return label


class Model:
    """The CP-SAT model of an instance.

    Raises
    ------
    OutOfTime
        If it is to stop before the model is written.
    """

    def __init__(self, instance: Instance, stop: Stop = never) -> None:
        from ortools.sat.python import cp_model

        self.instance, self.stop = instance, stop
        self.cp = cp_model.CpModel()
        self.through = landmarks(instance, stop)
        self.x = {rule.index: self.cp.new_bool_var(f"x{rule.index}") for rule in instance.rules}
        self.y = [self.cp.new_bool_var(f"y{fact}") for fact in range(instance.size)]
        self.z: dict[tuple[int, int], Any] = {}
        self._impose()
        self._first_achievers()
        self._pairs()
        self._order()
        self._rows()

    def _impose(self) -> None:
        for goal in bits(self.instance.goals):
            self.cp.add(self.y[goal] == 1)
        for index in sorted(self.instance.forced):
            self.cp.add(self.x[index] == 1)

    def _first_achievers(self) -> None:
        idle = self.instance.forced | helpful(self.instance)
        ways: list[list[Any]] = [[] for _ in range(self.instance.size)]
        for rule, before in zip(self.instance.rules, self.through.rule, strict=True):
            heed(self.stop)
            x = self.x[rule.index]
            own = []
            for fact in bits(rule.add):
                z = self.cp.new_bool_var(f"z{rule.index},{fact}")
                self.z[rule.index, fact] = z
                self.cp.add_implication(z, x)
                ways[fact].append(z)
                own.append(z)
            for fact in bits(before & ~self.instance.goals):
                self.cp.add_implication(x, self.y[fact])
            if rule.index not in idle:
                self.cp.add_bool_or([*own, ~x])
        for fact, some in enumerate(ways):
            self.cp.add(sum(some) == self.y[fact])

    def _pairs(self) -> None:
        goals = self.instance.goals
        uses: dict[tuple[int, int], list[Any]] = {}
        for rule, before in zip(self.instance.rules, self.through.rule, strict=True):
            heed(self.stop)
            for fact in bits(rule.add):
                for q in bits(before):
                    uses.setdefault((q, fact), []).append(self.z[rule.index, fact])
        for (q, fact), some in uses.items():
            heed(self.stop)
            back = uses.get((fact, q))
            if back is not None:
                if q < fact:
                    self.cp.add(sum(some) + sum(back) <= self.y[q])
                    self.cp.add(sum(some) + sum(back) <= self.y[fact])
            elif len(some) > 1 and not goals >> q & 1:
                self.cp.add(sum(some) <= self.y[q])

    def _order(self) -> None:
        component = support_components(self.instance, self.stop)
        size = [0] * (max(component, default=0) + 1)
        for label in component:
            size[label] += 1
        time = {
            fact: self.cp.new_int_var(0, size[label] - 1, f"t{fact}")
            for fact, label in enumerate(component)
            if size[label] > 1
        }
        inside: dict[int, int] = {}
        for fact, label in enumerate(component):
            inside[label] = inside.get(label, 0) | 1 << fact
        for rule, before in zip(self.instance.rules, self.through.rule, strict=True):
            heed(self.stop)
            counted = {} if rule.conjunctive else self._count(rule)
            for fact in bits(rule.add):
                z = self.z[rule.index, fact]
                for q in bits(before & inside[component[fact]]):
                    self.cp.add(time[fact] >= time[q] + 1).only_enforce_if(z)
                for q, w in counted.items():
                    if component[q] == component[fact]:
                        self.cp.add(time[fact] >= time[q] + 1).only_enforce_if(z, w)

    def _count(self, rule: Rule) -> dict[int, Any]:
        counted = {q: self.cp.new_bool_var(f"w{rule.index},{q}") for q in bits(rule.among)}
        for q, w in counted.items():
            self.cp.add_implication(w, self.y[q])
        self.cp.add(sum(counted.values()) == rule.need * self.x[rule.index])
        return counted

    def _rows(self) -> None:
        for row in self.instance.rows:
            self.cp.add(sum(value * self.x[index] for index, value in row.coefficients.items()) <= row.bound)

    def minimise(self, cutoff: int | None) -> None:
        """Set the objective, and what a plan may cost at most."""
        total = sum(rule.cost[0] * self.x[rule.index] for rule in self.instance.rules if rule.cost[0])
        if cutoff is not None and not isinstance(total, int):
            self.cp.add(total <= cutoff)
        self.cp.minimize(total)

    def hint(self, chosen: frozenset[int]) -> None:
        """Suggest a plan to start from."""
        for index, x in self.x.items():
            self.cp.add_hint(x, index in chosen)


def exact(
    instance: Instance,
    cutoff: int | None,
    budget: Budget,
    *,
    work: float = math.inf,
    known: frozenset[int] | None = None,
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
    known : frozenset of int or None
        A plan to start from.

    Returns
    -------
    Found
        ``bound`` is above the cutoff when it is proved that there is no such plan.
    """
    if cutoff is not None and cutoff < 0:
        return Found(None, None, 0)
    if budget.over():
        return Found(None, None, 0)
    try:
        model = Model(instance, budget.over)
    except OutOfTime:
        return Found(None, None, 0)
    model.minimise(cutoff)
    if known is not None:
        model.hint(known)
    return solved(model, cutoff, budget, work)


def solved(model: Model, cutoff: int | None, budget: Budget, work: float) -> Found:
    """Run CP-SAT on the model: one worker, a fixed seed, linearisation level 2 (the default proves nothing here)."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    allowed = min(work, budget.work)
    if allowed < math.inf:
        solver.parameters.max_deterministic_time = allowed
    if budget.left() < math.inf:
        solver.parameters.max_time_in_seconds = max(budget.left(), 0.001)
    with Watch(solver, budget):
        status = solver.solve(model.cp)
    spent = solver.response_proto.deterministic_time
    budget.spend(spent)
    if status == cp_model.INFEASIBLE:
        return Found(None, None, NEVER if cutoff is None else cutoff + 1)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        _notice_interrupt(budget, spent, allowed)
        return Found(None, None, max(0, math.ceil(solver.best_objective_bound - 1e-6)))
    if status == cp_model.FEASIBLE:
        _notice_interrupt(budget, spent, allowed)
    chosen = trimmed(model.instance, frozenset(i for i, x in model.x.items() if solver.value(x)))
    value = price(model.instance, chosen)
    bound = value if status == cp_model.OPTIMAL else max(0, math.ceil(solver.best_objective_bound - 1e-6))
    return Found(chosen, value, min(bound, value))


def _notice_interrupt(budget: Budget, spent: float, allowed: float) -> None:
    """CP-SAT ends on Ctrl-C by itself: an end before every limit is one."""
    if spent < 0.99 * allowed and budget.left() > 0.05:
        budget.stop()


class Watch:
    """While CP-SAT runs, ask every twentieth of a second whether to stop."""

    def __init__(self, solver: Any, budget: Budget) -> None:
        self._solver, self._budget = solver, budget
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True) if budget.watched else None

    def __enter__(self) -> None:
        if self._thread is not None:
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.05):
            if self._budget.asked_to_stop():
                self._solver.stop_search()


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
