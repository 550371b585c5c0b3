"""Choice and calendar together: literal cases, then generated ones against the oracle."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bench_bacp import curricula, timetable_problem
from benchmarks.bench_weeks import beside_a_job
from pathways.optimise.problem import Action, Group, Limit, Problem
from pathways.optimise.timetable import Fixed, Free, Grid, Instant, TimetableOutcome, TimetableProblem, Timing
from pathways.optimise.timetable_solve import solve_timetable
from tests.pathways.optimise.timetable_brute_force import best_value, verified
from tests.pathways.optimise.timetable_generated import generated

MANY = max(600, settings().max_examples)


def problem(
    actions: dict[str, tuple[str, str, Timing]],
    capacity: tuple[int, ...],
    goals: str = "z",
    *,
    held: str = "",
    objectives: tuple[str | int, ...] = ("weeks",),
    costs: dict[str, int] | None = None,
    grid: Grid | None = None,
    **more: object,
) -> TimetableProblem:
    """Actions as name -> (facts needed, facts given, timing), a fact being a letter from a to z."""
    letters = "abcdefghijklmnopqrstuvwxyz"

    def facts(some: str) -> frozenset[int]:
        return frozenset(letters.index(letter) for letter in some)

    steps = tuple(
        Action(name, facts(pre), facts(add), ((costs or {}).get(name, 1),), not isinstance(timing, Instant))
        for name, (pre, add, timing) in actions.items()
    )
    choice = Problem(tuple(letters), facts(held), steps, facts(goals), **more)  # type: ignore[arg-type]
    timing = {name: timing for name, (_, _, timing) in actions.items()}
    return TimetableProblem(choice, timing, capacity, objectives, grid)  # type: ignore[arg-type]


def solved(question: TimetableProblem) -> TimetableOutcome:
    """The answer, verified when there is a plan."""
    answer = solve_timetable(question)
    if answer.outcome.status == "optimal":
        assert verified(question, answer) == answer.outcome.value == answer.outcome.bound
    return answer


# ------------------------------------------------------------------------------------------------------- literal cases


def test_who_holds_the_goal_has_nothing_to_do() -> None:
    answer = solved(problem({"m": ("", "z", Free(10))}, (), held="z"))
    assert answer == TimetableOutcome(replace(answer.outcome, status="held"), {}, {})
    assert answer.outcome.value == (0,)


def test_without_a_slot_there_is_no_plan_and_the_calendar_is_to_blame() -> None:
    answer = solved(problem({"m": ("", "z", Free(10))}, ()))
    assert (answer.outcome.status, answer.outcome.obstacle) == ("infeasible", None)


def test_a_goal_that_nothing_leads_to_is_named() -> None:
    answer = solved(problem({"m": ("", "a", Free(10))}, (60,)))
    assert answer.outcome.obstacle is not None
    assert answer.outcome.obstacle.unreachable == ("z",)


def test_hours_are_spread_over_the_weeks_early_first() -> None:
    answer = solved(problem({"m": ("", "z", Free(100))}, (60, 0, 60)))
    assert answer.loads == {"m": ((0, 60), (2, 40))}
    assert answer.slots == {"m": (0, 2)}
    assert answer.outcome.value == (3,)


def test_a_module_starts_in_the_week_after_its_prerequisite() -> None:
    answer = solved(problem({"m": ("", "a", Free(10)), "n": ("a", "z", Free(10))}, (60, 60)))
    assert answer.slots == {"m": (0, 0), "n": (1, 1)}


def test_modules_that_need_nothing_of_each_other_share_a_week() -> None:
    answer = solved(problem({"m": ("", "a", Free(30)), "n": ("", "b", Free(30))}, (60, 60), "ab"))
    assert answer.outcome.value == (1,)


def test_a_right_takes_no_week_between_two_modules() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {
        "m": ("", "a", Free(10)),
        "right": ("a", "b", Instant()),
        "n": ("b", "z", Free(10)),
    }
    answer = solved(problem(actions, (60, 60)))
    assert answer.slots == {"m": (0, 0), "right": (0, 0), "n": (1, 1)}
    assert answer.outcome.selection == ("m", "right", "n")


def test_a_right_not_yet_in_force_is_waited_for() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {"right": ("", "a", Instant(3)), "n": ("a", "z", Free(10))}
    answer = solved(problem(actions, (60,) * 5))
    assert answer.slots == {"right": (3, 3), "n": (3, 3)}


def test_a_right_out_of_force_too_early_is_of_no_use() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {"m": ("", "a", Free(100)), "right": ("a", "z", Instant(0, 0))}
    assert solved(problem(actions, (60,) * 5)).outcome.status == "infeasible"
    assert solved(problem(actions, (100,) * 5)).outcome.status == "optimal"


def test_an_award_follows_a_module_that_ends_in_the_last_week() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {"m": ("", "a", Free(60)), "award": ("a", "z", Instant())}
    assert solved(problem(actions, (60,))).slots == {"m": (0, 0), "award": (0, 0)}


def test_rights_that_justify_each_other_are_no_plan() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {"r": ("a", "z", Instant()), "s": ("z", "a", Instant())}
    assert solved(problem(actions, (60,))).outcome.status == "infeasible"
    actions["m"] = ("", "a", Free(60))
    assert set(solved(problem(actions, (60,))).outcome.selection) == {"m", "r"}


def test_the_session_that_its_prerequisite_can_precede_is_chosen() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {
        "m": ("", "a", Free(100)),
        "early": ("a", "z", Fixed(((1, 30),))),
        "late": ("a", "z", Fixed(((3, 30),))),
    }
    one = (frozenset({"early", "late"}),)
    assert solved(problem(actions, (60,) * 5, exclusive=one)).slots == {"m": (0, 1), "late": (3, 3)}
    assert solved(problem(actions, (100,) * 5, exclusive=one)).slots == {"m": (0, 0), "early": (1, 1)}


def test_free_hours_make_way_for_a_session() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {"m": ("", "a", Free(90)), "s": ("", "b", Fixed(((0, 50), (1, 40))))}
    answer = solved(problem(actions, (60,) * 5, "ab"))
    assert answer.loads == {"m": ((0, 10), (1, 20), (2, 60)), "s": ((0, 50), (1, 40))}


def test_two_sessions_heavier_than_a_week_exclude_each_other() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {
        "s": ("", "a", Fixed(((0, 50),))),
        "t": ("", "b", Fixed(((0, 50),))),
        "u": ("", "b", Fixed(((2, 50),))),
    }
    assert solved(problem(actions, (60,) * 3, "ab")).slots == {"s": (0, 0), "u": (2, 2)}


def test_a_cheap_module_that_comes_too_late_is_passed_over() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {"cheap": ("", "z", Free(60, 4)), "dear": ("", "z", Free(60))}
    costs = {"cheap": 1, "dear": 9}
    assert solved(problem(actions, (60,) * 5, objectives=(0,), costs=costs)).outcome.value == (1,)
    assert solved(problem(actions, (60,) * 4, objectives=(0,), costs=costs)).outcome.value == (9,)


def test_the_order_of_objectives_decides() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {"slow": ("", "z", Free(120)), "fast": ("", "z", Free(60))}
    costs = {"slow": 1, "fast": 9}
    cheap = problem(actions, (60,) * 4, objectives=(0, "weeks"), costs=costs)
    assert solved(cheap).outcome.value == (1, 2)
    assert solved(replace(cheap, objectives=("weeks", 0))).outcome.value == (1, 9)


def test_the_heaviest_week_is_made_as_light_as_can_be() -> None:
    answer = solved(problem({"m": ("", "z", Free(100))}, (60, 60, 60), objectives=("peak_load", "weeks")))
    assert answer.outcome.value == (34, 3)


def test_a_module_that_must_last_lasts() -> None:
    answer = solved(problem({"m": ("", "z", Free(100, min_weeks=4))}, (60,) * 6))
    assert answer.slots == {"m": (0, 3)}
    assert max(minutes for _, minutes in answer.loads["m"]) == 25


def test_an_assessment_without_minutes_takes_a_week_of_its_own() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {"m": ("", "a", Free(60)), "exam": ("a", "z", Free(0))}
    answer = solved(problem(actions, (60, 0, 60)))
    assert answer.slots == {"m": (0, 0), "exam": (2, 2)}
    assert answer.loads["exam"] == ()


def test_two_of_three_are_enough_and_the_quicker_two_are_taken() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {
        "m": ("", "a", Free(60)),
        "n": ("", "b", Free(90)),
        "o": ("", "c", Free(120)),
        "after": ("d", "z", Free(30)),
    }
    groups = (Group(2, frozenset({0, 1, 2}), 3),)
    answer = solved(problem(actions, (60,) * 9, groups=groups))
    assert answer.slots == {"m": (0, 0), "n": (1, 2), "after": (3, 3)}


def test_no_useless_module_is_in_the_plan() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {"m": ("", "z", Free(60)), "useless": ("", "za", Free(0))}
    answer = solved(problem(actions | {"n": ("", "y", Free(60))}, (60,) * 3, "zy", costs={"useless": 5}))
    assert len(answer.outcome.selection) == 2


def test_what_a_limit_needs_is_not_useless() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {"m": ("", "z", Free(60)), "n": ("", "y", Free(60))}
    both = Limit("both", (("m", 1), ("n", -1)), 0)
    assert set(solved(problem(actions, (60,) * 3, limits=(both,))).slots) == {"m", "n"}


def test_each_period_holds_whole_modules_between_its_bounds() -> None:
    actions: dict[str, tuple[str, str, Timing]] = {
        "m": ("", "a", Free(40)),
        "n": ("a", "b", Free(30)),
        "o": ("", "c", Free(30)),
        "p": ("", "d", Free(10)),
    }
    question = problem(actions, (60, 60), "abcd", objectives=("peak_load",), grid=Grid(50, None, 2, 2))
    answer = solved(question)
    assert answer.outcome.value == (60,)
    assert answer.slots["m"] == answer.slots["p"] == (0, 0)
    assert solved(replace(question, grid=Grid(56, None))).outcome.status == "infeasible"
    assert solved(replace(question, capacity=(120, 120), grid=Grid(0, 80, 1, 3))).outcome.value == (60,)
    assert solved(replace(question, capacity=(60, 59))).outcome.status == "infeasible"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Free(-1),
        lambda: Free(1, min_weeks=2),
        lambda: Free(5, -1),
        lambda: Instant(0, -2),
        lambda: Fixed(()),
        lambda: Fixed(((2, 5), (1, 5))),
        lambda: Fixed(((2, -5),)),
        lambda: Grid(-1),
        lambda: Grid(0, 0),
        lambda: problem({"m": ("", "z", Free(5))}, (-1,)),
        lambda: problem({"m": ("", "z", Free(5))}, (1,), objectives=(3,)),
        lambda: problem({"m": ("", "z", Free(5))}, (1,), objectives=()),
        lambda: problem({"m": ("", "z", Free(5, min_weeks=2))}, (1,), grid=Grid()),
        lambda: replace(problem({"m": ("", "z", Free(5))}, (1,)), timing={}),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()  # type: ignore[operator]


# ----------------------------------------------------------------------------------------------------- generated cases


@settings(max_examples=MANY)
@given(st.integers(0, 10**9), st.booleans())
def test_equal_to_brute_force(seed: int, grid: bool) -> None:
    question = generated(seed, grid=grid)
    outcome = solved(question).outcome
    expected = best_value(question)
    if outcome.status != "held":
        assert (outcome.value or None) == expected
        assert outcome.status == ("infeasible" if expected is None else "optimal")


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.integers(0, 3))
def test_more_hours_or_a_later_deadline_never_make_it_worse(seed: int, kind: int) -> None:
    question = generated(seed)
    wider = tuple(slot + kind for slot in question.capacity) + (0, 2) * (kind % 2)
    before, after = solved(question).outcome, solved(replace(question, capacity=wider)).outcome
    if before.value:
        assert after.value <= before.value
        assert after.status in ("held", "optimal")


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.booleans(), st.integers(0, 9))
def test_the_order_of_the_input_changes_nothing(seed: int, grid: bool, shuffle: int) -> None:
    question = generated(seed, grid=grid)
    draw = random.Random(shuffle)
    choice = question.choice
    rank = draw.sample(range(len(choice.facts)), len(choice.facts))

    def moved(facts: frozenset[int]) -> frozenset[int]:
        return frozenset(rank[fact] for fact in facts)

    names = [name for _, name in sorted(zip(rank, choice.facts, strict=True))]
    actions = [replace(action, pre=moved(action.pre), add=moved(action.add)) for action in choice.actions]
    groups = [
        replace(g, members=moved(g.members), fact=None if g.fact is None else rank[g.fact]) for g in choice.groups
    ]
    other = replace(
        choice,
        facts=tuple(names),
        held=moved(choice.held),
        goals=moved(choice.goals),
        actions=tuple(draw.sample(actions, len(actions))),
        groups=tuple(draw.sample(groups, len(groups))),
    )
    one, two = solve_timetable(question), solve_timetable(replace(question, choice=other))
    assert one == two


# ------------------------------------------------------------------------------------------------------- known and large


@pytest.mark.parametrize(("name", "optimum"), [("bacp8", 17), ("bacp-1", 28), ("bacp-4", 44)])
def test_the_balanced_curriculum_is_solved_to_its_known_optimum(samples: Path, name: str, optimum: int) -> None:
    if not (samples / "bench" / "bacp").is_dir():
        pytest.skip("sample data not found")
    curriculum = next(some for some in curricula(samples / "bench") if some.name == name)
    question = timetable_problem(curriculum)
    answer = solve_timetable(question)
    assert (answer.outcome.status, answer.outcome.value) == ("optimal", (optimum,))
    assert verified(question, answer) == (optimum,)


@pytest.mark.parametrize("objectives", [("weeks", 0, 1), (1, "weeks")])
def test_a_year_beside_a_job_is_proved(objectives: tuple[int | str, ...]) -> None:
    question = beside_a_job(30, 52, 1, objectives)  # type: ignore[arg-type]
    answer = solve_timetable(question)
    assert answer.outcome.status == "optimal"
    assert verified(question, answer) == answer.outcome.value
    again = solve_timetable(question)
    assert again == answer


def test_the_time_limit_is_kept_and_what_is_known_is_said() -> None:
    question = beside_a_job(60, 104, 0, ("peak_load", 0, "weeks"))
    told: list[tuple[tuple[int, ...] | None, tuple[int, ...]]] = []
    start = time.process_time()
    answer = solve_timetable(question, time_limit=1.0, on_progress=lambda value, bound: told.append((value, bound)))
    assert time.process_time() - start < 3.0  # 1.2 and the import of the solvers
    outcome = answer.outcome
    assert told
    assert len(outcome.bound) == len(outcome.proved) == 3
    if outcome.value:
        assert outcome.bound <= outcome.value
        assert verified(question, answer) == outcome.value


def test_a_caller_may_stop_at_once() -> None:
    outcome = solve_timetable(beside_a_job(30, 52, 0, ("weeks",)), should_stop=lambda: True).outcome
    assert outcome.status in ("unknown", "feasible")
