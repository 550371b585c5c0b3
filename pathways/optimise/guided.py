"""A good plan, quickly: follow the cheapest supporters back from the goals, guided by the relaxation if there is one.

Takes an instance with one cost and, for each rule, how much the relaxation uses it (x between 0 and 1); gives the
cheapest plan found, or None when none respects the side conditions. Each try prices rule a at c_a · (1 − λ·x_a), lets
every fact be supported by the rule of least value

    h(a) = price(a) + Σ h(q)     or     price(a) + max h(q)      over the ``need`` cheapest facts q of a

and takes the supporters of all goals at once, or goal by goal, dearest first, what is chosen costing nothing more. What
can be done without then goes, dearest first, by replay.

References
----------
Keyder & Geffner (2008), *Heuristics for planning with action costs revisited*, for the supporters.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Sequence
from dataclasses import dataclass

from pathways.optimise.budget import OutOfTime, Stop, heed, never
from pathways.optimise.closure import Network
from pathways.optimise.instance import Instance, bits
from pathways.optimise.preprocessing import helpful

FAR = float("inf")


@dataclass(frozen=True, slots=True)
class Supporters:
    """For each fact its value and the position of its cheapest rule; for each rule the facts it counts on."""

    value: list[float]
    best: list[int]
    counted: list[int]


def supporters(network: Network, price: Sequence[float], *, additive: bool) -> Supporters:
    """Cheapest supporter of every fact, facts being settled in order of value (Dijkstra, Knuth's generalisation)."""
    need = network.need.copy()
    value = [FAR] * network.size
    best = [-1] * network.size
    counted = [0] * len(network.rules)
    total = [0.0] * len(network.rules)
    heap: list[tuple[float, int]] = []
    adds, waiting = network.adds, network.waiting

    def offer(position: int, cost: float) -> None:
        for fact in adds[position]:
            if cost < value[fact]:
                value[fact] = cost
                best[fact] = position
                heapq.heappush(heap, (cost, fact))

    for position in network.ready:
        offer(position, price[position])
    settled = [False] * network.size
    while heap:
        cost, fact = heapq.heappop(heap)
        if settled[fact]:
            continue
        settled[fact] = True
        bit = 1 << fact
        for position in waiting[fact]:
            left = need[position] - 1
            need[position] = left
            if left < 0:
                continue
            counted[position] |= bit
            total[position] = total[position] + cost if additive else cost
            if not left:
                offer(position, price[position] + total[position])
    return Supporters(value, best, counted)


def extract(network: Network, found: Supporters, goals: int, chosen: set[int]) -> None:
    """Add to ``chosen`` the supporters of the goals, of what they count on, and so forth."""
    seen = goals
    stack = list(bits(goals))
    while stack:
        position = found.best[stack.pop()]
        chosen.add(position)
        new = found.counted[position] & ~seen
        seen |= new
        stack.extend(bits(new))


def extract_one_by_one(
    network: Network, price: Sequence[float], goals: int, chosen: set[int], additive: bool, stop: Stop = never
) -> None:
    """The same, goal by goal, dearest first; what is chosen costs nothing more.

    Raises
    ------
    OutOfTime
        If it is to stop before every goal is reached.
    """
    prices = list(price)
    for position in chosen:
        prices[position] = 0.0
    left = goals
    while left:
        heed(stop)
        found = supporters(network, prices, additive=additive)
        goal = max(bits(left), key=lambda fact: (found.value[fact], -fact))
        before = set(chosen)
        extract(network, found, 1 << goal, chosen)
        for position in chosen - before:
            prices[position] = 0.0
        left &= ~_closure(network, chosen)


def _closure(network: Network, chosen: set[int]) -> int:
    facts, todo = 0, sorted(chosen)
    add, among, need = network.add, network.among, network.need
    while True:
        later = []
        for position in todo:
            if (among[position] & facts).bit_count() >= need[position]:
                facts |= add[position]
            else:
                later.append(position)
        if len(later) == len(todo):
            return facts
        todo = later


class Guide:
    """Plans of one instance, the best kept."""

    def __init__(self, instance: Instance, stop: Stop = never) -> None:
        self.instance, self.stop = instance, stop
        self.network = Network(instance)
        self.cost = [rule.cost[0] for rule in instance.rules]
        self.best: frozenset[int] | None = None
        self.refused: frozenset[int] | None = None
        self.value: int | None = None
        self._position = {rule.index: position for position, rule in enumerate(instance.rules)}
        self._forced = {self._position[index] for index in instance.forced}
        self._stays = self._forced | {self._position[index] for index in helpful(instance)}
        self._goals = instance.goals
        for position in self._forced:
            if instance.rules[position].conjunctive:
                self._goals |= instance.rules[position].among
        self._random = random.Random(1)

    def offer(self, chosen: frozenset[int]) -> None:
        """Consider a plan found elsewhere."""
        self._keep(self._trimmed({self._position[index] for index in chosen}))

    def attempt(self, use: Sequence[float], share: float, *, noise: bool = False, patient: bool = True) -> None:
        """One λ (``share``): h_add and h_max, all goals at once and, if patient, one by one."""
        price = [
            cost * (1.0 - share * min(x, 1.0)) * (1.0 + 0.15 * self._random.random() if noise else 1.0)
            for cost, x in zip(self.cost, use, strict=True)
        ]
        self.follow(price, patient=patient)

    def follow(self, price: list[float], *, patient: bool) -> None:
        """The plans that some prices lead to."""
        for position in self._forced:
            price[position] = 0.0
        for additive in (True, False):
            if self.value is not None and self.stop():
                return
            found = supporters(self.network, price, additive=additive)
            chosen = set(self._forced)
            extract(self.network, found, self._goals, chosen)
            self._keep(self._trimmed(chosen))
            if patient:
                self._attempt_one_by_one(price, additive)

    def _attempt_one_by_one(self, price: Sequence[float], additive: bool) -> None:
        chosen = set(self._forced)
        try:
            extract_one_by_one(self.network, price, self._goals, chosen, additive, self.stop)
        except OutOfTime:
            return
        self._keep(self._trimmed(chosen))

    def _trimmed(self, chosen: set[int]) -> set[int]:
        kept = set(chosen)
        goals = self._goals
        add = self.network.add
        for position in self._stays & chosen:
            goals |= self.network.among[position]
        for position in sorted(chosen, key=lambda p: (-self.cost[p], -p)):
            if self.stop():
                break
            if position in self._stays:
                continue
            others = kept - {position}
            given = 0
            for other in others:
                given |= add[other]
            if goals & ~given:
                continue
            if not goals & ~_closure(self.network, others):
                kept = others
        facts = _closure(self.network, kept)
        return {p for p in kept if self.network.applicable(p, facts)}

    def _keep(self, chosen: set[int]) -> None:
        value = sum(self.cost[position] for position in chosen)
        if self.value is not None and value >= self.value:
            return
        indices = frozenset(self.network.rules[position].index for position in chosen)
        if self.instance.forced <= indices and all(
            sum(v for i, v in row.coefficients.items() if i in indices) <= row.bound for row in self.instance.rows
        ):
            self.best, self.value = indices, value
        else:
            self.refused = indices
