"""The linear relaxation: a lower bound, how much each rule is used, and what it would cost to use one more.

Takes an instance with one cost, gives :class:`Bound` values. Variables in [0, 1]: x_a (rule a is used), y_f (fact f becomes
true), z_{a,f} (a is the first to give f); the rows are those of a model of first achievers without the order of facts:

    Σ_a z_{a,f} = y_f        z_{a,f} ≤ x_a        x_a ≤ y_q for q ∈ LM(a), q no goal
    E(q,f) = Σ_{a: q ∈ LM(a)} z_{a,f} ≤ y_q;      where E(f,q) exists too, E(q,f) + E(f,q) ≤ y_q and ≤ y_f
    Σ_{q among a} y_q ≥ need(a) · x_a             for k-of-n
    Σ_a x_a ≥ y_f                                 instead of the z_{a,f}, for facts f that no row with E speaks of
    side conditions as they are

and to which cuts "Σ_{a ∈ L} x_a ≥ 1" (or ≥ y_f) are added as they are found. The bound is not the solver's own number
but the Lagrangian value of its duals, valid whatever the solver's tolerance: with d the reduced costs under those duals,

    z = b·dual + Σ_j min(d_j l_j, d_j u_j),      and a plan that uses rule a costs at least z + max(d_a, 0).

References
----------
Imai & Fukunaga (2015), JAIR 54; Dantzig, Fulkerson & Johnson (1954) for fixing by reduced costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pathways.optimise.budget import Stop, heed, never
from pathways.optimise.instance import Instance, bits
from pathways.optimise.landmarks import Landmarks, landmarks

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Cut = tuple[list[int], int | None]
"""Positions of rules and the fact f of "Σ x ≥ y_f", or None for "Σ x ≥ 1"."""

Circles = dict[tuple[int, int], tuple[list[int], list[int]]]
Counted = dict[tuple[int, int], list[int]]


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan costs less than ``value``; one that uses rule a at least ``value + reduced[a]``."""

    value: float
    x: Floats
    y: Floats
    reduced: Floats


class Rows:
    """Sparse rows Σ coefficient · variable ≤ (or =) right side, as they are written down."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.value: list[float] = []
        self.right: list[float] = []

    def add(self, plus: list[int], minus: list[int], right: float) -> None:
        """Σ plus − Σ minus against ``right``."""
        number = len(self.right)
        self.row += [number] * (len(plus) + len(minus))
        self.column += plus
        self.column += minus
        self.value += [1.0] * len(plus)
        self.value += [-1.0] * len(minus)
        self.right.append(right)

    def add_weighted(self, weights: dict[int, int], right: float) -> None:
        """Σ weight · variable against ``right``."""
        self.row += [len(self.right)] * len(weights)
        self.column += list(weights)
        self.value += [float(weight) for weight in weights.values()]
        self.right.append(right)

    def matrix(self, width: int) -> Any:
        """As a SciPy sparse matrix."""
        from scipy.sparse import csr_matrix

        return csr_matrix((self.value, (self.row, self.column)), shape=(len(self.right), width))


class Relaxation:
    """The linear program of an instance, to which cuts may be added.

    Raises
    ------
    OutOfTime
        If it is to stop before the program is written.
    """

    def __init__(self, instance: Instance, stop: Stop = never) -> None:
        import numpy as np

        self.instance, self.stop = instance, stop
        self._rules = len(instance.rules)
        self._y = self._rules
        self.equal, self.most = Rows(), Rows()
        self._write()
        self.cost = np.zeros(self.width)
        self.cost[: self._rules] = [rule.cost[0] for rule in instance.rules]
        self.low, self.high = np.zeros(self.width), np.ones(self.width)
        self.low[[self._y + goal for goal in bits(instance.goals)]] = 1.0
        for position, rule in enumerate(instance.rules):
            if rule.index in instance.forced:
                self.low[position] = 1.0
        self._matrices = self.equal.matrix(self.width), self.most.matrix(self.width)
        self._cuts: list[Cut] = []

    def _write(self) -> None:
        through = landmarks(self.instance, self.stop)
        self._write_needs(through)
        circles, counted = self._pairs(through)
        first = self._write_first(
            {fact for q, fact in circles} | {q for q, _ in circles} | {fact for _, fact in counted}
        )
        for (q, fact), (one, other) in circles.items():
            heed(self.stop)
            some = [first[a, fact] for a in one] + [first[a, q] for a in other]
            self.most.add(some, [self._y + q], 0.0)
            self.most.add(some, [self._y + fact], 0.0)
        for (q, fact), positions in counted.items():
            heed(self.stop)
            self.most.add([first[a, fact] for a in positions], [self._y + q], 0.0)
        position = {rule.index: place for place, rule in enumerate(self.instance.rules)}
        for row in self.instance.rows:
            self.most.add_weighted({position[index]: v for index, v in row.coefficients.items()}, float(row.bound))

    def _write_needs(self, through: Landmarks) -> None:
        for position, (rule, before) in enumerate(zip(self.instance.rules, through.rule, strict=True)):
            heed(self.stop)
            for q in bits(before & ~self.instance.goals):
                self.most.add([position], [self._y + q], 0.0)
            if not rule.conjunctive:
                self.most.add_weighted({position: rule.need} | {self._y + q: -1 for q in bits(rule.among)}, 0.0)

    def _pairs(self, through: Landmarks) -> tuple[Circles, Counted]:
        """The pairs (q, f) whose rows say something, with the rules behind E(q,f), and E(f,q) where that exists too."""
        uses: dict[tuple[int, int], list[int]] = {}
        for position, (rule, before) in enumerate(zip(self.instance.rules, through.rule, strict=True)):
            heed(self.stop)
            for fact in bits(rule.add):
                for q in bits(before):
                    uses.setdefault((q, fact), []).append(position)
        circles: Circles = {}
        counted: Counted = {}
        for (q, fact), some in uses.items():
            back = uses.get((fact, q))
            if back is not None:
                if q < fact:
                    circles[q, fact] = some, back
            elif len(some) > 1 and not self.instance.goals >> q & 1:
                counted[q, fact] = some
        return circles, counted

    def _write_first(self, paired: set[int]) -> dict[tuple[int, int], int]:
        """The columns z_{a,f}, for facts in a pair; for others Σ_a x_a ≥ y_f says as much."""
        ways: list[list[int]] = [[] for _ in range(self.instance.size)]
        for position, rule in enumerate(self.instance.rules):
            for fact in bits(rule.add):
                ways[fact].append(position)
        first: dict[tuple[int, int], int] = {}
        self.width = self._y + self.instance.size
        for fact, positions in enumerate(ways):
            heed(self.stop)
            if fact not in paired:
                self.most.add([self._y + fact], positions, 0.0)
                continue
            for position in positions:
                first[position, fact] = self.width
                self.most.add([self.width], [position], 0.0)
                self.width += 1
            self.equal.add([first[position, fact] for position in positions], [self._y + fact], 0.0)
        return first

    def cut(self, cuts: list[Cut]) -> None:
        """Add valid cuts."""
        self._cuts += cuts

    def solve(self, seconds: float | None = None) -> Bound | None:
        """Solve; None when there is no point at all (then there is no plan) or the time ended."""
        import numpy as np
        from scipy.optimize import linprog
        from scipy.sparse import vstack

        extra = Rows()
        for some, fact in self._cuts:
            extra.add([] if fact is None else [self._y + fact], some, -1.0 if fact is None else 0.0)
        equal, most = self._matrices
        most = vstack([most, extra.matrix(self.width)], format="csr") if self._cuts else most
        right = np.array(self.most.right + extra.right)
        answer = linprog(
            self.cost,
            A_ub=most,
            b_ub=right,
            A_eq=equal,
            b_eq=np.array(self.equal.right),
            bounds=np.column_stack([self.low, self.high]),
            method="highs",
            options={} if seconds is None else {"time_limit": max(seconds, 0.01)},
        )
        if answer.x is None or answer.ineqlin.marginals is None:
            return None
        return self._bound(answer, equal, most, right)

    def _bound(self, answer: Any, equal: Any, most: Any, right: Floats) -> Bound:
        import numpy as np

        dual_most = np.minimum(answer.ineqlin.marginals, 0.0)
        dual_equal = answer.eqlin.marginals
        reduced = self.cost - most.T @ dual_most - equal.T @ dual_equal
        value = float(right @ dual_most + np.minimum(reduced * self.low, reduced * self.high).sum())
        slack = 1e-9 * (1.0 + float(np.abs(self.cost).sum()) ** 0.5 + abs(value))
        reduced[self.low > 0.0] = 0.0  # what every plan uses costs nothing more
        x = answer.x[: self._rules]
        y = answer.x[self._y : self._y + self.instance.size]
        return Bound(value - slack, x, y, np.maximum(reduced[: self._rules], 0.0))
