"""What is published of a territory gives nobody away: not by adding and subtracting all of it, not by knowing how it is made."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pathways.territory.figures import Edition, Figure, Group, safe
from pathways.territory.publication import Tally, published
from tests.soaking import IN_THE_SOAK, SOAKING

GROUPS = tuple(Group(area, trade) for area in ("29", "35") for trade in ("A", "B", "C"))
ASKED = "t@1/B/C"
EXAMPLES = settings().max_examples if SOAKING else 15


class World(NamedTuple):
    """One month: in each group, how many lack the competency, and how many have it."""

    lacking: tuple[int, ...]
    having: tuple[int, ...]

    @property
    def tally(self) -> Tally:
        people = dict(zip(GROUPS, map(sum, zip(self.lacking, self.having, strict=True)), strict=False))
        return Tally(people, {ASKED: dict(zip(GROUPS, self.lacking, strict=False))})


def editions(months: Iterable[World]) -> tuple[Edition, ...]:
    found: list[Edition] = []
    for month in months:
        found.append(published(month.tally, found))
    return tuple(found)


# -- whoever adds and subtracts ------------------------------------------------------------------------------------------

COUNTS = st.lists(st.sampled_from((0, 0, 1, 2, 4, 5, 6, 9, 14, 23)), min_size=6, max_size=6).map(tuple)
MONTHS = st.lists(st.builds(World, COUNTS, COUNTS), min_size=1, max_size=4)


@settings(max_examples=EXAMPLES, deadline=None)
@given(MONTHS)
@example([World((0, 0, 0, 0, 23, 23), (0,) * 6), World((0, 0, 0, 0, 23, 0), (0, 2, 4, 0, 0, 1))])
def test_no_sum_nor_difference_of_all_that_is_published_is_of_fewer_than_five(months: list[World]) -> None:
    told = editions(months)
    known = [list(_recovered(edition, month)) for edition, month in zip(told, months, strict=True)]
    for found in known:
        assert all(safe(count) for _what, count in found), told
    for then, now in combinations(known, 2):
        there = {what: count for what, count in then if what in dict(now)}
        for what, count in now:
            parts = any(_inside(other, what) for other in there)
            assert what not in there or parts or safe(count - there[what]), (what, told)


def _recovered(edition: Edition, month: World) -> Iterator[tuple[tuple[str, tuple[int, ...]], int]]:
    """Every set of groups of which an attacker can work out how many people lack the competency, have it, or are there at all."""
    true = [one for one in edition.cells if _holds_now(one, month)]
    true += [one for one in edition.figures if _holds_now(one, month) and _agrees(one, edition.cells)]
    rows = [[*_ones(_groups(one)), *_ones(_groups(one))] for one in true]
    rows += [[*_ones(_groups(one)), *_ones(())] for one in true if one.competency]
    basis = _reduced(rows)
    for size in range(1, 7):
        for chosen in combinations(range(6), size):
            lacking, having = _sum(month.lacking, chosen), _sum(month.having, chosen)
            for what, wanted, count in (
                ("lacking", [*_ones(chosen), *_ones(())], lacking),
                ("having", [*_ones(()), *_ones(chosen)], having),
                ("there", [*_ones(chosen), *_ones(chosen)], lacking + having),
            ):
                if _follows(wanted, basis):
                    yield (what, chosen), count


def _inside(other: tuple[str, tuple[int, ...]], what: tuple[str, tuple[int, ...]]) -> bool:
    """Whether something is a part of something else: what is known part by part, each safe, may be added up."""
    return other != what and other[0] in (what[0], "there")[: 1 + (what[0] == "there")] and set(other[1]) < set(what[1])


def _holds_now(figure: Figure, month: World) -> bool:
    """Whether a figure is of this month, be it an older one that happens to be right: the attacker is told."""
    chosen = _groups(figure)
    lacking = _sum(month.lacking, chosen)
    return figure.people == lacking + _sum(month.having, chosen) and figure.lacking in (None, lacking)


def _agrees(figure: Figure, cells: Iterable[Figure]) -> bool:
    """Whether a figure is among as many people as its cells show: if not, everybody sees that it is of another time."""
    return figure.people == sum(cell.people for cell in cells if cell.marks & figure.marks)


def _groups(figure: Figure) -> tuple[int, ...]:
    return tuple(rank for rank, group in enumerate(GROUPS) if group.mark in figure.marks)


def _ones(chosen: Iterable[int]) -> list[int]:
    return [int(rank in set(chosen)) for rank in range(6)]


def _sum(counts: Sequence[int], chosen: Iterable[int]) -> int:
    return sum(counts[rank] for rank in chosen)


def _reduced(rows: Iterable[list[int]]) -> list[tuple[int, list[Fraction]]]:
    """The rows in echelon form, each with the column of its pivot."""
    basis: list[tuple[int, list[Fraction]]] = []
    for row in rows:
        left = _without(row, basis)
        pivot = next((rank for rank, value in enumerate(left) if value), None)
        if pivot is not None:
            basis.append((pivot, [value / left[pivot] for value in left]))
    return basis


def _without(row: Sequence[Any], basis: Iterable[tuple[int, list[Fraction]]]) -> list[Fraction]:
    left = [Fraction(value) for value in row]
    for pivot, known in basis:
        if left[pivot]:
            left = [value - left[pivot] * other for value, other in zip(left, known, strict=True)]
    return left


def _follows(wanted: list[int], basis: list[tuple[int, list[Fraction]]]) -> bool:
    return not any(_without(wanted, basis))


# -- whoever knows how it is made ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sizes",
    [
        ((5, 6),),
        ((7,), (12,)),
        pytest.param(((5, 7, 6),), marks=IN_THE_SOAK),
        pytest.param(((11, 11, 5),), marks=IN_THE_SOAK),
        pytest.param(((5, 6), (10, 6)), marks=IN_THE_SOAK),
        pytest.param(((21,), (26,)), marks=IN_THE_SOAK),
        pytest.param(((10, 10), (10, 15)), marks=IN_THE_SOAK),
    ],
    ids=str,
)
def test_among_all_that_people_may_lack_none_is_the_only_one_that_fits(sizes: tuple[tuple[int, ...], ...]) -> None:
    """Every world with cells of these sizes, by what is published of it: those that look alike never agree on one to four people."""
    alike: defaultdict[Any, list[tuple[tuple[int, ...], ...]]] = defaultdict(list)
    for lacking in product(*(product(*(range(count + 1) for count in month)) for month in sizes)):
        months = (
            World(some, tuple(count - one for count, one in zip(month, some, strict=True)))
            for month, some in zip(sizes, lacking, strict=True)
        )
        alike[_seen(editions(months))].append(lacking)
    assert len(alike) > 1
    for worlds in alike.values():
        for rank in range(len(sizes[0])):
            for month, counts in enumerate(sizes):
                only = {world[month][rank] for world in worlds}
                assert len(only) > 1 or all(safe(one) and safe(counts[rank] - one) for one in only), worlds
            moved = {world[-1][rank] - world[0][rank] for world in worlds}
            assert len(moved) > 1 or all(safe(one) for one in moved), worlds


def _seen(told: Iterable[Edition]) -> Any:
    return tuple((one.places, one.counts, one.since) for edition in told for one in (*edition.cells, *edition.figures))


# -- what can be read all the same ---------------------------------------------------------------------------------------


def test_who_is_too_few_is_nowhere_and_the_others_are() -> None:
    (edition,) = editions([World((9, 1, 2, 3, 0, 0), (21, 1, 1, 1, 0, 0))])
    assert [(one.places[0].area, one.places[0].trade, one.people) for one in edition.cells] == [
        ("29", "A", 30),
        ("29", None, 5),
    ]
    assert [(len(one.places), one.people, one.lacking) for one in edition.figures] == [(2, 35, 12)]


def test_a_figure_stays_with_its_date_until_five_have_changed() -> None:
    before = World((10, 0, 0, 0, 0, 0), (20, 0, 0, 0, 0, 0))
    steps = ((10, 23), (10, 25), (12, 28), (15, 30), (10, 20))
    months = [before, *(World((one, 0, 0, 0, 0, 0), (other, 0, 0, 0, 0, 0)) for one, other in steps)]
    told = [(one.people, one.lacking, one.since) for edition in editions(months) for one in edition.figures]
    assert told == [(30, 10, 1), (30, 10, 1), (35, 10, 3), (35, 10, 3), (45, 15, 5), (30, 10, 6)]


def test_a_trade_that_grows_gets_its_own_line_when_its_area_may_be_compared() -> None:
    months = [
        World((0, 0, 0, 0, 0, 0), (20, 3, 2, 0, 0, 0)),
        World((0, 0, 0, 0, 0, 0), (20, 4, 5, 0, 0, 0)),
        World((0, 0, 0, 0, 0, 0), (20, 5, 5, 0, 0, 0)),
    ]
    told = [[(one.places[0].trade, one.people) for one in edition.cells] for edition in editions(months)]
    assert told[0] == told[1] == [("A", 20), (None, 5)]
    assert told[2] == [("A", 20), ("B", 5), ("C", 5)]
