"""The problem in the form every solving step works on: rules over bitmasks, in one canonical order.

Takes a :class:`Problem`, gives an :class:`Instance`. Facts are numbered by name and actions by identifier, so that the
order in which the caller lists things can change nothing. Everything that makes facts true is one kind of **rule**:
*as soon as ``need`` of the facts ``among`` are true, the rule may be applied, and then ``add`` is true*. An action is a
rule that needs all of its preconditions; a k-of-n group a rule of cost zero that needs k of its members; a goal group
is such a rule with a goal of its own. Held facts are left out. Every side condition is one row Σ coefficient · x ≤ bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pathways.optimise.problem import Group, Problem

Cost = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """``need`` of ``among`` give ``add`` at ``cost``.

    ``index`` is the canonical rank and the same in every instance derived from a problem; ``add`` holds the facts the
    rule is still useful for, ``full`` everything it makes true.
    """

    index: int
    need: int
    among: int
    add: int
    full: int
    cost: Cost

    @property
    def conjunctive(self) -> bool:
        """Whether all of ``among`` is needed."""
        return self.need == self.among.bit_count()


@dataclass(frozen=True, slots=True)
class Row:
    """A side condition Σ coefficients[rule] · x(rule) ≤ bound."""

    name: str
    coefficients: dict[int, int]
    bound: int

    @property
    def monotone(self) -> bool:
        """Whether dropping rules can never break the condition."""
        return min(self.coefficients.values(), default=0) >= 0


@dataclass(frozen=True, slots=True)
class Instance:
    """Rules, goals, forced rules and side conditions; ``size`` facts, none of them held."""

    size: int
    rules: tuple[Rule, ...]
    goals: int
    forced: frozenset[int] = frozenset()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Canonical:
    """An instance with the words needed to speak of it: fact names, and the identifier of each rule (None: a group)."""

    instance: Instance
    facts: tuple[str, ...]
    ids: tuple[str | None, ...]
    steps: frozenset[int]


FEW = 32
"""Up to how many bits are taken off one by one; beyond, reading all digits is quicker."""


@lru_cache(maxsize=1 << 14)
def bits(mask: int) -> tuple[int, ...]:
    """Ranks of the bits that are set, in ascending order; remembered, since rules are gone through again and again.

    >>> bits(0b10110)
    (1, 2, 4)

    Raises
    ------
    ValueError
        The mask is below zero: it stands for every fact there may be, which has no end.
    """
    if mask < 0:
        raise ValueError("a mask of every fact has no end")
    found: list[int] = []
    if mask.bit_count() <= FEW:
        while mask:
            found.append(mask.bit_length() - 1)
            mask ^= 1 << found[-1]
        return tuple(reversed(found))
    digits = bin(mask)[:1:-1]
    rank = digits.find("1")
    while rank >= 0:
        found.append(rank)
        rank = digits.find("1", rank + 1)
    return tuple(found)


def canonical(problem: Problem) -> Canonical:
    """Number facts by name and rules by identifier, and leave out what is held.

    One more cost is added at the end, 1 for a step: among plans equal in every objective, fewer steps are better.
    """
    names = sorted(range(len(problem.facts)), key=lambda fact: problem.facts[fact])
    rank = {fact: position for position, fact in enumerate(names)}
    facts = [problem.facts[fact] for fact in names]

    bit = [1 << rank[fact] for fact in range(len(facts))]

    @cache
    def masked(some: frozenset[int]) -> int:
        mask = 0
        for fact in some:
            mask |= bit[fact]
        return mask

    actions = sorted(problem.actions, key=lambda action: action.id)
    rules = [
        Rule(i, len(a.pre), masked(a.pre), masked(a.add), masked(a.add), (*a.cost, int(a.is_step)))
        for i, a in enumerate(actions)
    ]
    goals = masked(problem.goals)
    free = (0,) * (problem.objectives + 1)
    for group in _ordered(problem.groups, rank):
        if group.fact is None:
            facts.append(f"{group.k} of {', '.join(sorted(problem.facts[m] for m in group.members))}")
            given = 1 << (len(facts) - 1)
            goals |= given
        else:
            given = 1 << rank[group.fact]
        among = masked(group.members) & ~given  # a fact does not help itself
        rules.append(Rule(len(rules), max(group.k, 0), among, given, given, free))
    index = {action.id: i for i, action in enumerate(actions)}
    instance = Instance(
        len(facts), tuple(rules), goals, frozenset(index[i] for i in problem.imposed), _rows(problem, index)
    )
    ids = tuple(a.id for a in actions) + (None,) * len(problem.groups)
    steps = frozenset(i for i, a in enumerate(actions) if a.is_step)
    return Canonical(without_held(instance, masked(problem.held)), tuple(facts), ids, steps)


def _ordered(groups: tuple[Group, ...], rank: dict[int, int]) -> list[Group]:
    return sorted(
        groups, key=lambda g: (-1 if g.fact is None else rank[g.fact], g.k, sorted(rank[m] for m in g.members))
    )


def _rows(problem: Problem, index: dict[str, int]) -> tuple[Row, ...]:
    rows = []
    for limit in sorted(problem.limits, key=lambda limit: (limit.name, sorted(limit.coefficients), limit.bound)):
        total: dict[int, int] = {}
        for action, value in sorted(limit.coefficients):
            total[index[action]] = total.get(index[action], 0) + value
        rows.append(Row(limit.name, {i: value for i, value in total.items() if value}, limit.bound))
    for chosen in sorted(sorted(index[i] for i in some) for some in problem.exclusive):
        rows.append(Row("exclusive", dict.fromkeys(chosen, 1), 1))
    return tuple(rows)


def without_held(instance: Instance, held: int) -> Instance:
    """Take facts that are true at the start out of every rule and of the goals."""
    rules = tuple(_unburden(rule, held) for rule in instance.rules)
    return replace(instance, rules=rules, goals=instance.goals & ~held)


def _unburden(rule: Rule, held: int) -> Rule:
    touched = rule.among & rule.add or rule.among & held or rule.full & held
    if not touched and (rule.need or not rule.among):
        return rule
    need = max(rule.need - (rule.among & held).bit_count(), 0)
    among = rule.among & ~held if need else 0
    add = rule.add & ~held
    if need == rule.among.bit_count():
        add &= ~among
    return Rule(rule.index, need, among, add, rule.full & ~held, rule.cost)
