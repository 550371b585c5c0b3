"""Drafts as pages: begun three ways, written item by item, moved about, undone; two people who meet lose nothing, without JavaScript."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.store import schema
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import HERE, THERE, Service
from tests.api.http.small import a_small_service, of_all_trades
from tests.web.test_offers_pages import Reader, signed_in


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('drafts') / 'p.sqlite3'}")
    schema.upgrade(store.engine)
    with a_small_service(store, tmp_path_factory.mktemp("small")) as found:
        yield found
    store.close()


@pytest.fixture(scope="module")
def zoe(service: Service) -> Reader:
    client = of_all_trades(service)
    client.portal = service.client.portal
    client.cookies.set("passerelles", client.headers.pop("cookie").partition("=")[2])
    return Reader(client)


@pytest.fixture
def anne(service: Service) -> Reader:
    return signed_in(service, Role.DESIGNER, HERE)


def begun(reader: Reader, version: str) -> str:
    """The address of a new version of the small qualification."""
    fields = {"depuis": "version", "base": "mini@2024", "nouvelle-version": version}
    answer = reader.client.post("/redaction/nouveau", data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def form(reader: Reader) -> dict[str, Any]:
    """The form of the item that is shown, as a browser would send it."""
    text = re.search(r'<form id="formulaire".*?</form>', reader.source, re.DOTALL)
    assert text
    found: dict[str, Any] = {}
    controls = r"<input([^>]*)>|<textarea([^>]*)>(.*?)</textarea>|<select([^>]*)>(.*?)</select>"
    for own, area, inside, select, options in re.findall(controls, text[0], re.DOTALL):
        name = re.search(r'name="([^"]*)"', own or area or select)
        assert name
        if select:
            chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
            assert chosen
            value = chosen[1]
        elif area:
            value = inside
        elif "checkbox" in own and "checked" not in own:
            continue
        else:
            shown = re.search(r'value="([^"]*)"', own)
            value = shown[1] if shown else ""
        found.setdefault(name[1], []).append(unescape(value).replace("\n", "\r\n"))
    return found


def kept(reader: Reader, draft: str) -> dict[str, Any]:
    """The draft as the service keeps it."""
    found: dict[str, Any] = reader.client.get(f"/api/v1{draft.replace('redaction', 'drafts')}").json()["document"]
    return found


def test_a_draft_begins_from_nothing_from_a_version_or_from_a_file(service: Service, anne: Reader) -> None:
    assert "Se connecter" in Reader(service.client).read("/redaction")
    signed_in(service, Role.ADVISER, HERE).read("/redaction", 403)
    assert "Un petit diplôme (2024)" in anne.read("/redaction/nouveau?base=mini@2024") + anne.source
    told = anne.send("/redaction/nouveau", 422, depuis="rien", titre="", nature="rien", version="")
    for words in ("Écrivez l'intitulé", "Choisissez dans la liste", "Écrivez la version"):
        assert words in told, words
    new = {"depuis": "rien", "titre": "Un titre à écrire", "nature": "habilitation", "version": "2027"}
    assert "Un titre à écrire" in anne.send("/redaction/nouveau", **new)
    assert "existe déjà" in anne.send("/redaction/nouveau", 422, **new)
    assert "Choisissez une version" in anne.send("/redaction/nouveau", 422, depuis="version", base="zzz")
    assert "Choisissez d'abord un fichier" in anne.send("/redaction/nouveau/fichier", 422)
    raw = (
        b'id: file\nversion: "1"\ntitle: Depuis un fichier\nkind: habilitation\nlevel: beaucoup\nconfidence: official\n'
    )
    told = anne._told(anne.client.post("/redaction/nouveau/fichier", files={"fichier": ("a.yaml", raw)}), 200)
    assert "1 erreur" in told
    assert "beaucoup" in told
    path = re.search(r'action="(/redaction/\w+)"', anne.source)
    assert path
    wrong = {"fichier": ("a.json", b"{")}
    assert "Ligne 1" in anne._told(anne.client.post("/redaction/nouveau/fichier", files=wrong), 422)
    told = anne.read("/redaction")
    for words in ("Un titre à écrire", "Depuis un fichier", "file@1"):
        assert words in told, words
    assert "cochez d'abord la case" in anne.send(f"{path[1]}/supprimer", revision="1")
    assert "est supprimé" in anne.send(f"{path[1]}/supprimer", revision="1", certain="oui")
    anne.read(path[1], 404)


def test_a_form_sent_as_it_was_shown_changes_nothing(anne: Reader) -> None:
    draft = begun(anne, "2101")
    before = kept(anne, draft)
    for place in ("", "?element=B1", "?element=B1/C1"):
        anne.read(draft + place)
        anne._told(anne.client.post(draft, data=form(anne)), 200)
    assert kept(anne, draft) == before
    assert anne.read(f"{draft}/historique").count("Voir l'état d'alors") == 1


def test_every_kind_of_field_is_written_and_read_again(anne: Reader) -> None:
    draft = begun(anne, "2102")
    anne.read(draft)
    whole = form(anne) | {
        "f-title": "Un <b>titre</b>",
        "f-level": "5",
        "f-vae": "non",
        "f-complete": "non",
        "f-valid-from": "01/03/2027",
        "f-codes-rncp": "37274 du 01/03/2023 au 28/02/2028\r\n\r\n 999 ",
        "f-scale-levels": "1 : Débuter\r\n2",
        "f-hours-total": "1 250,5",
        "f-unread": "L'annexe II",
        "f-award-mode": "nombre",
        "f-award-combien": "1",
        "f-entry-requirement-mode": "yaml",
        "f-entry-requirement-yaml": "{any_of: [bafd, {experience: {months: 6}}]}",
    }
    told = anne._told(anne.client.post(draft, data=whole), 200)
    assert "1 250,5" in anne.source
    assert "<b>titre" not in anne.source
    assert "37274 du 01/03/2023 au 28/02/2028" in told
    found = kept(anne, draft)
    assert (found["title"], found["level"], found["vae"], found["complete"]) == ("Un <b>titre</b>", 5, False, False)
    assert found["codes"]["rncp"] == [{"code": "37274", "from": "2023-03-01", "to": "2028-02-28"}, "999"]
    assert found["scale"]["levels"] == [{"rank": 1, "label": "Débuter"}, {"rank": 2}]
    assert (found["valid"]["from"], found["hours"]) == ("2027-03-01", {"total": 1250.5})
    assert found["award"] == {"at_least": 1, "of": ["mini@2102/B1", "mini@2102/B2"]}
    assert found["entry"]["requirement"] == {"any_of": ["bafd", {"experience": {"months": 6.0}}]}

    wrong = {"f-level": "haut", "f-award-combien": "9", "f-codes-nsf": "1 2 3", "f-replaces": "?", "f-unread": "Rien"}
    anne.read(draft)
    told = anne._told(anne.client.post(draft, data=form(anne) | wrong), 422)
    for words in ("4 réponses sont à revoir", "Écrivez un nombre", "« 1 2 3 » ne se lit pas", "« ? » n'est pas une"):
        assert words in told, words
    assert 'value="haut"' in anne.source
    assert kept(anne, draft)["unread"] == ["Rien"]

    anne.read(f"{draft}?element=B1/C1")
    links = {
        "f-requires-strict": "mini@2102/B2/C3",
        "f-criteria": "Est poli",
        "f-sources": "s",
        "f-confidence": "official",
    }
    anne._told(anne.client.post(draft, data=form(anne) | links), 200)
    competency = kept(anne, draft)["blocks"][0]["competencies"][0]
    assert competency["requires"] == {"strict": ["mini@2102/B2/C3"]}
    assert (competency["criteria"], competency["sources"]) == (["Est poli"], ["s"])
    told = anne.read(f"{draft}/historique")
    assert "Critères d'évaluation, un par ligne — B1 › C1 : « Est poli » (rien avant)." in told

    anne.read(draft)
    rows = {"combien-de-sources": "2", "s0-id": "s", "s0-title": "Texte d'essai", "s0-reference": "autre"}
    anne.send(
        f"{draft}/sources",
        revision=anne.value("revision"),
        **rows,
        **{"s1-title": "Arrêté", "s1-checked_on": "2/1/2027"},
    )
    assert kept(anne, draft)["sources"] == [
        {"id": "s", "title": "Texte d'essai", "reference": "autre"},
        {"id": "arrete", "title": "Arrêté", "checked_on": "2027-01-02"},
    ]


def codes(reader: Reader, draft: str) -> list[str]:
    """The places of the draft, in order."""
    reader.read(draft)
    return re.findall(r'data-place="([^"]+)"', reader.source)


def test_the_tree_changes_by_forms_and_every_act_is_undone(anne: Reader) -> None:
    draft = begun(anne, "2103")

    def act(path: str, status: int = 200, **fields: Any) -> str:
        anne.read(draft)
        return anne.send(f"{draft}/{path}", status, revision=anne.value("revision"), **fields)

    start = codes(anne, draft)
    act("ajouter", element="", ou="dedans", titre="Troisième")
    act("ajouter", element="B2", ou="dedans", titre="Conclure")
    act("ajouter", element="B1/C2", ou="avant", titre="Écouter", code="C9")
    assert codes(anne, draft) == ["B1", "B1/C1", "B1/C9", "B1/C2", "B2", "B2/C3", "B2/C4", "B3"]
    assert "Un code s'écrit" in act("ajouter", 422, element="B1", ou="apres", titre="Faux", code="é é")
    assert "déjà pris" in act("code", 422, element="B1", code="B2")
    act("code", element="B1", code="BX")
    act("deplacer", element="BX/C9", sens="bas")
    act("deplacer", element="BX/C9", sens="bas")
    assert codes(anne, draft) == ["BX", "BX/C1", "BX/C2", "B2", "B2/C9", "B2/C3", "B2/C4", "B3"]
    assert "dans BX, à la fin" in anne.read(f"{draft}/deplacer?element=B2/C9")
    act("deplacer", element="B2/C9", vers="BX|C1")
    assert "Choisissez un endroit" in act("deplacer", 422, element="B2", vers="")
    assert "passent au second" in anne.read(f"{draft}/scinder?element=B2")
    assert "Écrivez l'intitulé du second" in act("scinder", 422, element="B2", second="")
    act("scinder", element="B2", second="La suite", code="BZ", competencies=["", "C4"])
    assert "Celui qui reste" in anne.read(f"{draft}/fusionner?element=B3")
    act("fusionner", element="B3", avec="BZ")
    assert "Cochez la case" in act("retirer", 422, element="BX/C2")
    act("retirer", element="BX/C2", successeur="BX/C1", certain="oui")
    assert codes(anne, draft) == ["BX", "BX/C9", "BX/C1", "B2", "B2/C3", "BZ", "BZ/C4"]
    act("cle", identifiant="mini-bis", version="2103")
    assert kept(anne, draft)["award"]["all_of"][0] == "mini-bis@2103/BX"
    told = anne.read(f"{draft}/historique")
    for words in ("BX › C2 retiré", "B2 scindé en deux", "B3 fusionné avec BZ", "B1 a pour code BX", "La clé devient"):
        assert words in told, words
    anne.read(draft)
    while 'data-key="z" disabled' not in anne.source:
        assert "C'est annulé" in anne.send(f"{draft}/annuler", revision=anne.value("revision"))
    assert codes(anne, draft) == start
    assert "rien de plus" in anne.send(f"{draft}/annuler", revision="1")
    assert "C'est rétabli" in anne.send(f"{draft}/retablir", revision="1")

    anne.read(f"{draft}/historique/1")
    revision = anne.value("revision")
    assert "Cochez la case" in anne.send(f"{draft}/historique/1", 422, revision=revision)
    assert "entre-temps" in anne.send(f"{draft}/historique/1", 409, revision="1", certain="oui")
    assert "revenu à cet état" in anne.send(f"{draft}/historique/1", revision=revision, certain="oui")
    assert codes(anne, draft) == start
    for path in ("", "/historique", "/historique/99", "/yaml", "/deplacer?element=B9", "/scinder?element=B9"):
        anne.read(f"{draft}{path}", 200 if path in ("", "/historique", "/yaml") else 422 if "B9" in path else 404)


def test_two_people_meet_on_one_field_and_choose(anne: Reader, zoe: Reader) -> None:
    draft = begun(anne, "2104")
    for reader in (anne, zoe):
        reader.read(f"{draft}?element=B1")
    mine, theirs = form(anne), form(zoe)
    zoe._told(
        zoe.client.post(draft, data=theirs | {"f-title": "Celui de Zoé", "f-note": "À relire", "faire": "e"}), 200
    )
    told = anne._told(anne.client.post(draft, data=mine | {"f-title": "Celui d'Anne", "f-optional": "oui"}), 409)
    for words in ("Premier bloc", "Tous les métiers", "Celui de Zoé", "Celui d'Anne", "autre chose"):
        assert words in told, words

    def answers(**chosen: str) -> dict[str, str]:
        names = ("revision", "vu", "sorte", "acte", "c0-chemin")
        return {name: anne.value(name) for name in names} | {
            name.replace("_", "-"): one for name, one in chosen.items()
        }

    assert "Choisissez ce qu'il faut garder" in anne.send(f"{draft}/conflit", 409, **answers())
    chosen = answers(c0="autre", c0_autre="Celui des deux")
    zoe.read(f"{draft}?element=B1")
    zoe._told(zoe.client.post(draft, data=form(zoe) | {"f-title": "Encore Zoé"}), 200)
    told = anne.send(f"{draft}/conflit", 409, **chosen)
    assert "pendant que vous choisissiez" in told
    assert "Encore Zoé" in told
    assert "Celui des deux" in told
    assert "C'est tranché" in anne.send(f"{draft}/conflit", **answers(c0="autre", c0_autre="Celui des deux"))
    block = kept(anne, draft)["blocks"][0]
    assert (block["title"], block["note"], block["optional"]) == ("Celui des deux", "À relire", True)

    zoe.read(f"{draft}?element=B1/C1")
    zoe._told(zoe.client.post(draft, data=form(zoe) | {"f-title": "Accueillir chacun"}), 200)
    told = anne.send(f"{draft}/retirer", 409, revision=anne.value("revision"), element="B1/C1", certain="oui")
    assert "Accueillir chacun" in told
    anne.send(f"{draft}/conflit", **answers(c0="eux"))
    assert "B1/C1" in codes(anne, draft)
    zoe.read(f"{draft}/yaml")
    text = zoe.source.partition('id="texte"')[2].partition(">")[2].partition("</textarea>")[0]
    anne.read(f"{draft}?element=B2")
    anne._told(anne.client.post(draft, data=form(anne) | {"f-title": "Le second"}), 200)
    changed = (
        unescape(text).replace("title: Orienter", "title: Orienter vers").replace("title: Second bloc", "title: Deux")
    )
    told = zoe.send(f"{draft}/yaml", 409, revision=zoe.value("revision"), texte=changed)
    assert "Le second" in told
    assert "Orienter" not in told
    zoe.send(
        f"{draft}/conflit",
        **{name: zoe.value(name) for name in ("revision", "vu", "sorte", "acte", "c0-chemin")},
        c0="moi",
    )
    found = kept(anne, draft)["blocks"]
    assert (found[0]["competencies"][1]["title"], found[1]["title"]) == ("Orienter vers", "Deux")
    assert "ne se lit pas" in zoe.send(f"{draft}/yaml", 422, revision="1", texte="a: [")


def test_a_draft_is_of_one_organisation_and_of_its_designers(service: Service, anne: Reader) -> None:
    draft = begun(anne, "2105")
    pages = ("", "/historique", "/historique/1", "/yaml", "/deplacer?element=B1", "/scinder?element=B1")
    elsewhere = signed_in(service, Role.DESIGNER, THERE)
    for path in pages:
        elsewhere.read(draft + path, 404)
        signed_in(service, Role.TRAINING_BODY, HERE).read(draft + path, 403)
    for path in ("", "/ajouter", "/annuler", "/yaml", "/supprimer", "/retirer", "/conflit"):
        sent = {
            "revision": "1",
            "vu": "1",
            "sorte": "annuler",
            "certain": "oui",
            "element": "B1",
            "texte": "id: a\nversion: b",
        }
        elsewhere.send(draft + path, 404, **sent)
    assert "mini@2105" not in elsewhere.read("/redaction")
    english: TestClient = anne.client
    answer = english.get(draft, headers={"accept-language": "en"})
    assert "Change the tree" in answer.text
    assert "Intitulé" not in answer.text
