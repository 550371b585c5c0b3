"""What a document lacks is told with the article that asks for it, and goes away when people add it."""

import re
from datetime import date
from pathlib import Path

import pytest

from pathways.planner import plan
from pathways.profile import Profile
from pathways.question import Question
from pathways.recognition import Rights
from referentials.library import Library
from reports.completeness import completeness
from reports.mentions import MENTIONS, RULES, DocumentKind
from reports.paper import Items, Section
from reports.particulars import Particulars
from reports.particulars_wording import ELSEWHERE, FIELDS
from reports.plan_document import PlanDocument
from reports.plan_writing import plan_document
from tests.reports.charts.drawings import plain

ON = date(2026, 11, 21)
LIBRARY = Library.read()

FILLED: dict[str, object] = {
    "person": {"name": "Personne d'essai"},
    "body": {"name": "Organisme d'essai", "declaration": "00 00 00000 00"},
    "project": "Changer de métier.",
    "objectives": "Obtenir le titre.",
    "programme": "Celui du catalogue.",
    "methods": "Exposés et ateliers.",
    "prerequisites": "Aucun, vérifié à l'entretien.",
    "means": "Une salle, un formateur.",
    "resources": "La plateforme.",
    "follow_up": "Feuilles d'émargement, certificat de réalisation.",
    "evaluation": "Mise en situation.",
    "proofs": "Dossier professionnel.",
    "payment": "À réception.",
    "place": "Marseille",
    "group_size": "12",
    "positioning": {
        "on": "2026-11-02",
        "by": "Le référent",
        "method": "Entretien",
        "procedure": "Écrite",
        "effects": "Dispense",
    },
    "trainers": [{"name": "Formateur d'essai", "titles": "FPA"}],
    "support": {"referent": "Référent", "meetings": "Chaque mois", "reply_delay": "48 h"},
    "distance": {
        "assistance": "Une permanence.",
        "activities": [{"title": "Lire", "hours": 2}],
        "evaluations": "Un quiz.",
        "skills": "Formateurs.",
        "contact": "Téléphone.",
        "reply_delay": "48 h",
    },
    "workplace": {"analysis": "Faite.", "trainer": "Nommé.", "reflection": "Chaque semaine.", "evaluations": "Grille."},
    "alternation": {"entry": "Remplies.", "rhythm": "Deux jours.", "tutor": "Nommé.", "booklet": "Remis."},
}


@pytest.fixture(scope="module")
def asked() -> tuple[Question, object]:
    profile = Profile.model_validate({"can_give": {"weekly_hours": 14, "start": "2027-01-04"}})
    question = Question(profile, "tp-fpa@2023", ON, real_only=True, explain=False)
    return question, plan(question, Rights(LIBRARY))


def told(asked: tuple[Question, object], added: dict[str, object] | None = None) -> PlanDocument:
    question, found = asked
    return plan_document(found, question, LIBRARY, Particulars.model_validate(added or {}), reference="P-1")  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", DocumentKind)
def test_mentions_are_word_for_word_those_of_the_rule(kind: DocumentKind) -> None:
    rule = next(rule for rule in LIBRARY.rules if rule.id == RULES[kind])
    assert [mention.text for mention in MENTIONS[kind]] == re.findall(r"(?m)^- (.+)$", rule.text)


@pytest.mark.parametrize("kind", DocumentKind)
def test_the_text_that_asks_is_named(kind: DocumentKind, asked: tuple[Question, object]) -> None:
    found = completeness(told(asked), kind, LIBRARY)
    assert found.source.title
    assert found.missing, "nothing was added: something must be missing"
    assert all(one.remedy for one in found.missing)


@pytest.mark.parametrize("kind", DocumentKind)
def test_nothing_that_people_can_add_is_missing_once_it_is_added(
    kind: DocumentKind, asked: tuple[Question, object]
) -> None:
    found = completeness(told(asked, FILLED), kind, LIBRARY)
    by_people = [one.text for one in found.missing if "renseignements" in one.remedy and "prix" not in one.remedy]
    assert by_people == []


@pytest.mark.parametrize("kind", DocumentKind)
def test_each_thing_left_out_is_found_missing(kind: DocumentKind, asked: tuple[Question, object]) -> None:
    """Taking one filled field away makes its mention, and only such mentions, missing again."""
    whole = {one.text for one in completeness(told(asked, FILLED), kind, LIBRARY).missing}
    for mention in MENTIONS[kind]:
        field = mention.field.split(", ")[0].split(".")[0]
        if field not in FILLED:
            continue
        less = {name: value for name, value in FILLED.items() if name != field}
        missing = {one.text for one in completeness(told(asked, less), kind, LIBRARY).missing}
        assert mention.text in missing or mention.text in whole or field in ("evaluation", "body")
        assert whole <= missing


def test_the_document_itself_says_what_it_lacks(asked: tuple[Question, object]) -> None:
    from reports.plan_paper import document

    paper = document(told(asked)).paper
    section = next(one for one in paper.sections if one.id == "mentions")
    text = plain(section.model_dump_json())
    assert "D6353-1" in text
    assert "à ajouter aux renseignements : procédure de positionnement" in text
    assert not re.search(r"[a-z]_[a-z]|positioning|support\.", " ".join(_words(section))), "a field is named in words"
    assert "Plan vers un titre professionnel" in text
    assert "BPJEPS" not in text


def _words(section: Section) -> list[str]:
    """What a section and its parts say, line by line."""
    said = [
        line
        for block in section.blocks
        for line in (block.items if isinstance(block, Items) else [getattr(block, "text", "")])
    ]
    return said + [line for part in section.sections for line in _words(part)]


def test_only_what_is_still_lacking_is_asked_for(asked: tuple[Question, object]) -> None:
    less = {name: value for name, value in FILLED.items() if name != "programme"}
    found = completeness(told(asked, less), DocumentKind.PIF, LIBRARY)
    programme = next(one for one in found.mentions if "programme détaillé" in one.text)
    assert programme.fields[:1] == ("programme",)
    assert "objectifs" not in programme.remedy


def test_every_field_that_a_mention_needs_exists_and_has_a_name() -> None:
    named = {field for kind in DocumentKind for mention in MENTIONS[kind] for field in mention.field.split(", ")}
    assert named == {*FIELDS, *ELSEWHERE}
    for field in FIELDS:
        value: object = Particulars()
        for name in field.split("."):
            value = getattr(value, name)


def test_particulars_with_a_mistake_are_refused_at_their_line(tmp_path: Path) -> None:
    from tests.api.running import run

    (tmp_path / "p.yaml").write_text("id: essai\n", "utf-8")
    (tmp_path / "r.yaml").write_text("person:\n  nom: X\n", "utf-8")
    result = run(
        "plan", tmp_path / "p.yaml", "--target", "tp-fpa", "--particulars", tmp_path / "r.yaml", "--on", "2026-11-21"
    )
    assert result.exit_code == 2
    assert "r.yaml:2" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_command_line_tells_what_is_missing(tmp_path: Path) -> None:
    from tests.api.running import run

    (tmp_path / "p.yaml").write_text("id: essai\n", "utf-8")
    words = ("plan", tmp_path / "p.yaml", "--target", "tp-fpa", "--on", "2026-11-21", "--check-document")
    result = run(*words, "positionnement")
    assert result.exit_code == 0
    assert "indicateur 8" in result.stdout
    assert "○ une procédure formalisée" in result.stdout
    (tmp_path / "r.yaml").write_text("project: Devenir formatrice\n", "utf-8")
    useless = run(*words[:-1], "--particulars", tmp_path / "r.yaml", "--json")
    assert useless.exit_code == 2
    assert "--particulars complète un document" in useless.stdout
    wrong = run(*words, "positionement")
    assert wrong.exit_code == 2
    assert "positionnement" in wrong.stderr
