"""How much is left: the fewest blocks that the award asks for, and a headline that says how many to choose among how many."""

from typing import Any

import pytest

from pathways.gap import Remaining, gap
from pathways.requirements import is_begun, residual
from referentials.library import Library
from referentials.requirement import AllOf, AnyOf, AtLeast, Held, Requirement
from tests.pathways.small import answer, certification, module, offer, person, placed, rule

FOUR = ("B1 C1", "B2 C1 C2", "B3 C1 C2 C3", "B4 C1 C2 C3 C4")
TWO_OF_FOUR = certification("a@1", *FOUR, award={"at_least": 2, "of": ["B1", "B2", "B3", "B4"]})


@pytest.mark.parametrize(
    ("held", "blocks", "competencies", "among"),
    [((), 2, 3, 4), (("a@1/B1",), 1, 2, 3), (("a@1/B4",), 1, 1, 3), (("a@1/B1", "a@1/B2"), 0, 0, None)],
)
def test_of_k_among_n_blocks_only_what_is_still_asked_for_counts(
    held: tuple[str, ...], blocks: int, competencies: int, among: int | None
) -> None:
    left = gap(placed(TWO_OF_FOUR, profile=person(*held))).remaining
    assert left == Remaining(blocks=blocks, competencies=competencies, among=among)


def test_every_block_is_counted_where_every_block_is_asked_for() -> None:
    left = gap(placed(certification("a@1", *FOUR), profile=person("a@1/B1"))).remaining
    assert left == Remaining(blocks=3, competencies=9, among=None)


def test_an_optional_block_is_not_left_to_obtain() -> None:
    optional = certification("a@1", "B1 C1", {"code": "B2", "optional": True, "competencies": [{"code": "C1"}]})
    assert gap(placed(optional)).remaining == Remaining(blocks=1, competencies=1)
    unread = certification("a@1", "B1 C1", {"code": "B2", "optional": True}, award=None)
    assert gap(placed(unread)).remaining == Remaining(blocks=1, competencies=1)


def test_one_part_of_a_choice_is_counted_with_all_that_it_asks_for() -> None:
    award: Any = {"all_of": ["B1", {"any_of": [{"all_of": ["B2", "B3"]}, "B4"]}]}
    either = certification("a@1", *FOUR, award=award)
    assert gap(placed(either)).remaining == Remaining(blocks=2, competencies=5, among=4)
    begun = person("a@1/B2")
    assert gap(placed(either, profile=begun)).remaining == Remaining(blocks=2, competencies=4, among=3)


def test_an_experience_that_the_award_asks_for_is_no_block() -> None:
    asked = certification("a@1", "B1 C1", award={"all_of": ["B1", {"experience": {"months": 6}}]})
    assert gap(placed(asked)).remaining == Remaining(blocks=1, competencies=1)


def test_only_what_is_acquired_leaves_less() -> None:
    claims: Any = {"ref": "a@1/B1", "evidence": "declared"}
    assert gap(placed(TWO_OF_FOUR, profile=person(claims))).remaining.blocks == 2
    ended = certification("a@1", *FOUR, valid={"to": "2019-12-31"}, award=TWO_OF_FOUR.award)
    lapsed = placed(ended, rule("caducite", "a", keeps_blocks=False), profile=person("a@1/B1"))
    assert gap(lapsed).remaining.blocks == 1  # aimed at, it is computed as though it ran


def test_the_plan_takes_as_many_blocks_as_remain() -> None:
    modules = [module(f"m{n}", f"a@1/B{n}/C1", prepares=[f"a@1/B{n}"]) for n in range(1, 5)]
    told = answer(TWO_OF_FOUR, offer(*modules), profile=person("a@1/B3"))
    assert sum(step.kind == "assessment" for step in told.steps) == told.gap.remaining.blocks == 1


# -- what is left of a requirement ------------------------------------------------------------------------------------

LIBRARY = Library.of(certification("a@1", "B1"), certification("b@1", "B1"), certification("c@1", "B1"))
A, B, C = Held("a@1"), Held("b@1"), Held("c@1")


@pytest.mark.parametrize(
    ("asked", "true", "left"),
    [
        (A, {"a@1"}, None),
        (A, set(), A),
        (AllOf(all_of=(A, B)), {"a@1"}, B),
        (AllOf(all_of=(A, B, C)), {"a@1"}, AllOf(all_of=(B, C))),
        (AnyOf(any_of=(A, B)), set(), AnyOf(any_of=(A, B))),
        (AnyOf(any_of=(A, AllOf(all_of=(B, C)))), {"b@1"}, AnyOf(any_of=(A, C))),
        (AtLeast(at_least=2, of=(A, B, C)), {"a@1"}, AnyOf(any_of=(B, C))),
        (AtLeast(at_least=2, of=(A, B, C)), set(), AtLeast(at_least=2, of=(A, B, C))),
        (AtLeast(at_least=3, of=(A, B, C)), {"c@1"}, AllOf(all_of=(A, B))),
        (AtLeast(at_least=2, of=(A, B, C)), {"a@1", "c@1"}, None),
        (AllOf(all_of=()), set(), None),
    ],
)
def test_what_is_left_of_a_requirement(asked: Requirement, true: set[str], left: Requirement | None) -> None:
    assert residual(LIBRARY, asked, true.__contains__) == left


@pytest.mark.parametrize(
    ("asked", "begun"),
    [
        (A, False),
        (AnyOf(any_of=(A, B)), False),
        (AllOf(all_of=(A, B)), True),
        (AnyOf(any_of=(B, AllOf(all_of=(A, C)))), True),
        (AtLeast(at_least=2, of=(A, B, C)), True),
        (AllOf(all_of=(B, C)), False),
    ],
)
def test_a_requirement_is_begun_when_a_part_needed_with_others_is_there(asked: Requirement, begun: bool) -> None:
    assert is_begun(LIBRARY, asked, {"a@1"}.__contains__) is begun
