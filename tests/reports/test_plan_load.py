"""The load of a plan stands beside what the person gives in each very week or period, holidays and first days included."""

from datetime import date, timedelta

from pathways.pathway import Load, Pathway, Status, Step, StepKind
from pathways.profile import CanGive, Periods, PeriodUnit
from referentials.provenance import Window
from reports.charts.load import Period, load
from reports.plan_steps import periods
from tests.reports.charts.drawings import words
from tests.reports.test_pathway_wording import GAP

WEDNESDAY = date(2027, 1, 6)


def pathway(*loads: Load) -> Pathway:
    step = Step(kind=StepKind.MODULE, ref="o:m", loads=loads)
    return Pathway(
        status=Status.OPTIMAL,
        target="mini@2024",
        title="Un diplôme",
        on=date(2026, 11, 21),
        start=WEDNESDAY,
        versions=(),
        engine="0",
        gap=GAP,
        steps=(step,),
    )


def week(number: int, hours: float) -> Load:
    monday = date(2027, 1, 4) + timedelta(weeks=number)
    return Load(start=max(monday, WEDNESDAY), end=monday + timedelta(days=6), hours=hours)


def test_no_load_no_period() -> None:
    assert periods(pathway(), CanGive(weekly_hours=5)) == ()


def test_a_week_begun_and_a_week_away_count_for_what_is_given_then() -> None:
    away = Window(**{"from": "2027-01-11", "to": "2027-01-17"})
    told = periods(pathway(week(0, 3), week(2, 5)), CanGive(weekly_hours=5, unavailable=(away,)))
    assert [(row.start, row.hours, row.capacity) for row in told] == [
        (WEDNESDAY, 3, 3),
        (date(2027, 1, 11), 0, 0),
        (date(2027, 1, 18), 5, 5),
    ]
    figure = load([Period(row.start, row.end, row.hours, row.capacity) for row in told])
    assert "Période sans formation" in words(figure)


def test_without_limit_there_is_no_capacity() -> None:
    assert [row.capacity for row in periods(pathway(week(0, 3), week(1, 5)), CanGive())] == [None, None]


def test_quarters_are_told_one_by_one() -> None:
    give = CanGive(calendar=Periods(period=PeriodUnit.QUARTER, count=4, max_hours=40))
    second = Load(start=date(2027, 4, 6), end=date(2027, 7, 5), hours=30)
    told = periods(pathway(Load(start=WEDNESDAY, end=date(2027, 4, 5), hours=40), second), give)
    assert [(row.start, row.end, row.hours, row.capacity) for row in told] == [
        (WEDNESDAY, date(2027, 4, 5), 40, 40),
        (date(2027, 4, 6), date(2027, 7, 5), 30, 40),
    ]
