"""From a draft to a published version, as pages: comments, a second person's review, links, effects, what follows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.store import schema
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import HERE, THERE, Service
from tests.api.http.small import V1, a_person, a_small_service, of_all_trades, tagged
from tests.web.test_offers_pages import Reader, signed_in


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder: Path = tmp_path_factory.mktemp("suite")
    store = Store(f"sqlite:///{folder / 'p.sqlite3'}")
    schema.upgrade(store.engine)
    with a_small_service(store, folder) as found:
        yield found
    store.close()


def a_draft(service: Service, version: str, **changes: Any) -> tuple[str, str]:
    """The identifier of a draft of a new version, and the address of its pages."""
    designer = service.by(Role.DESIGNER)
    begun = designer.post(f"{V1}/drafts", json={"base": "mini@2024", "version": version})
    found = begun.json()
    document = found["document"] | {"valid": {"from": f"{version}-01-01"}} | changes
    kept = designer.put(f"{V1}/drafts/{found['id']}", json={"document": document}, headers=tagged(begun))
    assert kept.status_code == 200, kept.text
    return found["id"], f"/redaction/{found['id']}"


def act(service: Service, draft_id: str, **given: Any) -> None:
    address = f"{V1}/drafts/{draft_id}"
    designer = service.by(Role.DESIGNER)
    answer = designer.post(f"{address}/acts", json={"act": given}, headers=tagged(designer.get(address)))
    assert answer.status_code == 200, answer.text


def plainly(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_nothing_is_published_that_a_second_person_has_not_read(service: Service) -> None:
    a_person(service.by(Role.ADVISER))
    draft_id, address = a_draft(service, "2027", title="Un petit diplôme, rénové")
    mine, theirs = signed_in(service, Role.DESIGNER, HERE), signed_in(service, Role.ADMINISTRATOR, HERE)
    told = plainly(mine.read(f"{address}/relecture"))
    for words in ("Aucune erreur", "Un petit diplôme, rénové", "c'est à quelqu'un d'autre", "Compte administrator"):
        assert words in told, words
    assert "Publier et sceller" not in told
    assert "Approuver ce brouillon" not in told
    revision = mine.value("revision")
    assert "La relecture est demandée" in mine.send(f"{address}/relecture", faire="demander", revision=revision)
    refused = mine.send(f"{address}/relecture", 409, faire="approuver", revision=revision)
    assert "quelqu'un d'autre doit le relire" in refused
    told = mine.send(f"{address}/publier", 409, motif="Nouvel arrêté", revision=revision)
    assert "Personne d'autre n'a approuvé" in told

    theirs.read(f"{address}/relecture")
    assert "Dites ce qui est à changer" in theirs.send(f"{address}/relecture", 422, faire="changer", revision=revision)
    told = theirs.send(f"{address}/relecture", faire="changer", mots="Le titre\nest long.", revision=revision)
    assert "Changements demandés" in told
    act(service, draft_id, act="write", at="", fields={"title": "Un petit diplôme neuf"})
    assert "pendant que vous le lisiez" in theirs.send(
        f"{address}/relecture", 409, faire="approuver", revision=revision
    )
    told = theirs.send(f"{address}/relecture", faire="approuver", revision=theirs.value("revision"))
    assert "Approuvé tel qu'il est" in told
    assert "Seul un compte de conception peut publier" in told
    told = plainly(mine.read(f"{address}/relecture"))
    assert "Publier et sceller cette version" in told
    revision = mine.value("revision")
    assert "Dites en quelques mots" in mine.send(f"{address}/publier", 422, motif=" ", revision=revision)
    told = plainly(mine.send(f"{address}/publier", motif="Nouvel arrêté", revision=revision))
    assert "La version est publiée et scellée" in told
    assert "Après la publication" in told
    assert service.by(Role.DESIGNER).get(f"{V1}/referentials/mini@2027").status_code == 200


def test_comments_wait_until_somebody_says_that_they_are_settled(service: Service) -> None:
    _, address = a_draft(service, "2028")
    mine = signed_in(service, Role.DESIGNER, HERE)
    assert "Aucun commentaire" in mine.read(f"{address}/commentaires?element=B1/C1")
    assert '<option value="B1/C1" selected>' in mine.source
    assert "Écrivez votre commentaire" in mine.send(f"{address}/commentaires", 422, element="B1/C1", texte=" ")
    assert "Choisissez" in mine.send(f"{address}/commentaires", 422, element="B1/C1/x/y", texte="Oui")
    told = mine.send(f"{address}/commentaires", element="B1/C1", texte="Trop <b>vague</b>")
    assert "B1 › C1 — Accueillir" in told
    assert "Trop &lt;b&gt;vague" in mine.source
    assert "Trop <b>vague</b>" in mine.read(f"{address}/relecture")
    comment = service.by(Role.DESIGNER).get(f"{V1}/drafts/{address.rpartition('/')[2]}/comments").json()["items"][0]
    place = f"{address}/commentaires/{comment['id']}"
    told = signed_in(service, Role.ADMINISTRATOR, HERE).send(place, faire="regler")
    assert "réglé par Compte administrator" in told
    assert "C'est réglé" in mine.send(place, faire="rouvrir")
    for path in ("relecture", "commentaires", "effets", "liens"):
        signed_in(service, Role.DESIGNER, THERE).read(f"{address}/{path}", 404)
        signed_in(service, Role.ADVISER, HERE).read(f"{address}/{path}", 403)
    signed_in(service, Role.DESIGNER, THERE).send(place, 404, faire="regler")


def test_effects_are_told_before_publishing_in_numbers_and_on_people_made_up(service: Service) -> None:
    person = a_person(service.by(Role.ADVISER))["id"]
    asked = {"target": "mini@2024", "on": "2026-11-22"}
    assert service.by(Role.ADVISER).post(f"{V1}/people/{person}/plans", json=asked).status_code == 201
    draft_id, address = a_draft(service, "2029", replaces=["mini@2024"])
    act(service, draft_id, act="retire", at="B2")
    mine = signed_in(service, Role.DESIGNER, HERE)
    told = plainly(mine.read(f"{address}/effets"))
    assert "1 plan repose" in told
    while "Calcul en cours" in told:
        told = plainly(mine.read(f"{address}/effets"))
    assert "qui n'a rien encore" in told
    assert "2 blocs à obtenir" in told
    assert "1 bloc à obtenir" in told
    assert person not in mine.source
    answer = service.by(Role.DESIGNER).get(f"{V1}/drafts/{draft_id}/effects").json()
    assert answer["plans"][0] | {"target": "mini@2024", "plans": 1, "marked": 0} == answer["plans"][0]
    nothing = next(one for one in answer["people"] if not one["holds"])
    assert (nothing["before"]["left"], nothing["after"]["left"]) == (2, 1)


def test_links_are_confirmed_one_by_one_and_become_likenesses(service: Service) -> None:
    draft_id, address = a_draft(service, "2030")
    act(service, draft_id, act="write", at="B1/C2", fields={"title": "Orienter chacun"})
    act(service, draft_id, act="retire", at="B2/C3", successors=["B1/C1"])
    mine, theirs = signed_in(service, Role.DESIGNER, HERE), signed_in(service, Role.ADMINISTRATOR, HERE)
    told = plainly(mine.read(f"{address}/liens"))
    for words in ("3 liens proposés", "Même intitulé", "intitulé proche", "Désignée quand l'ancienne a été retirée"):
        assert words in told, words
    theirs.read(f"{address}/relecture")
    theirs.send(f"{address}/relecture", faire="approuver", revision=theirs.value("revision"))

    pair = {"ancien": "mini@2024/B1/C1", "nouveau": "B1/C1"}
    assert "Choisissez" in mine.send(f"{address}/liens", 422, faire="confirmer", relation="proche", **pair)
    mine.send(f"{address}/liens", 422, faire="confirmer", relation="exact", ancien="mini@2024/B9/C1", nouveau="B1/C1")
    mine.send(f"{address}/liens", faire="confirmer", relation="exact", **pair)
    lost = {"ancien": "mini@2024/B2/C3", "nouveau": "B1/C1"}
    mine.send(f"{address}/liens", faire="refuser", **lost)
    mine.send(f"{address}/liens", faire="reprendre", **lost)
    mine.send(f"{address}/liens", faire="refuser", **lost)
    told = plainly(mine.read(f"{address}/liens"))
    assert "1 lien proposé" in told
    theirs.read(f"{address}/relecture")
    assert "Pas encore approuvé" in theirs.read(f"{address}/relecture")
    theirs.send(f"{address}/relecture", faire="approuver", revision=theirs.value("revision"))
    mine.read(f"{address}/relecture")
    mine.send(f"{address}/publier", motif="Nouvel arrêté", revision=mine.value("revision"))

    designer = service.by(Role.DESIGNER)
    version = designer.get(f"{V1}/referentials/mini@2030").json()
    assert version["item"]["replaces"] == ["mini@2024"]
    kept = [one["item"] for one in designer.get(f"{V1}/correspondences").json()["items"]]
    assert [(one["from"], one["to"], one["relation"], one["state"]) for one in kept] == [
        ("mini@2024/B1/C1", "mini@2030/B1/C1", "exact", "validated")
    ]


def test_the_successor_is_told_in_a_version_of_ones_own_and_plans_are_computed_again(service: Service) -> None:
    everything = of_all_trades(service)
    reader = Reader(everything)
    told = plainly(reader.read("/redaction/publications/mini@2030"))
    assert "Elle remplace" in told
    assert "recalculer" in told
    assert "Le recalcul est demandé" in reader.send("/redaction/publications/recalculer")
    signed_in(service, Role.DESIGNER, HERE).send("/redaction/publications/recalculer", 403)


RIGHT = {
    "titre": "De l'ancien premier bloc au second",
    "il-faut-mode": "tous",
    "il-faut-autres": "mini@2019/B1",
    "donne": "mini@2024/B2",
    "effet": "award",
    "du": "01/01/2025",
    "source-titre": "Arrêté d'essai",
    "source-article": "article 7",
    "source-relue": "2026-11-22",
    "confiance": "official",
    "revision": "0",
}


def test_a_right_is_written_tried_kept_and_taken_away(service: Service) -> None:
    mine = signed_in(service, Role.DESIGNER, HERE)
    here = "/redaction/droits"
    assert "Aucune pour l'instant" in mine.read(here)
    assert "En écrire une autre rédaction" in mine.read(f"{here}?q=mini")
    mine.read(f"{here}/nouveau?de=mini@2019/B1&vers=mini@2024/B2")
    assert ">mini@2019/B1</textarea>" in mine.source
    told = plainly(
        mine.send(f"{here}/nouveau", 422, faire="enregistrer", **RIGHT | {"id": "Mal écrit", "effet": "zut"})
    )
    assert "n'est pas une écriture admise" in told
    told = plainly(mine.send(f"{here}/nouveau", **RIGHT | {"cherche": "mini@2024"}, faire="chercher"))
    assert "C'est ce qui en découle : mini@2024/B1/C1" in told
    mine.send(f"{here}/nouveau", **RIGHT, ajouter="il-faut mini@2019/B2")
    assert ">mini@2019/B1\nmini@2019/B2</textarea>" in mine.source
    told = plainly(mine.send(f"{here}/nouveau", faire="voir", id="essai", **RIGHT))
    for words in (
        "L'inverse n'est pas vrai",
        "qui a obtenu B1",
        "2 blocs à obtenir",
        "1 bloc à obtenir",
        "acquis de droit : B2",
    ):
        assert words in told, words
    mine.read(f"{here}/essai", 404)
    assert "La passerelle de droit est enregistrée" in mine.send(
        f"{here}/nouveau", faire="enregistrer", id="essai", **RIGHT
    )
    assert "déjà cet identifiant" in plainly(
        mine.send(f"{here}/nouveau", 422, faire="enregistrer", id="essai", **RIGHT)
    )
    kept = service.by(Role.DESIGNER).get(f"{V1}/recognitions/essai").json()["item"]
    assert (kept["given"], kept["grants"], kept["in_force"]["from"]) == ("mini@2019/B1", ["mini@2024/B2"], "2025-01-01")

    mine.read(f"{here}/essai")
    revision = mine.value("revision")
    mine.send(f"{here}/essai", faire="enregistrer", **RIGHT | {"revision": revision, "note": "Relue."})
    told = plainly(
        mine.send(f"{here}/essai", 409, faire="enregistrer", **RIGHT | {"revision": revision, "note": "Autre"})
    )
    assert "Quelqu'un d'autre l'a enregistrée" in told
    assert ">Autre</textarea>" in mine.source
    mine.send(f"{here}/essai", faire="enregistrer", **RIGHT | {"revision": mine.value("revision"), "note": "Autre"})
    stranger = signed_in(service, Role.DESIGNER, THERE)
    stranger.read(f"{here}/essai", 404)
    assert "mini@2024/B2" not in stranger.read(f"{here}?q=dernier") + stranger.source
    signed_in(service, Role.ADMINISTRATOR, HERE).read(here, 403)
    mine.read(f"{here}/essai")
    assert "Cochez la case" in mine.send(f"{here}/essai/supprimer", 422, revision=mine.value("revision"))
    told = mine.send(f"{here}/essai/supprimer", certain="oui", revision=mine.value("revision"))
    assert "La passerelle de droit est retirée" in told


def test_a_likeness_is_written_and_grants_nothing(service: Service) -> None:
    mine, here = signed_in(service, Role.DESIGNER, HERE), "/redaction/proximites"
    typed = {
        "de": "mini@2019/B1/C1",
        "vers": "mini@2024/B1/C2",
        "relation": "close",
        "etat": "validated",
        "revision": "0",
    }
    mine.read(f"{here}/nouvelle?de=mini@2019/B1/C1")
    mine.send(f"{here}/nouvelle", 422, faire="enregistrer", id="proche", auteur="", **typed)
    told = plainly(mine.send(f"{here}/nouvelle", faire="voir", id="proche", auteur="Nous", **typed))
    assert "validée" in told
    mine.send(f"{here}/nouvelle", faire="enregistrer", id="proche", auteur="Nous", **typed)
    kept = service.by(Role.DESIGNER).get(f"{V1}/correspondences/proche").json()["item"]
    assert (kept["from"], kept["author"]) == ("mini@2019/B1/C1", "Nous")
    revision = mine.value("revision")
    mine.send(f"{here}/proche", faire="enregistrer", auteur="Nous deux", **typed | {"revision": revision})
    assert "Quelqu'un d'autre" in mine.send(
        f"{here}/proche", 409, faire="enregistrer", auteur="Moi", **typed | {"revision": revision}
    )
    mine.read(f"{here}/proche")
    assert "est retirée" in mine.send(f"{here}/proche/supprimer", certain="oui", revision=mine.value("revision"))
