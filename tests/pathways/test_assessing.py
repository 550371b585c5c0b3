"""What assessments take: what was not read is told, and what a module includes is not taken twice."""

from typing import Any

import pytest

from pathways.pathway import IfConfirmed, Pathway, Step, Without
from tests.pathways.small import answer, block, certification, module, offer, person, right, rule, steps

UNREAD = {"hours": None, "cost": None}
A = certification("a@1", block("B1 C1", **UNREAD), block("B2 C1", hours=1, cost=30))
BOTH = module("both", "a@1/B1/C1", "a@1/B2/C1", hours=10, price=100)


def step(told: Pathway, ref: str) -> Step:
    return next(one for one in told.steps if one.ref == ref)


def test_an_assessment_that_was_not_read_has_no_number() -> None:
    told = answer(A, offer(BOTH))
    assert (step(told, "a@1/B1").hours, step(told, "a@1/B1").cost) == (None, None)
    assert (step(told, "a@1/B2").hours, step(told, "a@1/B2").cost) == (1, 30)
    assert told.totals.model_dump() == {
        "hours": 11,
        "cost": 130,
        "weeks": None,
        "modules": 1,
        "unknown_hours": 0,
        "unknown_cost": 0,
        "unknown_assessment_hours": 1,
        "unknown_assessment_cost": 1,
    }
    assert "partial_totals" in told.notices
    assert told.verified


def test_unread_assessments_never_change_the_choice() -> None:
    """A long module that includes the assessment is not preferred because the length of the assessment was not read."""
    short = module("short", "a@1/B1/C1", "a@1/B2/C1", hours=10, price=100)
    long = module("long", "a@1/B1/C1", "a@1/B2/C1", hours=90, price=900, includes_assessment=["a@1/B1", "a@1/B2"])
    for minimise in (("hours",), ("cost",), ("modules", "hours")):
        assert "module o:short" in steps(answer(A, offer(short, long), minimise=minimise))


@pytest.mark.parametrize("assessment", [UNREAD, {"hours": 0, "cost": 0}, {"hours": 3, "cost": 50}])
def test_an_assessment_included_in_a_module_says_so_and_takes_nothing(assessment: dict[str, Any]) -> None:
    told = answer(certification("a@1", block("B1 C1", **assessment)), offer(BOTH | ONE))
    found = step(told, "a@1/B1")
    assert (found.included_in, found.hours, found.cost) == ("o:both", 0, 0)
    assert (told.totals.hours, told.totals.unknown_assessment_hours, told.verified) == (10, 0, True)


ONE: dict[str, Any] = {"develops": ["a@1/B1/C1"], "includes_assessment": ["a@1/B1"]}


def test_the_final_interview_has_its_form_and_the_rule_that_asks_for_it() -> None:
    titled = certification("a@1", "B1 C1", final_assessment={"form": "entretien final", "hours": 0.5})
    told = answer(titled, rule("entretien", "a", final_assessment=True), offer(module("m", "a@1/B1/C1")))
    award = step(told, "a@1")
    assert (award.form, award.hours, award.cost) == ("entretien final", 0.5, None)
    assert [(one.how, one.by, bool(one.source)) for one in award.because] == [("rule", "entretien", True)]
    assert (told.totals.unknown_assessment_hours, told.totals.unknown_assessment_cost) == (0, 1)


def test_an_interview_that_a_rule_alone_asks_for_is_of_unknown_length() -> None:
    told = answer(certification("a@1", "B1"), rule("entretien", "a", final_assessment=True), profile=person("a@1/B1"))
    assert steps(told) == ["award a@1"]
    assert (told.steps[0].hours, told.steps[0].cost, told.verified) == (None, None, True)


def test_no_interview_takes_nothing() -> None:
    told = answer(A, offer(BOTH))
    assert (step(told, "a@1").hours, step(told, "a@1").cost, step(told, "a@1").because) == (0, 0, ())


# -- savings that rest on unknown numbers -----------------------------------------------------------------------------

SHORT, LONG = module("short", "a@1/B1/C1", hours=10), module("long", "a@1/B1/C1", hours=25)


def worth(one: Without) -> tuple[float | None, bool, float | None, bool]:
    return one.hours, one.hours_at_least, one.cost, one.cost_at_least


def test_the_same_unread_assessment_on_both_sides_leaves_the_difference_exact() -> None:
    told = answer(certification("a@1", block("B1 C1", **UNREAD)), offer(SHORT, LONG), explain=True)
    assert worth(told.without[0]) == (15, False, 0, False)


def test_a_plan_with_one_more_unread_assessment_takes_at_least_as_much_more() -> None:
    items = (
        certification("a@1", block("B1 C1", hours=1, cost=0)),
        certification("b@1", block("B1 C1", **UNREAD)),
        right("r", "b@1/B1", "a@1/B1"),
    )
    around = module("around", "b@1/B1/C1", hours=25)
    told = answer(*items, offer(SHORT, around), explain=True)
    assert worth(told.without[0]) == (14, True, 0, True)


def test_a_plan_that_spares_an_unread_assessment_can_not_be_compared() -> None:
    including = module("long", "a@1/B1/C1", hours=25, includes_assessment=["a@1/B1"])
    told = answer(certification("a@1", block("B1 C1", **UNREAD)), offer(SHORT, including), explain=True)
    assert worth(told.without[0]) == (None, False, None, False)


CLAIM: Any = {"ref": "b@1/B1", "evidence": "declared"}
RIGHT = certification("b@1", "B1 C1"), right("r", "b@1/B1", "a@1/B1")


def test_a_confirmation_that_spares_an_unread_assessment_saves_at_least_the_rest() -> None:
    told = answer(
        certification("a@1", block("B1 C1", **UNREAD)), *RIGHT, offer(SHORT), profile=person(CLAIM), explain=True
    )
    saved = IfConfirmed(fact="b@1/B1", what="block", hours=10, cost=100, hours_at_least=True, cost_at_least=True)
    assert told.if_confirmed == (saved,)


def test_a_confirmation_that_spares_an_unread_assessment_alone_is_told() -> None:
    learnt = person(CLAIM, competencies=["a@1/B1/C1"])
    told = answer(certification("a@1", block("B1 C1", **UNREAD)), *RIGHT, profile=learnt, explain=True)
    assert [(one.hours, one.hours_at_least) for one in told.if_confirmed] == [(0, True)]
