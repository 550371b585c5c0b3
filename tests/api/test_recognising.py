"""What the words of a CV lead to: a trade for a job title, a diploma for a title or a number, a question for a skill. Nothing held."""

from datetime import date

import pytest

from api.services.nearness import Names
from api.services.recognising import How, recognised
from api.services.trades import questions, trades
from pathways.profile import EvidenceKind, Mention
from referentials.library import Library
from referentials.model import Referential
from referentials.occupations import Occupation

LIBRARY = Library.read()

TITLES = {
    "Animatrice multimédia": "G1238",
    "animateur multimedia": "G1238",
    "ANIMATRICE D’ESPACE MULTIMÉDIA": "G1238",
    "médiatrice numérique": "G1238",
    "mediateur numerqiue": "G1238",
    "Conseillère en insertion professionnelle": "K1801",
    "Formatrice": "K2111",
    "Formateurs bureautiques": "K2111",
    "médiatrice sociale": "K1204",
    "Technicien de maintenance informatique": "I1401",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_job_title_leads_to_its_trade_in_either_form(title: str) -> None:
    found = trades(title)
    assert found[0].code == TITLES[title]
    assert list(found) == sorted(found, key=lambda one: -one.nearness)


@pytest.mark.parametrize("title", ["Boulanger", "", "???", "CEO", "les de la du", "x" * 100_000])
def test_a_title_that_nothing_is_near_leads_nowhere(title: str) -> None:
    assert trades(title) == ()


def test_trades_of_another_file_are_looked_among() -> None:
    bread = Occupation(nomenclature="esco", code="b", title="boulanger/boulangère", broader="7512")
    assert [(one.code, one.broader) for one in trades("Boulangère", [bread])] == [("b", "7512")]


def mention(title: str, kind: str = "qualification", code: str | None = None, on: date | None = None) -> Mention:
    return Mention.model_validate({"kind": kind, "title": title, "code": code, "on": on})


def test_a_number_is_the_surest() -> None:
    (found,) = recognised(mention("Titre professionnel (RNCP 34137)"), LIBRARY)
    assert (found.ref, found.how) == ("tp-remn@2019", How.CODE)
    assert found.held(date(2020, 7, 3)).evidence is EvidenceKind.DECLARED
    assert recognised(mention("Badge", "skill", "pix@2023/1.1"), LIBRARY)[0].ref == "pix@2023/1/1.1"


def test_a_title_is_recognised_whatever_its_case_and_accents() -> None:
    (found,) = recognised(mention("RESPONSABLE D’ESPACE DE MEDIATION NUMERIQUE"), LIBRARY)
    assert (found.ref, found.how) == ("tp-remn@2019", How.TITLE)
    near = recognised(mention("Moniteur-éducateur"), LIBRARY)
    assert {one.ref for one in near} == {"deme@2007", "deme@2024"}
    assert {one.how for one in near} == {How.NEAR}


def test_the_day_tells_the_version() -> None:
    title = "Formateur professionnel d'adultes"
    assert len({one.ref for one in recognised(mention(title), LIBRARY)}) > 1
    assert [one.ref for one in recognised(mention(title, on=date(2019, 1, 1)), LIBRARY)] == ["tp-fpa@2017"]


@pytest.mark.parametrize("kind", ["skill", "job"])
def test_words_are_not_enough_for_a_skill_or_a_job(kind: str) -> None:
    assert recognised(mention("Programmer", kind), LIBRARY) == ()
    assert recognised(mention("Responsable d'espace de médiation numérique", kind), LIBRARY) == ()


@pytest.mark.parametrize("title", ["Bachelor of Arts", "=1+1", "@@@@", "RNCP99999", "/" * 300])
def test_what_the_library_does_not_know_stays_words(title: str) -> None:
    assert recognised(mention(title, code="pix@@/x"), LIBRARY) == ()


def test_skills_lead_to_questions_about_the_target_alone() -> None:
    target = LIBRARY.find("tp-remn@2019")
    assert isinstance(target, Referential)
    asked = [(ref, one.title) for ref, one in target.competencies() if one.title]
    found = questions(["Accueil du public", "Animation de médiations", "Soudure"], asked)
    assert {one.ref for one in found} <= {ref for ref, _title in asked}
    assert [(one.ref.rpartition("/")[2], one.because) for one in found] == [
        ("C1.3", "Accueil du public"),
        ("C1.4", "Animation de médiations"),
    ]


def test_the_nearest_has_the_same_words_and_ties_go_by_key() -> None:
    names = Names([("b", ["accueillir un public"]), ("a", ["accueillir un public"]), ("c", ["souder un tuyau"])])
    assert [(one.key, one.nearness) for one in names.nearest("Accueillir le public")] == [("a", 1.0), ("b", 1.0)]
