"""The blocks before and after: each state has its sign and its words, and a bar is shared as its competencies are."""

import pytest

from pathways.gap import State
from reports.charts.blocks import OF_STATE, Filling, Share, blocks
from reports.charts.svg import HEIGHT
from reports.paper import Tone
from tests.reports.charts.drawings import inside, plain, read, rows, words
from tests.reports.sample_paper import HOSTILE

HALF = (Share.BY_PROOF, Share.BY_PROOF, Share.TO_CONFIRM, Share.MISSING)
FILLINGS = (
    Filling("B1", "Premier bloc", (Share.BY_RIGHT,), (Share.BY_RIGHT,)),
    Filling("B2", "Second bloc", HALF, (Share.BY_PROOF, Share.BY_PROOF, Share.PLANNED, Share.PLANNED)),
)


def test_no_block_no_drawing() -> None:
    assert blocks([]) == ()


def test_every_state_of_the_engine_has_its_share() -> None:
    assert set(OF_STATE) == set(State)


def test_each_block_says_where_it_stands_before_and_after() -> None:
    (figure,) = blocks(FILLINGS)
    assert rows(figure) == [
        ["B1", "Premier bloc", "§ Acquis de droit", "§ Acquis de droit"],
        [
            "B2",
            "Second bloc",
            "✓ Acquis par preuve (2), ? À confirmer (1) et ○ À acquérir (1)",
            "✓ Acquis par preuve (2) et → Obtenu par ce parcours (2)",
        ],
    ]
    assert "2 compétences sur 4, 1 à confirmer" in words(figure)
    assert "4 compétences sur 4" in words(figure)
    assert [cell.tone for cell in figure.table.rows[0]][2:] == [Tone.BY_RIGHT, Tone.BY_RIGHT]


def test_a_bar_is_shared_as_its_competencies_are() -> None:
    (figure,) = blocks([Filling("B2", "", HALF)])
    wide = {one.get("fill"): float(one.get("width", "0")) for one in read(figure) if one.get("height") == "18"}
    assert wide["url(#blocs-1-dots)"] == pytest.approx(2 * wide["url(#blocs-1-hatch)"], abs=0.2)
    assert sum(wide.values()) == pytest.approx(220, abs=0.5)


def test_without_a_plan_there_is_no_after() -> None:
    (figure,) = blocks([Filling("B1", "Premier bloc", (Share.MISSING,))])
    assert "Après ce parcours" not in words(figure)
    assert len(figure.table.columns) == 3
    assert plain(figure.alternative) == "B1 : ○ À acquérir."


def test_many_blocks_are_cut_in_drawings_that_fit_a_page() -> None:
    figures = blocks([Filling(f"B{number}", "Un bloc", HALF) for number in range(40)])
    assert len(figures) == 3
    assert all(float(read(one).get("height", "0")) <= HEIGHT for one in figures)
    assert [row[0] for one in figures for row in rows(one)] == [f"B{number}" for number in range(40)]
    assert len({one.name for one in figures}) == 3


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_inert(hostile: str) -> None:
    (figure,) = blocks([Filling(hostile, hostile, (Share.MISSING,))])
    assert inside(figure)
