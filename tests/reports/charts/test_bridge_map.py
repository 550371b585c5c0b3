"""The map of a passerelle: a line per text and end, its word, its number; a block that nothing reaches stays alone."""

import pytest

from reports.charts.bridge_map import End, Link, Tie, bridge_map
from tests.reports.charts.drawings import SVG, inside, plain, read, rows, words
from tests.reports.sample_paper import HOSTILE

STARTS = (End("a@1", "a@1", "Un diplôme", "détenu", whole=True), End("a@1/B1", "B1", "Un bloc"))
ENDS = (End("b@1", "b@1", "La cible", whole=True), End("b@1/C1", "C1", "Reçu"), End("b@1/C2", "C2", "Seul"))
AWARD = Tie("a@1", "b@1/C1", Link.AWARD, 1, "Arrêté, article 1")


def lines(*ties: Tie) -> list[str | None]:
    drawn = read(bridge_map(STARTS, ENDS, ties)).findall(f"{SVG}path")
    return [one.get("stroke-dasharray") for one in drawn]


def test_each_kind_of_link_has_a_stroke_of_its_own() -> None:
    assert len({lines(Tie("a@1", "b@1/C1", link, 1, "x"))[0] for link in Link}) == len(Link)


def test_a_text_is_a_line_a_number_and_a_row() -> None:
    figure = bridge_map(STARTS, ENDS, [AWARD])
    assert len(lines(AWARD)) == 1
    assert "1" in words(figure)
    assert "Acquis de droit" in words(figure)
    assert rows(figure) == [["C1", "a@1", "Acquis de droit", "1. Arrêté, article 1"], ["C2", "", "rien", ""]]
    assert plain(figure.alternative) == "1 lien. C1 : Acquis de droit, par le texte 1. Aucun texte pour C2."


def test_two_texts_on_one_block_stay_apart() -> None:
    figure = bridge_map(STARTS, ENDS, [AWARD, Tie("a@1/B1", "b@1/C1", Link.REDUCE, 2, "y")])
    disks = [one.get("cy") for one in read(figure).findall(f"{SVG}circle")]
    assert len(set(disks)) == 2


def test_a_passerelle_without_any_text_shows_both_sides() -> None:
    figure = bridge_map(STARTS, ENDS, [])
    assert not lines()
    assert plain(figure.alternative) == "0 lien. Aucun texte pour C1, C2."
    assert inside(figure)


def test_a_link_to_an_end_that_is_not_drawn_is_in_no_line() -> None:
    assert not lines(Tie("a@1", "b@1/C9", Link.AWARD, 1, "x"))


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_inert(hostile: str) -> None:
    end = End("x", hostile, hostile, "○ À acquérir")
    assert inside(bridge_map([end], [End("y", hostile, hostile)], [Tie("x", "y", Link.AWARD, 1, hostile)]))
