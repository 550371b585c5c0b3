"""The plan in weeks: a bar per step, hours beside it, nothing lost when it is cut over several drawings."""

from datetime import date, timedelta

import pytest

from pathways.pathway import StepKind
from reports.charts.gantt import Bar, Closed, gantt
from reports.charts.svg import HEIGHT
from reports.language import Language, speaking
from tests.reports.charts.drawings import SVG, inside, plain, read, rows, words
from tests.reports.sample_paper import HOSTILE

FIRST = date(2027, 1, 4)
BARS = (
    Bar("Animer un atelier", StepKind.MODULE, FIRST, FIRST + timedelta(days=27), 21.5),
    Bar("Découvrir", StepKind.MODULE, FIRST + timedelta(days=28), FIRST + timedelta(days=34), None, illustrative=True),
    Bar("Évaluation : B1", StepKind.ASSESSMENT, FIRST + timedelta(days=35), FIRST + timedelta(days=41), 0.5),
    Bar("Obtention", StepKind.AWARD, FIRST + timedelta(days=35), FIRST + timedelta(days=41), 0),
)


def many(count: int) -> list[Bar]:
    starts = (FIRST + timedelta(weeks=2 * index) for index in range(count))
    return [
        Bar(f"Un module au titre assez long, le {i}e de tous", StepKind.MODULE, d, d + timedelta(days=12), 7)
        for i, d in enumerate(starts)
    ]


def test_no_step_no_drawing() -> None:
    assert gantt([]) == ()


def test_each_step_is_written_with_its_hours_and_its_kind() -> None:
    (figure,) = gantt(BARS)
    written = words(figure)
    for said in (
        "1. Animer un atelier",
        "21 h 30",
        "durée non connue",
        "30 min",
        "Module illustratif, inventé",
        "Obtention",
    ):
        assert said in written
    assert "Validation par l'expérience" not in written
    assert inside(figure)


def test_the_table_has_the_days_and_the_sum_of_what_is_known() -> None:
    (figure,) = gantt(BARS)
    assert rows(figure)[0] == ["1", "Animer un atelier", "04/01/2027", "31/01/2027", "21 h 30"]
    assert rows(figure)[1][-1] == "non connue"
    assert figure.table.rows[1][-1].value is None
    assert figure.table.total[-1].value == 22


def test_the_alternative_says_when_each_step_happens() -> None:
    (figure,) = gantt(BARS)
    told = plain(figure.alternative)
    assert told.startswith("4 étapes, du 4 janvier 2027 au 14 février 2027, soit 6 semaines.")
    assert "2. Découvrir, du 01/02/2027 au 07/02/2027, durée non connue." in told


def test_sixty_modules_over_three_years_are_cut_in_drawings_that_fit_a_page() -> None:
    figures = gantt(many(60))
    assert len(figures) == 3
    assert all(float(read(one).get("height", "0")) <= HEIGHT for one in figures)
    assert [row[0] for one in figures for row in rows(one)] == [str(number) for number in range(1, 61)]
    assert sum(one.table.total[-1].value or 0 for one in figures) == 60 * 7
    assert len({one.name for one in figures}) == 3
    assert max(len(one.table.rows) for one in figures) - min(len(one.table.rows) for one in figures) <= 2


def test_days_without_training_are_shown_only_where_they_are() -> None:
    (figure,) = gantt(
        BARS,
        [Closed(FIRST + timedelta(days=7), FIRST + timedelta(days=13)), Closed(date(2040, 1, 1), date(2040, 2, 1))],
    )
    shut = [one for one in read(figure).iter(f"{SVG}rect") if one.get("fill") == "url(#frise-1-closed)"]
    assert len(shut) == 2  # the period and its key
    assert "Période sans formation" in words(figure)
    assert "Période sans formation" not in words(gantt(BARS, [Closed(date(2040, 1, 1), date(2040, 2, 1))])[0])


def test_a_bar_of_a_day_is_still_seen() -> None:
    (figure,) = gantt(
        [Bar("Court", StepKind.MODULE, FIRST, FIRST), Bar("Long", StepKind.MODULE, FIRST, date(2033, 1, 1))]
    )
    assert all(float(one.get("width", "0")) >= 3 for one in read(figure).iter(f"{SVG}rect"))


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_titles_are_inert(hostile: str) -> None:
    (figure,) = gantt([Bar(hostile, StepKind.MODULE, FIRST, FIRST, 7)])
    assert inside(figure)


def test_the_same_steps_give_the_same_drawing_and_another_language_other_words() -> None:
    assert gantt(BARS) == gantt(list(BARS))
    with speaking(Language.ENGLISH):
        (figure,) = gantt(BARS)
    assert "hours not known" in " ".join(words(figure)) or "not known" in " ".join(words(figure))
    assert "Jan" in " ".join(words(figure))
