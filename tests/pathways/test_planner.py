"""The pipeline: time limits, answers that are never a traceback, alternatives of the law."""

from time import process_time

import pytest

from pathways.pathway import Status
from pathways.solution import Limits
from referentials.library import NotInForce, UnknownReference
from tests.pathways.small import MONDAY, answer, certification, module, offer, person, question, right
from tests.pathways.strategies import drawn

A = certification("a@1", "B1 C1")


def test_an_unknown_target_is_said_with_what_is_near() -> None:
    with pytest.raises(UnknownReference, match="Peut-être"):
        answer(A, target="a@2")


def test_a_target_without_a_version_in_force_says_which_there_are() -> None:
    with pytest.raises(NotInForce, match="a@1"):
        answer(certification("a@1", "B1", valid={"from": "2030-01-01"}), target="a")


def test_a_retired_target_is_computed_and_says_so() -> None:
    ended = certification("a@1", "B1 C1", valid={"to": "2020-01-01"}, replaced_by=["a@2"])
    told = answer(ended, certification("a@2", "B1"), offer(module("m", "a@1/B1/C1")))
    assert told.status is Status.OPTIMAL
    assert {"not_in_force", "replaced"} <= set(told.notices)
    dated = answer(
        ended, certification("a@2", "B1"), offer(module("m", "a@1/B1/C1")), profile=person(can_give={"weekly_hours": 7})
    )
    assert dated.status is Status.OPTIMAL


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.5])
def test_a_time_limit_is_kept_with_its_explanations(seconds: float) -> None:
    """Every explanation shares one clock; what comes too late is left out."""
    for seed in range(6):
        world = drawn(seed, 8)
        world.answer(explain=False)
        began = process_time()  # what a busy machine gives to others is not counted
        told = world.answer(explain=True, time_limit=seconds)
        assert process_time() - began < 1.2 * seconds + 0.5
        assert told.status in Status


def test_an_interruption_gives_an_answer() -> None:
    from pathways.planner import plan
    from pathways.recognition import Rights
    from referentials.library import Library

    rights = Rights(Library.of(A, offer(module("m", "a@1/B1/C1"))))
    told = plan(question(), rights, Limits(should_stop=lambda: True))
    assert told.status in Status


def test_the_day_of_the_question_decides_of_the_texts() -> None:
    items = A, certification("b@1", "B1"), right("r", "b@1/B1", "a@1", in_force={"from": MONDAY}), offer()
    holder = person("b@1/B1")
    assert answer(*items, profile=holder).status is Status.HELD
    assert answer(*items, profile=holder, on=MONDAY.replace(day=1)).status is Status.INFEASIBLE
