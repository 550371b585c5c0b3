"""What each budget pays for: a stair for each compromise, the budget of the question, what is decided, and a table of all."""

from reports.charts.staircase import MOST_DISKS, Measure, Stair, staircase
from reports.wording import euros
from tests.reports.charts.drawings import SVG, plain, read, rows, words

MEASURE = Measure("Personnes", "Budget", euros)
STAIRS = (Stair(0, 0), Stair(1, 400), Stair(3, 1000))


def test_each_stair_is_drawn_and_told_with_what_it_asks_for_more() -> None:
    figure = staircase(STAIRS, 900, MEASURE, here=Stair(1, 400))
    assert len(read(figure).findall(f"{SVG}circle")) == 3
    assert len(list(read(figure).iter(f"{SVG}polygon"))) == 2  # its place, its key
    assert rows(figure) == [["0", "0 €", "0 €"], ["1", "400 €", "400 €"], ["3", "1 000 €", "600 €"]]
    assert (
        plain(figure.alternative) == "Personnes : 1 avec 900 €, 3 au plus, avec 1 000 €. Pour 3, il faut 100 € de plus."
    )
    assert {"Le budget", "La décision", "Budget"} <= set(words(figure))


def test_a_budget_that_is_enough_asks_for_nothing_more() -> None:
    figure = staircase(STAIRS, 5000, MEASURE)
    assert plain(figure.alternative) == "Personnes : 3 avec 5 000 €, 3 au plus, avec 1 000 €."
    assert staircase((Stair(0, 0),), 0, MEASURE).table.rows


def test_many_stairs_are_a_line_alone() -> None:
    figure = staircase([Stair(number, 10 * number) for number in range(MOST_DISKS + 1)], 5, MEASURE)
    assert not read(figure).findall(f"{SVG}circle")
