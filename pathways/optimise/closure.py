"""What becomes true: the least fixpoint of the rules, by counting down (forward closure), and the replay of a plan.

Takes rules, gives the facts they reach from nothing (held facts are not part of an instance). A rule waits for ``need``
of its facts; each fact, on becoming true, counts the rules that wait for it down by one; at zero the rule is applied.

References
----------
Dowling & Gallier (1984), *Linear-time algorithms for testing the satisfiability of propositional Horn formulae*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pathways.optimise.instance import Instance, Rule, bits


class Network:
    """The rules of an instance indexed by the facts they wait for, for many closures in a row.

    Rules are referred to by their position in ``rules``.
    """

    def __init__(self, instance: Instance) -> None:
        self.rules = instance.rules
        self.goals = instance.goals
        self.size = instance.size
        self.need = [rule.need for rule in self.rules]
        self.add = [rule.add for rule in self.rules]
        self.among = [rule.among for rule in self.rules]
        self.adds = [bits(rule.add) for rule in self.rules]
        self.waiting: list[list[int]] = [[] for _ in range(self.size)]
        self.achievers: list[list[int]] = [[] for _ in range(self.size)]
        for position, rule in enumerate(self.rules):
            for fact in bits(rule.among):
                self.waiting[fact].append(position)
            for fact in self.adds[position]:
                self.achievers[fact].append(position)
        self.ready = [position for position, need in enumerate(self.need) if need <= 0]

    def reached(self, without: Collection[int] = (), stop: int = 0) -> int:
        """Facts reached when the rules at positions ``without`` are not applied.

        Ends early, with what it has, once a fact of ``stop`` is reached.
        """
        need = self.need.copy()
        for position in without:
            need[position] = -1
        found = 0
        add = self.add
        waiting = self.waiting
        stack: list[int] = []
        for position in self.ready:
            if not need[position]:
                new = add[position] & ~found
                if new:
                    found |= new
                    stack.extend(bits(new))
        while stack:
            if found & stop:
                return found
            for position in waiting[stack.pop()]:
                need[position] -= 1
                if not need[position]:
                    new = add[position] & ~found
                    if new:
                        found |= new
                        stack.extend(bits(new))
        return found

    def applicable(self, position: int, facts: int) -> bool:
        """Whether the facts allow the rule at this position."""
        return (self.among[position] & facts).bit_count() >= self.need[position]


def replay(rules: Iterable[Rule]) -> tuple[int, list[Rule]]:
    """Apply the rules for as long as one more can be applied.

    Returns
    -------
    facts : int
        Everything that is true at the end (full effects).
    order : list of Rule
        The rules in the order they were applied: each round takes all that can be applied, by index.
    """
    todo = sorted(rules, key=lambda rule: rule.index)
    facts, order = 0, []
    while todo:
        ready = [rule for rule in todo if (rule.among & facts).bit_count() >= rule.need]
        if not ready:
            break
        for rule in ready:
            facts |= rule.full
        order += ready
        done = {rule.index for rule in ready}
        todo = [rule for rule in todo if rule.index not in done]
    return facts, order


def valid(instance: Instance, chosen: Collection[int]) -> bool:
    """Whether the rules with these indices are a plan: all can be applied, goals reached, forced in, rows respected."""
    rules = [rule for rule in instance.rules if rule.index in chosen]
    facts, order = replay(rules)
    return (
        len(order) == len(rules)
        and not instance.goals & ~facts
        and instance.forced <= set(chosen)
        and all(sum(row.coefficients.get(i, 0) for i in chosen) <= row.bound for row in instance.rows)
    )
