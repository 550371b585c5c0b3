"""Seeded catalogues to measure the solver on: dense ones, and sparse ones with levels and 2-of-4 blocks.

*Dense*: each course develops about 5.5 and requires about 2.6 of some 1,300 competencies whose popularity falls like
rank^-0.55 · exp(-rank/400) in about 12 topics; the person holds 15; a course costs 7 h × (competencies + 1), in the noisy
kind ±60 %. *Sparse*: competencies at four levels, a module takes one competency up a level or two and may require
others; blocks of four competencies of which two are asked for.
"""

from __future__ import annotations

import math
import random

from pathways.optimise.problem import Action, Group, Problem


RULE="min"


def dense(courses: int, targets: int, seed: int, *, noisy: bool = False, focus: float = 0.8, order: float = 0.9) -> Problem:
    """A dense catalogue; the targets are drawn from what it can reach."""
    draw = random.Random(f"dense {courses} {targets} {seed} {noisy}")
    facts, topics = 1300, 12
    popularity = [(rank + 1) ** -0.55 * math.exp(-rank / 400) for rank in range(facts)]
    ranks = list(range(facts))
    draw.shuffle(ranks)
    topic = [draw.randrange(topics) for _ in range(facts)]
    by_topic = [[(f, popularity[ranks[f]]) for f in range(facts) if topic[f] == t] for t in range(topics)]
    everything = [(f, popularity[ranks[f]]) for f in range(facts)]

    depth = [draw.random() for _ in range(facts)]

    def pick(own: int, count: int, below: float = 1.0) -> set[int]:
        some: set[int] = set()
        for _ in range(20 * count):
            pool = by_topic[own] if draw.random() < focus else everything
            fact = draw.choices([f for f, _ in pool], [w for _, w in pool])[0]
            if len(some) < count and (depth[fact] <= below or draw.random() > order):
                some.add(fact)
        return some

    held = frozenset(pick(draw.randrange(topics), 15))
    actions = []
    for number in range(courses):
        own = draw.randrange(topics)
        add = pick(own, 1 + _poisson(draw, 4.5))
        pre = pick(own, _poisson(draw, 2.8), min(depth[f] for f in add) if RULE == 'min' else max(depth[f] for f in add)) - add
        hours = 7 * (len(add) + 1)
        if noisy:
            hours = max(1, round(hours * draw.uniform(0.4, 1.6)))
        actions.append(Action(f"course-{number:04}", frozenset(pre), frozenset(add), (hours,)))
    reachable = sorted(_closure(held, actions) - held)
    goals = frozenset(draw.sample(reachable, min(targets, len(reachable))))
    return Problem(tuple(f"c{f:04}" for f in range(facts)), held, tuple(actions), goals)


def sparse(modules: int, seed: int) -> Problem:
    """A sparse catalogue: four levels of about one competency for two modules, blocks of four with two asked for."""
    draw = random.Random(f"sparse {modules} {seed}")
    count = max(12, modules // 5)
    level = [[4 * c + i for i in range(4)] for c in range(count)]
    actions = []
    for number in range(modules):
        developed = draw.sample(range(count), draw.choice((1, 1, 2, 3)))
        add: set[int] = set()
        pre: set[int] = set()
        for c in developed:
            top = draw.randrange(4)
            add |= set(level[c][: top + 1])
            if top and draw.random() < 0.7:
                pre.add(level[c][top - 1 if draw.random() < 0.8 else 0])
        for c in draw.sample(range(count), draw.choice((0, 0, 1, 1, 2))):
            if c not in developed:
                pre.add(level[c][draw.randrange(3)])
        actions.append(Action(f"module-{number:04}", frozenset(pre), frozenset(add), (7 * draw.randint(1, 10),)))
    held = frozenset(f for c in draw.sample(range(count), count // 6) for f in level[c][: draw.randint(1, 3)])
    reachable = _closure(held, actions)
    blocks = min(3 + modules // 250, count // 4)
    groups, goals = [], set()
    spread = draw.sample(range(count), 4 * blocks)
    for b in range(blocks):
        members = [level[c][draw.randint(1, 3)] for c in spread[4 * b : 4 * b + 4]]
        open_ = [f for f in members if f in reachable]
        if len(open_) >= 2:
            groups.append(Group(2, frozenset(members)))
    for c in draw.sample(range(count), min(4 + modules // 250, count)):
        tops = [f for f in level[c] if f in reachable]
        if tops:
            goals.add(tops[-1])
    return Problem(
        tuple(f"c{c:04}.{i + 1}" for c in range(count) for i in range(4)), held, tuple(actions), frozenset(goals), tuple(groups)
    )


def _poisson(draw: random.Random, mean: float) -> int:
    limit, count, product = math.exp(-mean), 0, draw.random()
    while product > limit:
        count += 1
        product *= draw.random()
    return count


def _closure(held: frozenset[int], actions: list[Action]) -> set[int]:
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
