"""The core: only rules that could be part of a cheaper plan are left to the exact model.

Takes an instance with one cost and a cutoff, gives a :class:`Found`. The relaxation (bound z, reduced costs r) is
tightened by cuts in rounds, each followed by plans guided by it. A plan that uses rule a costs at least z + r_a, so to
find one that costs at most T only {a : r_a ≤ T − z} is needed. A smaller, *partial* core of the rules of least reduced
cost comes first, for a good plan: with D the least reduced cost left out, whatever leaves the core costs at least z + D,
so an optimum v ≤ z + D of the core is the optimum.

Each core is a smaller problem and is reduced again: fewer ways to a fact mean more landmarks and forced rules. One that
shrinks enough is treated likewise, the others go to the exact model. "Costs at most T in all" is "costs at most
T − base" in the reduced core, whatever the greatest common divisor of its own costs.

References
----------
Dantzig, Fulkerson & Johnson (1954), *Solution of a large-scale traveling-salesman problem*, for the principle.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from pathways.optimise.budget import Budget, OutOfTime
from pathways.optimise.closure import Network
from pathways.optimise.conditions import plan_within_conditions
from pathways.optimise.exact import exact, grain
from pathways.optimise.found import NEVER, Found
from pathways.optimise.guided import Guide
from pathways.optimise.instance import Instance, Rule
from pathways.optimise.preprocessing import keep, reduce
from pathways.optimise.relaxation import Bound, Cut, Relaxation
from pathways.optimise.separation import bottlenecks, ceiling, growth_cut, landmark_bound, lm_cuts

ROUNDS = 8
INNER_ROUNDS = 3
ENOUGH = 0.03
SMALL = 80
NEAR = 120
PARTIAL, PARTIAL_WORK = 150, 1.0
DEPTH = 4
SHARES = (0.9, 0.99, 0.7, 0.5, 0.95, 0.8)


class Core:
    """The search in one instance for a plan that costs at most ``cutoff`` (None: any)."""

    def __init__(
        self,
        instance: Instance,
        cutoff: int | None,
        budget: Budget,
        depth: int = 0,
        work: float = math.inf,
        report: Callable[[Found], None] | None = None,
    ) -> None:
        self.instance, self.budget, self.depth, self.work, self.report = instance, budget, depth, work, report
        self.cutoff = cutoff
        self.guide = Guide(instance, budget.over)
        self.grain = grain(instance)
        self.flat = not any(rule.need for rule in instance.rules)
        self.bound = 0
        self.relaxation: Relaxation
        self.best: Bound | None = None
        self.latest: Bound | None = None

    def target(self) -> int | None:
        """What an improving plan may cost at most."""
        if self.guide.value is None:
            return self.cutoff
        better = self.guide.value - self.grain
        return better if self.cutoff is None else min(better, self.cutoff)

    def done(self) -> bool:
        """Whether no plan within the cutoff can be better than the one known."""
        target = self.target()
        return target is not None and self.bound > target

    def result(self) -> Found:
        """The best plan within the cutoff, or none."""
        value = self.guide.value
        if value is None or (self.cutoff is not None and value > self.cutoff):
            return Found(None, None, self.bound)
        return Found(self.guide.best, value, min(self.bound, value), self._useful(value))

    def _useful(self, value: int) -> frozenset[int] | None:
        if self.best is None:
            return None
        room = value - self.best.value
        reduced = zip(self.instance.rules, self.best.reduced.tolist(), strict=True)
        return frozenset(rule.index for rule, r in reduced if r <= room)

    # ---------------------------------------------------------------------------------------------- the relaxation

    def start(self) -> None:
        """A first plan, the first cuts, the first bounds."""
        if self.depth == 0:
            self.guide.attempt([0.0] * len(self.instance.rules), 0.0, patient=False)
            plan_within_conditions(self.guide)
        self._tell()
        cuts, bound = landmark_bound(self.guide.network, self.instance, self.grain, self.budget.over)
        self.bound = max(self.bound, bound)
        if not self.done():
            try:
                self.relaxation = Relaxation(self.instance, self.budget.over)
            except OutOfTime:
                return
            self.relaxation.cut([] if self.flat else [(cut, None) for cut in cuts])
            self._round(0)

    def tighten(self) -> None:
        """Rounds of cutting, solving and guiding, until the core is small or a round gains little.

        Where no rule needs anything (a set cover), the relaxation holds every cut from the beginning.
        """
        if self.flat:
            return
        for number in range(1, ROUNDS if self.depth == 0 else INNER_ROUNDS):
            if self.latest is None or self.best is None or self.done() or self._near() or self.budget.over():
                return
            cuts = self._cuts(self.guide.network, self.latest)
            if not cuts:
                return
            self.relaxation.cut(cuts)
            before = self.best.value
            self._round(number)
            if self._slow(self.best.value - before):
                return

    def _round(self, number: int) -> None:
        if self.budget.over():
            return
        self.latest = self.relaxation.solve(self.budget.seconds())
        if self.latest is None:
            return
        if self.best is None or self.latest.value > self.best.value:
            self.best = self.latest
        self.bound = max(self.bound, ceiling(self.best.value, self.grain))
        self._guide(self.latest, number)
        self._tell()

    def _tell(self) -> None:
        if self.report is not None:
            self.report(self.result())

    def _slow(self, gain: float) -> bool:
        target = self.target()
        assert self.best is not None
        return target is not None and gain < ENOUGH * (target + self.grain - self.best.value)

    def _near(self) -> bool:
        """Whether the core is small enough already."""
        return self._room() <= NEAR

    def _room(self) -> int:
        """Number of rules an improving plan may use."""
        target = self.target()
        assert self.best is not None
        return (
            len(self.instance.rules) if target is None else int((self.best.reduced <= target - self.best.value).sum())
        )

    def _guide(self, bound: Bound, number: int) -> None:
        use = bound.x.tolist()
        shares = SHARES[:3] if number == 0 else SHARES[number % len(SHARES) :][:1]
        for rank, share in enumerate(shares):
            self.guide.attempt(use, share, noise=number + rank > 0, patient=rank == 0)

    def _cuts(self, network: Network, bound: Bound) -> list[Cut]:
        use = bound.x.tolist()
        prices = [
            0.0 if x > 1e-6 or rule.index in self.instance.forced else 1.0 + 10.0 * r
            for x, r, rule in zip(use, bound.reduced.tolist(), self.instance.rules, strict=True)
        ]
        cuts: list[Cut] = [(cut, None) for cut in lm_cuts(network, prices, self.budget.over)[0]]
        supported = bottlenecks(network, use)
        for fact, y in enumerate(bound.y.tolist()):
            if self.budget.over():
                return cuts
            if y > 0.1 and supported[fact] < y - 0.02:
                cuts += self._grown(network, list(use), fact, y)
        return cuts

    def _grown(self, network: Network, use: list[float], fact: int, y: float) -> list[Cut]:
        cuts: list[Cut] = []
        for _ in range(4):
            cut, total = growth_cut(network, use, fact)
            if not cut or total >= y - 0.02:
                break
            cuts.append((cut, None if self.instance.goals >> fact & 1 else fact))
            for position in cut:
                use[position] = 1.0
        return cuts

    # ----------------------------------------------------------------------------------------------------- the cores

    def descend(self) -> None:
        """Solve small cores for a good plan, tighten with what it allows, and solve the core that proves it."""
        size = PARTIAL
        while self.depth == 0 and not self._over() and self._room() > 1.5 * size:
            self._solve_core(size, PARTIAL_WORK)
            if size == PARTIAL:
                self.tighten()
            size = int(2.5 * size)
        if self.depth > 0 and not self._over():
            self.tighten()
        if not self._over():
            self._solve_core(len(self.instance.rules), self.work)

    def _over(self) -> bool:
        return self.done() or self.budget.over()

    def _solve_core(self, size: int, work: float) -> None:
        assert self.best is not None
        target = self.target()
        reduced = self.best.reduced.tolist()
        room = math.inf if target is None else target - self.best.value
        order = sorted(range(len(reduced)), key=lambda position: (reduced[position], position))
        inside = [position for position in order if reduced[position] <= room]
        if len(inside) > 1.3 * size:
            edge = reduced[inside[size]]
            inside = [position for position in inside if reduced[position] < edge or reduced[position] <= 1e-9]
        left_out = (
            [reduced[position] for position in order if reduced[position] > reduced[inside[-1]]] if inside else [0.0]
        )
        outside = math.inf if not left_out else self.best.value + left_out[0]
        found = self._inner(tuple(self.instance.rules[position] for position in sorted(inside)), target, work)
        if found.chosen is not None:
            self.guide.offer(found.chosen)
        least = min(float(found.bound), outside)
        if least == math.inf:
            least = float(NEVER)
        self.bound = max(self.bound, NEVER if least >= NEVER else ceiling(least, self.grain))
        if not self.done():
            self._tell()

    def _inner(self, rules: tuple[Rule, ...], target: int | None, work: float) -> Found:
        """The best plan made of these rules that costs at most ``target``."""
        smaller = reduce(keep(self.instance, rules), stop=self.budget.over)
        if not smaller.possible:
            return Found(None, None, NEVER)
        taken = frozenset(smaller.taken)
        base = sum(rule.cost[0] for rule in rules if rule.index in taken)
        cutoff = None if target is None else target - base
        if cutoff is not None and cutoff < 0:
            return Found(None, None, base)
        core = smaller.instance
        found = Found(frozenset(), 0, 0)
        if core.rules:
            shrunk = len(core.rules) < 0.6 * len(self.instance.rules) and len(core.rules) > SMALL
            if shrunk and self.depth < DEPTH and not self.flat:
                found = by_core(core, cutoff, self.budget, depth=self.depth + 1, work=work)
            else:
                found = exact(core, cutoff, self.budget, work=work)
        if found.chosen is None:
            return replace(found, bound=min(found.bound + base, NEVER))
        assert found.value is not None
        return Found(found.chosen | taken, found.value + base, found.bound + base)


def by_core(
    instance: Instance,
    cutoff: int | None,
    budget: Budget,
    *,
    depth: int = 0,
    work: float = math.inf,
    report: Callable[[Found], None] | None = None,
) -> Found:
    """The best plan that costs at most ``cutoff``, by relaxation and cores; ``work`` limits each exact search."""
    core = Core(instance, cutoff, budget, depth, work, report)
    core.start()
    if core.best is None and not core.done() and not budget.over():
        return exact(instance, cutoff, budget, work=work)
    if core.best is not None:
        core.descend()
    return core.result()
