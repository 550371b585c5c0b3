"""Who gets what out of one purse, for more people than a table holds: an integer programme, one aim after the other, with its bound.

Takes people with their ways and a limit, gives the rank of each one's way. People with the same ways are one class, and a whole number
says how many of them take each way:

    Σ_w x_{k,w} ≤ size of class k;    Σ cost · x ≤ limit;    maximise titles, then blocks (or the other way round), then minimise Σ cost · x

each aim with those before it held. Inside a class the first people get the first ways. Where an aim is not proved in the time, the best
choice found stands, and the bound says what nothing is above.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pathways.optimise.budget import Budget
from pathways.optimise.cp_sat import CpModel, run
from pathways.optimise.knapsack import NOTHING, Way


class Chosen(NamedTuple):
    """The rank of the way of each person (the last one: nothing), what no choice is above, and whether that is reached."""

    ranks: tuple[int, ...]
    titles: int
    blocks: int
    proved: bool


def among_many(people: Sequence[Sequence[Way]], limit: int, budget: Budget, *, blocks_first: bool = False) -> Chosen:
    """The best choice for a limit.

    Examples
    --------
    >>> ways = [Way(1, 2, 900), Way(0, 1, 300)]
    >>> among_many([ways, ways, ways], 1600, Budget(10))
    Chosen(ranks=(0, 1, 1), titles=1, blocks=4, proved=True)
    """
    search = _Search(people, limit)
    aims = [search.titles, search.blocks]
    bounds = [search.most(aim) for aim in (0, 1)]
    order = (1, 0) if blocks_first else (0, 1)
    proved = True
    for aim in order:
        found, bounds[aim] = search.maximised(aims[aim], bounds[aim], budget)
        if not found:
            proved = False
            break
    else:
        proved = search.spent_least(budget)
    return Chosen(tuple(search.ranks()), bounds[0], bounds[1], proved)


class _Search:
    """The programme, and the best choice known: nothing for anybody, at first."""

    def __init__(self, people: Sequence[Sequence[Way]], limit: int) -> None:
        self.people = [(*ways, NOTHING) for ways in people]
        self.sizes: dict[tuple[Way, ...], int] = {}
        for ways in self.people:
            self.sizes[ways] = self.sizes.get(ways, 0) + 1
        self.model = CpModel()
        self.taken: dict[tuple[Way, ...], list[Any]] = {}
        self.counts: dict[tuple[Way, ...], list[int]] = {}
        for ways, size in self.sizes.items():
            some = [self.model.new_int_var(0, size) for _way in ways[:-1]]
            self.taken[ways], self.counts[ways] = some, [0] * len(some)
            if some:
                self.model.add(sum(some) <= size)
        self.titles, self.blocks, self.spent = (self._sum(part) for part in (0, 1, 2))
        if not isinstance(self.spent, int):
            self.model.add(self.spent <= limit)

    def _sum(self, part: int) -> Any:
        return sum(
            way[part] * one
            for ways, some in self.taken.items()
            for way, one in zip(ways, some, strict=False)
            if way[part]
        )

    def most(self, part: int) -> int:
        """What no choice is above, without looking at the limit."""
        return sum(size * max(way[part] for way in ways) for ways, size in self.sizes.items())

    def maximised(self, aim: Any, most: int, budget: Budget) -> tuple[bool, int]:
        """Whether the most of an aim is proved, and what nothing is above; from then on it is held."""
        if isinstance(aim, int):
            return True, aim
        self.model.minimize(-1 * aim)
        solver, status = run(self.model, budget)
        self._keep(solver, status)
        if status == "OPTIMAL":
            best = -round(solver.objective_value)
            self.model.add(aim >= best)
            return True, best
        return False, min(most, -int(solver.best_objective_bound)) if status == "FEASIBLE" else most

    def spent_least(self, budget: Budget) -> bool:
        """Whether the least spent for all that is held is proved."""
        if isinstance(self.spent, int):
            return True
        self.model.minimize(self.spent)
        solver, status = run(self.model, budget)
        self._keep(solver, status)
        return status == "OPTIMAL"

    def _keep(self, solver: Any, status: str) -> None:
        if status in ("OPTIMAL", "FEASIBLE"):
            self.counts = {ways: [solver.value(one) for one in some] for ways, some in self.taken.items()}

    def ranks(self) -> list[int]:
        """The rank of each person's way: the first people of a class get its first ways."""
        left = {
            ways: [rank for rank, count in enumerate(some) for _ in range(count)] for ways, some in self.counts.items()
        }
        found = []
        for ways in self.people:
            waiting = left[ways]
            found.append(waiting.pop(0) if waiting else len(ways) - 1)
        return found
