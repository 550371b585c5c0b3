"""Small groups drawn from a seed, and the best decision for them by brute force over every seating."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any, NamedTuple

from pathways.gap import position
from pathways.group.sessions import Deciding, Group
from pathways.group.sessions_demand import Demand, Value
from pathways.group.sessions_file import SharedSession
from pathways.optimise.budget import Budget
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from pathways.solution import resolve
from referentials.library import Library
from tests.pathways.small import MONDAY, certification, module, offer, question

REFS = ("a@1/A/1", "a@1/A/2", "a@1/B/1", "a@1/B/2", "a@1/C/1")


class SmallGroup(NamedTuple):
    """A library, people, and sessions that could be opened for them."""

    library: Library
    people: tuple[Profile, ...]
    sessions: tuple[SharedSession, ...]

    def question(self, profile: Profile) -> Question:
        """What one of them asks, with every seat."""
        seats = tuple(one.seat for one in self.sessions)
        return replace(question(profile, minimise=("cost", "hours")), seats=seats)

    def group(self) -> Group:
        """Their demands, those with the same profile sharing one."""
        rights, kept = Rights(self.library), dict[str, Demand]()
        keys = [one.model_copy(update={"id": "p"}).model_dump_json() for one in self.people]
        for key, one in zip(keys, self.people, strict=True):
            kept.setdefault(key, Demand(self.question(one), rights))
        return Group([kept[key] for key in keys], sorted(self.sessions, key=lambda one: one.id))

    def decided(self) -> Deciding:
        """The decision."""
        group = self.group()
        group.learn(Budget(), lambda done, of: None)
        return Deciding(group, Budget()).run()


def drawn(seed: int, people: int = 5, sessions: int = 4) -> SmallGroup:
    """A group of which some need what others do not."""
    draw = random.Random(seed)
    modules = [_module(draw, number) for number in range(7)]
    library = Library.of(certification("a@1", "A 1 2", "B 1 2", "C 1"), offer(*modules))
    some = [_person(draw) for _ in range(draw.randint(2, people))]
    if draw.random() < 0.5:
        some[-1] = some[0]
    named = tuple(one.model_copy(update={"id": f"p{number}"}) for number, one in enumerate(some))
    return SmallGroup(
        library, named, tuple(_session(draw, number, modules) for number in range(draw.randint(1, sessions)))
    )


def _module(draw: random.Random, number: int) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if draw.random() < 0.4:
        start = MONDAY + timedelta(weeks=draw.randint(0, 6))
        more["sessions"] = [{"id": "d", "start": start, "end": start + timedelta(days=11)}]
    if number > 3 and draw.random() < 0.4:
        more["requires"] = f"o:m{draw.randrange(number)}"
    price = draw.choice((None, 0, 50, 100, 200, 300, 450))
    developed = draw.sample(REFS, draw.randint(1, 3))
    return module(f"m{number}", *developed, hours=7 * draw.randint(0, 4), price=price, **more)


def _person(draw: random.Random) -> Profile:
    give: dict[str, Any] = {}
    if draw.random() < 0.7:
        give["weekly_hours"] = draw.choice((7, 14, 21))
    if draw.random() < 0.3:
        give["deadline"] = MONDAY + timedelta(weeks=draw.randint(4, 12))
    if draw.random() < 0.3:
        give["budget"] = draw.choice((0, 150, 400))
    if draw.random() < 0.3:
        give["days"] = draw.choice((["lundi"], ["lundi", "mardi"]))
    held = draw.sample(REFS, draw.randint(0, 2))
    competencies = [{"ref": ref, "evidence": "assessed"} for ref in held]
    return Profile.model_validate({"holds": {"competencies": competencies}, "can_give": give})


def _session(draw: random.Random, number: int, modules: Sequence[dict[str, Any]]) -> SharedSession:
    start = MONDAY + timedelta(weeks=draw.randint(0, 6))
    low = draw.randint(1, 3)
    values = {
        "id": f"s{number}",
        "module": f"o:{draw.choice(modules)['id']}",
        "start": start,
        "end": start + timedelta(days=draw.choice((4, 11))),
        "days": draw.choice((["lundi"], ["mardi"], [])),
        "price": draw.choice((0, 80, 150, 250, 400)),
        "seats": {"min": low, "max": low + draw.randint(0, 2)},
    }
    return SharedSession.model_validate(values)


# -- brute force --------------------------------------------------------------------------------------------------------

Order = tuple[int, ...]


def by_brute_force(small: SmallGroup) -> Order:
    """The best decision as numbers: without a plan, unknown prices, cents, unknown hours, minutes, sessions opened."""
    ids = sorted(one.id for one in small.sessions)
    states: dict[tuple[int, ...], Order] = {(0,) * len(ids): (0, 0, 0, 0, 0)}
    for profile in small.people:
        after: dict[tuple[int, ...], Order] = {}
        for seats, cost in _seatings(small, profile, ids):
            for counts, total in states.items():
                more = tuple(count + (one in seats) for one, count in zip(ids, counts, strict=True))
                reached = tuple(map(sum, zip(total, cost, strict=True)))
                after[more] = min(after.get(more, reached), reached)
        states = after
    known = {one.id: one for one in small.sessions}
    return min(_whole(dict(zip(ids, counts, strict=True)), total, known) for counts, total in states.items())


def _whole(counts: dict[str, int], total: Order, known: dict[str, SharedSession]) -> Order:
    opened = [known[one] for one, count in counts.items() if count]
    if any(not one.seats.min <= counts[one.id] <= one.seats.max for one in opened):
        return (10**9,)
    prices = sum(round(one.price * 100) for one in opened)
    return (total[0], total[1], total[2] + prices, *total[3:], len(opened))


def _seatings(small: SmallGroup, profile: Profile, ids: Sequence[str]) -> Iterator[tuple[frozenset[str], Order]]:
    """Every seating of which each seat serves, with what it costs."""
    asked, rights = small.question(profile), Rights(small.library)
    every = [frozenset(some) for count in range(len(ids) + 1) for some in combinations(ids, count)]
    worth = {some: _worth(asked, rights, some) for some in every}
    for some in every:
        if all(worth[some] < worth[some - {one}] for one in some):
            yield some, worth[some]


def _worth(asked: Question, rights: Rights, seats: frozenset[str]) -> Order:
    """By the engine itself, the choice compiled anew with these seats alone."""
    assert asked.seats is not None
    given = replace(asked, seats=tuple(one for one in asked.seats if one.session.id in seats))
    placed = position(given.profile, given.target, rights, given.on, given.policy)
    found = resolve(placed, given, given.offering(rights.library))
    value: Value = (*found.outcome.value, 0, 0, 0, 0)[:4]  # type: ignore[assignment]
    return (0, *value) if found.found else (1, 0, 0, 0, 0)


def counted(small: SmallGroup, deciding: Deciding) -> None:
    """The seats of a decision are within what its sessions take."""
    sitting = Counter(one for seats in deciding.best.seatings for one in seats)
    assert sorted(sitting) == list(deciding.best.opened)
    for one in small.sessions:
        assert sitting[one.id] == 0 or one.seats.min <= sitting[one.id] <= one.seats.max
