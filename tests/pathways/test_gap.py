"""What remains: the state of each block and competency, with the reasons that lead there."""

from typing import Any

import pytest

from pathways.gap import Gap, State, entry, gap
from pathways.profile import Profile
from tests.pathways.small import certification, framework, person, placed, right, rule

A = certification("a@1", "B1 C1 C2", "B2 C1")
B = certification("b@1", "B1 C1")
RIGHT = right("r", "b@1/B1", "a@1/B1", proof="Parchemin", wording="réputé acquis")
DECLARED: Any = {"ref": "b@1/B1", "evidence": "declared"}


def measured(*items: Any, profile: Profile, **asked: Any) -> Gap:
    return gap(placed(*items, profile=profile, **asked))


def states(found: Gap) -> dict[str, State]:
    return {one.ref: one.state for block in found.blocks for one in (block, *block.competencies)}


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (person(), [State.MISSING] * 3),
        (person("a@1/B1"), [State.BY_PROOF] * 3),
        (person("b@1/B1"), [State.BY_RIGHT] * 3),
        (person(DECLARED), [State.TO_CONFIRM] * 3),
        (person(competencies=["a@1/B1/C1"]), [State.PARTIAL, State.BY_PROOF, State.MISSING]),
        (
            person(competencies=[{"ref": "a@1/B1/C2", "evidence": "declared"}]),
            [State.PARTIAL, State.MISSING, State.TO_CONFIRM],
        ),
    ],
)
def test_each_block_and_competency_has_its_state(profile: Profile, expected: list[State]) -> None:
    found = states(measured(A, B, RIGHT, profile=profile))
    assert [found[ref] for ref in ("a@1/B1", "a@1/B1/C1", "a@1/B1/C2")] == expected


def test_what_remains_counts_what_is_to_confirm() -> None:
    found = measured(A, B, RIGHT, profile=person(DECLARED))
    assert (found.remaining.blocks, found.remaining.competencies, found.acquired) == (2, 3, False)
    nothing = measured(A, B, RIGHT, profile=person("b@1/B1", "a@1/B2"))
    assert (nothing.remaining.blocks, nothing.remaining.competencies, nothing.acquired) == (0, 0, True)


def test_the_reasons_go_from_what_is_held_to_the_text() -> None:
    found = measured(A, B, RIGHT, profile=person("b@1/B1")).blocks[0].because
    assert [(one.fact, one.how, one.by) for one in found] == [
        ("b@1/B1", "held", "certified"),
        ("a@1/B1", "right", "r"),
    ]
    assert found[1].source == RIGHT.source
    assert (found[1].document, found[1].wording) == ("Parchemin", "réputé acquis")
    assert "document_needed" in found[1].cautions


def test_what_is_to_confirm_says_on_what_it_rests() -> None:
    found = measured(A, B, RIGHT, profile=person(DECLARED)).blocks[0].because
    assert [(one.fact, one.by) for one in found] == [("b@1/B1", "declared"), ("a@1/B1", "r")]


def test_a_block_that_counts_no_more_is_not_acquired() -> None:
    ended = certification("b@1", "B1 C1", valid={"to": "2024-01-01"})
    asked = certification("a@1", "B1", entry={"requirement": "b@1/B1"})
    positioning = placed(
        asked, ended, rule("caducite", "certification-rncp", keeps_blocks=False), profile=person("b@1/B1")
    )
    assert positioning.state("b@1/B1") is State.MISSING
    assert positioning.state("b@1/B1/C1") is State.BY_PROOF
    assert entry(positioning).state is State.MISSING


def test_levels_reached_are_told() -> None:
    reached = [{"ref": "f@1/1.1", "level": 2, "evidence": "assessed"}]
    found = measured(framework("f@1", "1.1", "1.2"), profile=person(competencies=reached), target="f@1")
    assert [(one.held, one.state) for one in found.blocks[0].competencies] == [
        (2, State.BY_PROOF),
        (None, State.MISSING),
    ]


def test_a_block_whose_competencies_were_not_all_read_is_not_known() -> None:
    partly = {"code": "B2", "competencies": [{"code": "C1"}], "complete": False}
    found = measured(certification("a@1", "B1 C1", partly, "B3"), profile=person())
    assert [block.known for block in found.blocks] == [True, False, False]


ON_FILE = {"condition": "secourisme", "text": "Tenir le PSC1."}


@pytest.mark.parametrize(
    ("fields", "profile", "state"),
    [
        ({}, person(), None),
        ({"entry": {"known": False}}, person(), None),
        ({"entry": {"requirement": None}}, person(), State.BY_PROOF),
        ({"entry": {"requirement": "b@1/B1"}}, person(), State.MISSING),
        ({"entry": {"requirement": "b@1/B1"}}, person("b@1/B1"), State.BY_PROOF),
        ({"entry": {"requirement": "b@1/B1"}}, person(DECLARED), State.TO_CONFIRM),
        ({"entry": {"requirement": ON_FILE}}, person(), State.TO_CONFIRM),
        ({"entry": {"requirement": ON_FILE}}, person(confirms=["secourisme"]), State.BY_PROOF),
        ({"entry": {"requirement": "c@1"}}, person("b@1/B1"), State.BY_RIGHT),
        ({"entry": {"requirement": "c@1"}}, person(DECLARED), State.TO_CONFIRM),
    ],
)
def test_where_one_stands_at_the_door(fields: dict[str, Any], profile: Profile, state: State | None) -> None:
    waiver = right("w", "b@1/B1", "a@1", effect="exempt", waives="entry")
    items = certification("a@1", "B1", **fields), B, certification("c@1", "B1")
    rights = (waiver,) if fields.get("entry", {}).get("requirement") == "c@1" else ()
    assert measured(*items, *rights, profile=profile).entry.state is state


def test_reductions_of_the_target_alone_are_told() -> None:
    ours = right("ours", "b@1/B1", "a@1/B1", effect="reduce", by={"hours": 7})
    others = right("others", "b@1/B1", "c@1/B1", effect="reduce", by={"hours": 7})
    near = right("near", "b@1/B1", "a@10/B1", effect="reduce", by={"hours": 7})
    items = A, B, certification("c@1", "B1"), certification("a@10", "B1"), ours, others, near
    assert measured(*items, profile=person("b@1/B1")).reductions == ("ours",)
