"""Offers as pages: what each covers, and a training body that writes its own without writing over anybody."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.store import schema
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import HERE, THERE, Service, a_service, browser

DEMO = "/offre/atelier-demo-formation"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('offers') / 'p.sqlite3'}")
    schema.upgrade(store.engine)
    with a_service(store) as found:
        yield found
    store.close()


def signed_in(service: Service, role: Role, place: str) -> "Reader":
    """Somebody whose browser keeps cookies."""
    asking = service.by(role, place)
    client = browser(service.app)
    client.portal = asking.portal
    client.cookies.set("passerelles", asking.headers["cookie"].partition("=")[2])
    return Reader(client)


class Reader:
    """Somebody in front of the pages, who reads their words and sends their forms."""

    def __init__(self, client: TestClient) -> None:
        self.client, self.source = client, ""

    def read(self, path: str, status: int = 200) -> str:
        return self._told(self.client.get(path), status)

    def send(self, path: str, status: int = 200, /, **fields: Any) -> str:
        return self._told(self.client.post(path, data=fields), status)

    def _told(self, answer: Any, status: int) -> str:
        assert answer.status_code == status, answer.text[:2000]
        self.source = answer.text
        words = unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]))
        return " ".join(words.replace("’", "'").split())

    def value(self, name: str) -> str:
        found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', self.source)
        assert found, name
        return unescape(found[1])

    def ticked(self, name: str) -> list[str]:
        return re.findall(rf'name="{name}" value="([^"]+)" checked', self.source)


def test_anybody_reads_what_an_offer_has_and_covers(service: Service) -> None:
    reader = Reader(service.client)
    told = reader.read("/offre")
    assert "illustratif" in told
    assert "Mon offre" not in told
    assert reader.source.index("/offre/cemea") < reader.source.index(f'href="{DEMO}"')
    assert "Choisissez un référentiel" in reader.read("/offre?offre=atelier-demo-formation", 422)
    told = reader.read("/offre?offre=inconnue&cible=zzzz", 422)
    assert "Rien ne répond à « zzzz »" in told
    assert "Choisissez une offre" in told
    assert reader.value("cible") == "zzzz"
    answer = service.client.get("/offre?offre=atelier-demo-formation&cible=tp-fpa@2023", follow_redirects=False)
    assert answer.headers["location"] == f"{DEMO}/couverture?cible=tp-fpa@2023"

    told = reader.read(DEMO)
    assert "rien de cela ne s'achète" in told
    assert "Prix par personne" in told
    assert "Modifier" not in told
    told = reader.read(f"{DEMO}/couverture?cible=tp-fpa@2023")
    for words in ("blocs sur", "Trous", "Recouvrements", "sans lien avec ce référentiel", "illustratif", "CCP2"):
        assert words in told, words
    links = re.findall(r'href="([^"]+/documents/[^"]+)"', reader.source)
    assert {"pdf", "xlsx"} <= {re.sub(r".*/documents/(\w+)\?.*", r"\1", one) for one in links}
    found = service.client.get(next(one for one in links if "/csv?" in one).replace("&amp;", "&"))
    assert "attachment" in found.headers["content-disposition"]
    assert "CCP2" in found.text
    reader.read("/offre/inconnue", 404)
    reader.read("/offre/inconnue/couverture", 404)
    reader.read("/offre/nouvelle", 401)


def test_the_publics_of_an_offer_are_led_or_lack_something_and_one_more_module_opens_the_way(service: Service) -> None:
    reader = Reader(service.client)
    reader.read("/offre/cip-par-bloc/publics")
    told = reader.read("/offre/cip-par-bloc/publics?cible=tp-cip@2023").replace("\u00a0", " ")
    for words in (
        "ne mène encore personne",
        "Un module sur CCP2",
        "ouvrirait CIP (2023) à 1 public",
        "Rien : sans diplôme",
    ):
        assert words in told, words
    told = reader.read(f"{DEMO}/publics?cible=tp-fpa@2023").replace("\u00a0", " ").replace("\u202f", " ")
    for words in ("FPA (2017)", "181 h 40", "prouvée la meilleure", "n'a pas de trou", "modules illustratifs"):
        assert words in told, words
    links = re.findall(r'href="([^"]+/publics/documents/[^"]+)"', reader.source)
    found = service.client.get(next(one for one in links if "/csv?" in one).replace("&amp;", "&"))
    assert "FPA (2017)" in found.text
    assert "Écrivez un jour" in reader.read(f"{DEMO}/publics?cible=bpjeps-tic@2002&le=demain", 422)
    assert "en vigueur" in reader.read(f"{DEMO}/publics?cible=bpjeps-tic@2002&le=01/06/1999")
    reader.read("/offre/inconnue/publics", 404)


def test_a_training_body_writes_its_offer_and_nobody_else_sees_it(service: Service) -> None:
    mine = signed_in(service, Role.TRAINING_BODY, HERE)
    assert "n'a pas encore d'offre" in mine.read("/offre")
    assert "Écrivez le nom" in mine.send("/offre/nouvelle", 422, nom="", organisme="Ici")
    assert "mettez-y vos modules" in mine.send("/offre/nouvelle", nom="Ateliers d'été", organisme="Ici")
    offer = re.findall(r'action="(/offre/[^"/]+)/couverture"', mine.source)[0]

    new = f"{offer}/nouveau-module"
    mine.read(new)
    form: dict[str, Any] = {
        "revision": mine.value("revision"),
        "titre": "Préparer",
        "heures-onsite": "beaucoup",
        "combien": "0",
    }
    told = mine.send(new, 422, **form, faire="enregistrer", cible="nulle part")
    assert "Écrivez un nombre" in told
    assert (mine.value("titre"), mine.value("heures-onsite")) == ("Préparer", "beaucoup")
    form |= {"heures-onsite": "7 h 30", "prix": "1 500 €", "cible": "tp-fpa@2023"}
    assert "Choisissez au moins un bloc ou une compétence" in mine.send(new, 422, **form, faire="enregistrer")
    assert "Session 1" in mine.send(new, **form, faire="ajouter", competence="tp-fpa@2023/CCP1/C1")
    assert mine.ticked("competence") == ["tp-fpa@2023/CCP1/C1"]
    form |= {"competence": ["tp-fpa@2023/CCP1/C1"], "bloc": ["tp-fpa@2023/CCP2"], "combien": "2"}
    form |= {"s0-debut": "01/03/2027", "s0-fin": "01/02/2027", "s0-places": "12", "s0-lieu": "Lyon <b>"}
    assert "finit avant de commencer" in mine.send(new, 422, **form, faire="enregistrer")
    assert "Session 2" not in mine.send(new, **form, faire="retirer:1")
    form |= {"s0-fin": "31/03/2027"}
    told = mine.send(new, **form, faire="enregistrer")
    for words in ("Le module est enregistré", "7 h 30", "1 500 €", "Lyon <b>", "12 places", "CCP2"):
        assert words in told.replace("\u00a0", " ").replace("\u202f", " "), words
    assert "Lyon <b>" not in mine.source

    for reader, status in ((signed_in(service, Role.TRAINING_BODY, THERE), 404), (Reader(service.client), 404)):
        reader.read(offer, status)
        assert "Ateliers d'été" not in reader.read("/offre")
    edit = f"{offer}/modules/preparer"
    signed_in(service, Role.TRAINING_BODY, THERE).send(edit, 404, titre="Volé", faire="enregistrer")
    signed_in(service, Role.ADVISER, HERE).read(edit, 403)
    mine.read(f"{DEMO}/nouveau-module", 404)


def test_a_save_on_an_older_revision_says_what_differs_and_keeps_what_was_typed(service: Service) -> None:
    mine, other = signed_in(service, Role.TRAINING_BODY, HERE), service.by(Role.TRAINING_BODY, HERE)
    mine.send("/offre/nouvelle", nom="À deux", organisme="Ici")
    module = {
        "id": "m", "title": "Avant", "price": 10, "develops": [{"competency": "pix@2023/1/1.1", "level": 3}],
        "sessions": [{"id": "s1", "start": "2027-01-04", "end": "2027-02-05", "days": ["lundi"]}],
    }  # fmt: skip
    tag = other.get("/api/v1/offers/a-deux").headers["etag"]
    found = other.put("/api/v1/offers/a-deux/modules/m", json=module, headers={"if-match": tag})
    assert found.status_code == 200, found.text

    edit = "/offre/a-deux/modules/m"
    mine.read(edit)
    form: dict[str, Any] = {
        "titre": "Ma version",
        "prix": "10",
        "competence": mine.ticked("competence"),
        "combien": "1",
    }
    form |= {name: mine.value(name) for name in ("revision", "cible", "s0-id", "s0-debut", "s0-fin")}
    etag = found.headers["etag"]
    found = other.put("/api/v1/offers/a-deux/modules/m", json=module | {"price": 99}, headers={"if-match": etag})
    assert found.status_code == 200
    told = mine.send(edit, 409, **form, faire="enregistrer")
    for words in ("Quelqu'un d'autre a modifié cette offre", "99 €", "10 €", "Avant", "Ma version"):
        assert words in told.replace("\u00a0", " "), words
    assert mine.value("titre") == "Ma version"
    told = mine.send(f"{edit}/supprimer", 409, revision=form["revision"], certain="oui")
    assert "Quelqu'un d'autre" in told

    mine.read(edit)
    form["revision"] = mine.value("revision")
    assert "Ma version" in mine.send(edit, **form, faire="enregistrer")
    kept = other.get("/api/v1/offers/a-deux").json()["item"]["modules"][0]
    assert (kept["price"], kept["develops"][0]["level"], kept["sessions"][0]["days"]) == (10, 3, ["lundi"])

    mine.read(edit)
    revision = mine.value("revision")
    assert "Cochez la case" in mine.send(f"{edit}/supprimer", 422, revision=revision)
    assert "Le module est supprimé" in mine.send(f"{edit}/supprimer", revision=revision, certain="oui")
    mine.read(edit, 404)
