"""Many people against every target: the ranks of one orientation each, and the targets that most are near."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.holdings import ProfileProblem
from pathways.nearest import Nearest, Targets, drawing
from pathways.orientation import orient
from pathways.profile import Profile
from pathways.recognition import Rights
from tests.pathways.made import drawn, library, title

ON = date(2020, 1, 1)


def targets() -> Targets:
    """Three titles of two blocks, one of them over since 2015."""
    old = title("c") | {"valid": {"from": "2010-01-01", "to": "2015-01-01"}}
    return Targets(Rights(library(title("a"), title("b"), old)), ON)


def someone(name: str, *blocks: str) -> Profile:
    return Profile.model_validate({"id": name, "holds": {"blocks": [{"ref": ref} for ref in blocks]}})


def names(found: Nearest) -> list[tuple[str, int]]:
    return [(one.target, one.remaining_blocks) for one in found.near]


def test_whoever_has_nothing_is_near_nothing() -> None:
    assert targets().nearest(Profile(id="p"), 3) == Nearest(person="p", near=())
    assert drawing([]) == ()


def test_only_targets_of_that_day_and_so_many_of_them() -> None:
    known = targets()
    assert known.count == 2
    assert names(known.nearest(someone("p", "c@1/A", "a@1/A", "b@1/A", "b@1/B"), 9)) == [("b@1", 0), ("a@1", 1)]
    assert names(known.nearest(someone("p", "a@1/A", "b@1/A", "b@1/B"), 1)) == [("b@1", 0)]


def test_what_can_not_be_used_is_told() -> None:
    with pytest.raises(ProfileProblem, match="« z@1/A »"):
        targets().nearest(someone("p", "z@1/A"), 3)


def test_the_targets_of_most_people_come_first_with_those_who_lack_one_block() -> None:
    known = targets()
    lines = [known.nearest(someone(f"p{n}", *held), 3) for n, held in enumerate((["a@1/A"], ["a@1/A", "b@1/A"], []))]
    first, second = drawing(iter(lines))
    assert (first.target, first.people, first.one_block, first.acquired, first.share) == ("a@1", 2, 2, 0, 0.5)
    assert (second.target, second.people, second.one_block) == ("b@1", 1, 1)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 4))
def test_ranks_are_those_of_one_orientation(seed: int, limit: int) -> None:
    made, data = drawn(seed)
    rights, profile = Rights(made), Profile.model_validate(data)
    alone = orient(profile, rights, ON)
    told = [one for one in alone.prospects if one.acquired or one.share > 0 or one.possible_share > 0][:limit]
    found = Targets(rights, ON).nearest(profile, limit)
    assert [one.target for one in found.near] == [one.target for one in told]
    for near, one in zip(found.near, told, strict=True):
        assert (near.acquired, near.share, near.possible_share) == (one.acquired, one.share, one.possible_share)
        left = one.remaining
        assert (near.remaining_blocks, near.remaining_competencies) == (left.blocks, left.competencies)
