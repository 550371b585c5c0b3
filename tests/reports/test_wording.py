"""Dates, hours, amounts and lists, as each language writes them."""

from collections.abc import Callable
from datetime import date

import pytest

from reports.language import NO_BREAK, THIN, Language, speaking
from reports.wording import (
    date_in_letters,
    enumeration,
    euros,
    from_to,
    hours,
    labelled,
    listed,
    month,
    months,
    percent,
    period,
    plain_date,
    plural,
    quarters,
    quoted,
    semesters,
    short_date,
    typeset,
    weeks,
)

FIRST, DAY = date(2027, 3, 1), date(2027, 1, 12)


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ").replace(THIN, " ")


SAID: list[tuple[Callable[[], str], str, str]] = [
    (lambda: plain_date(DAY), "12/01/2027", "12 January 2027"),
    (lambda: date_in_letters(DAY, weekday=True), "mardi 12 janvier 2027", "Tuesday 12 January 2027"),
    (lambda: date_in_letters(FIRST), "1er mars 2027", "1 March 2027"),
    (lambda: short_date(DAY), "12 janv. 2027", "12 Jan 2027"),
    (lambda: short_date(FIRST, year=False), "1er mars", "1 Mar"),
    (lambda: month(DAY), "janvier 2027", "January 2027"),
    (lambda: month(date(2027, 12, 3), short=True), "déc. 2027", "Dec 2027"),
    (lambda: from_to(DAY, DAY), "le 12/01/2027", "on 12 January 2027"),
    (lambda: from_to(DAY, FIRST), "du 12/01/2027 au 01/03/2027", "from 12 January 2027 to 1 March 2027"),
    (lambda: period(DAY, None), "depuis le 12/01/2027, sans fin connue", "since 12 January 2027, no known end"),
    (lambda: period(None, DAY), "début non connu, jusqu'au 12/01/2027", "start not known, until 12 January 2027"),
    (lambda: hours(12.5), "12 h 30", "12 h 30 min"),
    (lambda: hours(0.25), "15 min", "15 min"),
    (lambda: hours(1234), "1 234 h", "1,234 h"),
    (lambda: euros(1234.5), "1 234,50 €", "€1,234.50"),
    (lambda: euros(-20), "-20 €", "-€20"),
    (lambda: euros(0), "0 €", "€0"),
    (lambda: percent(12.5), "12,5 %", "12.5%"),
    (lambda: weeks(1), "1 semaine", "1 week"),
    (lambda: months(0), "0 mois", "0 months"),
    (lambda: quarters(2), "2 trimestres", "2 quarters"),
    (lambda: semesters(1), "1 semestre", "1 half-year"),
    (lambda: enumeration(["a", "b", "c"]), "a, b et c", "a, b and c"),
    (lambda: enumeration(["a", "b"], "ou"), "a ou b", "a or b"),
    (lambda: enumeration([]), "", ""),
    (lambda: listed(["a", "", "b"]), "a ; b", "a; b"),
    (lambda: labelled("B1", "x"), "B1 : x", "B1: x"),
    (lambda: quoted("x"), "« x »", "“x”"),
]


@pytest.mark.parametrize(("written", "french", "english"), SAID, ids=[french or "rien" for _, french, _ in SAID])
def test_each_language_has_its_way(written: Callable[[], str], french: str, english: str) -> None:
    assert plain(written()) == french
    with speaking(Language.ENGLISH):
        assert plain(written()) == english


def test_nothing_parts_a_figure_from_its_unit() -> None:
    assert " " not in hours(1234.5) + euros(1234.5) + percent(4) + weeks(3) + short_date(DAY)
    with speaking(Language.ENGLISH):
        assert " " not in hours(1234.5) + euros(1234.5) + percent(4) + weeks(3) + short_date(DAY)


@pytest.mark.parametrize(("count", "said"), [(0, "0 blocks"), (1, "1 block"), (2, "2 blocks")])
def test_a_noun_of_the_spoken_language_agrees_by_its_rule(count: int, said: str) -> None:
    with speaking(Language.ENGLISH):
        assert plain(plural(count, "block")) == said


def test_the_longest_and_the_shortest_year_are_written_whole() -> None:
    assert plain_date(date(1, 1, 1)) == "01/01/0001"
    assert plain(date_in_letters(date(9999, 12, 31), weekday=True)) == "vendredi 31 décembre 9999"


def test_punctuation_stays_with_its_word() -> None:
    assert typeset("« a » ; b : 4 % !") == "«\u00a0a\u00a0»\u00a0; b\u00a0: 4\u00a0%\u00a0!"
