"""From a profile to facts: what is sure, what is to confirm, what can't be used."""

from datetime import timedelta
from typing import Any

import pytest

from pathways import facts
from pathways.holdings import Held, ProfileProblem, held
from pathways.policy import PRUDENT, Policy
from pathways.profile import EvidenceKind, Profile
from referentials.library import Library
from referentials.requirement import Experience, ExperienceAsked
from tests.pathways.small import MONDAY, certification, framework, module, offer, person

OLD = certification("a@1", "B1 C1", valid={"from": "2010-01-01", "to": "2019-12-31"})
NEW = certification("a@2", "B1 C1", valid={"from": "2020-01-01"})
LIBRARY = Library.of(
    OLD, NEW, certification("b@1", "B1 C1 C2"), framework("f@1", "1.1"), offer(module("m", "b@1/B1/C1"))
)


def facts_of(profile: Profile, policy: Policy = PRUDENT, asked: ExperienceAsked | None = None) -> Held:
    return held(profile, LIBRARY, MONDAY, policy, [Experience(experience=asked)] if asked else [])


def problems_of(profile: Profile) -> str:
    with pytest.raises(ProfileProblem) as caught:
        facts_of(profile)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    ("evidence", "sure"), [("certified", True), ("assessed", True), ("attested", False), ("declared", False)]
)
def test_only_what_is_certified_or_assessed_is_sure_by_default(evidence: str, sure: bool) -> None:
    found = facts_of(person({"ref": "b@1/B1", "evidence": evidence}))
    assert ("b@1/B1" in found.sure) is sure
    assert "b@1/B1" in found.hopeful


def test_a_policy_may_trust_more() -> None:
    trusting = Policy(acquired=frozenset(EvidenceKind))
    assert "b@1/B1" in facts_of(person({"ref": "b@1/B1", "evidence": "declared"}), trusting).sure


def test_of_two_proofs_the_stronger_counts_in_any_order() -> None:
    proofs = [{"ref": "b@1/B1/C1", "evidence": kind} for kind in ("declared", "assessed")]
    for order in (proofs, proofs[::-1]):
        assert facts_of(person(competencies=order)).evidence["b@1/B1/C1"] is EvidenceKind.ASSESSED


def test_what_is_obtained_later_is_not_held_yet() -> None:
    tomorrow = MONDAY + timedelta(days=1)
    assert not facts_of(person({"ref": "b@1/B1", "on": tomorrow})).hopeful
    assert facts_of(person({"ref": "b@1/B1", "on": MONDAY})).sure


def test_a_level_is_kept_with_its_competency() -> None:
    assert "f@1/1/1.1#2" in facts_of(person(competencies=[{"ref": "f@1/1.1", "level": 2, "evidence": "assessed"}])).sure


@pytest.mark.parametrize(("on", "key"), [("2015-06-30", "a@1"), ("2021-06-30", "a@2")])
def test_the_day_tells_the_version(on: str, key: str) -> None:
    assert facts_of(person(qualifications=[{"ref": "a", "on": on}])).sure == {key}
    reached: list[Any] = [{"ref": "a/B1/C1", "on": on, "evidence": "assessed"}]
    assert facts_of(person(competencies=reached)).sure == {f"{key}/B1/C1"}


def test_without_a_day_the_version_must_be_said() -> None:
    assert "plusieurs versions : précisez a@1 ou a@2" in problems_of(person(qualifications=["a"]))


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (person("b@1/B9"), "« b@1/B9 » n'existe pas dans la bibliothèque. Peut-être : b@1/B1"),
        (person(qualifications=["b@1/B1"]), "« b@1/B1 » n'est pas un diplôme."),
        (person("b@1"), "« b@1 » n'est pas un bloc."),
        (person(competencies=["b@1/B1"]), "« b@1/B1 » n'est pas une compétence."),
        (person(modules=["o:n"]), "« o:n » n'existe pas dans la bibliothèque. Peut-être : o:m."),
        (person(modules=["b@1"]), "« b@1 » n'est pas un module."),
        (person(can_give={"imposed": ["o:n"]}), "« o:n » n'existe pas"),
        (person(can_give={"refused": ["o:n"]}), "« o:n » n'existe pas"),
    ],
)
def test_what_leads_nowhere_is_said_with_what_is_near(profile: Profile, words: str) -> None:
    assert words in problems_of(profile)


def test_every_problem_is_said_at_once() -> None:
    assert "B8" in problems_of(person("b@1/B8", "b@1/B9"))
    assert "B9" in problems_of(person("b@1/B8", "b@1/B9"))


# -- experience -------------------------------------------------------------------------------------------------------

ASKED = ExperienceAsked(months=12, rome=("K1206",))
FIELD = ExperienceAsked(months=12, field="Animation")


@pytest.mark.parametrize(
    ("jobs", "asked", "sure", "hopeful"),
    [
        ([{"months": 12, "rome": "K1206"}], ASKED, True, True),
        ([{"months": 11, "rome": "K1206"}], ASKED, False, False),
        ([{"months": 20, "rome": "K1206", "share": 0.5}], ASKED, False, False),
        ([{"months": 6, "rome": "K1206"}, {"months": 12, "rome": "K1206", "share": 0.5}], ASKED, True, True),
        ([{"months": 99, "rome": "G1202"}], ASKED, False, False),
        ([{"months": 12, "field": "animation"}], FIELD, True, True),
        ([{"months": 12}], FIELD, False, True),
        ([{"months": 12, "field": "Soins"}], FIELD, False, False),
        ([{"months": 12}], ExperienceAsked(months=12), True, True),
    ],
)
def test_experience_counts_at_full_time_in_the_field_asked(
    jobs: list[dict[str, Any]], asked: ExperienceAsked, sure: bool, hopeful: bool
) -> None:
    found = facts_of(person(experience=jobs), asked=asked)
    fact = facts.asked(Experience(experience=asked))
    assert (fact in found.sure, fact in found.hopeful) == (sure, hopeful)
    assert found.shows(asked) is sure


def test_to_have_worked_takes_some_months() -> None:
    assert facts_of(person(experience=[{"months": 1}])).has_worked
    assert not facts_of(person(experience=[{"months": 0}])).has_worked


# -- modules followed -------------------------------------------------------------------------------------------------


def test_a_module_followed_attests_what_it_develops_and_what_it_prepares() -> None:
    made = Library.of(
        certification("b@1", "B1 C1 C2", "B2 C1"),
        framework("f@1", "1.1"),
        offer(module("m", "b@1/B2/C1", {"competency": "f@1/1.1", "level": 2}, prepares=["b@1/B1"])),
    )
    followed = person(modules=["o:m"])
    attested = {"b@1/B2/C1", "f@1/1/1.1#2", "b@1/B1/C1", "b@1/B1/C2"}
    prudent = held(followed, made, MONDAY)
    assert prudent.sure == {"o:m"}
    assert prudent.hopeful == {"o:m", *attested}
    assert {prudent.evidence[fact] for fact in attested} == {EvidenceKind.ATTESTED}
    assert prudent.followed == dict.fromkeys(attested, ("o:m",))
    assert prudent.ready == frozenset()
    trusting = held(followed, made, MONDAY, Policy(acquired=frozenset({"certified", "attested"})))  # type: ignore[arg-type]
    assert trusting.sure == {"o:m", *attested}
    assert trusting.ready == {"b@1/B1"}


def test_a_stronger_proof_than_the_module_counts() -> None:
    found = facts_of(person(competencies=["b@1/B1/C1"], modules=["o:m"]))
    assert found.evidence["b@1/B1/C1"] is EvidenceKind.ASSESSED
    assert not found.followed
