"""The domain cases that come with the library: one test each, named by its sentence; and every right put to the test."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from pathways.cases import Case, read_cases
from pathways.holdings import held
from pathways.recognition import Closure, Rights
from pathways.requirements import leaf_facts
from pathways.verdict import failures
from referentials.library import SHIPPED, Library
from referentials.requirement import leaves
from referentials.rights import Effect, Recognition

FOLDER = SHIPPED / "cases"
JUDGED = ("rights", "gap")
"""What is judged here, of what a case may say; the cases that only say a plan are read and checked, not yet judged."""

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)

CASES = tuple(read_cases(FOLDER))
RIGHTS = Rights(Library.read())


def _judged() -> Iterator[Case]:
    return (case for case in CASES if any(getattr(case, part) is not None for part in JUDGED))


@pytest.mark.parametrize("case", [pytest.param(case, id=case.sentence) for case in _judged()])
def test_case(case: Case) -> None:
    assert failures(case, RIGHTS) == ()


def test_there_are_enough_cases() -> None:
    said = {part: sum(getattr(case, part) is not None for case in CASES) for part in ("rights", "gap", "plan")}
    assert said["rights"] >= 60
    assert said["gap"] >= 20
    assert said["plan"] >= 20


def test_every_sentence_is_dated_and_said_once() -> None:
    sentences = [case.sentence for case in CASES]
    assert len(set(sentences)) == len(sentences)
    assert [sentence for sentence in sentences if not sentence.startswith(("Le ", "L'"))] == []
    assert [case.id for case in CASES if _day(case.on) not in case.sentence] == []


def _day(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


@pytest.mark.parametrize(
    "recognition", [item for item in RIGHTS.by_id.values() if item.effect.is_right], ids=lambda item: item.id
)
def test_every_right_is_used_and_refused(recognition: Recognition) -> None:
    """Each right plays in some case, and in another does not, though the person holds something that it names."""
    assert any(recognition.id in _used(case) for case in CASES), "aucun cas ne s'en sert"
    refusals = [case for case in CASES if recognition.id in _refused(case)]
    assert refusals, "aucun cas ne le refuse"
    assert any(_is_near(recognition, case) for case in refusals), (
        "les refus ne touchent ni ce qu'il demande ni ce qu'il donne"
    )


@pytest.mark.parametrize(
    "recognition", [item for item in RIGHTS.by_id.values() if not item.effect.is_right], ids=lambda item: item.id
)
def test_what_is_no_right_is_refused(recognition: Recognition) -> None:
    assert recognition.effect in (Effect.PREPARE, Effect.NONE, Effect.EXPECTED)
    assert any(recognition.id in _refused(case) and _is_near(recognition, case) for case in CASES)


def _used(case: Case) -> set[str]:
    said = case.rights
    return set() if said is None else {*said.by, *said.reduced_by, *said.reductions_to_confirm}


def _refused(case: Case) -> set[str]:
    said = case.rights
    return set() if said is None else {*said.not_by, *said.not_reduced_by}


@cache
def _closure(case_id: str) -> Closure:
    case = next(case for case in CASES if case.id == case_id)
    start = held(case.profile, RIGHTS.library, case.on, case.policy, RIGHTS.experiences)
    return RIGHTS.close(start.hopeful, case.on, case.policy, hopeful=True)


def _is_near(recognition: Recognition, case: Case) -> bool:
    """Whether the person holds a part of what the right asks for, or of what it gives."""
    asked = {fact for leaf in leaves(recognition.given) for fact in leaf_facts(RIGHTS.library, leaf)}
    given = {full for text in recognition.grants for full in RIGHTS.library.expand(text)}
    return not (asked | given).isdisjoint(_closure(case.id).proofs)


# -- a case that is wrong says so -----------------------------------------------------------------------------------------

HOLDER = """\
- id: un-cas
  sentence: Le 1er juin 2014, une personne tient le DEME et la question est posée.
  on: 2014-06-01
  profile: {holds: {qualifications: [{ref: deme@2007}]}}
"""


def _failures(folder: Path, said: str) -> tuple[str, ...]:
    (folder / "cas.yaml").write_text(HOLDER + said, encoding="utf-8")
    (case,) = read_cases(folder)
    return failures(case, RIGHTS)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("  rights: {acquired: [bpjeps-tic@2002/UC5]}", "bpjeps-tic@2002/UC5 devrait être acquis"),
        ("  rights: {not_acquired: [bpjeps-tic@2002/UC1]}", "bpjeps-tic@2002/UC1 ne devrait pas être acquis"),
        ("  rights: {to_confirm: [bpjeps-tic@2002/UC1]}", "bpjeps-tic@2002/UC1 devrait être à confirmer"),
        ("  rights: {acquired: [inconnu@2002/UC1]}", "inconnu@2002/UC1 (référence inconnue) devrait être acquis"),
        ("  rights: {not_acquired: [inconnu@2002/UC1]}", "inconnu@2002/UC1 (référence inconnue)"),
        ("  rights: {lapsed: [deme@2007/DC1]}", "deme@2007/DC1 ne devrait plus compter par lui-même"),
        ("  rights: {waived: [entry deme@2024]}", "la dispense « entry deme@2024 » devrait jouer"),
        ("  rights: {reduced_by: [bac2-allegement-dees]}", "l'allègement bac2-allegement-dees devrait jouer"),
        (
            "  rights: {not_reduced_by: [deme-detisf-allegement-dees]}",
            "l'allègement deme-detisf-allegement-dees ne devrait pas jouer",
        ),
        ("  rights: {by: [deme-detisf-vers-bpjeps]}", "la preuve devrait passer par deme-detisf-vers-bpjeps"),
        ("  rights: {not_by: [deme-detisf-vers-bpjeps]}", "rien ne devrait passer par deme-detisf-vers-bpjeps"),
        ("  rights: {not_by: [sans-objet]}", "rien ne devrait passer par sans-objet"),
        ("  target: bpjeps-tic@2002\n  gap: {acquired: true}", "la cible acquise : attendu True, obtenu False"),
        (
            "  target: bpjeps-tic@2002\n  gap: {blocks: {UC1: missing}}",
            "UC1 devrait être « missing », non « by_right »",
        ),
        (
            "  target: bpjeps-tic@2002\n  gap: {remaining: {blocks: 5, competencies: 0}}",
            "ce qui reste : attendu {'blocks': 5, 'competencies': 0}, obtenu {'blocks': 6, 'competencies': 0}",
        ),
        (
            "  target: bpjeps-tic@2002\n  gap: {waivers: {UC5 training: to_confirm}}",
            "la dispense « UC5 training » devrait être « to_confirm », non « absente »",
        ),
        (
            "  target: bpjeps-tic@2002\n  gap: {near_rights: [deme-detisf-vers-bpjeps]}",
            "les droits ouverts à demi : attendu ('deme-detisf-vers-bpjeps',), obtenu ()",
        ),
        (
            "  target: bpjeps-tic@2002\n  gap: {reductions_to_confirm: [x]}",
            "les allègements à confirmer : attendu ('x',), obtenu ()",
        ),
        ("  target: bpjeps-tic@2002\n  gap: {expected: [x]}", "les textes attendus : attendu ('x',), obtenu ()"),
    ],
)
def test_a_wrong_case_says_what_is_wrong(tmp_path: Path, said: str, message: str) -> None:
    assert _failures(tmp_path, said) == (message,)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("", "un cas dit ce qui suit"),
        ("  gap: {acquired: true}", "demandent une cible"),
        ("  rights: {acquise: [deme@2007]}", "acquise"),
        ("  rights: {acquired: [deme@2007]}\n" + HOLDER + "  rights: {}", "« un-cas » existe déjà dans cas.yaml"),
    ],
)
def test_an_unreadable_case_is_refused(tmp_path: Path, said: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        _failures(tmp_path, said)
