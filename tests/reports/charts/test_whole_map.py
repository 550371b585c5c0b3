"""All passerelles in one drawing, and the competencies of a referential: each end once, each line once, both sides in a calm order."""

import pytest

from reports.charts.bridge_map import Link
from reports.charts.competency_map import Before, Branch, Leaf, competency_map
from reports.charts.whole_map import Crossing, whole_map
from tests.reports.charts.drawings import SVG, inside, plain, read, rows, words
from tests.reports.sample_paper import HOSTILE


def crossing(start: str, target: str, link: Link = Link.AWARD) -> Crossing:
    return Crossing(start, f"Départ {start}", target, f"Cible {target}", link, "2 blocs sur 4 de droit")


BLOCKS = (
    Branch(
        "x/A", "A", "Un bloc", texts=2, modules=1, leaves=(Leaf("x/A/1", "A1", "Un"), Leaf("x/A/2", "A2", "Deux", 3))
    ),
    Branch("x/B", "B", "Un autre"),
)


def test_a_pair_is_a_line_and_a_row() -> None:
    figure = whole_map([crossing("a", "y"), crossing("b", "y"), crossing("b", "z", Link.REDUCE)])
    assert len(read(figure).findall(f"{SVG}path")) == 3
    assert [row[:2] for row in rows(figure)] == [
        ["Départ a", "Cible y"],
        ["Départ b", "Cible y"],
        ["Départ b", "Cible z"],
    ]
    assert "2 départs" in [plain(one) for one in words(figure)]
    assert plain(figure.alternative).startswith("3 passerelles, de 2 points de départ vers 2 cibles.")
    assert inside(figure)


def test_lines_that_need_not_cross_do_not() -> None:
    figure = whole_map([crossing("a", "z"), crossing("b", "y"), crossing("c", "x")])
    curves = [one.get("d", "") for one in read(figure).findall(f"{SVG}path")]
    ends = sorted((float(curve[1:].split("C")[0].split(",")[1]), float(curve.rpartition(",")[2])) for curve in curves)
    assert [end for _start, end in ends] == sorted(end for _start, end in ends)


def test_the_order_of_the_pairs_changes_nothing() -> None:
    pairs = [crossing("a", "z"), crossing("b", "y"), crossing("a", "y", Link.NONE)]
    assert whole_map(pairs) == whole_map(pairs[::-1])


def test_a_referential_is_a_tree_with_its_counts() -> None:
    figure = competency_map("Essai", BLOCKS)
    assert len(read(figure).findall(f"{SVG}path")) == 4
    assert "§ 2 textes · 1 module" in [plain(one) for one in words(figure)]
    assert [row[0] for row in rows(figure)] == ["A — Un bloc", "A › A1 — Un", "A › A2 — Deux", "B — Un autre"]
    assert plain(figure.alternative) == (
        "Essai : 2 blocs, 2 compétences. Aucun texte lu ne dit dans quel ordre les acquérir."
    )
    assert inside(figure)


def test_what_comes_before_has_its_arrow_and_its_cell() -> None:
    before = [Before("x/A/1", "x/A/2", strict=True), Before("y/Z/9", "x/A/2", strict=False)]
    figure = competency_map("Essai", BLOCKS, before)
    assert len(read(figure).findall(f"{SVG}path")) == 4 + 2
    assert rows(figure)[2][3] == "A1, y/Z/9"
    assert "à avoir avant" in words(figure)
    assert "à avoir avant, de préférence" not in words(figure)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_inert(hostile: str) -> None:
    assert inside(whole_map([Crossing("a", hostile, "b", hostile, Link.AWARD, hostile)]))
    assert inside(competency_map(hostile, [Branch("a", hostile, hostile, leaves=(Leaf("b", hostile, hostile),))]))
