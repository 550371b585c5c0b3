"""The requirement algebra against its truth tables."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from referentials.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    CompetencyAt,
    Condition,
    Experience,
    Held,
    Requirement,
    holds,
    is_possible,
    leaves,
    parts,
    references,
)
from tests.referentials import strategies

NAMES = ("a", "b", "c")
small = strategies.trees(st.sampled_from(NAMES).map(Held), max_leaves=8)
read = TypeAdapter(Requirement).validate_python


def worlds() -> list[frozenset[str]]:
    """Every way in which some of the names are held."""
    return [
        frozenset(name for name, there in zip(NAMES, row, strict=True) if there) for row in product((0, 1), repeat=3)
    ]


def truth(requirement: Requirement, world: frozenset[str]) -> bool:
    return holds(requirement, lambda leaf: isinstance(leaf, Held) and leaf.root in world)


def table(requirement: Requirement) -> list[bool]:
    return [truth(requirement, world) for world in worlds()]


def count(requirement: Requirement, world: frozenset[str]) -> bool:
    """The definition, counted: a node is met when enough of its parts are."""
    if isinstance(requirement, Held):
        return requirement.root in world
    met = [count(part, world) for part in parts(requirement)]
    needed = {AllOf: len(met), AnyOf: 1}.get(type(requirement), getattr(requirement, "at_least", 0))
    return met.count(True) >= needed


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        (AllOf(all_of=()), True),
        (AnyOf(any_of=()), False),
        (AtLeast(at_least=0, of=()), True),
        (AtLeast(at_least=1, of=()), False),
    ],
)
def test_empty_nodes(requirement: Requirement, expected: bool) -> None:
    assert set(table(requirement)) == {expected}
    assert is_possible(requirement) is expected


@given(small)
def test_every_requirement_has_the_truth_table_of_its_definition(requirement: Requirement) -> None:
    assert table(requirement) == [count(requirement, world) for world in worlds()]


@given(st.lists(small, max_size=4).map(tuple))
def test_all_and_any_are_the_ends_of_at_least(some: tuple[Requirement, ...]) -> None:
    assert table(AllOf(all_of=some)) == table(AtLeast(at_least=len(some), of=some))
    assert table(AnyOf(any_of=some)) == table(AtLeast(at_least=1, of=some))


@given(st.lists(small, max_size=4), st.integers(0, 5), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_does_not_matter(some: list[Requirement], enough: int, draw: object) -> None:
    shuffled = list(some)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert table(AtLeast(at_least=enough, of=tuple(some))) == table(AtLeast(at_least=enough, of=tuple(shuffled)))


@given(small)
def test_holding_more_never_loses_a_requirement(requirement: Requirement) -> None:
    for less in worlds():
        for more in worlds():
            assert not (less <= more and truth(requirement, less)) or truth(requirement, more)


@given(small)
def test_a_requirement_is_possible_when_some_world_meets_it(requirement: Requirement) -> None:
    assert is_possible(requirement) == any(table(requirement))


@given(small)
def test_leaves_are_those_of_the_parts_from_left_to_right(requirement: Requirement) -> None:
    found = [leaf for part in parts(requirement) for leaf in leaves(part)] or list(leaves(requirement))
    assert list(leaves(requirement)) == found
    assert list(references(requirement)) == [leaf.root for leaf in leaves(requirement) if isinstance(leaf, Held)]


def test_references_name_what_is_held_and_competencies_and_nothing_else() -> None:
    requirement = read(
        {
            "all_of": [
                "bafd",
                {"competency": "pix@2023/1.1", "level": "4"},
                {"experience": {"months": "6"}},
                {"condition": "deux-secteurs", "text": "A préparé les deux secteurs."},
                {"at_least": "1", "of": ["offre:module"]},
            ]
        }
    )
    kinds = [type(leaf) for leaf in leaves(requirement)]
    assert kinds == [Held, CompetencyAt, Experience, Condition, Held]
    assert list(references(requirement)) == ["bafd", "pix@2023/1.1", "offre:module"]


@given(strategies.requirements)
def test_the_plain_form_of_a_requirement_is_that_requirement(requirement: Requirement) -> None:
    plain = TypeAdapter(Requirement).dump_python(requirement, mode="json")
    assert read(plain) == requirement
