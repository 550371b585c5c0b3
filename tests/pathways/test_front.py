"""The front between two objectives: all of it, nothing else, against every plan there is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count, pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pathways.objectives import Objective
from pathways.pathway import Front, Pathway, Status
from pathways.planner import plan
from pathways.recognition import Rights
from pathways.solution import Limits
from referentials.library import Library
from referentials.rights import Effect, Recognition
from tests.pathways.oracle import Deed, Oracle, State
from tests.pathways.small import MONDAY, answer, certification, module, offer, person, question
from tests.pathways.strategies import World, drawn, worlds
from tests.pathways.test_invariants import many

HOURS, COST, MODULES, WEEKS, PEAK = (
    Objective.HOURS,
    Objective.COST,
    Objective.MODULES,
    Objective.WEEKS,
    Objective.PEAK_LOAD,
)
ADDITIVE = ((HOURS, COST), (COST, HOURS), (HOURS, MODULES), (MODULES, COST))
A = certification("a@1", "B1 C1 C2")

Pair = tuple[tuple[float, float], tuple[float, float]]
"""What a plan takes of two objectives, each as how many unknowns, then the known sum."""


def pair_of(sums: dict[str, float], objectives: tuple[Objective, Objective]) -> Pair:
    one, other = ((sums.get(f"unknown_{name.value}", 0), round(sums[name.value], 2)) for name in objectives)
    return one, other


def best_of(pairs: set[Pair]) -> list[Pair]:
    """The pairs that no other one is as good as in both."""
    return sorted(
        mine for mine in pairs if not any(one != mine and one[0] <= mine[0] and one[1] <= mine[1] for one in pairs)
    )


def told(found: Pathway) -> list[Pair]:
    assert found.front is not None
    assert found.front.complete
    return [pair_of(point.totals.model_dump(), found.front.objectives) for point in found.front.points]


def front(*items: Any, **asked: Any) -> Front:
    found = answer(*items, **asked).front
    assert found is not None
    return found


class Everything(Oracle):
    """Every plan without anything done after the target is reached."""

    def plans(self) -> Iterator[tuple[Deed, ...]]:
        state = self.start_state(self.held)
        self.modules = {ref: one for ref, one in self.library.modules.items() if self.may_follow(ref, one)}
        applying = [one for one in self.library.recognitions if self._reduces(one, state)]
        self.hours = {ref: self.reduced(one, applying) for ref, one in self.library.modules.items()}
        turn = count()
        heap: list[Any] = [((0,) * 9, next(turn), frozenset(), (), state)]
        seen: set[frozenset[str]] = set()
        while heap:
            _value, _turn, done, deeds, state = heappop(heap)
            if done in seen:
                continue
            seen.add(done)
            state = state.copy()
            self._free(state, done, deeds)
            if self.goals <= (state.true | state.like):
                yield deeds
                continue
            for deed, own, by_right in list(self.deeds(state, done)):
                if deed.name in done or not self.within_limits((*deeds, deed)):
                    continue
                after = state.copy()
                after.own |= own
                after.true |= own | by_right
                more = (*deeds, deed)
                heappush(heap, (self.value(more), next(turn), done | {deed.name}, more, after))

    def _reduces(self, item: Recognition, state: State) -> bool:
        in_force = item.effect is Effect.REDUCE and item.in_force.contains(self.on) and not item.discretionary
        return in_force and self._given(item, state)


# -- against everything -----------------------------------------------------------------------------------------------


@many(150)
@given(worlds(5), st.sampled_from(ADDITIVE))
def test_the_front_is_every_best_pair_and_nothing_else(world: World, objectives: tuple[Objective, Objective]) -> None:
    found = world.answer(front=objectives)
    if found.status is not Status.OPTIMAL:
        assert found.front is None
        return
    everything = Everything(world)
    every = {pair_of(everything.sums(deeds), objectives) for deeds in everything.plans()}
    assert told(found) == best_of(every)


@many(25)
@given(st.integers(0, 10**6))
def test_weeks_against_cost_is_the_cheapest_plan_of_each_number_of_weeks(seed: int) -> None:
    world = with_sessions(seed)
    found = world.answer(front=(WEEKS, COST))
    if found.status is not Status.OPTIMAL:
        return
    last = max(point.totals.weeks or 0 for point in found.front.points) + 3  # type: ignore[union-attr]
    pairs = set()
    for weeks in range(1, last + 1):
        end = world.on + timedelta(weeks=weeks) - timedelta(days=1)
        by_then = world.giving(deadline=end).answer(minimise=(COST, WEEKS))
        if by_then.status is Status.OPTIMAL:
            pairs.add(pair_of(by_then.totals.model_dump(), (WEEKS, COST)))
    assert told(found) == best_of(pairs)


def with_sessions(seed: int) -> World:
    """A drawn world of five modules, some at dates, for someone who gives a few hours a week."""
    draw = random.Random(seed)
    world = drawn(seed, 5, minimise=(COST,))
    modules = []
    for one in world.offer.modules:
        first = world.on + timedelta(weeks=draw.randrange(4))
        dates = {"id": "s", "start": first, "end": first + timedelta(days=draw.choice((4, 11, 18)))}
        sessions = (dates,) if draw.random() < 0.5 else ()
        modules.append(type(one).model_validate(one.model_dump() | {"sessions": sessions}))
    return world.offering(modules).giving(weekly_hours=draw.choice((7, 14, 21, 35)), budget=None, hours=None)


# -- small cases ------------------------------------------------------------------------------------------------------


def offer_of(*shapes: tuple[str, float | None, float | None]) -> Any:
    """Modules that each give all that is missing, with their hours and prices."""
    return offer(*(module(name, "a@1/B1/C1", "a@1/B1/C2", hours=hours, price=price) for name, hours, price in shapes))


def test_what_is_held_has_no_front() -> None:
    assert answer(A, offer(), profile=person("a@1/B1"), front=(HOURS, COST)).front is None


def test_one_plan_is_a_front_of_one_point() -> None:
    found = front(A, offer_of(("m", 7, 100)), front=(HOURS, COST))
    assert [point.modules for point in found.points] == [("o:m",)]
    assert found.complete


def test_a_plan_that_is_worse_in_both_is_left_out_and_one_in_between_is_kept() -> None:
    modules = offer_of(("quick", 7, 400), ("middle", 10, 300), ("slow", 20, 100), ("bad", 20, 400))
    found = front(A, modules, front=(HOURS, COST))
    assert [point.modules for point in found.points] == [("o:quick",), ("o:middle",), ("o:slow",)]
    back = front(A, modules, front=(COST, HOURS))
    assert [point.modules for point in back.points] == [("o:slow",), ("o:middle",), ("o:quick",)]


def test_a_compromise_that_no_weighted_sum_finds_is_found() -> None:
    found = front(A, offer_of(("quick", 1, 100), ("middle", 9, 95), ("slow", 10, 1)), front=(HOURS, COST))
    assert len(found.points) == 3


def test_a_free_plan_ends_the_front() -> None:
    found = front(A, offer_of(("quick", 7, 10), ("free", 20, 0), ("longer", 30, 0)), front=(HOURS, COST))
    assert [point.modules for point in found.points] == [("o:quick",), ("o:free",)]


def test_an_unknown_price_is_not_free() -> None:
    modules = offer_of(("unpriced", 7, None), ("dear", 10, 900), ("cheap", 12, 100))
    found = front(A, modules, front=(HOURS, COST))
    assert [point.modules for point in found.points] == [("o:unpriced",), ("o:dear",), ("o:cheap",)]
    assert [point.totals.unknown_cost for point in found.points] == [1, 0, 0]


def test_a_plan_of_unknown_length_that_is_cheaper_is_a_compromise() -> None:
    found = front(A, offer_of(("known", 7, 300), ("unmeasured", None, 100)), front=(HOURS, COST))
    assert [point.modules for point in found.points] == [("o:known",), ("o:unmeasured",)]


def test_the_limits_of_the_person_hold_along_the_front() -> None:
    modules = offer_of(("quick", 7, 400), ("middle", 10, 300), ("slow", 20, 100))
    found = front(A, modules, profile=person(can_give={"budget": 350}), front=(HOURS, COST))
    assert [point.modules for point in found.points] == [("o:middle",), ("o:slow",)]


def test_a_heavy_week_against_an_early_end() -> None:
    profile = person(can_give={"weekly_hours": 12})
    found = front(A, offer_of(("m", 12, 100)), profile=profile, front=(WEEKS, PEAK))
    weeks, peaks = zip(*((point.objective[0].value, point.objective[1].value) for point in found.points), strict=True)
    assert all(one < other for one, other in pairwise(weeks))
    assert all(one > other for one, other in pairwise(peaks))
    assert peaks[0] == 12


def test_every_point_carries_its_steps_and_its_pair() -> None:
    found = front(A, offer_of(("quick", 7, 400), ("slow", 20, 100)), front=(HOURS, COST))
    for point in found.points:
        assert [one.name for one in point.objective] == [HOURS, COST]
        assert all(one.proved for one in point.objective)
        assert sum(step.hours or 0 for step in point.steps) == point.objective[0].value


def test_a_search_that_is_stopped_says_that_some_may_be_missing() -> None:
    rights = Rights(Library.of(A, offer_of(("quick", 7, 400), ("slow", 20, 100))))
    asked = replace(question(), front=(HOURS, COST))
    looks = count()
    found = plan(asked, rights, Limits(should_stop=lambda: next(looks) > 40))
    if found.front is not None:
        assert not found.front.complete or len(found.front.points) == 2


def test_the_front_does_not_depend_on_the_order_of_the_offer() -> None:
    shapes = (("a", 7, 400), ("b", 7, 400), ("c", 20, 100), ("d", 20, 100))
    assert front(A, offer_of(*shapes), front=(HOURS, COST)) == front(
        A, offer_of(*reversed(shapes)), front=(HOURS, COST), on=MONDAY
    )
