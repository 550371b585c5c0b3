"""What every way to a fact must pass through: the fact landmarks (points de passage obligés).

Takes an instance, gives for every fact p and rule a the facts LM that are true in every plan that makes p true, or
before every use of a. Greatest fixpoint of

    LM(a) = { q : fewer than need(a) of a's facts m have q ∉ LM(m) }          (all needed: the union of the LM(m))
    LM(p) = { p } ∪ ∩ { LM(a) : p ∈ add(a) }

started from "all facts", which is what remains for facts and rules that cannot be reached at all.

References
----------
Zhu & Givan (2003), *Landmark extraction via planning graph propagation*; Keyder, Richter & Helmert (2010).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from pathways.optimise.budget import Stop, heed, never
from pathways.optimise.instance import Instance, Rule, bits

EVERYTHING = -1
"""The mask with every bit set: not reached."""

STRIDE = 64
"""Rules gone through between two looks at the time."""


@dataclass(frozen=True, slots=True)
class Landmarks:
    """``fact[p]`` and ``rule[position]``: masks of facts, :data:`EVERYTHING` where there is no way at all."""

    fact: list[int]
    rule: list[int]


def landmarks(instance: Instance, stop: Stop = never) -> Landmarks:
    """The greatest fixpoint, with a queue of the rules whose facts changed.

    Raises
    ------
    OutOfTime
        Before the fixpoint: nothing on the way to it is valid.
    """
    rules = instance.rules
    fact = [EVERYTHING] * instance.size
    rule = [EVERYTHING] * len(rules)
    waiting: list[list[int]] = [[] for _ in range(instance.size)]
    for position, some in enumerate(rules):
        for member in bits(some.among):
            waiting[member].append(position)
    adds = [bits(some.add) for some in rules]
    queue = deque(position for position, some in enumerate(rules) if not some.need)
    queued = set(queue)
    turns = 0
    while queue:
        turns += 1
        if not turns % STRIDE:
            heed(stop)
        position = queue.popleft()
        queued.discard(position)
        before = needed_facts(rules[position], fact)
        if before == rule[position]:
            continue
        rule[position] = before
        for given in adds[position]:
            smaller = fact[given] & (before | 1 << given)
            if smaller != fact[given]:
                fact[given] = smaller
                for other in waiting[given]:
                    if other not in queued:
                        queued.add(other)
                        queue.append(other)
    return Landmarks(fact, rule)


def needed_facts(rule: Rule, fact: list[int]) -> int:
    """The facts true before every use of the rule, given those of each fact."""
    if rule.conjunctive:
        together = 0
        for member in bits(rule.among):
            together |= fact[member]
        return together
    lacking = [EVERYTHING] + [0] * rule.need
    for member in bits(rule.among):
        absent = ~fact[member]
        for count in range(rule.need, 0, -1):
            lacking[count] |= lacking[count - 1] & absent
    return ~lacking[rule.need]
