"""Wherever the search is stopped, what it gives is a plan or nothing, and a value that no plan is below."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bench_weeks import beside_a_job
from benchmarks.catalogues import dense
from pathways.optimise import core, search
from pathways.optimise.alternatives import alternatives
from pathways.optimise.budget import Budget, OutOfTime, heed
from pathways.optimise.dispatch import best, solve, solve_within
from pathways.optimise.instance import canonical
from pathways.optimise.preprocessing import reduce
from pathways.optimise.problem import Action, Limit, Outcome, Problem
from pathways.optimise.timetable_solve import solve_timetable, solve_timetable_within
from tests.pathways.optimise import brute_force
from tests.pathways.optimise.generated import generated
from tests.pathways.optimise.timetable_brute_force import best_value, verified
from tests.pathways.optimise.timetable_generated import generated as timetable_generated

SEEDS = st.integers(0, 10**9)
EARLY = st.integers(0, 40)


class Stopping:
    """Someone who lets the search look so many times, and then wants an end."""

    def __init__(self, looks: int) -> None:
        self.looks, self.left = looks, looks

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def ticking() -> Callable[[], float]:
    """A clock that moves on by one whenever it is looked at."""
    ticks = iter(range(10**9))
    return lambda: float(next(ticks))


@pytest.fixture(params=["dispatch", "core"], scope="module")
def way(request: pytest.FixtureRequest):
    """The usual way, and the relaxation and cores even where the exact model alone would do."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "core":
            patch.setattr(search, "FEW", 0)
            patch.setattr(core, "SMALL", 0)
        yield request.param


def check(problem: Problem, answer: Outcome, optimum: tuple[int, ...] | None) -> None:
    """What is said of a problem whose optimum (None: there is no plan) is known."""
    if answer.status == "infeasible":
        assert optimum is None
        return
    if optimum is not None:
        assert answer.bound <= optimum
    if answer.status == "unknown":
        assert not answer.selection
        return
    assert brute_force.is_plan(problem, frozenset(answer.selection))
    assert answer.value == brute_force.cost(problem, frozenset(answer.selection))
    assert answer.bound <= answer.value
    assert optimum is not None
    if answer.status == "optimal":
        assert answer.value == optimum


# ------------------------------------------------------------------------------------------------------------ the budget


def test_once_over_a_budget_stays_over():
    budget = Budget(3.0, clock=ticking())
    assert [budget.over() for _ in range(5)] == [False, False, True, True, True]
    once = Budget(should_stop=iter([False, True, False]).__next__)
    assert [once.over() for _ in range(4)] == [False, True, True, True]


def test_without_a_limit_a_budget_is_never_over():
    budget = Budget()
    assert not budget.over()
    assert budget.seconds() is None
    assert budget.part(0.1).seconds() is None


def test_a_part_ends_before_the_whole_and_stops_with_it():
    whole = Budget(100.0, clock=ticking())
    part = whole.part(0.1)
    while not part.over():
        pass
    assert not whole.over()
    asked = Budget(should_stop=Stopping(1))
    assert not asked.part().over()
    assert asked.part().over()
    assert asked.over()


def test_stopping_a_part_stops_the_whole():
    whole = Budget(100.0)
    whole.part(0.5).stop()
    assert whole.over()


def test_what_is_worth_nothing_unfinished_is_given_up():
    heed(lambda: False)
    with pytest.raises(OutOfTime):
        heed(lambda: True)


# ------------------------------------------------------------------------------------------------------------- the choice


@settings(max_examples=200)
@given(seed=SEEDS, looks=EARLY, objectives=st.integers(1, 3))
def test_stopped_anywhere_the_search_gives_a_plan_and_a_bound(way, seed, looks, objectives):
    problem = generated(seed, actions=7, facts=6, objectives=objectives)
    plans = brute_force.plans(problem)
    optimum = min((brute_force.cost(problem, chosen) for chosen in plans), default=None)
    check(problem, solve(problem, should_stop=Stopping(looks)), optimum)


@settings(max_examples=150)
@given(seed=SEEDS, ticks=st.integers(0, 60))
def test_when_the_clock_runs_out_the_search_gives_a_plan_and_a_bound(way, seed, ticks):
    problem = generated(seed, actions=9, facts=7)
    plans = brute_force.plans(problem)
    optimum = min((brute_force.cost(problem, chosen) for chosen in plans), default=None)
    check(problem, solve_within(problem, Budget(float(ticks), clock=ticking())), optimum)


@settings(max_examples=150)
@given(seed=SEEDS, looks=EARLY)
def test_a_reduction_stopped_anywhere_keeps_the_optimum(seed, looks):
    problem = generated(seed, actions=8, facts=7)
    plans = brute_force.plans(problem)
    instance = canonical(problem).instance
    found = best(instance, reduce(instance, stop=Stopping(looks)), Budget())
    if plans and (instance.goals or instance.forced):
        assert found.bound[:-1] == min(brute_force.cost(problem, chosen) for chosen in plans)


def test_a_catalogue_stopped_at_any_look_has_a_plan():
    problem = dense(90, 8, 2)
    optimum = solve(problem).value
    looks = 0
    while True:
        stopping = Stopping(looks)
        answer = solve(problem, should_stop=stopping)
        check(problem, answer, optimum)
        assert answer.status in ("feasible", "optimal")
        if stopping.left >= 0:
            break
        looks = looks + 1 if looks < 40 else int(1.3 * looks)
    assert answer.status == "optimal"


def test_a_plan_is_there_before_the_first_look_at_any_size():
    answer = solve(dense(600, 25, 1), should_stop=lambda: True)
    assert answer.status == "feasible"
    assert answer.bound <= answer.value


def test_a_first_plan_respects_the_conditions(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search, "FEW", 60)  # whatever the way of the tests before
    dear = Action("dear", frozenset(), frozenset({0}), (1, 900))
    cheap = [Action(f"cheap{i}", frozenset({i + 1} if i < 3 else set()), frozenset({i}), (5, 10)) for i in range(4)]
    prices = Limit("budget", tuple((a.id, a.cost[1]) for a in (dear, *cheap)), 100)
    problem = Problem(tuple("abcd"), frozenset(), (dear, *cheap), frozenset({0}), limits=(prices,))
    answer = solve(problem, should_stop=lambda: True)
    assert answer.status in ("feasible", "optimal")
    assert answer.value == (20, 40)


def test_the_first_news_is_a_plan_and_news_only_get_better():
    told: list[tuple[tuple[int, ...] | None, tuple[int, ...]]] = []
    answer = solve(dense(400, 20, 3), on_progress=lambda value, bound: told.append((value, bound)))
    assert told
    values = [value for value, _ in told if value is not None]
    assert len(values) == len(told)
    assert values == sorted(values, reverse=True)
    assert all(bound <= answer.value <= value for value, bound in zip(values, (b for _, b in told), strict=True))


@settings(max_examples=60)
@given(seed=SEEDS, looks=EARLY)
def test_other_plans_stopped_anywhere_are_plans(seed, looks):
    problem = generated(seed, actions=8, facts=7)
    found = alternatives(problem, 3, should_stop=Stopping(looks))
    for plan in found:
        if plan.selection:
            assert brute_force.is_plan(problem, frozenset(plan.selection))


# ----------------------------------------------------------------------------------------------------------- the calendar


@settings(max_examples=200)
@given(seed=SEEDS, looks=st.integers(0, 120), grid=st.booleans())
def test_a_calendar_stopped_anywhere_has_a_verified_plan_or_none(seed, looks, grid):
    question = timetable_generated(seed, grid=grid)
    optimum = best_value(question)
    answer = solve_timetable(question, should_stop=Stopping(looks))
    outcome = answer.outcome
    if outcome.status == "held":
        return
    if outcome.status == "infeasible":
        assert optimum is None
    elif outcome.status != "unknown":
        assert optimum is not None
        if outcome.selection:
            assert verified(question, answer) == outcome.value
        assert outcome.bound <= optimum <= outcome.value
    elif optimum is not None:
        assert outcome.bound <= optimum


@pytest.mark.parametrize("objectives", [("weeks", 0, 1), (0, 1, "weeks"), (1, "weeks"), ("weeks", "peak_load")])
@pytest.mark.parametrize("modules", [40, 150])
def test_a_calendar_has_a_first_plan(modules, objectives):
    question = beside_a_job(modules, 104, 0, objectives)
    stops = random.Random(f"{modules} {objectives}").sample(range(300, 1500), 1)
    for looks in stops:
        answer = solve_timetable(question, should_stop=Stopping(looks))
        assert answer.outcome.status in ("feasible", "optimal")
        assert verified(question, answer) == answer.outcome.value
        assert answer.outcome.bound <= answer.outcome.value


def test_a_calendar_out_of_time_says_that_nothing_is_known():
    question = beside_a_job(40, 52, 0, ("weeks", 0))
    answer = solve_timetable_within(question, Budget(0.0))
    assert answer.outcome.status in ("unknown", "feasible")
    assert answer.outcome.bound == (0, 0)
