"""Tiny timetable problems of every shape: sessions, windows, prerequisites, holes in the calendar, circles of rights, periods."""

from __future__ import annotations

import random

from pathways.optimise.problem import Action, Group, Limit, Problem
from pathways.optimise.timetable import Fixed, Free, Grid, Instant, Objective, TimetableProblem, Timing

SHAPES: tuple[tuple[Objective, ...], ...] = (
    ("weeks",),
    ("peak_load",),
    (0,),
    (0, 1, "weeks"),
    ("weeks", 0),
    (1, "peak_load", "weeks"),
    ("weeks", "peak_load", 1),
    ("peak_load", 0),
)


def generated(seed: int, *, grid: bool = False) -> TimetableProblem:
    """A problem drawn from the seed; more than half have a plan."""
    draw = random.Random(f"timetable {seed} {grid}")
    slots = draw.choice((2, 3, 4, 4, 5, 6))
    count, facts = draw.randint(2, {2: 6, 3: 6, 4: 5}.get(slots, 4)), draw.randint(3, 6)
    actions: list[Action] = []
    timing: dict[str, Timing] = {}
    for number in range(count):
        name = f"a{number}"
        timing[name] = _timing(draw, slots, grid)
        actions.append(_action(draw, name, facts, isinstance(timing[name], Instant)))
    if draw.random() < 0.35 and count > 3:
        one, other = frozenset(draw.sample(range(facts), 2)), frozenset(draw.sample(range(facts), 1))
        actions[-2:] = [Action("r0", one, other, (0, 0)), Action("r1", other, one, (0, 0))]
        timing |= {"r0": Instant(), "r1": _instant(draw, slots)}
    ids = [action.id for action in actions]
    if draw.random() < 0.5:
        _twin(draw, actions, timing, slots)
    given = sorted(frozenset().union(*(action.add for action in actions)))
    names = [f"f{i}" for i in range(facts)]
    draw.shuffle(names)
    choice = Problem(
        tuple(names),
        frozenset(draw.sample(range(facts), draw.choice((0, 1, 1)))),
        tuple(actions),
        frozenset(draw.choices(given if draw.random() < 0.9 else range(facts), k=draw.choice((1, 1, 2)))),
        tuple(_group(draw, facts) for _ in range(draw.choice((0, 0, 0, 1)))),
        tuple(_limit(draw, ids) for _ in range(draw.choice((0, 0, 0, 1)))),
        frozenset(draw.sample(ids, draw.choice((0, 0, 0, 0, 1)))),
        tuple(frozenset(draw.sample(ids, 2)) for _ in range(draw.choice((0, 0, 1)))),
    )
    capacity = tuple(draw.choice((0, 2, 3, 3, 4, 4)) for _ in range(slots))
    return TimetableProblem(choice, timing, capacity, draw.choice(SHAPES), _grid(draw) if grid else None)


def _action(draw: random.Random, name: str, facts: int, instant: bool) -> Action:
    pre = frozenset(draw.sample(range(facts), draw.choice((0, 0, 0, 1, 1, 2))))
    add = frozenset(draw.sample(range(facts), draw.choice((1, 1, 2, 3))))
    if instant and draw.random() < 0.7:
        return Action(name, pre, add, (0, 0))
    return Action(name, pre, add, (draw.randint(0, 4), draw.randint(0, 4)), draw.choice((None, True)))


def _timing(draw: random.Random, slots: int, grid: bool) -> Timing:
    kind = draw.random()
    if kind < 0.2:
        return _instant(draw, slots)
    if kind < 0.4:
        days = sorted(draw.sample(range(slots + (draw.random() < 0.1)), draw.choice((1, 1, 2))))
        return Fixed(tuple((slot, draw.choice((0, 1, 2, 2, 3))) for slot in days))
    minutes = draw.choice((0, 1, 2, 2, 3, 3, 4, 5)[: 8 if slots < 5 else 6])
    stretch = draw.choice((1, 1, 1, 2, 3)) if minutes != 1 and not grid else 1
    low, high = _window(draw, slots)
    return Free(minutes, low, high, stretch, not grid or draw.random() < 0.8)


def _instant(draw: random.Random, slots: int) -> Instant:
    return Instant(*_window(draw, slots))


def _window(draw: random.Random, slots: int) -> tuple[int, int | None]:
    low = draw.choice((0, 0, 0, draw.randrange(slots)))
    return low, draw.choice((None, None, None, draw.randint(low, slots)))


def _twin(draw: random.Random, actions: list[Action], timing: dict[str, Timing], slots: int) -> None:
    """A second session of the first action."""
    first = actions[0]
    actions.append(Action("b0", first.pre, first.add, first.cost, first.step))
    timing["b0"] = Fixed(((draw.randrange(slots), draw.randint(1, 3)),))


def _group(draw: random.Random, facts: int) -> Group:
    members = frozenset(draw.sample(range(facts), draw.randint(2, 3)))
    return Group(draw.randint(1, len(members)), members, draw.choice((None, draw.randrange(facts))))


def _limit(draw: random.Random, ids: list[str]) -> Limit:
    some = draw.sample(ids, min(len(ids), draw.randint(2, 4)))
    low = -2 if draw.random() < 0.3 else 0
    return Limit("limit", tuple((name, draw.randint(low, 3)) for name in some), draw.randint(-1, 5))


def _grid(draw: random.Random) -> Grid:
    return Grid(
        draw.choice((0, 0, 0, 1)),
        draw.choice((None, None, 3, 4)),
        draw.choice((0, 0, 0, 1)),
        draw.choice((None, None, 1, 2)),
    )
