"""« Mon parcours » from form to form, without a browser: what is told is kept, refused in its place, shown as it was typed, taken away."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from api.auth.passwords import hashed
from api.store.tables import Role
from api.web.journey import Journey, packed
from pathways.profile import Profile
from tests.web.live import Site

PASSWORD = "quatre bateaux et un phare"
HOSTILE = "<script>alert(1)</script> {0.__class__} %s"


class Person:
    """Somebody in front of the pages, with a browser's memory and nothing else."""

    def __init__(self, site: Site, **headers: str) -> None:
        self.client = httpx2.Client(base_url=site.address, follow_redirects=True, headers=headers, timeout=60)

    def read(self, path: str, status: int = 200, /) -> str:
        """The words of a page, tags left out."""
        return self._told(self.client.get(path), status)

    def send(self, path: str, status: int = 200, /, **fields: Any) -> str:
        """The words of the page that answers a form."""
        return self._told(self.client.post(path, data=fields), status)

    def _told(self, answer: httpx2.Response, status: int) -> str:
        assert answer.status_code == status, (answer.url, answer.status_code)
        self.source = answer.text
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2])).split())


@pytest.fixture
def person(site: Site) -> Iterator[Person]:
    found = Person(site)
    yield found
    found.client.close()


def test_what_is_told_is_kept_and_leads_to_a_target_with_its_rights(person: Person) -> None:
    assert "Commencer par ce que j’ai" in person.read("/parcours")
    assert "Diplôme d’État de moniteur" in person.read("/parcours/acquis?q=moniteur educateur").replace("'", "’")
    diploma = "/parcours/acquis/diplome"
    told = person.send(diploma, 422, ref="deme@2007", jour="30/06/2012", preuve="oui")
    assert "Dites si vous l’avez en entier" in told
    assert "pas encore venu" in person.send(diploma, 422, ref="deme@2007", quoi="tout", jour="2999-01-01")
    assert "obtenu le 30/06/2012" in person.send(diploma, ref="deme@2007", quoi="tout", jour="30/06/2012", preuve="oui")

    told = person.send("/parcours/acquis/experience", 422, metier=HOSTILE, annees="trois", rome="K21")
    assert "Écrivez un nombre" in told
    assert "une lettre et quatre chiffres" in told
    assert html.escape(HOSTILE, quote=True) in person.source.replace("&#39;", "&#x27;")
    told = person.send("/parcours/acquis/experience", metier=HOSTILE, annees="3", mois="6", temps="50", rome="k2111")
    assert HOSTILE in told
    assert "3 ans 6 mois, à 50 % du temps plein, métier K2111" in told.replace("\u00a0", " ")
    assert "<script>alert" not in person.source

    told = person.read("/parcours/orientation?entame=oui&nature=diplome-jeps")
    assert "4 blocs acquis de droit" in told.replace("\u00a0", " ")
    assert "Arrêté du 8 décembre 2008" in told
    assert "n’est pas connue ici" in person.send("/parcours/cible", 422, cible="nulle-part@1", q="nulle part")
    told = person.send("/parcours/cible", cible="bpjeps-tic@2002")
    assert told.count("Acquis de droit") == 4
    assert "La certification entière" in told
    assert "Le bloc UC5 seul" in person.send("/parcours/cible", cible="bpjeps-tic@2002/UC5")

    assert "obtenu le" not in person.send("/parcours/acquis/retirer", quoi="qualifications:0")
    assert "Commencer" in person.send("/parcours/effacer")


def test_what_can_be_given_is_read_as_people_type_it_and_refused_in_its_place(person: Person) -> None:
    here = "/parcours/possibilites"
    person.send("/parcours/cible", cible="tp-fpa")
    wrong = {
        "heures": "beaucoup",
        "budget": "1 500 €",
        "limite": "01/01/2020",
        "vae": "oui",
        "lieux": HOSTILE,
        "au": "1/2",
    }
    told = person.send(here, 422, **wrong)
    for sentence in (
        "Écrivez un nombre, par exemple",
        "avant le premier jour possible",
        "Combien d’heures",
        "Écrivez un jour",
    ):
        assert sentence in told
    assert 'value="1 500 €"' in person.source
    assert 'value="beaucoup"' in person.source
    right = {"heures": "7 h 30", "budget": "1 500 €", "limite": "31/12/2031", "jours": ["lundi"], "but": "cout"}
    told = person.send(
        here, **right, modalites=["remote", "self_paced"], du="1/7/2027", au="31/8/2027", faire="ajouter"
    )
    assert "du 01/07/2027 au 31/08/2027" in told
    kept = json.loads(person.client.get("/parcours/mes-reponses.json").text)["can_give"]
    assert kept == {
        "weekly_hours": 7.5,
        "budget": 1500.0,
        "deadline": "2031-12-31",
        "days": ["lundi"],
        "modalities": ["remote", "self_paced"],
        "unavailable": [{"from": "2027-07-01", "to": "2027-08-31"}],
    }
    assert "du 01/07/2027" not in person.send(here, **right, faire="retirer:0")
    answer = person.client.post(here, data=right, follow_redirects=False)
    assert answer.headers["location"] == "/parcours/plan"


def test_skills_are_told_block_by_block_and_nothing_of_them_is_proof(person: Person) -> None:
    skills = "/parcours/acquis/competences"
    person.client.post("/parcours/exemple", follow_redirects=False)
    told = person.read(skills)
    assert "2 réponses sur 3" in told.replace("\u00a0", " ")
    assert "Acquis par preuve" in told
    told = person.send(
        skills, bloc="CCP2", **{"c-C4": "aide", "c-C5": "seul", "c-C5-preuve": "attested", "c-C6": "non"}
    )
    assert "Accompagner les apprenants en formation" in told  # the next block
    kept = json.loads(person.client.get("/parcours/mes-reponses.json").text)["holds"]["competencies"]
    assert kept == [{"ref": "tp-fpa@2023/CCP2/C5", "evidence": "attested"}]
    person.read(f"{skills}?bloc=CCP2")
    ticked = re.findall(r'name="(c-C\d)" value="(\w*)" checked', person.source)
    assert ticked == [("c-C4", "aide"), ("c-C5", "seul"), ("c-C6", "non")]
    person.send(
        skills, de="pix@2023", bloc="1", **{"c-1.1-niveau": "4", "c-1.1-preuve": "certified", "c-1.2-niveau": "99"}
    )
    kept = json.loads(person.client.get("/parcours/mes-reponses.json").text)["holds"]["competencies"]
    assert kept[-1] == {"ref": "pix@2023/1/1.1", "level": 4, "evidence": "certified"}


def test_answers_of_another_library_lead_back_to_the_choice(site: Site) -> None:
    profile = Profile.model_validate({"holds": {"blocks": [{"ref": "perdu@1/B1"}]}})
    for journey, sentence in (
        (Journey(target="perdu@2019"), "n’est plus dans la bibliothèque"),
        (Journey(target="tp-fpa@2023", profile=profile), "Ceci ne peut pas servir"),
    ):
        person = Person(site)
        person.client.cookies.set("parcours", packed(journey))
        for path in ("/parcours/acquis/competences", "/parcours/acquis/conditions"):
            assert sentence in person.read(path)
        person.client.close()


def test_a_condition_of_a_text_is_confirmed_by_the_person_alone(person: Person) -> None:
    person.send("/parcours/cible", cible="conseiller-numerique@2025")
    told = person.read("/parcours/acquis/conditions")
    assert "recrutée comme conseiller numérique" in told
    name = re.search(r'name="confirme" value="([^"]+)"', person.source)
    assert name is not None
    person.send("/parcours/acquis/conditions", confirme=[name[1], "inconnue"])
    assert json.loads(person.client.get("/parcours/mes-reponses.json").text)["confirms"] == [name[1]]


def test_a_file_gives_claims_to_accept_one_by_one_and_no_identity(person: Person) -> None:
    here = "/parcours/acquis/fichier"
    own = b"id: moi\nholds:\n  blocks: [{ref: tp-fpa@2023/CCP1}, {ref: inconnu@1/B1}]\nexperience: [{title: Formatrice, months: 12}]\n"
    person.client.get("/parcours/acquis")
    told = person._told(person.client.post(here, files={"fichier": ("moi.yaml", own)}), 200)
    assert "Formatrice" in told
    assert "La bibliothèque ne connaît pas inconnu@1/B1" in told
    claims = [html.unescape(one) for one in re.findall(r'name="repris" value="([^"]*)"', person.source)]
    assert len(claims) == 2
    forged = '{"sort": "blocks", "item": {"ref": "inconnu@1/B1"}}'
    told = person.send(f"{here}/accepter", repris=[claims[0], forged, "{"])
    assert "Concevoir et préparer la formation" in told
    assert "Formatrice" not in told

    cv = {
        "basics": {"name": "Anne Onyme"},
        "work": [{"position": "Animatrice", "startDate": "2020", "endDate": "2022"}],
    }
    told = person._told(person.client.post(here, files={"fichier": ("cv.json", json.dumps(cv).encode())}), 200)
    assert "Animatrice" in told
    assert "Onyme" not in person.source
    for name, content in (("x.yaml", b"\xff\xfe\x00"), ("x.exe", b"MZ"), ("x.json", b"[" * 5000), ("", b"")):
        person._told(person.client.post(here, files={"fichier": (name, content)}), 422)


def test_an_account_keeps_the_plan_and_gives_everything_back(site: Site, person: Person) -> None:
    with site.store.write() as unit:
        unit.directory.accounts.add("camille@exemple.fr", "Camille", [Role.PROFESSIONAL], password=hashed(PASSWORD))
    person.send("/parcours/acquis/diplome", ref="tp-fpa@2023", quoi="blocs", blocs="tp-fpa@2023/CCP1", preuve="oui")
    person.send("/parcours/cible", cible="tp-fpa@2023/CCP1")
    assert "Se connecter pour le garder" in person.read("/parcours/emporter")
    entering = {"adresse": "camille@exemple.fr", "vers": "/parcours/emporter"}
    assert "inexact" in person.send("/connexion", 422, **entering, **{"mot-de-passe": "un autre"})
    assert 'value="camille@exemple.fr"' in person.source
    told = person.send("/connexion", **entering, **{"mot-de-passe": PASSWORD})
    assert "Vous êtes connecté" in told
    assert "FPA, CCP1" in told

    told = person.send("/parcours/emporter/compte", dossier="oui")
    assert "Formateur professionnel" in told
    assert "brouillon" in told
    assert "1 bloc" in told.replace("\u00a0", " ")
    plan = re.search(r"/compte/plans/(\w+)/reprendre", person.source)
    assert plan is not None
    person.send("/parcours/effacer")
    answer = person.client.post(f"/compte/plans/{plan[1]}/reprendre", follow_redirects=False)
    assert answer.headers["location"] == "/parcours/plan"
    person.send("/parcours/effacer")
    assert "Concevoir et préparer" in person.send("/compte/dossier/reprendre")
    assert len(json.loads(person.client.get("/compte/donnees.json").text)["files"]) == 1

    assert "mot de passe actuel" in person.send("/compte/mot-de-passe", 422, actuel="non", nouveau=PASSWORD + " !")
    assert "est changé" in person.send("/compte/mot-de-passe", actuel=PASSWORD, nouveau=PASSWORD + " !")
    assert "Cochez la case" in person.send("/compte/supprimer", 422)
    assert "est supprimé" in person.send("/compte/supprimer", certain="oui")
    person.read("/compte", 401)


def test_nobody_is_sent_elsewhere_and_english_is_english(site: Site, person: Person) -> None:
    for to in ("https://autre.fr", "//autre.fr", "/\\autre.fr"):
        person.read(f"/connexion?vers={to}")
        assert 'name="vers" value="/compte"' in person.source
    english = Person(site, **{"accept-language": "en"})
    assert "What am I nearest to?" in english.read("/parcours/cible")
    assert "Write a number" in english.send("/parcours/possibilites", 422, heures="many")
    english.client.close()
