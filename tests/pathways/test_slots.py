"""Weeks and periods: their days, and what a person can give in each."""

from datetime import date

import pytest

from pathways.profile import CanGive, PeriodUnit
from pathways.slots import periods_from, weeks_from, weeks_until

MONDAY = date(2025, 6, 2)


def away(first: date, last: date) -> dict[str, date]:
    return {"from": first, "to": last}


def test_a_week_runs_from_monday_to_sunday() -> None:
    weeks = weeks_from(MONDAY, 2, CanGive(weekly_hours=6))
    assert [weeks.of(date(2025, 6, day)) for day in (1, 2, 8, 9, 15, 16)] == [None, 0, 0, 1, 1, None]
    assert (weeks.first_day(1), weeks.last_day(1)) == (date(2025, 6, 9), date(2025, 6, 15))


@pytest.mark.parametrize(
    ("give", "start", "capacity"),
    [
        ({}, MONDAY, (300, 300)),
        ({}, date(2025, 6, 4), (180, 300)),
        ({}, date(2025, 6, 7), (0, 300)),
        ({"deadline": date(2025, 6, 10)}, MONDAY, (300, 120)),
        ({"unavailable": [away(date(2025, 6, 9), date(2025, 6, 9))]}, MONDAY, (300, 240)),
        ({"unavailable": [away(date(2025, 6, 2), date(2025, 6, 8))]}, MONDAY, (0, 300)),
        ({"unavailable": [away(date(2025, 6, 7), date(2025, 6, 8))]}, MONDAY, (300, 300)),
        (
            {"unavailable": [away(date(2025, 6, 1), date(2025, 6, 4)), away(date(2025, 6, 4), date(2025, 6, 5))]},
            MONDAY,
            (60, 300),
        ),
    ],
)
def test_a_week_given_in_part_counts_in_proportion_of_its_working_days(
    give: dict[str, object], start: date, capacity: tuple[int, ...]
) -> None:
    assert weeks_from(start, 2, CanGive.model_validate({"weekly_hours": 5} | give)).capacity == capacity


def test_a_week_is_told_within_the_days_that_the_person_gives() -> None:
    weeks = weeks_from(date(2025, 6, 4), 2, CanGive(weekly_hours=5, deadline=date(2025, 6, 12)))
    assert (weeks.first_day(0), weeks.last_day(0)) == (date(2025, 6, 4), date(2025, 6, 8))
    assert (weeks.first_day(1), weeks.last_day(1)) == (date(2025, 6, 9), date(2025, 6, 12))


def test_without_hours_a_week_a_week_has_no_limit_but_its_days() -> None:
    assert weeks_from(MONDAY, 1, CanGive()).capacity == (7 * 24 * 60,)


@pytest.mark.parametrize(
    ("deadline", "count"),
    [(date(2025, 6, 2), 1), (date(2025, 6, 8), 1), (date(2025, 6, 9), 2), (date(2025, 6, 1), 0), (date(2024, 1, 1), 0)],
)
def test_weeks_until_a_deadline_count_its_own(deadline: date, count: int) -> None:
    assert weeks_until(MONDAY, deadline) == count


def calendar(unit: PeriodUnit, count: int, **fields: object) -> CanGive:
    return CanGive.model_validate({"calendar": {"period": unit, "count": count, "max_hours": 10}} | fields)


@pytest.mark.parametrize(
    ("unit", "starts"),
    [
        (PeriodUnit.WEEK, (date(2025, 1, 31), date(2025, 2, 7), date(2025, 2, 14))),
        (PeriodUnit.MONTH, (date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31))),
        (PeriodUnit.QUARTER, (date(2025, 1, 31), date(2025, 4, 30), date(2025, 7, 31))),
        (PeriodUnit.SEMESTER, (date(2025, 1, 31), date(2025, 7, 31), date(2026, 1, 31))),
    ],
)
def test_periods_follow_the_calendar_from_the_last_day_of_a_month_too(
    unit: PeriodUnit, starts: tuple[date, ...]
) -> None:
    periods = periods_from(date(2025, 1, 31), calendar(unit, 3), 0)
    assert periods.starts == starts
    assert periods.capacity == (600, 600, 600)


def test_a_period_that_ends_after_the_deadline_is_closed() -> None:
    periods = periods_from(MONDAY, calendar(PeriodUnit.MONTH, 3, deadline=date(2025, 8, 15)), 0)
    assert periods.capacity == (600, 600, 0)


def test_a_period_wholly_unavailable_is_closed() -> None:
    give = calendar(PeriodUnit.MONTH, 2, unavailable=[away(date(2025, 6, 1), date(2025, 7, 3))])
    assert periods_from(MONDAY, give, 0).capacity == (0, 600)


def test_a_period_without_a_maximum_has_room_for_everything() -> None:
    give = CanGive.model_validate({"calendar": {"period": "month", "count": 1}})
    assert periods_from(MONDAY, give, 1234).capacity == (1234,)
