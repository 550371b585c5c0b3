"""CVs, badges and Pix results as claims: what is read, that nobody's identity is, that nothing follows from words, and hostile files."""

import io
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.holdings import held
from pathways.profile import EvidenceKind, Profile
from referentials.findings import FileProblem, Finding
from referentials.formats import europass, json_resume, open_badges, pix
from referentials.formats.exchange import Record, Standard, Upload
from referentials.library import Library
from tests.referentials.formats.round_trip import SAMPLES

CV = SAMPLES / "cv_json_resume.json"
EUROPASS = SAMPLES / "cv_europass.xml"
BADGES = SAMPLES / "badges.json"
PIX = SAMPLES / "pix_profil.csv"
OF_EACH = [(json_resume, CV), (europass, EUROPASS), (open_badges, BADGES), (pix, PIX)]
STANDARDS = [module.STANDARD for module, _path in OF_EACH]


def read(standard: Standard, content: bytes, name: str = "fichier") -> tuple[Profile, list[Finding]]:
    assert standard.read is not None
    found = list(standard.read(Upload(name, io.BytesIO(content), len(content))))
    (record,) = [one for one in found if isinstance(one, Record)]
    assert record.kind == "profile"
    return Profile.model_validate(record.values), [one for one in found if isinstance(one, Finding)]


def jobs(profile: Profile) -> list[tuple[str | None, float]]:
    return [(one.title, one.months) for one in profile.experience]


def mentions(profile: Profile) -> list[tuple[str, str]]:
    return [(one.kind.value, one.title) for one in profile.mentions]


def rules(findings: list[Finding]) -> set[str]:
    return {one.rule for one in findings}


def test_a_json_resume_gives_its_jobs_and_what_somebody_has_to_recognise() -> None:
    profile, findings = read(json_resume.STANDARD, CV.read_bytes())
    assert jobs(profile) == [
        ("Animatrice multimédia, chez", 36),
        ("Médiatrice numérique", 24),  # until the day on which the CV says that it was written
        ("Écrivaine publique", 12),  # between years alone: what is certain
    ]
    assert mentions(profile) == [
        ("job", "Formatrice bureautique"),
        ("qualification", "BPJEPS TIC"),
        ("qualification", "Titre professionnel REMN (RNCP34137)"),
        ("skill", "Animation"),
        ("skill", "atelier d'initiation"),
        ("skill", '=HYPERLINK("'),
    ]
    assert (profile.mentions[1].on, profile.mentions[3].level) == (date(2015, 6, 30), "Experte")
    assert rules(findings) == {"affirmation-duree", "affirmation-languages"}


def test_a_europass_cv_gives_the_same_sort_of_things() -> None:
    profile, findings = read(europass.STANDARD, EUROPASS.read_bytes())
    assert jobs(profile) == [("Animatrice multimédia", 36), ("Médiatrice numérique", 24)]
    assert mentions(profile) == [
        ("qualification", "BPJEPS TIC"),
        ("qualification", "Certification Pix"),
        ("skill", "Animer un atelier"),
        ("skill", "Monter un budget"),
    ]
    assert profile.mentions[0].level == "CEC 4"
    assert rules(findings) == {"affirmation-linguistic"}


def test_a_badge_is_a_claim_with_what_it_is_aligned_with() -> None:
    profile, findings = read(open_badges.STANDARD, BADGES.read_bytes())
    assert [(one.kind.value, one.title, one.code, one.on) for one in profile.mentions] == [
        ("skill", "Recherche d'information", None, date(2022, 5, 4)),
        ("skill", "Mener une recherche et une veille d'information", "pix@2023/1.1", date(2022, 5, 4)),
        ("skill", "Autre chose", "https://exemple.fr/competences/12", date(2022, 5, 4)),
        ("qualification", "BPJEPS TIC", "RNCP28573", None),
    ]
    assert {"affirmation-non-verifie", "affirmation-badge-jusque", "affirmation-evidence"} == rules(findings)
    until = next(one for one in findings if one.rule == "affirmation-badge-jusque")
    assert "04/05/2027" in until.message


def test_pix_levels_are_declared_on_the_competencies_of_the_framework_that_ships() -> None:
    profile, findings = read(pix.STANDARD, PIX.read_bytes())
    assert [(one.ref, one.level, one.evidence, one.on) for one in profile.holds.competencies] == [
        ("pix@2023/1/1.1", 5, EvidenceKind.DECLARED, date(2022, 5, 4)),
        ("pix@2023/4/4.3", 3, EvidenceKind.DECLARED, date(2022, 5, 4)),
    ]
    assert findings == []


PIX_TABLES = {
    "titles": ("Compétence;Niveau\nProgrammer;4\n1.1;2\n".encode(), {"3.4": 4, "1.1": 2}, 0),
    "codes": (b"code,niveau,date\n1.1,8,2022-05-04\n9.9,3,\n2.1,neuf,\n2.2,9,\n", {"1.1": 8}, 3),
    "session": (b'"Nom";"1.1";"1.2";"5.2"\n"Exemple";5;"-";"0"\n', {"1.1": 5}, 0),
    "utf-16": ("Compétence\tNiveau\nGérer des données\t3\n".encode("utf-16"), {"1.2": 3}, 0),
}


@pytest.mark.parametrize("name", PIX_TABLES)
def test_each_table_of_pix_levels_is_read(name: str) -> None:
    content, levels, unread = PIX_TABLES[name]
    profile, findings = read(pix.STANDARD, content)
    assert {one.ref.rpartition("/")[2]: one.level for one in profile.holds.competencies} == levels
    assert [one.rule for one in findings] == ["pix-ligne"] * unread


@pytest.mark.parametrize(("module", "path"), OF_EACH)
def test_who_the_person_is_stays_in_the_file(module: Any, path: Path) -> None:
    profile, findings = read(module.STANDARD, path.read_bytes())
    told = (profile.model_dump_json() + json.dumps([one.model_dump() for one in findings], default=str)).casefold()
    content = path.read_text("utf-8-sig").casefold()
    for secret in ("camille", "exemple@", "06 00", "essais", "aaaa", "parfaite", "témoin", "organisme inventé"):
        assert secret not in told
    assert any(one in content for one in ("camille", "exemple@"))


@pytest.mark.parametrize(("module", "path"), OF_EACH[:3])
def test_words_alone_give_nothing(module: Any, path: Path) -> None:
    """Whatever a CV says, its owner starts from the same facts as somebody who has only worked."""
    profile, _findings = read(module.STANDARD, path.read_bytes())
    found = held(profile, Library.read(), date(2026, 11, 22))
    assert found.sure == found.hopeful == frozenset()


def test_what_is_declared_is_never_sure() -> None:
    profile, _findings = read(pix.STANDARD, PIX.read_bytes())
    found = held(profile, Library.read(), date(2026, 11, 22))
    assert found.hopeful
    assert found.sure == frozenset()


DEEP = b"[" * 100_000
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY c "&b;&b;">]><SkillsPassport>&c;</SkillsPassport>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><SkillsPassport>&b;</SkillsPassport>'
SPACE = b'xmlns="http://europass.cedefop.europa.eu/Europass"'
HOSTILE = {
    "empty": b"",
    "binary": bytes(range(256)) * 500,
    "deep": DEEP,
    "cut json": CV.read_bytes()[:700],
    "cut xml": EUROPASS.read_bytes()[:700],
    "laughs": LAUGHS,
    "outside entity": OUTSIDE,
    "another xml": b"<html/>",
    "empty passport": b"<SkillsPassport " + SPACE + b"/>",
    "another json": b'{"CFDocument": {}}',
    "wrong shapes": b'{"work": {"a": 1}, "skills": "x", "type": {"a": 1}, "credentialSubject": 3}',
    "an older badge": b'{"type": "Assertion", "badge": "x", "recipient": {}}',
    "two people": b'"Nom";"1.1"\n"A";5\n"B";4\n',
    "no level": b"code;niveau\n1.1;9\n",
    "header alone": b'"Nom";"1.1"\n',
    "twenty megabytes": b" " * 21_000_000,
    "open quote": b'code;niveau\n"1.1;5\n',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_within_a_second(name: str) -> None:
    for standard in STANDARDS:
        start = time.process_time()
        with pytest.raises(FileProblem) as refused:
            read(standard, HOSTILE[name])
        assert time.process_time() - start < 1
        assert all(one.message and one.remedy for one in refused.value.findings)


def test_the_wrong_version_is_told() -> None:
    with pytest.raises(FileProblem, match="version 2"):
        read(open_badges.STANDARD, HOSTILE["an older badge"])
    with pytest.raises(FileProblem, match="plusieurs personnes"):
        read(pix.STANDARD, HOSTILE["two people"])


def test_endless_texts_are_cut_and_endless_lists_end() -> None:
    digits = "1-" * 2_000 + "a"
    words = [{"name": text} for text in ("mot " * 2_000, digits, "x" * 5_000, "a@" * 2_000, "\ud800\x00<p>")]
    content = json.dumps({"skills": words + [{"name": f"s{rank}"} for rank in range(5_000)]}).encode()
    start = time.process_time()
    profile, findings = read(json_resume.STANDARD, content)
    assert time.process_time() - start < 1
    assert profile.mentions[0].title.startswith("mot mot")
    assert len(profile.mentions[0].title) == 200
    assert len(profile.mentions) == 300
    assert [one.rule for one in findings] == ["affirmation-longueur"]


NAMES = st.sampled_from(
    [
        "work",
        "skills",
        "position",
        "startDate",
        "endDate",
        "name",
        "keywords",
        "education",
        "studyType",
        "basics",
        "meta",
        "type",
        "credentialSubject",
        "achievement",
        "alignment",
        "targetCode",
        "validFrom",
        "verifiableCredential",
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(["2020-02", "OpenBadgeCredential"])
)
TREES = st.recursive(LEAVES, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(NAMES, inside, max_size=6))


@given(st.dictionaries(NAMES, TREES, max_size=6))
@settings(max_examples=40)
def test_any_json_gives_a_profile_or_a_refusal(value: Any) -> None:
    for standard in (json_resume.STANDARD, open_badges.STANDARD):
        try:
            profile, _findings = read(standard, json.dumps(value).encode())
        except FileProblem:
            continue
        assert not profile.holds.blocks


SEEN = [
    (json_resume, "cv/jsonresume_sample.json", 2, 9),
    (europass, "cv/europass_Europass_CV_V3.4.0_Example.xml", 1, 11),
    (open_badges, "openbadges/ob3_achievementAlignmentCase.json", 0, 2),
    (open_badges, "openbadges/ob3_basicOpenBadgeCredential.json", 0, 1),
]


@pytest.mark.parametrize(("module", "name", "worked", "said"), SEEN)
def test_published_examples_are_read(samples: Path, module: Any, name: str, worked: int, said: int) -> None:
    profile, _findings = read(module.STANDARD, (samples / "data" / name).read_bytes())
    assert (len(profile.experience), len(profile.mentions)) == (worked, said)
    told = profile.model_dump_json()
    assert not any(secret in told for secret in ("Hendriks", "Richard", "NORRIS", "Chuck", "Strawberry", "@", "555"))
