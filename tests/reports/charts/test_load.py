"""The load: as high as its hours, under the line of what the person gives, and the same sum however it is put together."""

from datetime import date, timedelta

import pytest

from pathways.profile import PeriodUnit
from reports.charts.load import MOST, Period, load
from tests.reports.charts.drawings import SVG, inside, plain, read, rows, words

FIRST = date(2027, 1, 4)


def weeks(*hours: float, capacity: float | None = 6) -> list[Period]:
    starts = (FIRST + timedelta(weeks=index) for index in range(len(hours)))
    return [Period(start, start + timedelta(days=6), one, capacity) for start, one in zip(starts, hours, strict=True)]


def bars(periods: list[Period]) -> list[float]:
    drawn = read(load(periods)).iter(f"{SVG}rect")
    return [float(one.get("height", "0")) for one in drawn if one.get("fill") == "#2f6fae" and one.get("rx") is None]


def test_a_bar_is_as_high_as_its_hours() -> None:
    low, high = bars(weeks(3, 0, 6))
    assert high == pytest.approx(2 * low, abs=0.2)


def test_weeks_that_are_alike_make_one_line_of_the_table() -> None:
    figure = load(weeks(6, 6, 6, 2))
    assert rows(figure) == [
        ["04/01/2027", "24/01/2027", "3", "6 h", "6 h", "18 h"],
        ["25/01/2027", "31/01/2027", "1", "2 h", "6 h", "2 h"],
    ]
    assert figure.table.total[-1].value == 20


def test_the_line_and_its_word_are_there_only_with_a_limit() -> None:
    assert "Ce que vous pouvez donner" in words(load(weeks(3)))
    unlimited = load(weeks(3, capacity=None))
    assert "Ce que vous pouvez donner" not in words(unlimited)
    assert rows(unlimited)[0][4] == "sans limite"
    assert not [one for one in read(unlimited).iter(f"{SVG}path") if one.get("stroke-dasharray") == "6 3"]


def test_more_than_can_be_given_is_said() -> None:
    figure = load(weeks(6, 9))
    assert "Plus que ce que vous pouvez donner" in words(figure)
    assert "C'est dépassé à partir du 11 janvier 2027." in plain(figure.alternative)
    assert "dépassé" not in load(weeks(6, 6)).alternative


def test_a_period_without_training_is_shown() -> None:
    assert "Période sans formation" in words(load([*weeks(6), Period(date(2027, 1, 11), date(2027, 1, 17), 0, 0)]))


def test_two_hundred_weeks_are_put_together_by_months_with_the_same_sum() -> None:
    long = weeks(*([4.5] * 200))
    figure = load(long)
    assert len(long) > MOST
    assert "Heures par mois" in words(figure)
    assert figure.table.total[-1].value == 900
    assert "900 h en tout" in plain(figure.alternative)
    assert len(bars(long)) == 46
    assert inside(figure)


def test_quarters_are_called_quarters() -> None:
    some = [Period(date(2027, 1, 1), date(2027, 3, 31), 60, 80), Period(date(2027, 4, 1), date(2027, 6, 30), 80, 80)]
    assert "Heures par trimestre" in words(load(some, PeriodUnit.QUARTER))


def test_nothing_at_all_is_still_a_drawing() -> None:
    assert inside(load(weeks(0)))
    assert load(weeks(0)).table.total[-1].value == 0
