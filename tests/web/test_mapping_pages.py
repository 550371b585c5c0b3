"""The matrix of an offer without a browser: ticked, suggested, refused, many at once, undone; nothing of somebody else written over or shown."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from api.store import schema
from api.store.scope import Scope
from api.store.tables import Role
from api.store.unit_of_work import Store
from referentials.offer import Offer
from tests.api.http.service import HERE, THERE, Service, a_service
from tests.web.test_offers_pages import Reader, signed_in

HERE_IS = "/offre/ateliers/correspondances"
FPA = f"{HERE_IS}?cible=tp-fpa@2023"
OF_CIP = "/offre/ateliers/correspondances/modules/accueil?cible=tp-cip@2023"
ATELIERS = Offer.model_validate(
    {
        "id": "ateliers",
        "title": "Mes ateliers",
        "body": {"name": "Ici"},
        "confidence": "to_confirm",
        "modules": [
            {"id": "anime", "title": "Animer une formation", "prepares": ["tp-fpa@2023/CCP1"]},
            {"id": "acquis", "title": "Évaluer les acquis", "develops": ["pix@2023/1.1"]},
            {
                "id": "accueil",
                "title": "Informer sur les ressources et les services dématérialisés",
                "note": "Pas encore relié.",
            },
        ],
    }
)


@pytest.fixture
def service(tmp_path: Any) -> Iterator[Service]:
    store = Store(f"sqlite:///{tmp_path / 'p.sqlite3'}")
    schema.upgrade(store.engine)
    with a_service(store) as found:
        with store.write() as unit:
            unit.of(Scope(organisation=found.organisation(HERE))).offers.write(ATELIERS, ATELIERS.title)
        yield found
    store.close()


def boxes(reader: Reader, what: str) -> set[str]:
    """The boxes of the matrix that are ticked, or are suggested, or were refused."""
    found = re.findall(
        r'<td role="cell"(?: class="(\w+)")?[^>]*>(?:<input[^>]* value="([^"]+)"[^>]*name="m:([^"]+)"[^>]*?( checked)?>)',
        reader.source,
    )
    named = ((f"{module}/{value}", state, ticked) for state, value, module, ticked in found)
    return {name for name, state, ticked in named if (ticked if what == "ticked" else state == what)}


def sent(reader: Reader, **more: Any) -> dict[str, Any]:
    return {"revision": reader.value("revision"), "cible": "tp-fpa@2023", "bloc": "", "page": "1", **more}


def test_boxes_are_ticked_and_kept_and_what_a_block_brings_has_none(service: Service) -> None:
    mine = signed_in(service, Role.TRAINING_BODY, HERE)
    told = mine.read(HERE_IS)
    assert "Formateur professionnel d'adultes (2023)" in told
    assert "<table" not in mine.source
    assert "Rien ne répond à « zzzz »" in mine.read(f"{HERE_IS}?cible=zzzz", 422)
    told = mine.read(FPA)
    assert "par un bloc entier" in told
    assert boxes(mine, "ticked") == set()
    assert {"anime/CCP2/C4", "acquis/CCP2/C5"} <= boxes(mine, "near")
    assert not any(name.startswith("anime/CCP1") for name in boxes(mine, "near"))
    assert "mots communs : animer" in told

    form = sent(
        mine, **{"m:anime": ["CCP2/C4"], "m:acquis": ["CCP2/C5", "CCP2/C6", "CCP9/C99"], "m:nobody": ["CCP2/C4"]}
    )
    told = mine.send(HERE_IS, **form)
    assert "Ce que vos modules apportent est enregistré" in told
    assert "Correspondances : 3 compétences ajoutées." in told
    assert boxes(mine, "ticked") == {"anime/CCP2/C4", "acquis/CCP2/C5", "acquis/CCP2/C6"}
    mine.send(HERE_IS, **sent(mine, bloc="CCP2", **{"m:acquis": ["CCP2/C5"], "m:anime": ["CCP2/C4"]}))
    mine.read(f"{HERE_IS}?cible=pix@2023")
    assert boxes(mine, "ticked") == {"acquis/1/1.1"}, "what another certification has is untouched"

    told = mine.send(f"{HERE_IS}/annuler", revision=mine.value("revision"), cible="tp-fpa@2023")
    assert "La dernière opération est annulée" in told
    assert boxes(mine, "ticked") == {"anime/CCP2/C4", "acquis/CCP2/C5", "acquis/CCP2/C6"}

    mine.read(FPA)
    mine.send(HERE_IS, **sent(mine))
    mine.read(f"{HERE_IS}?cible=pix@2023")
    told = mine.send(HERE_IS, 422, **sent(mine) | {"cible": "pix@2023"})
    assert "Laissez-lui au moins une compétence" in told
    assert boxes(mine, "ticked") == set(), "as it was sent, to be mended"


def test_a_stale_page_keeps_what_was_ticked_over_what_somebody_else_saved(service: Service) -> None:
    mine, colleague = (signed_in(service, Role.TRAINING_BODY, HERE) for _who in range(2))
    mine.read(FPA)
    first = sent(mine, **{"m:anime": ["CCP2/C4"], "m:acquis": ["CCP2/C5"]})
    mine.send(HERE_IS, **first)
    stale = sent(mine, **{"m:anime": ["CCP2/C4", "CCP3/C9"]})
    colleague.read(FPA)
    colleague.send(HERE_IS, **sent(colleague, **{"m:anime": ["CCP2/C4"], "m:acquis": ["CCP2/C5", "CCP2/C6"]}))

    told = mine.send(HERE_IS, 409, **stale)
    assert "Quelqu'un d'autre a modifié cette offre entre-temps" in told
    assert "Évaluer les acquis : CCP2 › C6" in told, "what they added is said"
    assert boxes(mine, "ticked") == {"anime/CCP2/C4", "anime/CCP3/C9", "acquis/CCP2/C6"}
    ticks = {"m:anime": ["CCP2/C4", "CCP3/C9"], "m:acquis": ["CCP2/C6"]}
    mine.send(HERE_IS, **sent(mine, **ticks))
    assert boxes(mine, "ticked") == {"anime/CCP2/C4", "anime/CCP3/C9", "acquis/CCP2/C6"}

    decision = f"{HERE_IS}/decision"
    pair = {"paire": "acquis~tp-fpa@2023/CCP2/C5", "retour": "module:acquis", "revision": "1"}
    told = mine.send(decision, 409, **pair, faire="accepter")
    assert "rien n'a été enregistré" in told
    told = mine.send(
        f"{HERE_IS}/lot", 409, revision="1", cible="tp-fpa@2023", cocher=[pair["paire"], "anime~tp-fpa@2023/CCP2/C4"]
    )
    assert "1 case serait cochée" in told, "what is there already is not asked for again"


def test_a_suggestion_is_accepted_or_refused_and_a_refusal_is_remembered(service: Service) -> None:
    mine = signed_in(service, Role.TRAINING_BODY, HERE)
    told = mine.read(OF_CIP)
    assert "Informer une personne ou un groupe sur les ressources" in told
    assert re.search(r"proximité \d+ sur 100 ; mots communs : \w+", told)
    first = re.findall(r'name="paire" value="([^"]+)"', mine.source)[0]
    assert first == "accueil~tp-cip@2023/CCP1/C1"
    decide = {"revision": mine.value("revision"), "paire": first, "retour": "module:accueil"}
    told = mine.send(f"{HERE_IS}/decision", **decide, faire="refuser")
    assert "ne reviendra pas d'elle-même" in told
    assert first not in told.partition("Suggestions refusées")[0]
    mine.read(f"{HERE_IS}?cible=tp-cip@2023")
    assert boxes(mine, "no") == {"accueil/CCP1/C1"}
    told = mine.read(f"{HERE_IS}/competence?ref=tp-cip@2023/CCP1/C1")
    assert "Informer sur les ressources" in told.partition("Suggestions refusées")[2]
    assert "refusée pour « Informer" in told
    told = mine.send(f"{HERE_IS}/annuler", revision=mine.value("revision"), cible="tp-cip@2023")
    assert boxes(mine, "no") == set()
    assert "accueil/CCP1/C1" in boxes(mine, "near")

    mine.send(f"{HERE_IS}/decision", **decide, faire="refuser")
    told = mine.send(f"{HERE_IS}/decision", **decide, faire="reouvrir")
    assert "Suggestions refusées" not in told
    told = mine.send(f"{HERE_IS}/decision", **decide, faire="accepter")
    assert first.partition("~")[2] not in told
    assert "C1" in told.partition("Déjà apporté")[2]
    told = mine.send(f"{HERE_IS}/decision", **decide | {"revision": mine.value("revision")}, faire="retirer")
    assert "Rien encore" in told
    for path in (
        f"{HERE_IS}/competence?ref=tp-cip@2023/CCP1/C99",
        f"{HERE_IS}/competence?ref=%25",
        f"{HERE_IS}/modules/zz?cible=pix@2023",
    ):
        mine.read(path, 404)


def test_many_boxes_at_once_are_shown_exactly_then_kept(service: Service) -> None:
    mine = signed_in(service, Role.TRAINING_BODY, HERE)
    lot = f"{HERE_IS}/lot?cible=tp-fpa@2023"
    assert "Rien ne changerait" in mine.read(f"{lot}&faire=suggestions&seuil=100")
    told = mine.read(f"{lot}&faire=suggestions&seuil=40&bloc=CCP2")
    pairs = re.findall(r'name="cocher" value="([^"]+)"', mine.source)
    assert set(pairs) == {"anime~tp-fpa@2023/CCP2/C4", "acquis~tp-fpa@2023/CCP2/C5"}
    assert "Rien n'est encore enregistré" in told
    told = mine.send(f"{HERE_IS}/lot", revision=mine.value("revision"), cible="tp-fpa@2023", bloc="CCP2", cocher=pairs)
    assert boxes(mine, "ticked") == {"anime/CCP2/C4", "acquis/CCP2/C5"}
    assert "2 cases seraient cochées" in mine.read(f"{lot}&faire=ligne&module=acquis&bloc=CCP2")
    assert "2 cases seraient cochées" in mine.read(f"{lot}&faire=colonne&competence=tp-fpa@2023/CCP1/C1"), (
        "not by its block"
    )
    assert "1 case serait décochée" in mine.read(f"{lot}&faire=vider-colonne&competence=tp-fpa@2023/CCP2/C4")
    assert "1 case serait décochée" in mine.read(f"{lot}&faire=vider-ligne&module=anime")
    away = re.findall(r'name="decocher" value="([^"]+)"', mine.source)
    mine.send(f"{HERE_IS}/lot", revision=mine.value("revision"), cible="tp-fpa@2023", decocher=away)
    assert boxes(mine, "ticked") == {"acquis/CCP2/C5"}
    mine.send(f"{HERE_IS}/annuler", revision=mine.value("revision"), cible="tp-fpa@2023")
    assert boxes(mine, "ticked") == {"anime/CCP2/C4", "acquis/CCP2/C5"}


def test_another_organisation_and_another_role_see_none_of_it(service: Service) -> None:
    decide = {"paire": "accueil~tp-cip@2023/CCP1/C1", "retour": "matrice", "revision": "1", "faire": "refuser"}
    signed_in(service, Role.TRAINING_BODY, HERE).send(f"{HERE_IS}/decision", **decide)
    reading = (
        FPA,
        OF_CIP,
        f"{HERE_IS}/competence?ref=tp-cip@2023/CCP1/C1",
        f"{HERE_IS}/lot?cible=tp-cip@2023&faire=suggestions",
    )
    writing = ("", "/decision", "/lot", "/annuler")
    form = decide | {"cible": "tp-cip@2023", "cocher": decide["paire"], "m:accueil": "CCP1/C1"}
    for role, place, status in ((Role.TRAINING_BODY, THERE, 404), (Role.ADVISER, HERE, 403)):
        other = signed_in(service, role, place)
        for path in reading:
            assert "Mes ateliers" not in other.read(path, status)
        for end in writing:
            assert "Mes ateliers" not in other.send(f"{HERE_IS}{end}", status, **form)


def test_the_api_suggests_and_decides_too(service: Service) -> None:
    mine, there = (service.by(Role.TRAINING_BODY, place) for place in (HERE, THERE))
    here = "/api/v1/offers/ateliers/modules/accueil"
    read = partial(mine.get, f"{here}/suggestions?target=tp-cip@2023")
    found = read().json()
    assert (found["target"], found["items"][0]["competency"]) == ("tp-cip@2023", "tp-cip@2023/CCP1/C1")
    assert found["items"][0]["words"]
    assert 3 <= len(found["items"]) <= 5
    ref, tag = found["items"][0]["competency"], {"If-Match": '"1"'}
    refused = mine.put(f"{here}/decision", json={"competency": ref, "verdict": "refused"}, headers=tag)
    assert (refused.status_code, refused.headers["etag"]) == (200, '"1"')
    assert read().json()["refused"] == [ref]
    assert ref not in {one["competency"] for one in read().json()["items"]}
    assert there.get(f"{here}/suggestions?target=tp-cip@2023").status_code == 404
    assert (
        there.put(f"{here}/decision", json={"competency": ref, "verdict": "accepted"}, headers=tag).status_code == 404
    )
    accepted = mine.put(f"{here}/decision", json={"competency": ref, "verdict": "accepted"}, headers=tag)
    assert accepted.json()["item"]["modules"][2]["develops"][0]["competency"] == ref
    assert read().json()["brought"] == [ref]
    stale = mine.put(f"{here}/decision", json={"competency": ref, "verdict": "reopened"}, headers=tag)
    assert stale.status_code == 412
    assert mine.put(f"{here}/decision", json={"competency": ref, "verdict": "refused"}).status_code == 428
    shipped = service.client.get("/api/v1/offers/atelier-demo/modules/accueil-presence/suggestions?target=tp-remn@2019")
    assert shipped.json()["items"][0]["competency"] == "tp-remn@2019/CCP1/C1.3"
