"""What a gap says of the texts: what they waive or shorten, what they would if something were confirmed, what they don't give."""

from typing import Any

import pytest

from pathways.gap import BlockGap, State, gap
from pathways.reasons import Caution
from referentials.requirement import AnyOf, Held
from referentials.rights import Waived
from tests.pathways.small import MONDAY, answer, certification, module, offer, person, placed, right, steps

A = certification("a@1", "B1 C1", "B2 C1")
B = certification("b@1", "B1 C1", "B2 C1")
SIGNED: Any = {"condition": "contrat", "text": "Un contrat est signé."}


def first(*items: Any, **asked: Any) -> BlockGap:
    return gap(placed(*items, **asked)).blocks[0]


@pytest.mark.parametrize("what", [Waived.ASSESSMENT, Waived.TRAINING])
def test_an_exemption_is_shown_on_its_block(what: Waived) -> None:
    found = first(A, B, right("r", "b@1/B1", "a@1/B1", effect="exempt", waives=what), profile=person("b@1/B1"))
    assert (found.state, [(one.what, one.state) for one in found.waivers]) == (State.MISSING, [(what, State.BY_RIGHT)])
    assert [one.how for one in found.waivers[0].because] == ["held", "right"]


@pytest.mark.parametrize(
    ("given", "fields", "caution"),
    [
        ("b@1/B1", {"discretionary": True}, Caution.DISCRETIONARY),
        ({"all_of": ["b@1/B1", SIGNED]}, {}, Caution.START_NOT_READ),
    ],
)
def test_an_exemption_that_nothing_makes_sure_is_to_confirm(given: Any, fields: Any, caution: Caution) -> None:
    exempt = right("r", given, "a@1/B1", effect="exempt", waives="assessment", **fields)
    found = first(A, B, exempt, profile=person("b@1/B1"))
    assert [one.state for one in found.waivers] == [State.TO_CONFIRM]
    assert caution in found.waivers[0].because[-1].cautions


def test_an_exemption_of_a_part_says_which() -> None:
    exempt = right("r", "b@1/B1", "a@1/B1", effect="exempt", waives="assessment", part="l'écrit")
    assert first(A, B, exempt, profile=person("b@1/B1")).waivers[0].part == "l'écrit"


def test_a_discretionary_right_makes_its_block_to_confirm() -> None:
    found = first(A, B, right("r", "b@1/B1", "a@1/B1", discretionary=True), profile=person("b@1/B1"))
    assert found.state is State.TO_CONFIRM
    assert Caution.DISCRETIONARY in found.because[-1].cautions


def test_a_reduction_that_may_be_granted_is_told_apart() -> None:
    fields: Any = {"effect": "reduce", "by": {"hours": 7}}
    items = right("sure", "b@1/B1", "a@1/B1", **fields), right("may", "b@1/B1", "a@1/B1", discretionary=True, **fields)
    told = gap(placed(A, B, *items, profile=person("b@1/B1")))
    assert (told.reductions, told.reductions_to_confirm) == (("sure",), ("may",))


# -- parts that a diploma does not tell --------------------------------------------------------------------------------

OPTIONS = certification("o@1", *({"code": code, "optional": True} for code in ("X", "Y")), award=None)
SECTORS = right("r", {"all_of": ["o@1/X", "o@1/Y"]}, "a@1/B1")
HOLDER = person(qualifications=["o@1"])


def test_holding_a_whole_leaves_its_optional_parts_to_confirm() -> None:
    found = first(A, OPTIONS, SECTORS, profile=HOLDER)
    assert found.state is State.TO_CONFIRM
    cautions = {one.fact: one.cautions for one in found.because}
    assert cautions["o@1/X"] == cautions["o@1/Y"] == (Caution.OPTIONAL_PART,)
    assert first(A, OPTIONS, SECTORS, profile=person("o@1/X")).state is State.MISSING
    assert first(A, OPTIONS, SECTORS, profile=person("o@1/X", "o@1/Y")).state is State.BY_RIGHT


def test_a_right_that_rests_on_optional_parts_is_one_to_confirm() -> None:
    train = offer(module("m", "a@1/B1/C1", hours=10, price=100), module("n", "a@1/B2/C1"))
    told = answer(A, OPTIONS, SECTORS, train, profile=HOLDER, explain=True)
    assert "module o:m" in steps(told)  # planned prudently, as missing
    assert [(one.fact, one.what, one.hours, one.cost) for one in told.if_confirmed] == [("r", "right", 10, 100)]


def test_a_right_that_a_body_may_grant_is_one_to_confirm() -> None:
    train = offer(module("m", "a@1/B1/C1", hours=10, price=100), module("n", "a@1/B2/C1"))
    may = right("r", "b@1/B1", "a@1/B1", discretionary=True, title="Peut être accordé")
    told = answer(A, B, may, train, profile=person("b@1/B1"), explain=True)
    assert [(one.fact, one.what, one.text, one.hours) for one in told.if_confirmed] == [
        ("r", "right", "Peut être accordé", 10)
    ]


# -- texts that give nothing ------------------------------------------------------------------------------------------


def test_a_right_half_open_says_what_is_missing_and_what_its_note_says() -> None:
    both = right("r", {"all_of": ["b@1/B1", "b@1/B2"]}, "a@1/B1", note="Le tableau ne dit ni « et » ni « ou ».")
    near = gap(placed(A, B, both, profile=person("b@1/B1"))).near_rights
    assert [(one.clause.id, one.missing, one.clause.note) for one in near] == [("r", Held("b@1/B2"), both.note)]
    assert not gap(placed(A, B, both)).near_rights
    assert not gap(placed(A, B, both, profile=person("b@1/B1", "b@1/B2"))).near_rights
    assert not gap(placed(A, B, both, profile=person("b@1/B1", "a@1/B1"))).near_rights


def test_a_right_out_of_its_dates_is_not_half_open() -> None:
    both = right("r", {"all_of": ["b@1/B1", "b@1/B2"]}, "a@1/B1", in_force={"to": "2020-01-01"})
    assert not gap(placed(A, B, both, profile=person("b@1/B1"))).near_rights


@pytest.mark.parametrize(
    ("effect", "name"), [("expected", "expected"), ("none", "absences"), ("prepare", "preparations")]
)
def test_texts_that_give_no_right_are_told_to_whom_they_speak_of(effect: str, name: str) -> None:
    text = right("r", "b@1/B1", "a@1", effect=effect)
    assert [one.id for one in getattr(gap(placed(A, B, text, profile=person("b@1/B1"))), name)] == ["r"]
    assert not getattr(gap(placed(A, B, text)), name)
    assert not getattr(gap(placed(A, B, text, profile=person("b@1/B1"), target="b@1")), name)


# -- what is asked first ----------------------------------------------------------------------------------------------


def test_the_door_says_what_is_missing() -> None:
    asked: Any = {"requirement": {"all_of": ["b@1/B1", {"any_of": ["b@1/B2", SIGNED]}]}}
    closed = certification("a@1", "B1 C1", entry=asked)
    wanting = gap(placed(closed, B)).entry
    assert (wanting.state, wanting.missing) == (State.MISSING, closed.entry.requirement if closed.entry else None)
    signed = gap(placed(closed, B, profile=person("b@1/B1"))).entry
    assert signed.state is State.TO_CONFIRM
    assert isinstance(signed.missing, AnyOf)
    met = gap(placed(closed, B, profile=person("b@1/B1", "b@1/B2"))).entry
    assert (met.state, met.missing) == (State.BY_PROOF, None)


def test_a_waiver_of_a_part_of_the_door_is_told() -> None:
    closed = certification("a@1", "B1 C1", entry={"requirement": "b@1", "tests": ["écrit", "oral"]})
    exempt = right("r", "b@1/B1", "a@1", effect="exempt", waives="entry", part="écrit")
    found = gap(placed(closed, B, exempt, profile=person("b@1/B1"))).entry
    assert (found.state, [(one.part, one.state) for one in found.waivers]) == (
        State.MISSING,
        [("écrit", State.BY_RIGHT)],
    )


def test_what_comes_before_a_block_is_told_until_it_is_there() -> None:
    after = certification("a@1", {"code": "B1", "competencies": [{"code": "C1"}], "requires": "b@1/B1"})
    assert first(after, B).before == Held("b@1/B1")
    assert first(after, B, profile=person("b@1/B1")).before is None
    assert first(after, B, profile=person("a@1/B1")).before is None


def test_the_first_and_the_last_day_are_given() -> None:
    dated = certification("a@1", "B1 C1", valid={"from": "2020-01-01", "to": "2030-12-31"})
    found = gap(placed(dated, on=MONDAY))
    assert (str(found.valid_from), str(found.valid_until)) == ("2020-01-01", "2030-12-31")
    assert gap(placed(A)).valid_until is None
