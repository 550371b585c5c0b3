"""When there is no plan: the reason, and what would make one possible."""

from datetime import timedelta
from typing import Any

import pytest

from pathways.pathway import Conflict, Status
from tests.pathways.small import MONDAY, answer, block, certification, framework, module, offer, person, right, rule

WEEK = timedelta(weeks=1)
A = certification("a@1", "B1 C1 C2")
B = certification("b@1", "B1 C1")
FULL = module("full", prepares=["a@1/B1"], hours=20, price=300)


def conflict(*items: Any, target: str = "a@1", **give: Any) -> Conflict:
    told = answer(*items, profile=person(can_give=give), target=target, explain=True)
    assert told.status is Status.INFEASIBLE
    assert not told.steps
    assert not told.verified
    assert told.conflict is not None
    return told.conflict


# -- nothing leads there ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "core"),
    [
        ((A, offer()), ("no_module:a@1/B1/C1", "no_module:a@1/B1/C2")),
        ((A, offer(module("m", "a@1/B1/C1"))), ("no_module:a@1/B1/C2",)),
        (
            (A, B, offer(module("m", "a@1/B1/C1", "a@1/B1/C2", requires="b@1/B1"))),
            ("no_route:a@1/B1/C1", "no_route:a@1/B1/C2"),
        ),
        ((certification("a@1", "B1 C1", "B2"), offer(module("m", "a@1/B1/C1"))), ("hole:a@1/B2",)),
        ((certification("a@1", "B1 C1", award=None), offer(module("m", "a@1/B1/C1"))), ("hole:a@1",)),
        ((certification("a@1", "B1", blocks=None, award=None), offer()), ("hole:a@1",)),
        (
            (certification("a@1", "B1 C1", entry={"requirement": "b@1"}), B, offer(module("m", "a@1/B1/C1"))),
            ("entry:a@1",),
        ),
        (
            (certification("a@1", block("B1 C1", requires="b@1")), B, offer(module("m", "a@1/B1/C1"))),
            ("no_route:a@1/B1",),
        ),
        (
            (certification("a@1", "B1 C1", award={"all_of": ["B1", "b@1"]}), B, offer(module("m", "a@1/B1/C1"))),
            ("award:a@1",),
        ),
        ((certification("a@1", "B1 C1", award={"any_of": []}), offer(module("m", "a@1/B1/C1"))), ("never:a@1",)),
        (
            (certification("a@1", "B1 C1", award={"at_least": 2, "of": ["B1"]}), offer(module("m", "a@1/B1/C1"))),
            ("never:a@1",),
        ),
        (
            (certification("a@1", "B1 C1", award={"all_of": ["B1", {"experience": {"months": 12}}]}), offer()),
            ("no_module:a@1/B1/C1", "award:a@1"),
        ),
        (
            (
                certification("a@1", award={"all_of": [{"competency": "f@1/1.1", "level": 3}]}, blocks=[]),
                framework("f@1", "1.1"),
                offer(module("m", {"competency": "f@1/1.1", "level": 2})),
            ),
            ("no_route:f@1/1/1.1",),
        ),
        ((certification("a@1", "B1 C1", award={"all_of": []}), offer(module("m", "a@1/B1/C1"))), ("hole:a@1",)),
        (
            (certification("a@1", "B1 C1", "B2 C1", award={"all_of": ["B1"]}), offer()),
            ("no_module:a@1/B1/C1",),
        ),
        (
            (
                certification("a@1", "B1 C1", "B2 C1", entry={"requirement": "b@1"}),
                B,
                offer(module("m", "a@1/B1/C1"), module("n", prepares=["b@1/B1"])),
            ),
            ("no_module:a@1/B2/C1",),
        ),
        ((certification("a@1", "B1 C1", {"code": "B2", "optional": True}), offer()), ("no_module:a@1/B1/C1",)),
    ],
    ids=[
        "empty offer",
        "one competency",
        "prerequisite",
        "hole",
        "no award",
        "no block",
        "door",
        "before the block",
        "award asks more",
        "award of nothing",
        "award impossible",
        "experience",
        "a level of a framework",
        "award that nobody read",
        "a block that is not asked for",
        "a door that opens on the way",
        "optional block",
    ],
)
def test_what_is_missing_is_named(items: Any, core: tuple[str, ...]) -> None:
    found = conflict(*items)
    assert found.core == core
    assert found.ways_out == ()


def test_sessions_that_never_follow_each_other_are_no_fault_of_the_hours_given() -> None:
    early, late = ({"id": "s", "start": MONDAY + n * WEEK, "end": MONDAY + n * WEEK} for n in (4, 9))
    first = module("first", "a@1/B1/C1", sessions=[late])
    then = module("then", "a@1/B1/C2", requires="o:first", sessions=[early])
    for limits in ({"weekly_hours": 7}, {"weekly_hours": 7, "budget": 300}, {"deadline": MONDAY + 20 * WEEK}):
        found = conflict(A, offer(first, then), **limits)
        assert (found.core, found.ways_out) == (("dates",), ())
    always = {"from": MONDAY - WEEK}
    assert conflict(A, offer(FULL), weekly_hours=7, unavailable=[always]).core == ("unavailable",)


def test_for_one_competency_the_rest_of_its_block_is_no_reason() -> None:
    assert conflict(A, offer(module("m", "a@1/B1/C1")), target="a@1/B1/C2").core == ("no_module:a@1/B1/C2",)


def test_for_a_framework_each_competency_out_of_reach_is_named() -> None:
    frame = framework("f@1", "1.1", "1.2")
    training = offer(module("m", {"competency": "f@1/1.1", "level": 1}))
    assert conflict(frame, training, target="f@1").core == ("no_module:f@1/1/1.2",)


def test_sessions_all_in_the_past_are_no_plan() -> None:
    past = {"id": "s", "start": MONDAY - 2 * WEEK, "end": MONDAY - WEEK}
    told = answer(A, offer(FULL | {"sessions": [past]}), explain=True)
    assert told.status is Status.INFEASIBLE
    assert told.set_aside == {"no_session_left": 1}


def test_what_can_be_reached_of_a_target_with_holes_is_planned() -> None:
    told = answer(certification("a@1", "B1 C1", "B2"), offer(module("m", "a@1/B1/C1", hours=9)), explain=True)
    assert told.within_reach is not None
    assert told.within_reach.parts == ("a@1/B1",)
    assert told.within_reach.totals.hours == 9


# -- limits that contradict each other --------------------------------------------------------------------------------


def ways(found: Conflict) -> dict[str, Any]:
    return {way.change: way.value for way in found.ways_out}


@pytest.mark.parametrize(
    ("give", "core", "out"),
    [
        ({"budget": 100}, ("budget",), {"budget": 300}),
        ({"budget": 0}, ("budget",), {"budget": 300}),
        ({"hours": 5}, ("hours",), {"hours": 20}),
        ({"refused": ["o:full"]}, ("refused",), {"without_refused": None}),
        ({"excluded_bodies": ["o"]}, ("excluded_bodies",), {"without_excluded_bodies": None}),
        ({"languages": ["en"]}, ("languages",), {"without_languages": None}),
        ({"modalities": ["onsite"]}, ("modalities",), {"modalities": "remote"}),
        (
            {"weekly_hours": 2, "deadline": MONDAY + 4 * WEEK},
            ("deadline", "weekly_hours"),
            {"weekly_hours": 5, "deadline": "2025-08-17"},
        ),
        ({"weekly_hours": 35, "deadline": MONDAY - WEEK}, ("deadline",), {"deadline": "2025-06-15"}),
        ({"deadline": MONDAY - WEEK}, ("deadline",), {"deadline": "2025-06-15"}),
        ({"budget": 100, "languages": ["fr"], "hours": 90}, ("budget",), {"budget": 300}),
    ],
)
def test_the_limits_to_blame_and_the_least_to_change(
    give: dict[str, Any], core: tuple[str, ...], out: dict[str, Any]
) -> None:
    found = conflict(A, offer(FULL), **give)
    assert found.core == core
    assert ways(found) == out
    for way in found.ways_out:
        assert way.totals is not None
        name = way.change.removeprefix("without_")
        eased = give | {name: way.value if name == way.change else ()}
        if way.change == "modalities":
            eased = give | {"modalities": ["onsite", way.value]}
        if name == "languages":
            eased = {}
        assert answer(A, offer(FULL), profile=person(can_give=eased)).status is Status.OPTIMAL


def test_two_limits_that_only_clash_together_are_both_named_with_their_own_way_out() -> None:
    dear, long = (
        module("dear", prepares=["a@1/B1"], hours=5, price=900),
        module("long", prepares=["a@1/B1"], hours=90, price=9),
    )
    found = conflict(A, offer(dear, long), budget=100, hours=20)
    assert found.core == ("hours", "budget")
    assert ways(found) == {"hours": 90, "budget": 900}


def test_a_way_out_in_hours_is_made_of_hours_that_are_known() -> None:
    unknown = module("unknown", prepares=["a@1/B1"], hours=None)
    assert ways(conflict(A, offer(unknown, FULL), hours=5)) == {"hours": 20}


def test_a_title_that_ended_on_the_way_is_no_way() -> None:
    ended = certification("b@1", "B1 C1", valid={"to": "2024-01-01"})
    items = A, ended, right("r", "b@1/B1", "a@1/B1"), offer(module("m", "b@1/B1/C1"))
    assert "no_module:a@1/B1/C1" in conflict(*items, rule("caducite", "certification-rncp", keeps_blocks=False)).core
