"""Counting targets at once says what the gap says one by one, and ranks what is near first."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.gap import gap, position
from pathways.holdings import ProfileProblem
from pathways.orientation import Orientation, orient, with_plans
from pathways.pathway import Status
from pathways.policy import Policy
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from pathways.target_index import TargetIndex
from referentials.library import Library
from tests.pathways.made import drawn, framework, library, offer, title

ON = date(2020, 1, 1)


def oriented(made: Library, **holds: object) -> Orientation:
    return orient(Profile(holds=holds), Rights(made), ON)


def keys(orientation: Orientation) -> list[str]:
    return [one.target for one in orientation.prospects]


# -- equal to the gap -------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**9), st.booleans())
def test_every_number_is_the_one_that_the_gap_gives(seed: int, count_likeness: bool) -> None:
    made, data = drawn(seed)
    rights, profile, policy = Rights(made), Profile.model_validate(data), Policy(count_likeness=count_likeness)
    found = orient(profile, rights, ON, everything=True, policy=policy)
    assert sorted(keys(found)) == [version.key for version in made]
    for prospect in found.prospects:
        measured = gap(position(profile, prospect.target, rights, ON, policy))
        blocks = Counter(block.state.value for block in measured.blocks)
        competencies = Counter(one.state.value for block in measured.blocks for one in block.competencies)
        assert prospect.blocks.model_dump(exclude={"total"}) == {name: blocks[name] for name in STATES}
        assert prospect.competencies.model_dump(exclude={"total"}) == {name: competencies[name] for name in STATES}
        assert prospect.remaining == measured.remaining
        assert prospect.acquired == measured.acquired
        assert prospect.entry == measured.entry.state
        assert prospect.reductions == measured.reductions


STATES = ("by_right", "by_proof", "to_confirm", "partial", "missing")


def test_the_shipped_library_too() -> None:
    made = Library.read()
    rights = Rights(made)
    holds = {"qualifications": [{"ref": "bpjeps-tic@2002"}], "blocks": [{"ref": "tp-remn@2019/CCP1"}]}
    profile, on = Profile(holds=holds), date(2014, 6, 1)
    for prospect in orient(profile, rights, on, everything=True).prospects:
        measured = gap(position(profile, prospect.target, rights, on))
        assert (prospect.remaining, prospect.acquired) == (measured.remaining, measured.acquired), prospect.target
        assert prospect.entry == measured.entry.state


# -- tallies ----------------------------------------------------------------------------------------------------------


def test_an_empty_library_has_no_target() -> None:
    assert orient(Profile(), Rights(library()), ON).prospects == ()


def test_what_nobody_has_anything_of_is_still_counted() -> None:
    index = TargetIndex(library(title("a"), {**title("b"), "blocks": None, "award": None}))
    tally = index.tally(index.person({}))
    assert tally.remaining_blocks.tolist() == [2, 0]
    assert tally.remaining_competencies.tolist() == [3, 0]
    assert not tally.acquired.any()


def test_a_tally_leaves_the_next_one_alone() -> None:
    from pathways.gap import State

    index = TargetIndex(library(title("a"), title("b")))
    index.tally(index.person({"a@1": State.BY_RIGHT, "a@1/A": State.BY_RIGHT, "unknown@1": State.BY_RIGHT}))
    assert np.array_equal(index.tally(index.person({})).remaining_blocks, [2, 2])


# -- the ranking ------------------------------------------------------------------------------------------------------


def test_the_nearest_comes_first() -> None:
    made = library(title("far"), title("half"), title("near"))
    holds = {
        "blocks": [{"ref": "half@1/A"}, {"ref": "near@1/A"}],
        "competencies": [{"ref": "far@1/A/A1", "evidence": "assessed"}],
    }
    found = oriented(made, **holds)
    assert keys(found) == ["half@1", "near@1", "far@1"]
    assert [one.share for one in found.prospects] == [0.5, 0.5, 0.25]


def test_what_is_to_confirm_never_counts_as_acquired_but_tells_equals_apart() -> None:
    made = library(title("a"), title("b"))
    found = oriented(made, competencies=[{"ref": "b@1/B/B1", "evidence": "declared"}])
    assert keys(found) == ["b@1", "a@1"]
    assert (found.prospects[0].share, found.prospects[0].possible_share) == (0.0, 0.5)


def test_a_target_whose_parts_are_unknown_does_not_look_near() -> None:
    made = library(title("known"), {**title("a-hole"), "blocks": None, "award": None})
    assert keys(oriented(made)) == ["known@1", "a-hole@1"]
    assert [one.known for one in oriented(made).prospects] == [True, False]


def test_a_target_held_is_said_acquired() -> None:
    found = oriented(library(title("a"), framework("f")), qualifications=[{"ref": "a"}])
    assert [(one.target, one.acquired, one.share) for one in found.prospects] == [
        ("a@1", True, 1.0),
        ("f@1", False, 0.0),
    ]


def test_only_what_is_in_force_unless_everything_is_wanted() -> None:
    made = library(title("old", valid={"from": "2000-01-01", "to": "2010-01-01"}), title("now"))
    rights = Rights(made)
    assert keys(orient(Profile(), rights, ON)) == ["now@1"]
    assert keys(orient(Profile(), rights, ON, everything=True)) == ["now@1", "old@1"]
    assert keys(orient(Profile(), rights, date(2010, 1, 1))) == ["now@1", "old@1"]


def test_a_limit_keeps_the_nearest_and_says_how_many_there_were() -> None:
    made = library(title("a"), title("b"))
    found = orient(Profile(holds={"blocks": [{"ref": "b@1/A"}]}), Rights(made), ON, limit=1)
    assert (keys(found), found.considered) == (["b@1"], 2)


def test_a_profile_that_names_nothing_known_is_refused() -> None:
    with pytest.raises(ProfileProblem, match="x@1"):
        oriented(library(title("a")), qualifications=[{"ref": "x@1"}])


def test_an_orientation_is_json_and_back() -> None:
    found = oriented(library(title("a")), blocks=[{"ref": "a@1/A"}])
    assert Orientation.model_validate_json(found.model_dump_json()) == found


# -- exact hours ------------------------------------------------------------------------------------------------------


def test_with_plans_the_shortest_way_comes_first_and_the_target_without_a_way_last() -> None:
    modules = [
        {"id": f"{name}-{code.lower()}", "title": name, "prepares": [f"{name}@1/{code}"], "hours": {"onsite": hours}}
        for name, hours in (("long", 100), ("short", 10))
        for code in "AB"
    ]
    parts = [title(name) for name in ("long", "short", "none")]
    made = library(*parts)
    made.offers = (offer({"id": "o", "modules": modules}),)
    rights, profile = Rights(made), Profile(holds={"blocks": [{"ref": "long@1/A"}, {"ref": "none@1/A"}]})
    ranked = orient(profile, rights, ON)
    assert keys(ranked) == ["long@1", "none@1", "short@1"]
    planned = with_plans(ranked, Question(profile, "", ON), rights, top=3)
    assert keys(planned) == ["short@1", "long@1", "none@1"]
    plans = [one.plan for one in planned.prospects if one.plan]
    assert [plan.totals.hours for plan in plans[:2]] == [20, 100]
    assert plans[2].status is Status.INFEASIBLE
    assert [one.plan is None for one in with_plans(ranked, Question(profile, "", ON), rights, top=1).prospects] == [
        False,
        True,
        True,
    ]
