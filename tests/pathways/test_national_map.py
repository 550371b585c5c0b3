"""The national map: what each whole qualification gives of the others, the chains nobody wrote, alike to what positions say."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.clauses import holder
from pathways.gap import State, position, what_remains
from pathways.matrix import Cell, matrix
from pathways.national_map import Passage, Row, national_map
from pathways.policy import Policy
from pathways.reasons import Caution
from pathways.recognition import Rights
from referentials.library import Library
from tests.pathways.made import drawn, library, title

ON = date(2020, 1, 1)


def right(name: str, given: Any, *grants: str, effect: str = "award", **more: Any) -> dict[str, Any]:
    return {"id": name, "given": given, "grants": list(grants), "effect": effect} | more


def rights(*recognitions: dict[str, Any]) -> Rights:
    """Three titles of two blocks, and these rights."""
    return Rights(library(title("a"), title("b"), title("c"), recognitions=recognitions))


def drawn_up(*recognitions: dict[str, Any], **asked: Any) -> list[Row]:
    return list(national_map(rights(*recognitions), ON, **asked))


def passages(rows: Iterable[Row]) -> dict[tuple[str, str], Passage]:
    return {(one.start, one.target): one for row in rows for one in row.passages}


def test_without_rights_every_row_is_there_and_empty() -> None:
    assert drawn_up(chains=True) == [Row("a@1", ()), Row("b@1", ()), Row("c@1", ())]
    assert list(national_map(Rights(Library.of()), ON)) == []


def test_a_passage_counts_what_is_given_and_what_remains() -> None:
    found = passages(drawn_up(right("r", "a", "b@1/A")))
    assert found == {
        ("a@1", "b@1"): Passage(
            start="a@1",
            target="b@1",
            blocks=("b@1/A",),
            competencies=2,
            depth=1,
            rights=("r",),
            remaining_blocks=1,
            remaining_competencies=1,
        )
    }


def test_a_whole_title_remains_with_nothing() -> None:
    found = passages(drawn_up(right("r", "a", "b@1/A", "b@1/B")))["a@1", "b@1"]
    assert (found.whole, found.remaining_blocks, found.remaining_competencies) == (True, 0, 0)


def test_a_reduction_or_an_exemption_is_a_passage_without_any_block() -> None:
    waived = right("x", "a", "b@1", effect="exempt", waives="entry")
    shorter = right("y", "a", "c@1", effect="reduce", by={"hours": 7})
    found = passages(drawn_up(waived, shorter))
    assert (found["a@1", "b@1"].entry_waived, found["a@1", "b@1"].exemptions) == (True, ("x",))
    assert (found["a@1", "c@1"].reductions, found["a@1", "c@1"].remaining_blocks) == (("y",), 2)


CHAINED = (right("one", "a", "b@1/A"), right("two", "b@1/A", "c@1/A"))


def test_what_only_a_chain_gives_is_told_with_every_step_its_titles_and_its_caution() -> None:
    rows = drawn_up(*CHAINED, chains=True)
    found = passages(rows)["a@1", "c@1"]
    assert (found.blocks, found.chained, found.depth) == (("c@1/A",), ("c@1/A",), 2)
    (chain,) = rows[0].chains
    assert (chain.target, chain.facts, chain.through, chain.rights) == ("c@1", ("c@1/A",), ("b@1",), ("one", "two"))
    assert [(step.fact, step.by) for step in chain.steps] == [("a@1", "certified"), ("b@1/A", "one"), ("c@1/A", "two")]
    assert [Caution.CHAINED in step.cautions for step in chain.steps] == [False, False, True]
    assert drawn_up(*CHAINED)[0].chains == ()


def test_what_a_direct_right_gives_too_is_no_chain() -> None:
    rows = drawn_up(*CHAINED, right("three", "a", "c@1/A"), chains=True)
    assert rows[0].chains == ()
    assert passages(rows)["a@1", "c@1"].chained == ()


def test_a_chain_says_what_the_same_target_receives_directly() -> None:
    rows = drawn_up(*CHAINED, right("three", "a", "c@1/B"), chains=True)
    (chain,) = rows[0].chains
    assert (chain.facts, chain.direct) == (("c@1", "c@1/A"), ("c@1/B",))


def test_one_that_forbids_chains_finds_none() -> None:
    rows = drawn_up(*CHAINED, chains=True, policy=Policy(chain_rights=False))
    assert passages(rows).keys() == {("a@1", "b@1"), ("b@1", "c@1")}
    assert not any(row.chains for row in rows)


def test_a_map_may_be_of_some_starts_and_some_targets() -> None:
    known = rights(right("r", "a", "b@1/A", "c@1/A"), right("s", "b", "c@1/B"))
    assert [row.start for row in national_map(known, ON, starts=["b@1", "a@1"])] == ["a@1", "b@1"]
    assert passages(national_map(known, ON, targets=["c@1"])).keys() == {("a@1", "c@1"), ("b@1", "c@1")}


# -- the same as one by one -------------------------------------------------------------------------------------------


def certain(cell: Cell) -> bool:
    """Whether a pair of the matrix gives something to whoever holds its start alone."""
    given = (cell.whole, cell.by_right, cell.competencies, cell.entry_waived, cell.rights, cell.exemptions)
    return cell.start != cell.target and bool(any(given) or cell.reductions)


def test_the_map_of_what_ships_says_what_its_matrix_says() -> None:
    known = Rights(Library.read())
    for on, everything in ((date(2014, 6, 1), False), (date(2026, 1, 1), True)):
        found = passages(national_map(known, on, everything=everything))
        cells = {(one.start, one.target): one for one in matrix(known, on, everything=everything).cells if certain(one)}
        assert found.keys() == cells.keys()
        assert len(found) > 100
        for pair, cell in cells.items():
            assert _of_passage(found[pair]) == _of_cell(cell), pair


def _of_passage(one: Passage) -> tuple[Any, ...]:
    counts = len(one.blocks), one.competencies, one.whole, one.entry_waived
    return *counts, one.rights, one.exemptions, one.reductions


def _of_cell(one: Cell) -> tuple[Any, ...]:
    counts = one.by_right, one.competencies, one.whole, one.entry_waived
    return *counts, one.rights, one.exemptions, one.reductions


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_the_map_is_a_loop_of_positions(seed: int) -> None:
    known = Rights(drawn(seed)[0])
    keys = [version.key for version in known.library]
    found = passages(national_map(known, ON, everything=True))
    for start in keys:
        for target in keys:
            if start != target:
                _agree(found.get((start, target)), start, target, known)


def _agree(passage: Passage | None, start: str, target: str, known: Rights) -> None:
    place = position(holder(start, known.library, ON), target, known, ON)
    refs = [f"{target}/{block.code}" for block in place.target.version.known_blocks]
    by_right = tuple(sorted(ref for ref in refs if place.state(ref) is State.BY_RIGHT))
    if passage is None:
        assert not by_right
        assert not place.is_acquired
        return
    alone = position(holder(start, known.library, ON), target, known, ON, Policy(chain_rights=False))
    left = what_remains(place)
    assert (passage.blocks, passage.whole) == (by_right, place.is_acquired)
    assert passage.chained == tuple(ref for ref in by_right if ref not in alone.sure)
    assert (passage.remaining_blocks, passage.remaining_competencies) == (left.blocks, left.competencies)
