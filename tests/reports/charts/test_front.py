"""Plans to choose from: each one stands at its hours and its cost, and what is not known is never a zero."""

import pytest

from reports.charts.front import MOST, Option, front
from tests.reports.charts.drawings import SVG, inside, plain, read, rows, words
from tests.reports.sample_paper import HOSTILE

MINE = Option("Ce parcours", 40, 1000, 8, chosen=True)
LONGER = Option("Plus long, moins cher", 80, 500)
LACKING = Option("Prix non connu", 30, 0, more_cost=True, apart=True)


def places(*options: Option) -> list[tuple[float, float]]:
    disks = read(front(options)).findall(f"{SVG}circle")
    return [(float(one.get("cx", "0")), float(one.get("cy", "0"))) for one in disks]


def test_a_plan_stands_at_its_hours_and_its_cost() -> None:
    first, second = places(Option("a", 40, 1000), Option("b", 80, 500))[:2]
    assert first[0] - 92 == pytest.approx((second[0] - 92) / 2, abs=0.2)
    assert 300 - first[1] == pytest.approx(2 * (300 - second[1]), abs=0.2)


def test_the_chosen_plan_is_marked_and_named() -> None:
    figure = front([MINE, LONGER])
    assert len(list(read(figure).iter(f"{SVG}polygon"))) == 3  # its place, its line, its key
    assert rows(figure)[0] == ["A", "Ce parcours — choisi", "40 h", "1 000 €", "8"]
    assert plain(figure.alternative) == "2 parcours. A (choisi) : 40 h, 1 000 €. B : 80 h, 500 €."


def test_a_plan_whose_price_is_not_known_stands_apart() -> None:
    figure = front([MINE, LACKING])
    assert "À part, car la durée ou le prix d'un module n'est pas connu :" in words(figure)
    assert rows(figure)[1][2:4] == ["30 h", "non connu"]
    assert figure.table.note
    assert len(places(MINE, LACKING)) == len(places(MINE)) + 1  # its line, and no place among the others


def test_a_sum_that_leaves_an_assessment_out_says_at_least_and_stays_with_the_others() -> None:
    figure = front([Option("a", 40, 1000, more_cost=True)])
    assert "40 h, au moins 1 000 € — a" in words(figure)
    assert "À part, car la durée ou le prix d'un module n'est pas connu :" not in words(figure)


def test_plans_at_the_same_place_share_their_letters() -> None:
    assert "A, B" in words(front([MINE, Option("Un autre", 40, 1000)]))


def test_the_line_is_drawn_only_through_all_that_is_best() -> None:
    some = [MINE, LONGER]
    assert [one for one in read(front(some, whole=True)).findall(f"{SVG}path") if one.get("stroke-dasharray")]
    assert not read(front(some)).findall(f"{SVG}path")


def test_plans_beyond_the_letters_are_in_the_table_all_the_same() -> None:
    options = [Option(str(number), number, number) for number in range(MOST + 4)]
    figure = front(options)
    assert len(figure.table.rows) == MOST + 4
    assert len({row[0] for row in rows(figure)}) == MOST + 4
    assert inside(figure)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_titles_are_inert(hostile: str) -> None:
    assert inside(front([Option(hostile, 1, 1)]))


def test_a_plan_that_takes_nothing_is_drawn() -> None:
    assert inside(front([Option("Rien à faire", 0, 0, chosen=True)]))
