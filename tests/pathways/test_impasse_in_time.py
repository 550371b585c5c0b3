"""An impasse when the search is stopped: what is said is true, and it is said that it is not everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from pathways.impasse import impasse
from pathways.pathway import Conflict, Status
from pathways.solution import Limits
from reports.impasse_wording import core
from tests.pathways.small import answer, certification, module, offer, person, placed, question

ITEMS = (
    certification("a@1", "B1 C1 C2"),
    offer(module("full", prepares=["a@1/B1"], hours=20, price=300), module("half", "a@1/B1/C1", hours=5, price=50)),
)
POOR = person(can_give={"budget": 100, "hours": 30, "refused": ("o:half",)})


def stopped_after(looks: int) -> Conflict:
    asked = count()
    return impasse(
        placed(*ITEMS, profile=POOR), question(POOR, explain=True), Limits(should_stop=lambda: next(asked) >= looks)
    )


def test_wherever_it_is_stopped_nothing_false_is_said() -> None:
    whole = stopped_after(10**6)
    assert whole.complete
    assert whole.core == ("budget",)
    for looks in range(120):
        found = stopped_after(looks)
        if found.complete:
            assert found == whole
        else:
            assert found.core in (("refused", "hours", "budget"), whole.core)
            assert set(found.ways_out) <= set(whole.ways_out)


def test_no_time_left_is_said_in_words() -> None:
    found = answer(*ITEMS, profile=POOR, explain=True).model_copy(
        update={"conflict": Conflict(core=(), complete=False)}
    )
    assert found.status is Status.INFEASIBLE
    assert found.conflict is not None
    told = list(core(found.conflict, found, POOR.can_give))
    assert any("temps" in one for one in told)


def test_a_question_without_time_has_an_answer_that_says_so() -> None:
    asked = replace(question(POOR, explain=True), time_limit=1e-9)
    found = impasse(placed(*ITEMS, profile=POOR), asked, Limits(1e-9))
    assert found == Conflict(core=("refused", "hours", "budget"), complete=False)


def test_what_is_missing_is_told_even_without_time() -> None:
    lacking = (ITEMS[0], offer(module("half", "a@1/B1/C1")))
    found = impasse(placed(*lacking, profile=POOR), question(POOR, explain=True), Limits(1e-9))
    assert found.core == ("no_module:a@1/B1/C2",)


def test_too_few_periods_say_how_many_are_enough() -> None:
    two_months = {"calendar": {"period": "month", "count": 2, "max_hours": 3}}
    lacking = certification("a@1", "B1 C1"), offer(*(module(f"m{i}", "a@1/B1/C1", hours=2) for i in range(1)))
    long = certification("a@1", "B1 C1 C2 C3"), offer(*(module(f"m{i}", f"a@1/B1/C{i}", hours=3) for i in (1, 2, 3)))
    assert answer(*lacking, profile=person(can_give=two_months)).status is Status.OPTIMAL
    found = answer(*long, profile=person(can_give=two_months), explain=True)
    assert found.conflict is not None
    (way,) = found.conflict.ways_out
    assert way.change == "calendar"
    assert isinstance(way.value, float)
    with_more = person(can_give={"calendar": two_months["calendar"] | {"count": int(way.value)}})
    assert answer(*long, profile=with_more).status is Status.OPTIMAL
    with_less = person(can_give={"calendar": two_months["calendar"] | {"count": int(way.value) - 1}})
    assert answer(*long, profile=with_less).status is Status.INFEASIBLE
