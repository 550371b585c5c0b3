"""Round marks, and months that are named as long as there is room."""

import re
from datetime import date, timedelta

import pytest

from reports.charts.axes import Scale, Weeks, round_marks


@pytest.mark.parametrize("highest", [0, 0.4, 1, 6, 14, 99, 100, 101, 13_650, 123_456])
def test_marks_are_round_few_and_reach_the_highest(highest: float) -> None:
    marks = round_marks(highest)
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert 2 <= len(marks) <= 6
    assert str(int(marks[1])).rstrip("0") in ("1", "2", "5")


def test_a_scale_goes_from_one_end_to_the_other() -> None:
    scale = Scale(10, 260, 60)
    assert (scale(0), scale(5), scale(10)) == (260, 160, 60)


def heading(first: date, weeks: int) -> list[str]:
    span = Weeks.around(first, first + timedelta(weeks=weeks, days=-1), 256, 706)
    return re.findall(r"<text[^>]*>([^<]*)</text>", span.heading(56, 200))


def test_a_short_plan_shows_its_month_and_its_year() -> None:
    assert heading(date(2027, 1, 4), 3) == ["janv.", "2027"]


def test_a_year_shows_its_months_and_three_years_their_initials() -> None:
    assert heading(date(2027, 1, 4), 51)[:3] == ["janv.", "févr.", "mars"]
    assert [word for word in heading(date(2027, 1, 1), 150) if word.isdigit()] == ["2027", "2028", "2029"]
    assert heading(date(2027, 1, 1), 100)[:7] == ["J", "F", "M", "A", "M", "J", "J"]
    assert "T4" in heading(date(2027, 1, 1), 300)


def test_ten_years_show_at_least_their_years() -> None:
    assert [word for word in heading(date(2027, 1, 1), 520) if word.isdigit()] == [
        str(year) for year in range(2027, 2037)
    ]


def test_a_day_outside_is_drawn_at_the_edge() -> None:
    span = Weeks.around(date(2027, 1, 4), date(2027, 2, 24), 0, 560)
    assert span(span.inside(date(2020, 1, 1))) == 0
    assert span(span.inside(date(2040, 1, 1))) == 560
