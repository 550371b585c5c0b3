"""From a question to a choice with its dates: the limits, and the days, that a person gives."""

from datetime import date, timedelta
from typing import Any

import pytest

from pathways.pathway import Pathway, Status, StepKind
from tests.pathways.small import MONDAY, answer, block, certification, module, offer, person, right

A = certification("a@1", "B1 C1")
WEEK = timedelta(weeks=1)


def dated(*modules: Any, items: tuple[Any, ...] = (A,), minimise: Any = ("hours",), **give: Any) -> Pathway:
    return answer(*items, offer(*modules), profile=person(can_give=give), minimise=minimise)


def session(start: date, days: int = 4, identifier: str = "s", **fields: Any) -> dict[str, Any]:
    return {"id": identifier, "start": start, "end": start + timedelta(days=days)} | fields


def test_hours_are_spread_over_the_weeks_and_the_assessment_comes_after() -> None:
    told = dated(module("m", "a@1/B1/C1", hours=20), weekly_hours=8)
    training, assessment = (step for step in told.steps if step.kind in (StepKind.MODULE, StepKind.ASSESSMENT))
    assert [load.hours for load in training.loads] == [8, 8, 4]
    assert assessment.start is not None
    assert training.end is not None
    assert assessment.start > training.end
    assert told.totals.weeks == 4


def test_a_plan_begins_on_the_first_day_given_and_ends_by_the_deadline() -> None:
    start, deadline = date(2025, 6, 4), date(2025, 6, 18)
    told = dated(module("m", "a@1/B1/C1", hours=5), weekly_hours=5, start=start, deadline=deadline)
    assert told.status is Status.OPTIMAL
    assert min(step.start for step in told.steps if step.start) >= start
    assert max(step.end for step in told.steps if step.end) <= deadline


def test_a_deadline_counts_without_hours_a_week() -> None:
    asked = module("m", "a@1/B1/C1", sessions=[session(MONDAY + 10 * WEEK)])
    assert dated(asked, deadline=MONDAY + 12 * WEEK).status is Status.OPTIMAL
    assert dated(asked, deadline=MONDAY + 9 * WEEK).status is Status.INFEASIBLE
    before = module("m", "a@1/B1/C1", requires="o:n"), module("n", "a@1/B1/C1", sessions=[session(MONDAY + 10 * WEEK)])
    assert dated(*before, deadline=MONDAY + 8 * WEEK).status is Status.INFEASIBLE


def test_a_deadline_before_the_first_day_is_an_impasse() -> None:
    for hours in ({}, {"weekly_hours": 35}):
        told = dated(module("m", "a@1/B1/C1"), deadline=MONDAY - WEEK, **hours)
        assert told.status is Status.INFEASIBLE


def test_weeks_are_minimised_without_hours_a_week() -> None:
    late = module("m", "a@1/B1/C1", hours=1, sessions=[session(MONDAY + 10 * WEEK)])
    told = dated(late, module("n", "a@1/B1/C1", hours=30), minimise=("weeks",))
    assert "o:n" in {step.ref for step in told.steps}
    assert [(one.name, one.value) for one in told.objective] == [("weeks", told.totals.weeks)]


def test_periods_end_by_the_deadline() -> None:
    months = {"period": "month", "count": 6, "max_hours": 10}
    modules = [module("m", "a@1/B1/C1", hours=10, requires="o:n"), module("n", hours=10, prepares=[])]
    modules[1]["develops"] = ["a@1/B1/C1"]
    assert dated(*modules, calendar=months).status is Status.OPTIMAL
    told = dated(*modules, calendar=months, deadline=MONDAY + 6 * WEEK)
    assert told.status is Status.INFEASIBLE


def test_the_modules_of_a_period_are_modules_dated_or_not_and_no_assessments() -> None:
    twins = certification("a@1", "B1 C1", "B2 C1")

    def in_months(count: int, *modules: Any, **bounds: int) -> Status:
        give = {"calendar": {"period": "month", "count": count} | bounds}
        return answer(twins, offer(*modules), profile=person(can_give=give)).status

    both = [module("m", prepares=["a@1/B1"]), module("n", prepares=["a@1/B2"])]
    assert in_months(3, *both, min_modules=1) is Status.INFEASIBLE
    assert in_months(3, *both, max_modules=1) is Status.OPTIMAL
    assert in_months(2, *both, max_modules=2) is Status.OPTIMAL
    long = module("m", prepares=["a@1/B1"], hours=60, sessions=[session(MONDAY) | {"end": MONDAY + 5 * WEEK}])
    assert in_months(3, long, both[1], max_modules=1) is Status.INFEASIBLE
    assert in_months(4, long, both[1], max_modules=1) is Status.OPTIMAL


def test_a_right_is_not_exercised_in_a_week_that_its_last_day_cuts() -> None:
    stone = certification("b@1", "B1 C1")
    ending = right("r", "b@1/B1", "a@1/B1", in_force={"to": MONDAY + timedelta(days=16)})
    for weekly_hours in (35, 7, 3):
        told = answer(
            A,
            stone,
            ending,
            offer(module("m", prepares=["b@1/B1"], hours=7), module("dear", "a@1/B1/C1", hours=300)),
            profile=person(can_give={"weekly_hours": weekly_hours}),
        )
        assert told.verified


def test_very_few_hours_a_week_end_in_an_answer() -> None:
    assert dated(module("m", "a@1/B1/C1"), weekly_hours=0.001).status is Status.INFEASIBLE


@pytest.mark.parametrize(("hours", "price"), [(1.11, 10.999), (3.333, 0.004), (0.001, 99.995)])
def test_hours_and_prices_that_no_minute_nor_cent_divides_are_no_error(hours: float, price: float) -> None:
    target = certification(
        "a@1", block("B1 C1", hours=hours, cost=price), final_assessment={"hours": hours, "cost": price}
    )
    limits = {"budget": price * 3, "hours": hours * 3}
    told = answer(target, offer(module("m", "a@1/B1/C1", hours=hours, price=price)), profile=person(can_give=limits))
    assert told.verified or told.status is Status.INFEASIBLE


def test_a_budget_of_zero_leaves_what_is_free() -> None:
    free, dear = module("free", "a@1/B1/C1", price=0, hours=99), module("dear", "a@1/B1/C1", price=1)
    assert "o:free" in {step.ref for step in dated(free, dear, budget=0).steps}
    assert dated(dear, budget=0).status is Status.INFEASIBLE


def test_a_choice_that_does_not_fit_rules_out_neither_its_modules_by_another_route() -> None:
    """The experience route is the cheapest and too long; the same module with the assessment is the best that fits."""
    item = certification("a@1", "B1 C1", block("B2 C2", hours=2, cost=300))
    both = module("m", "a@1/B1/C1", "a@1/B2/C2", price=100, hours=10)
    dear = module("dear", "a@1/B1/C1", "a@1/B2/C2", price=500, hours=10, includes_assessment=["a@1/B2"])
    worked = person(
        can_give={
            "weekly_hours": 10,
            "deadline": MONDAY + 6 * WEEK - timedelta(days=1),
            "vae": {"hours": 52, "cost": 0},
        },
        experience=[{"months": 24, "rome": "K1206"}],
    )
    told = answer(item, offer(both, dear), profile=worked, minimise=("cost",))
    assert (told.status, told.totals.cost) == (Status.OPTIMAL, 400)
