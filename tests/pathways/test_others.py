"""Other plans: the next best in substance, with their dates; and whether one does as well as the best."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pathways.objectives import Objective
from pathways.pathway import Pathway, Rivals, Status, StepKind
from tests.pathways.oracle import value
from tests.pathways.small import MONDAY, answer, block, certification, module, offer, person
from tests.pathways.strategies import World, worlds
from tests.pathways.test_front import Everything, with_sessions
from tests.pathways.test_invariants import many

A = certification("a@1", "B1 C1 C2 C3")
C1, C2, C3 = (f"a@1/B1/C{number}" for number in (1, 2, 3))
EVENINGS = person(can_give={"weekly_hours": 20})


def session(week: int, weeks: int = 1) -> list[dict[str, Any]]:
    """One session, so many weeks after the day of the question."""
    start = MONDAY + timedelta(weeks=week)
    return [{"id": "s", "start": start, "end": start + timedelta(weeks=weeks, days=-3)}]


def modules(*texts: str) -> tuple[str, ...]:
    return tuple(f"o:{one}" for one in texts)


def others(found: Pathway) -> list[tuple[str, ...]]:
    return [one.modules for one in found.alternatives]


# -- against every plan -----------------------------------------------------------------------------------------------


@many(120)
@given(worlds(5))
def test_a_rival_is_told_if_and_only_if_there_is_one(world: World) -> None:
    found = world.answer(explain=True)
    if found.status is not Status.OPTIMAL:
        assert found.rivals is None
        return
    mine = {step.ref for step in found.steps if step.kind is StepKind.MODULE}
    if not mine:
        return  # by steps other than modules
    everything, asked = Everything(world), [one.value for one in world.minimise]
    plans = [
        (value(everything.sums(deeds), asked)[: _width(world)], {deed.name for deed in deeds})
        for deeds in everything.plans()
    ]
    best = min(reached for reached, _done in plans)
    rivals = [done for reached, done in plans if reached == best and not mine <= done]
    assert found.rivals is (Rivals.SOME if rivals else Rivals.NONE)


def _width(world: World) -> int:
    return sum(1 if one is Objective.MODULES else 2 for one in world.minimise)


@many(100)
@given(worlds(6), st.integers(1, 4))
def test_no_plan_is_another_one_plus_something_and_none_comes_before_a_better_one(world: World, wanted: int) -> None:
    found = world.answer(alternatives=wanted)
    sets = [frozenset(step.ref for step in found.steps if step.kind is StepKind.MODULE), *map(frozenset, others(found))]
    assert len(set(sets)) == len(sets)
    asked = [one.value for one in world.minimise]
    values = [value(one.totals.model_dump(), asked) for one in (found, *found.alternatives)]
    assert values == sorted(values)


@many(20)
@given(st.integers(0, 10**6), st.integers(1, 4))
def test_with_dates_each_other_plan_is_the_best_without_those_before(seed: int, wanted: int) -> None:
    world = with_sessions(seed)
    found = world.answer(alternatives=wanted)
    if found.status is not Status.OPTIMAL or not found.totals.modules or not all(others(found)):
        return  # by steps other than modules
    known = [frozenset(step.ref for step in found.steps if step.kind is StepKind.MODULE)]
    for one in found.alternatives:
        assert not any(before <= set(one.modules) for before in known)
        known.append(frozenset(one.modules))
    if len(known) <= wanted:
        assert _without_one_of_each(world, known) is None


@many(20)
@given(st.integers(0, 10**6))
def test_another_plan_ends_as_early_as_if_it_were_asked_for(seed: int) -> None:
    world = with_sessions(seed)
    found = world.answer(alternatives=3)
    for one in found.alternatives:
        alone = world.giving(imposed=one.modules, refused=()).answer()
        assert alone.totals.cost <= one.totals.cost
        if (alone.totals.cost, alone.totals.hours) == (one.totals.cost, one.totals.hours):
            assert (alone.totals.weeks, alone.totals.modules) == (one.totals.weeks, one.totals.modules)


def _without_one_of_each(world: World, known: list[frozenset[str]]) -> Pathway | None:
    """A plan that holds none of the known ones, looked for by refusing one module of each, in every way."""
    refusals: set[frozenset[str]] = {frozenset()}
    for plan in known:
        refusals = {some if some & plan else some | {one} for some in refusals for one in plan}
    imposed = set(world.profile.can_give.imposed)
    for refused in refusals:
        if not refused & imposed:
            already = world.profile.can_give.refused
            found = world.giving(refused=(*already, *sorted(refused - set(already)))).answer()
            if found.status is Status.OPTIMAL:
                return found
    return None


# -- small cases ------------------------------------------------------------------------------------------------------


def test_the_only_plan_has_no_rival() -> None:
    found = answer(A, offer(module("m", C1, C2, C3)), explain=True, alternatives=2)
    assert found.rivals is Rivals.NONE
    assert others(found) == []


def test_a_twin_is_a_rival_even_if_it_is_dearer() -> None:
    twins = offer(module("m", C1, C2, C3, price=100), module("n", C1, C2, C3, price=400))
    assert answer(A, twins, explain=True).rivals is Rivals.SOME
    assert answer(A, twins, explain=True, minimise=("hours", "cost")).rivals is Rivals.NONE


def test_the_plan_and_something_useless_is_no_rival() -> None:
    found = answer(A, offer(module("m", C1, C2, C3), module("free", C1, hours=0, price=0)), explain=True)
    assert found.rivals is Rivals.NONE


def test_without_looking_nothing_is_said_of_rivals() -> None:
    assert answer(A, offer(module("m", C1, C2, C3))).rivals is Rivals.NOT_KNOWN


def test_a_rival_that_the_calendar_forbids_is_none() -> None:
    late = module("late", C1, C2, C3, sessions=session(9))
    modules_ = offer(module("m", C1, C2, C3), late)
    soon = person(can_give={"weekly_hours": 20, "deadline": MONDAY + timedelta(weeks=4)})
    assert answer(A, modules_, profile=EVENINGS, explain=True).rivals is Rivals.SOME
    assert answer(A, modules_, profile=soon, explain=True).rivals is Rivals.NONE


def test_what_is_as_short_but_ends_later_is_no_rival_when_weeks_count() -> None:
    late = module("late", C1, C2, C3, sessions=session(9))
    asked: dict[str, Any] = {"profile": EVENINGS, "explain": True, "minimise": ("hours", "weeks")}
    assert answer(A, offer(module("m", C1, C2, C3), late), **asked).rivals is Rivals.NONE


def test_another_session_of_the_same_module_is_no_rival() -> None:
    twice = [{**session(week)[0], "id": f"s{week}"} for week in (1, 3)]
    found = answer(A, offer(module("m", C1, C2, C3, sessions=twice)), profile=EVENINGS, explain=True, alternatives=3)
    assert found.rivals is Rivals.NONE
    assert others(found) == []


def test_a_module_that_only_the_dates_make_useful_is_part_of_another_plan() -> None:
    """Without dates x and y are enough; y comes too late for x, and z gives x what it asks for in time."""
    dated = offer(
        module("x", C1, requires=C2, hours=4, sessions=session(2)),
        module("y", C2, C3, hours=4, sessions=session(5)),
        module("z", C2, hours=4, sessions=session(1)),
        module("whole", C1, C2, C3, hours=10),
    )
    found = answer(A, dated, profile=EVENINGS, alternatives=3)
    assert [step.ref for step in found.steps if step.kind is StepKind.MODULE] == ["o:whole"]
    assert others(found) == [modules("x", "y", "z")]


def test_experience_may_replace_modules_in_another_plan() -> None:
    target = certification("a@1", block("B1 C1", hours=1))
    holder = person(can_give={"vae": {"hours": 24, "cost": 0}}, experience=[{"months": 24, "rome": "K1206"}])
    found = answer(target, offer(module("m", "a@1/B1/C1")), profile=holder, alternatives=2)
    assert others(found) == [()]
    assert found.alternatives[0].totals.hours == 24
