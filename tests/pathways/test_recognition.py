"""Rights as a dated fixpoint: what follows, by which proof, on which day, under which reading."""

from datetime import date, timedelta

import pytest

from pathways.policy import Policy
from pathways.recognition import Rights
from referentials.library import Library
from tests.pathways.small import MONDAY, certification, closure, framework, likeness, right, rule

NO_CHAIN = Policy(chain_rights=False)
LIKENESS = Policy(count_likeness=True)
YESTERDAY = MONDAY - timedelta(days=1)

A = certification("a@1", "B1 C1 C2", "B2 C1")
B = certification("b@1", "B1 C1", "B2 C1")


def test_a_whole_gives_its_blocks_and_a_block_its_competencies() -> None:
    found = closure(A, held=["a@1"])
    assert {"a@1/B1", "a@1/B2", "a@1/B1/C2"} <= set(found.proofs)


def test_an_optional_block_is_no_part_of_the_whole() -> None:
    optional = {"code": "B3", "optional": True}
    found = closure(certification("a@1", "B1", optional), held=["a@1"])
    assert "a@1/B1" in found
    assert "a@1/B3" not in found


def test_a_level_gives_the_lower_ones_and_no_higher_one() -> None:
    found = closure(framework("f@1", "1.1"), held=["f@1/1/1.1#2"])
    assert {"f@1/1/1.1", "f@1/1/1.1#1"} <= set(found.proofs)
    assert "f@1/1/1.1#3" not in found


def test_every_part_gives_the_whole_unless_something_is_assessed_on_top() -> None:
    assert "a@1" in closure(A, held=["a@1/B1", "a@1/B2"])
    assert "a@1" not in closure(A, held=["a@1/B1"])
    with_interview = certification("a@1", "B1", final_assessment={"form": "entretien final"})
    assert "a@1" not in closure(with_interview, held=["a@1/B1"])
    assert "a@1" not in closure(
        certification("a@1", "B1"), rule("entretien", "certification-rncp", final_assessment=True), held=["a@1/B1"]
    )


def test_an_award_that_asks_for_something_else_is_looked_at_when_that_comes_true() -> None:
    """Its own parts are there first; the qualification that it also asks for comes later, by right."""
    asking = certification("a@1", "B1", award={"all_of": ["B1", "b@1"]})
    found = closure(asking, B, right("r", "x@1", "b@1"), certification("x@1", "B1"), held=["a@1/B1", "x@1"])
    assert "a@1" in found


def test_an_award_on_a_level_is_looked_at_when_the_level_comes_true() -> None:
    asking = certification("a@1", "B1", award={"all_of": ["B1", {"competency": "f@1/1.1", "level": 1}]})
    assert "a@1" in closure(asking, framework("f@1", "1.1"), held=["a@1/B1", "f@1/1/1.1", "f@1/1/1.1#3"])


@pytest.mark.parametrize("nothing", [{"all_of": []}, {"any_of": ["b@1", {"at_least": 0, "of": ["b@1"]}]}])
def test_what_asks_for_nothing_grants_nothing(nothing: object) -> None:
    assert "a@1/B1" not in closure(A, B, right("r", nothing, "a@1/B1"), held=["b@1/B1"])
    assert "a@1" not in closure(certification("a@1", "B1", award=nothing), B, held=["a@1/B1"])


@pytest.mark.parametrize(
    ("window", "plays"),
    [
        ({}, True),
        ({"from": MONDAY}, True),
        ({"to": MONDAY}, True),
        ({"from": MONDAY + timedelta(days=1)}, False),
        ({"to": YESTERDAY}, False),
        ({"seen": MONDAY + timedelta(days=1)}, False),
    ],
)
def test_a_right_plays_between_its_dates_both_included(window: dict[str, date], plays: bool) -> None:
    assert ("a@1/B1" in closure(A, B, right("r", "b@1/B1", "a@1/B1", in_force=window), held=["b@1/B1"])) is plays


def test_a_right_is_never_read_backwards() -> None:
    assert "b@1/B1" not in closure(A, B, right("r", "b@1/B1", "a@1/B1"), held=["a@1/B1"])


@pytest.mark.parametrize("effect", ["prepare", "none", "expected"])
def test_a_preparation_or_an_absence_grants_nothing(effect: str) -> None:
    assert "a@1/B1" not in closure(A, B, right("r", "b@1/B1", "a@1/B1", effect=effect), held=["b@1/B1"])


def test_what_a_body_may_grant_is_for_confirmation_alone() -> None:
    assert "a@1/B1" not in closure(A, B, right("r", "b@1/B1", "a@1/B1", discretionary=True), held=["b@1/B1"])


def test_an_exemption_of_one_part_does_not_waive_the_whole() -> None:
    whole = right("r", "b@1", "a@1", effect="exempt", waives="entry")
    part = right("p", "b@1", "a@1", effect="exempt", waives="entry", part="une épreuve")
    assert "!entry:a@1" in closure(A, B, whole, held=["b@1"])
    assert "!entry:a@1" not in closure(A, B, part, held=["b@1"])


def test_rights_in_a_circle_give_nothing_to_who_holds_none_of_them() -> None:
    circle = right("there", "b@1/B1", "a@1/B1"), right("back", "a@1/B1", "b@1/B1")
    assert not {"a@1/B1", "b@1/B1"} & set(closure(A, B, *circle, held=["a@1/B2"]).proofs)
    found = closure(A, B, *circle, held=["a@1/B1"])
    assert found.proofs["b@1/B1"].premises == ("a@1/B1",)
    assert found.proofs["a@1/B1"].why == "held"


# -- rights on rights -------------------------------------------------------------------------------------------------

CHAIN = (A, B, certification("c@1", "B1"), right("r1", "b@1/B1", "a@1/B1"), right("r2", "a@1/B1", "c@1/B1"))


def test_a_right_on_a_right_says_so_and_a_policy_can_forbid_it() -> None:
    found = closure(*CHAIN, held=["b@1/B1"])
    assert found.proofs["c@1/B1"].chained
    assert not found.proofs["a@1/B1"].chained
    assert "c@1/B1" not in closure(*CHAIN, held=["b@1/B1"], policy=NO_CHAIN)
    assert "c@1/B1" in closure(*CHAIN, held=["a@1/B1"], policy=NO_CHAIN)


def test_what_one_obtains_without_a_right_is_not_spoilt_by_a_right_to_it() -> None:
    """Whoever holds all the blocks has the whole by oneself, even when a right would give it too."""
    items = A, B, certification("c@1", "B1"), right("r1", "b@1/B1", "a@1"), right("r2", "a@1", "c@1/B1")
    mine = ["a@1/B1", "a@1/B2"]
    assert "c@1/B1" in closure(*items, held=mine, policy=NO_CHAIN)
    found = closure(*items, held=[*mine, "b@1/B1"], policy=NO_CHAIN)
    assert "c@1/B1" in found
    assert found.proofs["a@1"].why == "award"


def test_competencies_of_a_block_obtained_by_right_rest_on_that_right() -> None:
    items = A, B, certification("c@1", "B1"), right("r1", "b@1/B1", "a@1/B1"), right("r2", "a@1/B1/C1", "c@1/B1")
    assert "c@1/B1" in closure(*items, held=["b@1/B1"])
    assert "c@1/B1" not in closure(*items, held=["b@1/B1"], policy=NO_CHAIN)


# -- parts of a title that ended --------------------------------------------------------------------------------------

ENDED = certification("old@1", "B1 C1", "B2 C1", valid={"to": "2024-01-01"}, replaced_by=["new@1"])
NEW = certification("new@1", "B1 C1")
NOT_KEPT = rule("caducite", "certification-rncp", keeps_blocks=False)
REVISES, OTHER = right("revises", "old@1/B1", "new@1/B1"), right("other", "old@1/B1", "a@1/B1")


def test_a_block_of_a_title_that_ended_serves_the_text_that_revises_it_alone() -> None:
    found = closure(ENDED, NEW, A, NOT_KEPT, REVISES, OTHER, held=["old@1/B1"])
    assert "new@1/B1" in found
    assert "a@1/B1" not in found
    assert found.lapsed == {"old@1/B1"}
    assert [fact for fact, _proof in found.chain("new@1/B1")] == ["old@1/B1", "new@1/B1"]


def test_where_the_rules_keep_blocks_they_serve_as_before() -> None:
    found = closure(ENDED, NEW, A, REVISES, OTHER, held=["old@1/B1"])
    assert {"new@1/B1", "a@1/B1", "old@1/B1"} <= set(found.proofs)


def test_a_block_granted_in_a_title_that_ended_is_no_better_than_one_held() -> None:
    found = closure(ENDED, NEW, A, B, NOT_KEPT, OTHER, right("r", "b@1/B1", "old@1/B1"), held=["b@1/B1"])
    assert "a@1/B1" not in found
    assert "old@1/B1" in found.lapsed


def test_what_a_lapsed_block_certified_was_learnt_all_the_same() -> None:
    """And proving a competency apart takes nothing away."""
    items = ENDED, NEW, A, NOT_KEPT, right("r", "old@1/B1/C1", "a@1/B1")
    assert "a@1/B1" in closure(*items, held=["old@1/B1"])
    assert "a@1/B1" in closure(*items, held=["old@1/B1", "old@1/B1/C1"])


@pytest.mark.parametrize("held", [["old@1", "old@1/B1"], ["b@1", "old@1/B1"], ["b@1"]])
def test_a_whole_title_obtained_stays_with_its_blocks_however_late_it_is_known(held: list[str]) -> None:
    found = closure(ENDED, NEW, A, B, NOT_KEPT, OTHER, right("r", "b@1", "old@1"), held=held)
    assert {"old@1", "old@1/B1", "a@1/B1"} <= set(found.proofs)
    assert not found.lapsed


def test_a_title_that_ended_is_not_awarded_any_more_but_as_the_one_aimed_at() -> None:
    items = ENDED, NEW, NOT_KEPT
    assert "old@1" not in closure(*items, held=["old@1/B1", "old@1/B2"])
    assert "old@1" in Rights(Library.of(*items)).close(["old@1/B1", "old@1/B2"], MONDAY, aimed="old@1")


# -- likenesses -------------------------------------------------------------------------------------------------------


def test_a_likeness_counts_only_when_asked_validated_and_exact() -> None:
    def liked(policy: Policy = LIKENESS, **fields: str) -> bool:
        item = likeness("a@1/B1/C1", "b@1/B1/C1", **fields)
        return "b@1/B1/C1" in closure(A, B, item, held=["a@1/B1/C1"], policy=policy)

    assert liked()
    assert not liked(Policy())
    assert not liked(state="suggested")
    assert not liked(relation="close")


def test_a_likeness_is_never_a_right_nor_a_block() -> None:
    items = A, B, likeness("a@1/B1/C1", "b@1/B1/C1"), right("r", "b@1/B1/C1", "b@1/B2")
    assert "b@1/B2" not in closure(*items, held=["a@1/B1/C1"], policy=LIKENESS)
    assert "b@1/B1" not in closure(A, B, likeness("a@1/B1", "b@1/B1"), held=["a@1/B1"], policy=LIKENESS)


def test_the_proof_is_the_same_in_any_order() -> None:
    items = [A, B, certification("c@1", "B1"), right("r1", "b@1/B1", "a@1/B1"), right("r0", "c@1/B1", "a@1/B1")]
    held = ["b@1/B1", "c@1/B1"]
    one, other = closure(*items, held=held), closure(*reversed(items), held=reversed(held))
    assert one == other
    assert one.proofs["a@1/B1"].by == "r0"
