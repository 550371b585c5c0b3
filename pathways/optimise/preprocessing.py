"""Making the problem smaller without losing its optimum, to a fixed point.

Takes an :class:`Instance`, gives a smaller one, the rules already decided upon (``taken``), or the proof that there is
no plan. In turn, each step valid on the result of the one before:

1. rules that cannot be reached, or that a side condition rules out, go;
2. *first achiever*: a never gives p first if p ∈ LM(a), so p leaves add(a);
3. landmarks of goals and of forced rules are goals;
4. *relevance*: backward from the goals; other rules and effects go;
5. *forced*: the only rule left that gives a goal is in every plan, and what it needs is a goal;
6. *take*: a forced rule, or one that costs nothing and no side condition counts, that needs nothing more is applied;
   its full effects are then held;
7. *domination*: a goes if some b gives at least add(a), can be used wherever a can (need(b) of its facts are in LM(a)),
   costs no more and weighs no more in **every** side condition. Not valid when several plans are asked for.

A rule whose absence could break a side condition (a negative coefficient) is never dropped by 4 and 7.

When the time is over, the step in hand is given up and what the steps before it left is the answer: a valid instance, only
not as small as it could be.

References
----------
Zhu & Givan (2003) for the landmarks; Imai & Fukunaga (2015), *On a practical, integer-linear programming model for
delete-free tasks and its use as a heuristic for cost-optimal planning*, for 2, 4, 5, 6 and 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pathways.optimise.budget import OutOfTime, Stop, heed, never
from pathways.optimise.closure import Network
from pathways.optimise.instance import Instance, Row, Rule, bits, without_held
from pathways.optimise.landmarks import EVERYTHING, Landmarks, landmarks


@dataclass(frozen=True, slots=True)
class Reduced:
    """The smaller instance, the rules taken, and whether a plan is still possible."""

    instance: Instance
    taken: tuple[int, ...] = ()
    possible: bool = True


def reduce(instance: Instance, *, domination: bool = True, stop: Stop = never) -> Reduced:
    """All steps until nothing changes.

    Parameters
    ----------
    instance : Instance
    domination : bool
        False when more than the one best plan is wanted.
    stop : callable
        Asked before each step but the first, and inside the long ones; what is reached by then is given. All rules that are
        left can be reached.
    """
    state = reachable(instance)
    size = None
    try:
        for first in (relevant, _compacted):
            state = _then(state, first, stop)
        while state.possible and size != (size := _size(state.instance)):
            for step in _steps(domination, stop):
                state = _then(state, step, stop)
    except OutOfTime:
        pass
    return state


Step = Callable[[Instance], Reduced]


def _steps(domination: bool, stop: Stop) -> Iterator[Step]:
    """The steps of one pass."""
    through: dict[int, int] = {}

    def narrow(some: Instance) -> Reduced:
        found = landmarks(some, stop)
        through.update((rule.index, facts) for rule, facts in zip(some.rules, found.rule, strict=True))
        return narrowed(some, found)

    yield from (_usable, narrow, relevant, forced, take)
    if domination:
        yield lambda some: undominated(some, through, stop)
    yield _compacted


def _usable(instance: Instance) -> Reduced:
    """Step 1, in one go: what is left can be reached without what a side condition rules out."""
    left = affordable(instance)
    return reachable(left.instance) if left.possible else left


def _compacted(instance: Instance) -> Reduced:
    return Reduced(compact(instance))


def _then(state: Reduced, step: Step, stop: Stop) -> Reduced:
    if not state.possible:
        return state
    heed(stop)
    after = step(state.instance)
    return Reduced(after.instance, state.taken + after.taken, after.possible)


def _size(instance: Instance) -> tuple[int, int, int, int, int]:
    adds = sum(rule.add.bit_count() for rule in instance.rules)
    needs = sum(rule.among.bit_count() for rule in instance.rules)
    return len(instance.rules), adds, needs, instance.goals.bit_count(), len(instance.forced)


def keep(instance: Instance, rules: tuple[Rule, ...]) -> Instance:
    """The instance with these rules only; side conditions forget the others."""
    if len(rules) == len(instance.rules):
        return replace(instance, rules=rules)
    kept = {rule.index for rule in rules}
    rows = tuple(
        Row(row.name, {i: value for i, value in row.coefficients.items() if i in kept}, row.bound)
        for row in instance.rows
    )
    rows = tuple(row for row in rows if not idle(row))
    return replace(instance, rules=rules, rows=rows)


def idle(row: Row) -> bool:
    """Whether a side condition holds whatever is chosen."""
    return sum(value for value in row.coefficients.values() if value > 0) <= row.bound


def helpful(instance: Instance) -> frozenset[int]:
    """Rules whose use relaxes some side condition."""
    return frozenset(i for row in instance.rows for i, value in row.coefficients.items() if value < 0)


def affordable(instance: Instance) -> Reduced:
    """Step 1a: no rule that alone, with the forced ones, breaks a side condition."""
    barred = set()
    for row in instance.rows:
        least = sum(v for i, v in row.coefficients.items() if v < 0 or i in instance.forced)
        if least > row.bound:
            return Reduced(instance, possible=False)
        barred |= {i for i, v in row.coefficients.items() if i not in instance.forced and v > max(row.bound - least, 0)}
    if not barred:
        return Reduced(instance)
    return Reduced(keep(instance, tuple(rule for rule in instance.rules if rule.index not in barred)))


def reachable(instance: Instance) -> Reduced:
    """Step 1b: only rules that can be applied after all others."""
    network = Network(instance)
    facts = network.reached()
    rules = tuple(rule for i, rule in enumerate(instance.rules) if network.applicable(i, facts))
    lost = instance.forced - {rule.index for rule in rules}
    return Reduced(keep(instance, rules), possible=not lost and not instance.goals & ~facts)


def narrowed(instance: Instance, through: Landmarks) -> Reduced:
    """Steps 2 and 3, all rules being reachable."""
    goals = instance.goals
    for goal in bits(instance.goals):
        goals |= through.fact[goal]
    rules = []
    for rule, before in zip(instance.rules, through.rule, strict=True):
        assert before != EVERYTHING
        if rule.index in instance.forced:
            goals |= before
        rules.append(replace(rule, add=rule.add & ~before) if rule.add & before else rule)
    return Reduced(replace(instance, rules=tuple(rules), goals=goals))


def relevant(instance: Instance) -> Reduced:
    """Step 4."""
    achievers: list[list[int]] = [[] for _ in range(instance.size)]
    for position, rule in enumerate(instance.rules):
        for fact in bits(rule.add):
            achievers[fact].append(position)
    wanted_rules = instance.forced | helpful(instance)
    useful = {position for position, rule in enumerate(instance.rules) if rule.index in wanted_rules}
    wanted = instance.goals
    for position in useful:
        wanted |= instance.rules[position].among
    stack = list(bits(wanted))
    while stack:
        for position in achievers[stack.pop()]:
            if position not in useful:
                useful.add(position)
                new = instance.rules[position].among & ~wanted
                wanted |= new
                stack.extend(bits(new))
    rules = tuple(
        rule if not rule.add & ~wanted else replace(rule, add=rule.add & wanted)
        for position, rule in enumerate(instance.rules)
        if position in useful
    )
    return Reduced(keep(instance, rules))


def forced(instance: Instance) -> Reduced:
    """Step 5, repeated while goals appear."""
    achievers: dict[int, list[Rule]] = {}
    for rule in instance.rules:
        for fact in bits(rule.add):
            achievers.setdefault(fact, []).append(rule)
    goals, chosen = instance.goals, set(instance.forced)
    for rule in instance.rules:
        if rule.index in chosen and rule.conjunctive:
            goals |= rule.among
    stack = list(bits(goals))
    while stack:
        ways = achievers.get(stack.pop(), [])
        if not ways:
            return Reduced(instance, possible=False)
        if len(ways) == 1 and ways[0].index not in chosen:
            chosen.add(ways[0].index)
            new = ways[0].among & ~goals if ways[0].conjunctive else 0
            goals |= new
            stack.extend(bits(new))
    return Reduced(replace(instance, goals=goals, forced=frozenset(chosen)))


def take(instance: Instance) -> Reduced:
    """Step 6, repeated while something can be taken."""
    counted = {i for row in instance.rows for i, value in row.coefficients.items() if value > 0}
    certain = {
        rule.index
        for rule in instance.rules
        if rule.index in instance.forced or (not any(rule.cost) and rule.index not in counted)
    }
    taken: list[int] = []
    while now := [rule for rule in instance.rules if not rule.need and rule.index in certain]:
        held = 0
        for rule in now:
            held |= rule.full
        done = {rule.index for rule in now}
        taken += sorted(done)
        rows = tuple(
            Row(row.name, row.coefficients, row.bound - sum(row.coefficients.get(i, 0) for i in done))
            for row in instance.rows
        )
        left = tuple(rule for rule in instance.rules if rule.index not in done)
        instance = keep(replace(instance, forced=instance.forced - done, rows=rows), left)
        instance = without_held(instance, held)
        needed = instance.forced | helpful(instance)
        instance = keep(instance, tuple(rule for rule in instance.rules if rule.add or rule.index in needed))
    broken = any(sum(v for v in row.coefficients.values() if v < 0) > row.bound for row in instance.rows)
    return Reduced(instance, tuple(taken), not broken)


def undominated(instance: Instance, before: dict[int, int], stop: Stop = never) -> Reduced:
    """Step 7; of two equal rules the one that comes first stays. ``before`` holds LM(a) for each rule's index.

    Those found until it is time to stop are dropped.
    """
    weights: dict[int, dict[int, int]] = {rule.index: {} for rule in instance.rules}
    for number, row in enumerate(instance.rows):
        for index, value in row.coefficients.items():
            weights[index][number] = value
    exempt = instance.forced | helpful(instance)
    achievers: list[list[Rule]] = [[] for _ in range(instance.size)]
    for rule in instance.rules:
        for fact in bits(rule.add):
            achievers[fact].append(rule)
    dropped: set[int] = set()
    for rule in reversed(instance.rules):
        if stop():
            break
        if rule.index in exempt or not rule.add:
            continue
        rivals = min((achievers[fact] for fact in bits(rule.add)), key=len)
        add, facts, cost = rule.add, before[rule.index], rule.cost
        for rival in rivals:
            if add & ~rival.add or rival.cost > cost or rival is rule or rival.index in dropped:
                continue
            usable = (rival.among & facts).bit_count() >= rival.need
            if usable and _no_heavier(weights[rival.index], weights[rule.index]):
                dropped.add(rule.index)
                break
    return Reduced(keep(instance, tuple(rule for rule in instance.rules if rule.index not in dropped)))


def _no_heavier(one: dict[int, int], other: dict[int, int]) -> bool:
    return all(value <= other.get(row, 0) for row, value in one.items())


def compact(instance: Instance) -> Instance:
    """Renumber the facts still spoken of, in order, so that masks stay short."""
    spoken = instance.goals
    for rule in instance.rules:
        spoken |= rule.among | rule.add
    if spoken == (1 << instance.size) - 1:
        return instance
    rank = {fact: position for position, fact in enumerate(bits(spoken))}

    def moved(mask: int) -> int:
        new = 0
        for fact in bits(mask & spoken):
            new |= 1 << rank[fact]
        return new

    rules = tuple(
        Rule(rule.index, rule.need, moved(rule.among), moved(rule.add), moved(rule.full), rule.cost)
        for rule in instance.rules
    )
    return replace(instance, size=len(rank), rules=rules, goals=moved(instance.goals))
