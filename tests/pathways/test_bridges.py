"""From A to B: what holding exactly A gives, and the matrix that says the same of every pair."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.bridges import Bridge, bridge
from pathways.gap import ACQUIRED, State
from pathways.holdings import ProfileProblem
from pathways.matrix import Cell, Matrix, matrix
from pathways.pathway import Status
from pathways.profile import CanGive, Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library, UnknownReference
from referentials.rights import Effect
from tests.pathways.made import drawn, library, title

ON = date(2020, 1, 1)


def right(name: str, given: Any, *grants: str, effect: str = "award", **more: Any) -> dict[str, Any]:
    return {"id": name, "given": given, "grants": list(grants), "effect": effect} | more


def crossed(*recognitions: dict[str, Any], **more: Any) -> Bridge:
    """The passerelle from a to b, with these rights."""
    return bridge("a", "b", Rights(library(title("a"), title("b"), recognitions=recognitions, **more)), ON)


def names(clauses: tuple[Any, ...]) -> list[str]:
    return [clause.id for clause in clauses]


# -- one passerelle ---------------------------------------------------------------------------------------------------


def test_without_a_text_nothing_is_obtained() -> None:
    found = crossed()
    assert (found.start, found.target, found.by_right, found.remaining) == ("a@1", "b@1", (), ("b@1/A", "b@1/B"))
    assert found.versions == ("a@1", "b@1")


def test_a_right_gives_its_blocks_with_the_text_that_says_so() -> None:
    found = crossed(right("r", "a", "b@1/A", wording="obtient de droit"))
    assert (found.by_right, found.remaining, found.acquired) == (("b@1/A",), ("b@1/B",), False)
    (clause,) = found.clauses
    assert (clause.id, clause.effect, clause.wording, clause.source.title) == (
        "r",
        Effect.AWARD,
        "obtient de droit",
        "Texte d'essai",
    )
    assert found.versions == ("a@1", "b@1", "right:r")
    assert found.gap.blocks[0].because[-1].by == "r"


def test_a_right_is_never_read_backwards() -> None:
    assert crossed(right("r", "b", "a@1/A")).by_right == ()


def test_a_right_of_another_day_plays_no_part() -> None:
    assert crossed(right("r", "a", "b@1/A", in_force={"from": "2020-01-02"})).clauses == ()


def test_what_depends_on_the_person_is_to_confirm() -> None:
    condition = {"condition": "dossier", "text": "Sur dossier."}
    found = crossed(
        right("by-file", {"all_of": ["a", condition]}, "b@1/A"), right("jury", "a", "b@1/B", discretionary=True)
    )
    assert (found.by_right, found.to_confirm, found.remaining) == ((), ("b@1/A", "b@1/B"), ("b@1/A", "b@1/B"))
    assert (names(found.clauses), names(found.possible)) == ([], ["by-file", "jury"])


def test_what_anyone_could_have_is_no_part_of_the_passerelle() -> None:
    condition = {"condition": "dossier", "text": "Sur dossier."}
    found = crossed(right("anyone", condition, "b@1/A"), right("reading", condition, "b@1/B", effect="expected"))
    assert (found.possible, found.expected) == ((), ())


def test_the_texts_that_give_no_right_are_told_apart() -> None:
    found = crossed(
        right("unread", "a", "b@1", effect="expected"),
        right("nothing", "a@1/A", "b@1/A", effect="none"),
        right("course", "a", "b@1/B", effect="prepare"),
        right("elsewhere", "a", "a@1", effect="expected"),
    )
    assert (names(found.expected), names(found.absences), names(found.preparations)) == (
        ["unread"],
        ["nothing"],
        ["course"],
    )
    assert (found.by_right, found.clauses) == ((), ())


def test_reductions_and_exemptions_are_clauses_and_acquire_nothing() -> None:
    found = crossed(
        right("less", "a", "b@1/A", effect="reduce", by={"hours": 70}),
        right("door", "a", "b@1", effect="exempt", waives="entry"),
    )
    assert {clause.id: clause.effect for clause in found.clauses} == {"less": Effect.REDUCE, "door": Effect.EXEMPT}
    assert found.clauses[1].by is not None
    assert found.clauses[1].by.hours == 70
    assert found.by_right == ()


def test_a_block_may_be_held_alone_and_aimed_at_alone() -> None:
    made = library(title("a"), title("b"), recognitions=(right("r", "a@1/A", "b@1/A"), right("s", "a@1/B", "b@1/B")))
    found = bridge("a/A", "b@1/A", Rights(made), ON)
    assert (found.start, found.target, found.by_right, found.acquired) == ("a@1/A", "b@1/A", ("b@1/A",), True)
    assert names(found.clauses) == ["r"]


def test_of_several_versions_the_one_in_force_that_day_is_held() -> None:
    old, new = title("a", "1", valid={"to": "2015-01-01"}), title("a", "2", valid={"from": "2015-01-02"})
    rights = Rights(library(old, new, title("b")))
    assert bridge("a", "b", rights, ON).start == "a@2"
    assert bridge("a", "b", rights, date(2014, 1, 1)).start == "a@1"
    assert bridge("a@1", "b", rights, ON).start == "a@1"


def test_what_is_not_a_diploma_nor_a_block_is_refused() -> None:
    rights = Rights(library(title("a"), title("b")))
    with pytest.raises(ProfileProblem, match="n'est pas un bloc"):
        bridge("a/A/A1", "b", rights, ON)
    with pytest.raises(ProfileProblem, match="nowhere"):
        bridge("nowhere", "b", rights, ON)
    with pytest.raises(UnknownReference, match="nowhere"):
        bridge("a", "nowhere", rights, ON)


def test_the_plan_is_for_someone_who_holds_exactly_the_start() -> None:
    modules = [
        {"id": code.lower(), "title": code, "prepares": [f"b@1/{code}"], "hours": {"onsite": 10}} for code in "AB"
    ]
    made = library(
        title("a"), title("b"), recognitions=(right("r", "a", "b@1/A"),), offers=({"id": "o", "modules": modules},)
    )
    someone = Profile(holds={"qualifications": [{"ref": "b@1"}]}, can_give=CanGive(budget=1000))
    rights = Rights(made)
    assert bridge("a", "b", rights, ON).pathway is None
    found = bridge("a", "b", rights, ON, question=Question(someone, "", date(2000, 1, 1), explain=False)).pathway
    assert found is not None
    assert found.status is Status.INFEASIBLE  # no price is known, and there is a budget
    found = bridge("a", "b", rights, ON, question=Question(Profile(), "", ON, explain=False)).pathway
    assert found is not None
    assert (found.status, found.totals.hours, found.verified) == (Status.OPTIMAL, 10, True)


def test_a_bridge_is_json_and_back() -> None:
    found = crossed(right("r", "a", "b@1/A"), right("unread", "a", "b@1", effect="expected"))
    assert Bridge.model_validate_json(found.model_dump_json()) == found


# -- the matrix -------------------------------------------------------------------------------------------------------


def cells(found: Matrix) -> dict[tuple[str, str], Cell]:
    return {(cell.start, cell.target): cell for cell in found.cells}


def test_only_the_pairs_where_something_is_known_are_told() -> None:
    rights = (
        right("r", "a", "b@1/A"),
        right("door", "c", "a@1", effect="exempt", waives="entry"),
        right("unread", "b@1/A", "c@1", effect="expected"),
    )
    found = matrix(Rights(library(title("a"), title("b"), title("c"), recognitions=rights)), ON)
    assert (found.starts, found.targets) == (("a@1", "b@1", "c@1"), ("a@1", "b@1", "c@1"))
    told = cells(found)
    assert told.keys() == {("a@1", "b@1"), ("c@1", "a@1"), ("b@1", "c@1"), ("a@1", "c@1")}
    assert (told["a@1", "b@1"].by_right, told["a@1", "b@1"].blocks, told["a@1", "b@1"].rights) == (1, 2, ("r",))
    assert (told["c@1", "a@1"].entry_waived, told["c@1", "a@1"].exemptions) == (True, ("door",))
    assert told["a@1", "c@1"].expected == ("unread",)


def test_a_whole_obtained_says_so() -> None:
    rights = (right("r", "a", "b@1"),)
    (cell,) = matrix(Rights(library(title("a"), title("b"), recognitions=rights)), ON).cells
    assert (cell.whole, cell.by_right, cell.competencies) == (True, 2, 3)


def test_old_titles_are_starts_and_not_targets_unless_everything_is_wanted() -> None:
    rights = (right("there", "a", "b@1/A"), right("back", "b", "a@1/A"))
    made = library(title("a", valid={"to": "2010-01-01"}), title("b"), recognitions=rights)
    assert list(cells(matrix(Rights(made), ON))) == [("a@1", "b@1")]
    assert list(cells(matrix(Rights(made), ON, everything=True))) == [("a@1", "b@1"), ("b@1", "a@1")]


def test_blocks_are_starts_when_asked() -> None:
    made = library(title("a"), title("b"), recognitions=(right("r", "a@1/A", "b@1/A"),))
    assert list(cells(matrix(Rights(made), ON, blocks=True))) == [("a@1", "b@1"), ("a@1/A", "b@1")]
    assert list(cells(matrix(Rights(made), ON, starts=["a@1/B"]))) == []


def agrees(cell: Cell | None, found: Bridge) -> None:
    """A cell says of a pair what its bridge says."""
    cell = cell or Cell(start=found.start, target=found.target)
    states = [block.state for block in found.gap.blocks]
    assert cell.by_right == states.count(State.BY_RIGHT)
    assert (cell.whole or cell.start.partition("/")[0] == cell.target) >= found.acquired
    assert (*cell.rights, *cell.exemptions, *cell.reductions) == tuple(
        clause.id
        for effect in (Effect.AWARD, Effect.EXEMPT, Effect.REDUCE)
        for clause in found.clauses
        if clause.effect is effect
    )
    assert cell.possible == tuple(names(found.possible))
    assert cell.expected == tuple(names(found.expected))
    assert cell.absences == tuple(names(found.absences))
    assert cell.preparations == tuple(names(found.preparations))


@given(st.integers(0, 10**9))
def test_every_cell_is_what_its_bridge_says(seed: int) -> None:
    made, _profile = drawn(seed)
    rights = Rights(made)
    told = cells(matrix(rights, ON, blocks=True, everything=True))
    starts = [
        ref for version in made for ref in (version.key, *(f"{version.key}/{b.code}" for b in version.known_blocks))
    ]
    for start in starts:
        for version in made:
            if version.kind != "cadre-de-competences":
                agrees(told.get((start, version.key)), bridge(start, version.key, rights, ON))


def test_the_shipped_matrix_says_what_its_bridges_say() -> None:
    rights, on = Rights(Library.read()), date(2014, 6, 1)
    told = cells(matrix(rights, on))
    assert told["deme@2007", "bpjeps-tic@2002"].by_right == 4
    assert len(told) > 30
    for (start, target), cell in list(told.items())[::7]:
        agrees(cell, bridge(start, target, rights, on))


def test_acquired_blocks_are_not_remaining() -> None:
    found = crossed(right("r", "a", "b@1/A"))
    assert {block.ref for block in found.gap.blocks if block.state not in ACQUIRED} == set(found.remaining)
