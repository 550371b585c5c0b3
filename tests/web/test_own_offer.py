"""A training body changes its offer as a whole: by workbook, several modules at once, back in time; every change is seen first."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest

from api.store import schema
from api.store.tables import Role
from api.store.unit_of_work import Store
from api.web.views.offer_diff import offer_changes
from referentials.library import Library
from referentials.offer import Offer
from tests.api.http.service import HERE, THERE, Service, a_service
from tests.web.test_offers_pages import Reader, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('own') / 'p.sqlite3'}")
    schema.upgrade(store.engine)
    with a_service(store) as found:
        yield found
    store.close()


def an_offer(service: Service, name: str, *modules: dict[str, Any]) -> str:
    offer = {
        "id": name,
        "title": f"Offre {name}",
        "body": {"name": "Ici"},
        "confidence": "official",
        "modules": list(modules),
    }
    answer = service.by(Role.TRAINING_BODY, HERE).post("/api/v1/offers", json=offer)
    assert answer.status_code == 201, answer.text
    return f"/offre/{name}"


def kept(service: Service, offer: str) -> dict[str, Any]:
    name = offer.rpartition("/")[2]
    found: dict[str, Any] = service.by(Role.TRAINING_BODY, HERE).get(f"/api/v1/offers/{name}").json()["item"]
    return found


def a_module(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name.capitalize(), "develops": ["tp-fpa@2023/CCP1/C1"]} | more


def sent(reader: Reader, path: str, content: bytes, status: int = 200) -> str:
    return reader._told(reader.client.post(path, files={"fichier": ("offre.xlsx", content, XLSX)}), status)


def workbook(content: bytes, *cells: tuple[str, str, Any]) -> bytes:
    """The workbook with other values in some cells."""
    from openpyxl import load_workbook

    book, out = load_workbook(BytesIO(content)), BytesIO()
    for sheet, cell, value in cells:
        book[sheet][cell] = value
    book.save(out)
    return out.getvalue()


def column(content: bytes, sheet: str, title: str) -> str:
    from openpyxl import load_workbook

    heads = next(row for row in load_workbook(BytesIO(content))[sheet].iter_rows() if row[0].value == "Offre")
    return str(next(one.coordinate.rstrip("0123456789") for one in heads if str(one.value).rstrip(" *") == title))


def save(reader: Reader, path: str, status: int = 200) -> str:
    fields = {name: reader.value(name) for name in ("revision", "quoi", "proposition")}
    return reader.send(path, status, **fields)


def plainly(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_workbook_goes_out_and_comes_back_with_every_change_shown_first(service: Service) -> None:
    mine = signed_in(service, Role.TRAINING_BODY, HERE)
    offer = an_offer(service, "classeur", a_module("un", price=100), a_module("deux"), a_module("trois"))
    assert "Télécharger le classeur" in mine.read(f"{offer}/classeur")
    taken = mine.client.get(f"{offer}/documents/classeur.xlsx")
    assert taken.headers["content-type"] == XLSX
    assert "Rien ne change" in sent(mine, f"{offer}/classeur", taken.content)

    from openpyxl import load_workbook

    sheet = load_workbook(BytesIO(taken.content))["Modules"]
    rows = {str(row[1].value): row[0].row for row in sheet.iter_rows() if row[1].value}
    price, title = (column(taken.content, "Modules", one) for one in ("Prix", "Intitulé"))
    changed = workbook(
        taken.content,
        ("Modules", f"{price}{rows['un']}", 150),
        ("Modules", f"{title}{rows['deux']}", "Deux <b>bis</b>"),
    )
    told = plainly(sent(mine, f"{offer}/classeur", changed))
    for words in ("Modules modifiés (2)", "100 €", "150 €", "Deux <b>bis</b>", "Enregistrer ces changements"):
        assert words in told, words
    assert "<b>bis" not in mine.source
    assert kept(service, offer)["modules"][0]["price"] == 100
    assert "Les changements sont enregistrés" in save(mine, f"{offer}/changements")
    assert [one.get("price") for one in kept(service, offer)["modules"]] == [150, None, None]
    assert "Repris du classeur « offre.xlsx »" in plainly(mine.read(f"{offer}/historique"))

    wrong = workbook(changed, ("Modules", f"{price}{rows['un']}", "cher"), ("Modules", f"{price}{rows['trois']}", 30))
    told = plainly(sent(mine, f"{offer}/classeur", wrong))
    for words in ("1 erreur", "« Modules », ligne", "colonne « Prix »", "Enregistrer seulement ce qui est juste"):
        assert words in told, words
    assert "Modules retirés" not in told
    other = service.by(Role.TRAINING_BODY, HERE)
    tag = other.get("/api/v1/offers/classeur").headers["etag"]
    path = "/api/v1/offers/classeur/modules/deux"
    assert other.put(path, json=a_module("deux", price=7), headers={"if-match": tag}).status_code == 200
    told = plainly(save(mine, f"{offer}/changements", 409))
    assert "Quelqu'un d'autre a modifié" in told
    assert "7 €" in told
    save(mine, f"{offer}/changements")
    assert {one["id"]: one["price"] for one in kept(service, offer)["modules"]} == {
        "un": 150,
        "deux": None,
        "trois": 30,
    }

    assert "Choisissez d'abord" in mine.send(f"{offer}/classeur", 422)
    assert "n'a pas pu servir" in sent(mine, f"{offer}/classeur", b"rien", 422)
    theirs = signed_in(service, Role.TRAINING_BODY, THERE)
    theirs.read(f"{offer}/classeur", 404)
    theirs.read(f"{offer}/documents/classeur.xlsx", 404)
    theirs.send(f"{offer}/changements", 404, revision="1", proposition="x")
    signed_in(service, Role.ADVISER, HERE).read(f"{offer}/classeur", 403)


def test_a_workbook_makes_a_new_offer(service: Service) -> None:
    mine = signed_in(service, Role.TRAINING_BODY, HERE)
    template = mine.client.get("/offre/nouvelle/documents/modele.xlsx")
    assert template.headers["content-type"] == XLSX
    assert "n'a pas pu servir" in sent(mine, "/offre/nouvelle/classeur", template.content, 422)
    offer = an_offer(service, "source", a_module("un"))
    book = mine.client.get(f"{offer}/documents/classeur.xlsx").content
    assert "déjà pris" in plainly(sent(mine, "/offre/nouvelle/classeur", book, 422))
    from openpyxl import load_workbook

    places = [
        (sheet.title, cell.coordinate, "copie")
        for sheet in load_workbook(BytesIO(book))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == "source"
    ]
    told = sent(mine, "/offre/nouvelle/classeur", workbook(book, *places))
    assert "Modules ajoutés (1)" in told
    fields = {name: mine.value(name) for name in ("revision", "quoi", "proposition")}
    assert "L'offre est ajoutée" in mine.send("/offre/nouvelle/classeur/enregistrer", **fields)
    assert [one["id"] for one in kept(service, "/offre/copie")["modules"]] == ["un"]
    assert "déjà pris" in plainly(mine.send("/offre/nouvelle/classeur/enregistrer", 422, **fields))
    assert "n'est pas arrivé entier" in plainly(
        mine.send("/offre/nouvelle/classeur/enregistrer", 422, **fields | {"proposition": "abc"})
    )


def test_several_modules_change_at_once_and_the_last_operation_is_undone(service: Service) -> None:
    mine = signed_in(service, Role.TRAINING_BODY, HERE)
    offer = an_offer(service, "lot", a_module("un", price=100), a_module("deux", price=50), a_module("trois"))
    assert "Changer leurs prix" in mine.read(f"{offer}/lot")
    assert "Choisissez au moins un module" in mine.send(f"{offer}/lot", 422, faire="prix", pourcent="2,5")
    assert "Écrivez un nombre" in mine.send(f"{offer}/lot", 422, faire="prix", pourcent="beaucoup", module="un")
    told = plainly(mine.send(f"{offer}/lot", faire="prix", pourcent="−10", module=["un", "trois"]))
    assert "90 €" in told
    assert "Modules modifiés (1)" in told
    told = save(mine, f"{offer}/changements")
    assert "Votre dernière opération : Prix de 1 module changé." in plainly(told)
    mine.send(f"{offer}/lot", faire="heures", modalite="remote", heures="7 h 30", module="deux")
    save(mine, f"{offer}/changements")
    session = {"debut": "01/03/2027", "fin": "31/03/2027", "places": "8", "lieu": "Lyon"}
    assert "finit avant" in mine.send(
        f"{offer}/lot", 422, faire="session", module="un", **session | {"fin": "01/02/2027"}
    )
    mine.send(f"{offer}/lot", faire="session", module=["un", "deux"], **session)
    save(mine, f"{offer}/changements")
    found = {one["id"]: one for one in kept(service, offer)["modules"]}
    assert (found["un"]["price"], found["deux"]["hours"]["remote"]) == (90, 7.5)
    assert [one["sessions"][0]["seats"] for one in (found["un"], found["deux"])] == [8, 8]
    assert "Modules retirés (1)" in mine.send(f"{offer}/lot", faire="supprimer", module="trois")
    save(mine, f"{offer}/changements")
    revision = mine.value("revision")
    assert "La dernière opération est annulée" in mine.send(f"{offer}/annuler", revision=revision)
    assert [one["id"] for one in kept(service, offer)["modules"]] == ["un", "deux", "trois"]
    assert "rien n'est annulé" in mine.send(f"{offer}/annuler", revision=revision)

    told = plainly(mine.read(f"{offer}/historique"))
    for words in ("5. Annulé : 1 module supprimé.", "1. Prix de 1 module changé."):
        assert words in told, words
    told = plainly(mine.read(f"{offer}/historique/1"))
    assert "100 €" in told
    assert "Session" in told
    assert "remise comme elle était" in mine.send(f"{offer}/historique/1", revision=mine.value("revision"))
    assert [one.get("price") for one in kept(service, offer)["modules"]] == [100, 50, None]
    assert "entre-temps" in mine.send(f"{offer}/historique/1", 409, revision="1")
    mine.read(f"{offer}/historique/99", 404)
    signed_in(service, Role.TRAINING_BODY, THERE).read(f"{offer}/historique", 404)


def test_an_offer_is_renamed_its_modules_copied_linked_and_all_of_it_deleted(service: Service) -> None:
    mine = signed_in(service, Role.TRAINING_BODY, HERE)
    offer = an_offer(service, "fiche", a_module("un"), a_module("deux"))
    mine.read(f"{offer}/modifier")
    form = {"revision": mine.value("revision"), "nom": "Autrement", "organisme": "Ici", "confiance": "official"}
    told = plainly(mine.send(f"{offer}/modifier", 422, **form | {"siret": "12", "nom": ""}))
    assert "Un SIRET a 14 chiffres" in told
    mine.send(f"{offer}/modifier", **form, siret="123 456 789 00012", ville="Lyon")
    body = kept(service, offer)["body"]
    assert (body["name"], body["siret"], body["location"]["city"]) == ("Ici", "12345678900012", "Lyon")
    assert "entre-temps" in mine.send(f"{offer}/modifier", 409, **form | {"nom": "Encore"})

    mine.read(f"{offer}/modules/deux")
    module: dict[str, Any] = {name: mine.value(name) for name in ("revision", "titre", "cible", "langues")}
    module |= {"combien": "0", "competence": mine.ticked("competence"), "faire": "enregistrer"}
    assert "Cochez les modules" in mine.send(f"{offer}/modules/deux", 422, **module, avant="tous")
    needs = {
        "avant": "certains",
        "avant-module": "un",
        "avant-combien": "1",
        "cpf": "oui",
        "evaluation": "tp-fpa@2023/CCP1",
    }
    told = plainly(mine.send(f"{offer}/modules/deux", **module, **needs))
    assert "Il faut d'abord" in told
    found = kept(service, offer)["modules"][1]
    assert (found["requires"], found["funding"]["cpf"]) == ({"any_of": ["fiche:un"]}, True)
    assert found["includes_assessment"] == ["tp-fpa@2023/CCP1"]

    mine.read(f"{offer}/modules/deux")
    mine.send(f"{offer}/modules/deux/dupliquer", revision=mine.value("revision"))
    assert mine.value("titre") == "Deux (copie)"
    assert [one["id"] for one in kept(service, offer)["modules"]] == ["un", "deux", "deux-2"]
    told = plainly(mine.send(f"{offer}/lot", faire="supprimer", module="un"))
    assert "fiche:un" in plainly(save(mine, f"{offer}/changements", 422))

    mine.read(f"{offer}/modifier")
    revision = mine.value("revision")
    assert "Cochez la case" in mine.send(f"{offer}/supprimer", 422, revision=revision)
    assert "L'offre est supprimée" in mine.send(f"{offer}/supprimer", revision=revision, certain="oui")
    mine.read(offer, 404)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Autre"},
        {"hours": {"remote": 3}},
        {"price": 2},
        {"group_price": 2},
        {"prepares": ["a@1/B1"]},
        {"develops": [{"competency": "a@1/B1/C1", "level": 3}]},
        {"includes_assessment": ["a@1/B1"]},
        {"requires": "o:autre"},
        {"sessions": [{"id": "s1", "start": "2027-01-04", "end": "2027-02-05"}]},
        {
            "sessions": [
                {"id": "s1", "start": "2027-01-04", "end": "2027-02-05", "days": ["lundi"], "modality": "remote"}
            ]
        },
        {"languages": ["en"]},
        {"available": {"from": "2027-01-01"}},
        {"funding": {"cpf": False}},
        {"funding": {"note": "OPCO"}},
        {"illustrative": True},
        {"confidence": "secondary"},
        {"note": "Une remarque"},
    ],
    ids=lambda change: "-".join(change),
)
def test_no_field_of_a_module_changes_unseen(change: dict[str, Any]) -> None:
    base = {"id": "m", "title": "M", "develops": ["a@1/B1/C1"]}
    offer = {"id": "o", "title": "O", "body": {"name": "B"}, "confidence": "official"}
    before, after = (Offer.model_validate(offer | {"modules": [base | one]}) for one in ({}, change))
    found = offer_changes(before, after, Library.of())
    assert [one.sort for one in found.modules] == ["changed"]
