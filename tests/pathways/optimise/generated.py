"""Small problems of every shape: prerequisites, level chains, k-of-n, cycles of free rules, limits, sessions, imposed."""

from __future__ import annotations

import random

from pathways.optimise.problem import Action, Group, Limit, Problem


def generated(seed: int, actions: int = 8, facts: int = 7, objectives: int = 1, *, conditions: bool = True) -> Problem:
    """A problem drawn from the seed; about four in five have a plan."""
    draw = random.Random(seed)
    levels = draw.random() < 0.4
    some = [_action(draw, i, facts, objectives, levels) for i in range(actions)]
    if draw.random() < 0.5 and actions > 3:
        some[-2:] = _cycle(draw, actions, facts, objectives)
    ids = [action.id for action in some]
    held = frozenset(draw.sample(range(facts), draw.choice((0, 0, 1))))
    goals = frozenset(draw.sample(range(facts), draw.randint(1, 3)))
    names = [f"f{i:02}" for i in range(facts)]
    draw.shuffle(names)
    return Problem(
        tuple(names),
        held,
        tuple(some),
        goals if draw.random() < 0.8 else frozenset(),
        tuple(_group(draw, facts) for _ in range(draw.choice((0, 0, 1, 2)))),
        tuple(_limit(draw, i, ids) for i in range(draw.choice((0, 0, 1, 2)))) if conditions else (),
        frozenset(draw.sample(ids, draw.choice((0, 0, 0, 1)))) if conditions else frozenset(),
        tuple(frozenset(draw.sample(ids, 2)) for _ in range(draw.choice((0, 0, 1, 2)))) if conditions else (),
    )


def _action(draw: random.Random, i: int, facts: int, objectives: int, levels: bool) -> Action:
    pre = frozenset(draw.sample(range(facts), draw.choice((0, 0, 1, 1, 2))))
    add = frozenset(draw.sample(range(facts), draw.choice((1, 1, 2, 3))))
    if levels:
        top = max(add)
        add = frozenset(range(top - top % 3, top + 1)) | add
    free = draw.random() < 0.25
    cost = tuple(0 if free else draw.choice((1, 1, 2, 3, 7)) for _ in range(objectives))
    return Action(f"a{i:02}", pre, add, cost, draw.choice((None, None, None, True)) if free else None)


def _cycle(draw: random.Random, actions: int, facts: int, objectives: int) -> list[Action]:
    """Two free rules that justify each other."""
    one, other = frozenset(draw.sample(range(facts), 2)), frozenset(draw.sample(range(facts), 1))
    free = (0,) * objectives
    return [Action(f"r{actions - 2}", one, other, free), Action(f"r{actions - 1}", other, one, free)]


def _group(draw: random.Random, facts: int) -> Group:
    members = frozenset(draw.sample(range(facts), draw.randint(2, 4)))
    return Group(draw.randint(1, len(members)), members, draw.choice((None, draw.randrange(facts))))


def _limit(draw: random.Random, i: int, ids: list[str]) -> Limit:
    some = draw.sample(ids, min(len(ids), draw.randint(2, 6)))
    low = -2 if draw.random() < 0.25 else 0
    coefficients = tuple((name, draw.randint(low, 4)) for name in some)
    return Limit(f"limit {i}", coefficients, draw.randint(0, 6))
