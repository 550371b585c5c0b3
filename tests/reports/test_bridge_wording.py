"""Passerelles, orientation and coverage in one line each."""

import pytest

from pathways.coverage import CompetencyCoverage, Contribution
from pathways.matrix import Cell
from reports.bridge_wording import cell, contributions, share
from reports.language import NO_BREAK, Language, speaking


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


def brought(*modules: Contribution) -> CompetencyCoverage:
    return CompetencyCoverage(ref="x@1/B1/C1", title=None, modules=modules)


def test_modules_are_named_by_their_titles() -> None:
    two = brought(Contribution(module="o:m", how="develops", level=3), Contribution(module="o:n", how="develops"))
    assert contributions(two, {"o:m": "Animer, accueillir"}) == "Animer, accueillir (niveau 3) ; o:n"


def test_what_comes_with_the_whole_block_is_told_on_its_own_line() -> None:
    assert contributions(brought(Contribution(module="o:m", how="prepares"))) == "avec le bloc entier"
    assert contributions(brought()) == "aucun module"


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [(1, "1 bloc sur 3 de droit", "1 block of 3 by right"), (2, "2 blocs sur 3 de droit", "2 blocks of 3 by right")],
)
def test_blocks_agree_with_their_number(count: int, french: str, english: str) -> None:
    pair = Cell(start="z@1", target="x@1", by_right=count, blocks=3)
    assert plain(cell(pair)) == french
    with speaking(Language.ENGLISH):
        assert plain(cell(pair)) == english


def test_a_share_is_never_rounded_up() -> None:
    assert plain(share(0.999)) == "99 %"
    with speaking(Language.ENGLISH):
        assert share(0.999) == "99%"
