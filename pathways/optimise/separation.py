"""Landmarks of actions: sets of rules of which every plan uses at least one, found where the relaxation uses none.

Takes a network of rules and prices, gives cuts. For any set L of rules such that the goal g is not in V, the closure of
all rules but L, every plan uses a rule of L; and then one of those that V allows and that leave V:

    Σ { x_a : a ∈ L, V allows a, add(a) ⊄ V } ≥ y_g.

Every cut given here was made from such a closure, so it is valid however L was found. Two ways to find L:

* *LM-cut*: value facts by h_max; the rules that enter the zone from which the dearest goal is reached for nothing; take
  their least price off and repeat until the goals cost nothing;
* *growth*: from nothing, let in the entering rule used most that does not give f, and keep the prefix whose entering
  rules are used least.

References
----------
Helmert & Domshlak (2009), *Landmarks, critical paths and abstractions: what's the difference anyway?*; Haslum, Slaney &
Thiébaux (2012), *Minimal landmarks for optimal delete-free planning*.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Sequence

from pathways.optimise.budget import never
from pathways.optimise.closure import Network
from pathways.optimise.guided import FAR
from pathways.optimise.instance import Instance, bits


def minimised(network: Network, barred: set[int], goal: int) -> list[int] | None:
    """The rules of ``barred`` that the closure of all others allows and that leave it; None if the goal is inside."""
    inside = network.reached(barred)
    if inside >> goal & 1:
        return None
    among, need, add = network.among, network.need, network.add
    return sorted(
        position
        for position in barred
        if add[position] & ~inside and (among[position] & inside).bit_count() >= need[position]
    )


class Values:
    """h_max of every fact under some prices, and for each rule the facts that settle when it may be applied."""

    def __init__(self, network: Network, price: Sequence[float]) -> None:
        need = network.need.copy()
        self.value = value = [FAR] * network.size
        self.dearest = dearest = [0] * len(need)
        settled = [False] * network.size
        adds, waiting, among = network.adds, network.waiting, network.among
        heap: list[tuple[float, int]] = []
        for position in network.ready:
            cost = price[position]
            for given in adds[position]:
                if cost < value[given]:
                    value[given] = cost
                    heapq.heappush(heap, (cost, given))
        done = 0
        while heap:
            cost, fact = heapq.heappop(heap)
            if settled[fact]:
                continue
            settled[fact] = True
            for position in waiting[fact]:
                need[position] -= 1
                if not need[position]:
                    dearest[position] = among[position] & ~done
                    total = cost + price[position]
                    for given in adds[position]:
                        if total < value[given]:
                            value[given] = total
                            heapq.heappush(heap, (total, given))
            done |= 1 << fact


def lm_cuts(
    network: Network, price: Sequence[float], stop: Callable[[], bool] = never
) -> tuple[list[list[int]], float]:
    """Cuts that share no price, and the sum of their least prices, which is a lower bound."""
    prices = list(price)
    cuts: list[list[int]] = []
    total = 0.0
    goals = list(bits(network.goals))
    while not stop():
        values = Values(network, prices)
        goal = max(goals, key=lambda fact: values.value[fact], default=None)
        if goal is None or values.value[goal] <= 1e-9 or values.value[goal] == FAR:
            return cuts, total
        cut = minimised(network, _entering(network, prices, values, goal), goal)
        if not cut:
            return cuts, total
        least = min(prices[position] for position in cut)
        if least <= 1e-9:
            return cuts, total
        for position in cut:
            prices[position] -= least
        total += least
        cuts.append(cut)
    return cuts, total


def landmark_bound(
    network: Network, instance: Instance, grain: int, stop: Callable[[], bool] = never
) -> tuple[list[list[int]], int]:
    """The LM-cuts of an instance with one cost, and what every plan costs at least, in multiples of ``grain``."""
    forced = [rule.index in instance.forced for rule in instance.rules]
    prices = [0.0 if known else float(rule.cost[0]) for known, rule in zip(forced, instance.rules, strict=True)]
    base = sum(rule.cost[0] for known, rule in zip(forced, instance.rules, strict=True) if known)
    cuts, total = lm_cuts(network, prices, stop)
    return cuts, ceiling(base + total - 1e-6, grain)


def ceiling(value: float, step: int) -> int:
    """The least multiple of ``step`` that is not below ``value``.

    >>> ceiling(7.2, 7)
    14
    """
    return math.ceil(value / step - 1e-12) * step


def _entering(network: Network, price: Sequence[float], values: Values, goal: int) -> set[int]:
    """Rules with a price that give a fact from which the goal is reached for nothing."""
    zone = 1 << goal
    stack = [goal]
    entering: set[int] = set()
    while stack:
        for position in network.achievers[stack.pop()]:
            if price[position] > 1e-9:
                entering.add(position)
            else:
                new = values.dearest[position] & ~zone
                zone |= new
                stack.extend(bits(new))
    return entering


def bottlenecks(network: Network, use: Sequence[float]) -> list[float]:
    """For each fact the best way's least use of a rule: no cut for the fact can be used less than that in all."""
    need = network.need.copy()
    widest = [0.0] * network.size
    settled = [False] * network.size
    adds, waiting = network.adds, network.waiting
    heap: list[tuple[float, int]] = []
    for position in network.ready:
        width = use[position]
        for given in adds[position]:
            if width > widest[given]:
                widest[given] = width
                heapq.heappush(heap, (-width, given))
    while heap:
        width, fact = heapq.heappop(heap)
        if settled[fact]:
            continue
        settled[fact] = True
        for position in waiting[fact]:
            need[position] -= 1
            if not need[position]:
                least = min(-width, use[position])
                for given in adds[position]:
                    if least > widest[given]:
                        widest[given] = least
                        heapq.heappush(heap, (-least, given))
    return widest


def growth_cut(network: Network, use: Sequence[float], goal: int) -> tuple[list[int], float]:
    """The prefix of the growth whose entering rules are used least in all, minimised, and that use."""
    need = network.need.copy()
    add, waiting = network.add, network.waiting
    bit = 1 << goal
    inside = 0
    entering = set(network.ready)
    heap = [(-use[position], position) for position in network.ready if not add[position] & bit]
    heapq.heapify(heap)
    total = sum(use[position] for position in entering)
    least, barred = total, set(entering)
    while heap:
        _, position = heapq.heappop(heap)
        if position not in entering:
            continue
        stack = list(bits(add[position] & ~inside))
        inside |= add[position]
        while stack:
            fact = stack.pop()
            for other in waiting[fact]:
                need[other] -= 1
                if not need[other] and add[other] & ~inside:
                    entering.add(other)
                    total += use[other]
                    if not add[other] & bit:
                        heapq.heappush(heap, (-use[other], other))
            for other in network.achievers[fact]:
                if other in entering and not add[other] & ~inside:
                    entering.discard(other)
                    total -= use[other]
        if total < least - 1e-12:
            least, barred = total, set(entering)
    cut = minimised(network, barred, goal)
    if cut is None:
        return [], FAR
    return cut, sum(use[position] for position in cut)
