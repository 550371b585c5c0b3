"""Sessions of a plan without calendar: told when they agree with the order of the steps, else the reader is warned."""

from datetime import date, timedelta
from typing import Any

import pytest

from pathways.gap import position
from pathways.pathway import Pathway
from pathways.recognition import Rights
from pathways.verify import verify
from referentials.library import Library
from tests.pathways.small import MONDAY, answer, certification, module, offer, person, question, right, steps

A = certification("a@1", "B1 C1 C2")


def week(number: int, weeks: int = 1, identifier: str | None = None) -> dict[str, Any]:
    start = MONDAY + timedelta(weeks=number)
    return {"id": identifier or f"s{number}", "start": start, "end": start + timedelta(days=7 * weeks - 3)}


def first(*sessions: Any) -> Any:
    return module("first", "a@1/B1/C1", sessions=sessions)


def then(*sessions: Any, **fields: Any) -> Any:
    return module("then", "a@1/B1/C2", requires="o:first", sessions=sessions, **fields)


def sessions(told: Pathway) -> list[str | None]:
    return [step.session for step in told.steps if step.kind == "module"]


def test_sessions_follow_each_other_as_the_steps_do() -> None:
    told = answer(A, offer(first(week(3), week(8)), then(week(1), week(5), week(9))))
    assert sessions(told) == ["s3", "s5"]
    assert (told.totals.weeks, told.notices, told.verified) == (None, ("end_not_read",), True)


def test_the_session_that_ends_first_is_taken() -> None:
    told = answer(A, offer(first(week(1, 9, "long"), week(2, 1, "short")), then(week(4), week(20))))
    assert sessions(told) == ["short", "s4"]


def test_where_no_sessions_agree_none_is_told_and_the_reader_is_warned() -> None:
    told = answer(A, offer(first(week(5)), then(week(1))))
    assert sessions(told) == [None, None]
    assert all(step.start is None for step in told.steps)
    assert "sessions_not_considered" in told.notices
    assert told.verified


def test_a_step_without_date_passes_on_what_it_waits_for() -> None:
    """The second module asks for the block, which is assessed after the first one."""
    b = certification("b@1", "B1 C1")
    items = b, certification("a@1", "B1 C1")
    before, after = module("before", "b@1/B1/C1", sessions=[week(4)]), module("m", "a@1/B1/C1", requires="b@1/B1")
    agrees = answer(*items, offer(before, after | {"sessions": [week(2), week(6)]}))
    assert sessions(agrees) == ["s4", "s6"]
    clashes = answer(*items, offer(before, after | {"sessions": [week(2)]}))
    assert "sessions_not_considered" in clashes.notices


def test_steps_are_told_in_the_order_of_their_dates() -> None:
    items = (
        certification("a@1", "B1 C1", "B2 C1"),
        offer(module("late", "a@1/B1/C1", sessions=[week(9)]), module("early", "a@1/B2/C1", sessions=[week(2)])),
    )
    told = answer(*items)
    assert steps(told) == ["module o:early", "assessment a@1/B2", "module o:late", "assessment a@1/B1", "award a@1"]
    assert told.verified


def test_sessions_after_the_end_of_what_the_plan_passes_through_are_left_aside() -> None:
    ending = certification("b@1", "B1 C1", valid={"to": MONDAY + timedelta(weeks=4)})
    by_right = right("r", "b@1/B1", "a@1/B1")
    items = ending, certification("a@1", "B1 C1"), by_right
    in_time = answer(*items, offer(module("m", "b@1/B1/C1", sessions=[week(1)])))
    assert sessions(in_time) == ["s1"]
    too_late = answer(*items, offer(module("m", "b@1/B1/C1", sessions=[week(6)])))
    assert (sessions(too_late), "sessions_not_considered" in too_late.notices) == ([None], True)
    forged = [
        step.model_copy(update={"session": "s6", **dates(week(6))}) if step.ref == "o:m" else step
        for step in too_late.steps
    ]
    demand, made = question(), Library.of(*items, offer(module("m", "b@1/B1/C1", sessions=[week(6)])))
    problems = verify(
        too_late.model_copy(update={"steps": tuple(forged)}),
        demand,
        position(demand.profile, "a@1", Rights(made), MONDAY),
    )
    assert "assessment b@1/B1: it can't be done at these sessions" in problems


def dates(session: dict[str, Any]) -> dict[str, Any]:
    return {"start": session["start"], "end": session["end"]}


def test_a_module_that_starts_freely_has_no_date() -> None:
    told = answer(A, offer(first(), then(week(2))))
    assert sessions(told) == [None, "s2"]
    assert [step.start for step in told.steps if step.kind != "module"] == [None, None]
    assert steps(told) == ["module o:first", "module o:then", "assessment a@1/B1", "award a@1"]


def test_a_session_in_a_period_without_training_is_left() -> None:
    away = {"unavailable": [{"from": MONDAY + timedelta(weeks=2), "to": MONDAY + timedelta(weeks=4)}]}
    told = answer(A, offer(first(week(3), week(8)), then()), profile=person(can_give=away))
    assert sessions(told) == ["s8", None]


def test_with_hours_a_week_the_calendar_decides() -> None:
    told = answer(A, offer(first(week(5)), then(week(1))), profile=person(can_give={"weekly_hours": 10}))
    assert told.status == "infeasible"


@pytest.mark.parametrize(("session", "said"), [(week(1), "its prerequisites are not met"), (week(5), None)])
def test_a_session_before_what_it_needs_is_seen(session: dict[str, Any], said: str | None) -> None:
    made = Library.of(A, offer(first(week(3)), then(week(1), week(5))))
    demand, rights = question(), Rights(made)
    told = answer(A, offer(first(week(3)), then(week(1), week(5))))
    at = {"session": session["id"], "start": session["start"], "end": session["end"]}
    moved = [step.model_copy(update=at) if step.ref == "o:then" else step for step in told.steps]
    problems = verify(
        told.model_copy(update={"steps": tuple(moved)}), demand, position(demand.profile, "a@1", rights, MONDAY)
    )
    assert problems == (() if said is None else (f"module o:then: {said}", f"module o:then, at its session: {said}"))


# -- dates of the target, and periods in a workplace ------------------------------------------------------------------


def test_the_last_day_of_the_target_is_given_with_the_plan() -> None:
    ending = certification("a@1", "B1 C1 C2", valid={"from": "2020-01-01", "to": "2025-07-31"})
    told = answer(ending, offer(first(week(3)), then(week(20))))
    assert (told.valid_from, told.valid_until) == (date(2020, 1, 1), date(2025, 7, 31))
    assert "ends_after_validity" in told.notices
    in_time = answer(ending, offer(first(week(3)), then(week(5))))
    assert "ends_after_validity" not in in_time.notices


HOURS: dict[str, Any] = {"workplace_min": 100, "sources": ["arrete"], "confidence": "official"}
SOURCES: Any = [{"id": "arrete", "title": "Un arrêté"}, {"id": "autre", "title": "Une page"}]
AT_WORK = certification(
    "a@1",
    {"code": "B1", "competencies": [{"code": "C1"}], "hours": HOURS | {"workplace_min": 70}},
    {"code": "B2", "competencies": [{"code": "C1"}], "hours": {"workplace_min": 60}},
    hours=HOURS,
    sources=SOURCES,
)
TRAINING = module("m", "a@1/B1/C1", "a@1/B2/C1") | {"hours": {"onsite": 20, "placement": 30, "workplace": 5}}


def test_the_whole_asks_for_its_own_hours_in_a_workplace_with_its_text() -> None:
    told = answer(AT_WORK, offer(TRAINING))
    (found,) = told.workplace
    assert (found.ref, found.hours, found.planned, found.confidence) == ("a@1", 100, 35, "official")
    assert [source.title for source in found.sources] == ["Un arrêté"]
    assert found.blocks == ("a@1/B1", "a@1/B2")
    assert told.totals.hours == 55  # the training alone
    assert "workplace_minimum" in told.notices


def test_a_part_asks_for_the_hours_of_its_blocks() -> None:
    (found,) = answer(AT_WORK, offer(TRAINING), profile=person("a@1/B1")).workplace
    assert (found.hours, found.blocks) == (60, ("a@1/B2",))


def test_who_is_not_assessed_owes_no_period() -> None:
    worked: Any = {"can_give": {"vae": {"hours": 24}}, "experience": [{"months": 12}]}
    told = answer(AT_WORK, offer(), profile=person(**worked))
    assert (told.workplace, "workplace_minimum" in told.notices) == ((), False)


def test_modules_that_hold_the_hours_need_no_notice() -> None:
    enough = TRAINING | {"hours": {"placement": 100}}
    told = answer(AT_WORK, offer(enough))
    assert (told.workplace[0].planned, "workplace_minimum" in told.notices) == (100, False)
