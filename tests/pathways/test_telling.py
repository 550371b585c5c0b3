"""From a solution to steps that people read: what each brings, why, with which cautions."""

from typing import Any

import pytest

from pathways.pathway import Pathway, Status
from pathways.reasons import Caution
from tests.pathways.small import answer, block, certification, module, offer, person, right, steps

A = certification("a@1", block("B1 C1", hours=1, cost=30), "B2 C1")
B = certification("b@1", "B1 C1")
TRAINING = module("m", "a@1/B1/C1", "a@1/B2/C1", hours=10, price=100)


def cautions(told: Pathway, ref: str) -> tuple[Caution, ...]:
    return next(step.cautions for step in told.steps if step.ref == ref)


def test_each_step_says_what_it_brings_here() -> None:
    told = answer(A, offer(TRAINING), profile=person(competencies=["a@1/B1/C1"]))
    assert {step.ref: step.grants for step in told.steps} == {
        "o:m": ("a@1/B2/C1",),
        "a@1/B1": ("a@1/B1",),
        "a@1/B2": ("a@1/B2",),
        "a@1": ("a@1",),
    }


def test_rights_already_there_come_first_with_their_text() -> None:
    told = answer(A, B, right("r", "b@1/B1", "a@1/B1"), offer(TRAINING), profile=person("b@1/B1"))
    assert steps(told)[0] == "right r"
    assert told.steps[0].grants == ("a@1/B1",)
    assert [one.how for one in told.steps[0].because] == ["held", "right"]


def test_a_right_exercised_on_the_way_has_its_text_too() -> None:
    told = answer(
        A,
        B,
        right("r", "b@1/B1", "a@1/B1", proof="Parchemin"),
        offer(module("b", "b@1/B1/C1", hours=1), module("n", "a@1/B2/C1"), TRAINING | {"hours": {"remote": 99}}),
    )
    step = next(step for step in told.steps if step.ref == "r")
    assert step.because[0].source is not None
    assert Caution.DOCUMENT_NEEDED in step.cautions


def test_a_right_on_a_right_says_so_on_the_way_too() -> None:
    chain = right("r1", "b@1/B1", "c@1/B1"), right("r2", "c@1/B1", "a@1")
    items = A, B, certification("c@1", "B1"), *chain, offer(module("b", "b@1/B1/C1", hours=1))
    already = answer(*items, profile=person("b@1/B1"))
    assert (cautions(already, "r1"), cautions(already, "r2")) == (
        (Caution.START_NOT_READ,),
        (Caution.CHAINED, Caution.START_NOT_READ),
    )
    planned = answer(*items)
    assert steps(planned) == ["module o:b", "assessment b@1/B1", "right r1", "right r2"]
    assert Caution.CHAINED not in cautions(planned, "r1")
    assert Caution.CHAINED in cautions(planned, "r2")


@pytest.mark.parametrize(
    ("fields", "unknown"),
    [({}, (0, 0)), ({"hours": None}, (1, 0)), ({"price": None}, (0, 1)), ({"hours": None, "price": None}, (1, 1))],
)
def test_sums_say_what_they_leave_out(fields: dict[str, Any], unknown: tuple[int, int]) -> None:
    told = answer(A, offer(TRAINING | fields))
    assert (told.totals.unknown_hours, told.totals.unknown_cost) == unknown
    assert ("partial_totals" in told.notices) is any(unknown)
    assert told.totals.cost == (30 if unknown[1] else 130)


def test_what_is_not_known_is_not_free() -> None:
    unknown, dear = TRAINING | {"id": "unknown", "price": None}, TRAINING | {"id": "dear", "price": 5000}
    assert "module o:dear" in steps(answer(A, offer(unknown, dear), minimise=("cost",)))


@pytest.mark.parametrize("minimise", [("hours",), ("cost", "hours"), ("modules", "cost")])
def test_each_objective_asked_for_is_told_with_its_proof(minimise: tuple[str, ...]) -> None:
    told = answer(A, offer(TRAINING), minimise=minimise)
    expected = {"hours": 11, "cost": 130, "modules": 1}
    assert [(one.name, one.value, one.bound, one.proved) for one in told.objective] == [
        (name, expected[name], expected[name], True) for name in minimise
    ]


def test_who_holds_the_target_has_nothing_to_do() -> None:
    told = answer(A, offer(TRAINING), profile=person(qualifications=["a@1"]))
    assert (told.status, told.steps, told.verified) == (Status.HELD, (), True)
    assert told.gap.acquired


def test_what_was_made_up_says_so() -> None:
    assert "illustrative" in answer(A, offer(TRAINING | {"illustrative": True})).notices
    assert "illustrative" not in answer(A, offer(TRAINING)).notices


def test_the_answer_names_every_text_it_rests_on() -> None:
    told = answer(A, B, right("r", "b@1/B1", "a@1/B1"), offer(TRAINING), profile=person("b@1/B1"))
    assert set(told.versions) == {"a@1", "b@1", "offer:o", "right:r"}
