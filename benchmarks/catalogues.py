"""Seeded catalogues to measure the solver on: dense ones, and sparse ones with levels and 2-of-4 blocks.

*Dense*: each course develops about 5.5 and requires about 2.6 of some 1,300 competencies whose popularity falls like
rank^-0.55 · exp(-rank/400) in about 12 topics; the person holds 15; a course costs 7 h × (competencies + 1), in the noisy
kind ±60 %. *Sparse*: competencies at four levels, a module takes one competency up a level or two and may require
others; blocks of four competencies of which two are asked for.
"""

from __future__ import annotations

import bisect
import itertools
import math
import random
from collections.abc import Iterable

from pathways.optimise.problem import Action, Group, Problem


def dense(courses: int, targets: int, seed: int, *, noisy: bool = False, basic: float = 0.99) -> Problem:
    """A dense catalogue; the targets are drawn from what it can reach.

    A competency lies at some depth; a prerequisite drawn below everything the course develops is kept, another one
    with a chance of 1 - ``basic``. The lower ``basic`` is, the more courses need each other's results, and the harder
    the problem becomes, for every method.
    """
    draw = random.Random(f"dense {courses} {targets} {seed} {noisy} {basic}")
    facts, topics = 1300, 12
    popularity = [(rank + 1) ** -0.55 * math.exp(-rank / 400) for rank in range(facts)]
    draw.shuffle(popularity)
    depth = [draw.random() for _ in range(facts)]
    topic = [draw.randrange(topics) for _ in range(facts)]
    everything = _Urn(list(range(facts)), popularity)
    by_topic = [_Urn([f for f in range(facts) if topic[f] == t], popularity) for t in range(topics)]

    def pick(own: int, count: int, below: float = 1.0) -> set[int]:
        some: set[int] = set()
        for _ in range(20 * count):
            fact = (by_topic[own] if draw.random() < 0.9 else everything).draw(draw)
            if len(some) < count and (depth[fact] <= below or draw.random() > basic):
                some.add(fact)
        return some

    held: set[int] = set()
    while len(held) < 15:
        held.add(everything.draw(draw))
    actions = []
    for number in range(courses):
        own = draw.randrange(topics)
        add = pick(own, 1 + _poisson(draw, 4.5))
        pre = pick(own, _poisson(draw, 3.3), min(depth[f] for f in add)) - add
        hours = 7 * (len(add) + 1)
        if noisy:
            hours = max(1, round(hours * draw.uniform(0.4, 1.6)))
        actions.append(Action(f"course-{number:04}", frozenset(pre), frozenset(add), (hours,)))
    reachable = sorted(_closure(held, actions) - held)
    goals = frozenset(draw.sample(reachable, min(targets, len(reachable))))
    return Problem(tuple(f"c{f:04}" for f in range(facts)), frozenset(held), tuple(actions), goals)


class _Urn:
    """Facts drawn by their popularity."""

    def __init__(self, facts: list[int], popularity: list[float]) -> None:
        self.facts = facts
        self.below = list(itertools.accumulate(popularity[f] for f in facts))

    def draw(self, draw: random.Random) -> int:
        return self.facts[bisect.bisect(self.below, draw.random() * self.below[-1], 0, len(self.facts) - 1)]


def sparse(modules: int, seed: int) -> Problem:
    """A sparse catalogue: one competency for five modules, in fields of about twelve, four levels each.

    A module takes one to three competencies of its field to a level and mostly requires the level before; one in five
    also requires a basic competency of one of three general fields. The target asks for levels and for blocks, two of four, in some fields.
    """
    draw = random.Random(f"sparse {modules} {seed}")
    count = max(12, modules // 5)
    fields = [list(range(start, min(start + 12, count))) for start in range(0, count, 12)]
    actions = [_module(draw, number, fields) for number in range(modules)]
    wanted = draw.sample(fields, min(len(fields), 4))
    known = [c for field in wanted for c in field if draw.random() < 0.3]
    held = frozenset(4 * c + i for c in known for i in range(draw.randint(1, 2)))
    reachable = _closure(held, actions)
    groups, goals = [], set()
    for field in wanted:
        tops = [[f for f in range(4 * c, 4 * c + 4) if f in reachable] for c in draw.sample(field, min(7, len(field)))]
        tops = [some for some in tops if some]
        goals |= {some[draw.randrange(len(some))] for some in tops[:3]}
        block = frozenset(some[-1] for some in tops[3:7])
        if len(block) == 4:
            groups.append(Group(2, block))
    names = tuple(f"c{c:04}.{level + 1}" for c in range(count) for level in range(4))
    return Problem(names, held, tuple(actions), frozenset(goals), tuple(groups))


def _module(draw: random.Random, number: int, fields: list[list[int]]) -> Action:
    field = draw.choice(fields)
    add: set[int] = set()
    pre: set[int] = set()
    for c in draw.sample(field, min(len(field), draw.choice((1, 1, 2, 3)))):
        top = draw.randrange(4)
        add |= set(range(4 * c, 4 * c + top + 1))
        if top and draw.random() < 0.7:
            pre.add(4 * c + top - 1)
    if draw.random() < 0.5:
        pre.add(4 * draw.choice(field) + draw.randrange(3))
    if draw.random() < 0.2:
        pre.add(4 * draw.choice(draw.choice(fields[:3])) + draw.randrange(2))
    return Action(f"module-{number:04}", frozenset(pre), frozenset(add), (7 * draw.randint(1, 10),))


def _poisson(draw: random.Random, mean: float) -> int:
    limit, count, product = math.exp(-mean), 0, draw.random()
    while product > limit:
        count += 1
        product *= draw.random()
    return count


def _closure(held: Iterable[int], actions: list[Action]) -> set[int]:
    facts = set(held)
    left = actions
    while True:
        later = []
        for action in left:
            if action.pre <= facts:
                facts |= action.add
            else:
                later.append(action)
        if len(later) == len(left):
            return facts
        left = later
