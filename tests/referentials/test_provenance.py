"""Periods and days: bounds included, unknown bounds open, and only one way to write a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from pydantic import ValidationError

from referentials.provenance import Code, Source, Window
from tests.referentials import strategies

DAY = date(2020, 6, 15)
NEXT = timedelta(days=1)


@pytest.mark.parametrize(
    ("window", "inside", "outside"),
    [
        (Window(), [date.min, DAY, date.max], []),
        (Window(start=DAY), [DAY, DAY + NEXT, date.max], [DAY - NEXT]),
        (Window(end=DAY), [date.min, DAY], [DAY + NEXT]),
        (Window(seen=DAY), [DAY, date.max], [DAY - NEXT]),
        (Window(start=DAY, seen=DAY + 5 * NEXT), [DAY], [DAY - NEXT]),
        (Window(start=DAY, end=DAY), [DAY], [DAY - NEXT, DAY + NEXT]),
    ],
)
def test_a_period_contains_its_bounds(window: Window, inside: list[date], outside: list[date]) -> None:
    assert [window.contains(day) for day in inside] == [True] * len(inside)
    assert [window.contains(day) for day in outside] == [False] * len(outside)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Window(end=DAY), Window(start=DAY), True),
        (Window(end=DAY), Window(start=DAY + NEXT), False),
        (Window(), Window(start=DAY, end=DAY), True),
        (Window(start=DAY), Window(seen=date.max), True),
        (Window(end=DAY), Window(seen=DAY + NEXT), False),
    ],
)
def test_periods_overlap_when_they_share_a_day(first: Window, second: Window, expected: bool) -> None:
    assert first.overlaps(second) is second.overlaps(first) is expected


@given(strategies.windows, strategies.windows, strategies.days)
def test_a_shared_day_makes_an_overlap(first: Window, second: Window, day: date) -> None:
    if first.contains(day) and second.contains(day):
        assert first.overlaps(second)
    assert first.overlaps(second) == second.overlaps(first)


@pytest.mark.parametrize(
    "text", ["2019", "20190713", "0", "86400", "2019-7-13", "13/07/2019", "2019-07-13T00:00:00", "2019-02-29", ""]
)
def test_a_day_is_written_one_way(text: str) -> None:
    with pytest.raises(ValidationError) as problem:
        Source.model_validate({"title": "x", "checked_on": text})
    assert [error["type"].startswith("date") for error in problem.value.errors()] == [True]


def test_a_code_alone_is_enough() -> None:
    assert Code.model_validate("320t") == Code(code="320t")
    assert Code.model_validate({"code": "RNCP1", "from": "2020-06-15"}).contains(DAY)
    assert not Code(code="RNCP1", start=DAY).contains(DAY - NEXT)
    assert not Code(code="RNCP1", end=DAY).contains(DAY + NEXT)


def test_a_value_never_changes() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Window().start = DAY  # type: ignore[misc]
