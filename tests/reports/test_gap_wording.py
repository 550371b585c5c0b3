"""What remains, what is waived and what is missing, in words."""

from datetime import date

import pytest

from pathways.gap import BlockGap, EntryGap, Gap, Remaining, State
from pathways.reasons import Reason
from pathways.waivers import Waiver
from referentials.provenance import Source
from referentials.requirement import AllOf, AnyOf, AtLeast, Condition, Held, Requirement
from referentials.rights import Waived
from reports.gap_wording import asked, before, entry, remaining, waiver

TEXT = Reason(fact="!entry:x@1", how="right", by="d", source=Source(title="Arrêté d'essai", article="article 3"))
TWO = AllOf(all_of=(Held("a"), Held("b")))


def gap(**values: object) -> Gap:
    blocks = tuple(BlockGap(ref=f"x@1/B{number}", title=None, state=State.MISSING) for number in range(4))
    base = {"target": "x@1", "on": date(2026, 11, 21), "versions": (), "acquired": False, "entry": EntryGap()}
    return Gap.model_validate(base | {"blocks": blocks, "remaining": Remaining(blocks=4, competencies=0)} | values)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (Remaining(blocks=4, competencies=0), "Il vous reste 4 blocs sur 4."),
        (Remaining(blocks=1, competencies=0), "Il vous reste 1 bloc sur 4."),
        (Remaining(blocks=2, competencies=0, among=4), "Il vous reste 2 blocs à obtenir, au choix parmi 4."),
        (Remaining(blocks=1, competencies=0, among=3), "Il vous reste 1 bloc à obtenir, au choix parmi 3."),
        (Remaining(blocks=0, competencies=0), "Les blocs demandés vous sont acquis ; reste à obtenir le diplôme."),
    ],
)
def test_what_is_left_is_counted_as_the_award_asks(left: Remaining, said: str) -> None:
    assert remaining(gap(remaining=left)) == said


def test_all_the_blocks_are_said_to_be_acquired_only_when_they_are() -> None:
    blocks = tuple(BlockGap(ref=f"x@1/B{number}", title=None, state=State.BY_PROOF) for number in range(2))
    told = remaining(gap(blocks=blocks, remaining=Remaining(blocks=0, competencies=0)))
    assert told == "Tous les blocs vous sont acquis ; reste à obtenir le diplôme."


@pytest.mark.parametrize(
    ("requirement", "said"),
    [
        (Held("a"), "a"),
        (TWO, "a et b"),
        (AllOf(all_of=(TWO, AnyOf(any_of=(Held("c"), Held("d"))))), "(a et b) et (c ou d)"),
        (AtLeast(at_least=2, of=(Held("a"), Held("b"), Held("c"))), "au moins 2 parmi a, b et c"),
        (AllOf(all_of=()), "rien"),
        (Condition(condition="c", text="Un avis {x}"), "à confirmer avec la personne : Un avis {x}"),
    ],
)
def test_a_requirement_fits_on_a_line(requirement: Requirement, said: str) -> None:
    assert asked(requirement) == said


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.MISSING, ["○ exigences non remplies", "il manque : a et b"]),
        (State.TO_CONFIRM, ["? exigences à confirmer", "reste à confirmer : a et b"]),
    ],
)
def test_the_door_says_what_is_missing(state: State, said: list[str]) -> None:
    assert list(entry(EntryGap(state=state, missing=TWO))) == said


def test_an_unknown_door_is_not_known_and_an_open_one_asks_for_nothing() -> None:
    assert list(entry(EntryGap())) == ["exigences non connues"]
    assert list(entry(EntryGap(state=State.BY_PROOF))) == ["✓ exigences remplies"]


def test_what_is_waived_is_said_with_its_text_and_only_as_sure_as_it_is() -> None:
    sure = Waiver(what=Waived.ASSESSMENT, part="épreuve orale", state=State.BY_RIGHT, because=(TEXT,))
    hoped = sure.model_copy(update={"state": State.TO_CONFIRM, "part": None})
    assert waiver(sure) == "§ dispense d'évaluation (épreuve orale) — Arrêté d'essai, article 3"
    assert waiver(hoped) == "? dispense d'évaluation, à confirmer — Arrêté d'essai, article 3"


def test_what_comes_before_a_block_is_said_only_when_it_is_missing() -> None:
    block = BlockGap(ref="x@1/B1", title=None, state=State.MISSING)
    assert before(block) == ""
    assert before(block.model_copy(update={"before": TWO})) == "avant l'évaluation, il faut encore : a et b"
