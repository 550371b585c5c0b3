"""« Importer » and « Emporter » without a browser: a trial shows everything and changes nothing, then the very same file comes in."""

import re
from datetime import timedelta
from typing import Any

import pytest

from api.services.import_formats import readers, writers
from api.store import retention
from api.web.views.standards import BRINGS, NAMES, TAKES
from tests.api.national import chain, directory, fiche
from tests.web.conftest import Enter
from tests.web.live import Site, work
from tests.web.site_people import ADVISER, DESIGNER, TRAINER
from tests.web.test_own_path import Person

BROKEN = fiche(90950).replace("<INTITULE>Titre numéro 90950</INTITULE>", "")
FILE = directory(*chain(60, 90901), BROKEN)
CHANGED = directory(*(one.replace("Animer un atelier", "Animer deux ateliers") for one in chain(60, 90901)))


def sent(person: Person, content: bytes, name: str, status: int = 200, **fields: Any) -> str:
    answer = person.client.post("/importer", files={"fichier": (name, content)}, data={"faire": "regarder"} | fields)
    return plain(person._told(answer, status))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def here(person: Person) -> str:
    found = re.search(r"/importer/[0-9a-f]{32}", person.source)
    assert found is not None
    return found[0]


def test_a_trial_shows_everything_then_the_same_file_comes_in_and_again(site: Site, enter: Enter) -> None:
    designer = enter(DESIGNER)
    told = plain(sent(designer, b"", "", 422, sorte="rncp", faire="refuser"))
    assert "Choisissez d’abord un fichier" in told
    assert re.search(r'value="rncp" checked', designer.source)
    assert re.search(r'value="refuser" checked', designer.source)
    assert "n’est pas reconnu" in sent(designer, b"<rien/>", "rien.xml", 422)
    assert "En attente" in sent(designer, FILE, "fiches.xml")
    tried = here(designer)
    assert designer.client.get(tried).headers["refresh"] == "2"
    work(site)
    told = plain(designer.read(tried))
    assert "Rien n’a encore été changé" in told
    assert "Nouveaux 119" in told
    assert "n’a pas d’intitulé" in told
    assert "Complétez-la dans le fichier" in told
    assert "refresh" not in designer.client.get(tried).headers
    told = designer.read(f"{tried}?voir=new")
    assert told.count("@fiche") + told.count(" → ") >= 50
    rest = re.search(r'rel="next" href="([^"]+)"', designer.source)
    assert rest is not None
    assert "Page précédente" in designer.read(rest[1].replace("&amp;", "&"))
    assert len(designer.source.encode()) < 60_000
    table = designer.client.get(f"{tried}/compte-rendu.csv")
    assert table.text.count("\r\n") == 1 + 119 + 1
    assert designer.client.get("/referentiels/rncp90901@fiche").status_code == 404

    designer.send(f"{tried}/importer")
    done = here(designer)
    assert done != tried
    work(site)
    told = plain(designer.read(done))
    assert "C’est importé" in told
    assert '/referentiels/rncp90901@fiche"' in designer.client.get(f"{done}?voir=new").text
    assert "Titre numéro 90901" in designer.read("/referentiels/rncp90901@fiche")
    assert "envoyez-le de nouveau" in designer.send(f"{tried}/importer")

    sent(designer, CHANGED, "fiches.xml")
    again = here(designer)
    work(site)
    told = plain(designer.read(again))
    assert "Changés 60 Inchangés 59" in told
    assert "« Animer un atelier » devient « Animer deux ateliers »" in told
    assert "rien n'en a été importé" in designer.send(f"{again}/oublier")
    assert "L’envoyer de nouveau" in designer.read(again)
    assert plain(designer.read("/importer")).count("essai, fini") >= 2


def test_all_or_nothing_then_stopped_then_gone_on_with(site: Site, enter: Enter) -> None:
    designer = enter(DESIGNER, **{"accept-language": "en"})
    sent(designer, FILE, "strict.xml", faire="refuser")
    refused = here(designer)
    work(site)
    told = designer.read(refused)
    assert "The file is refused whole" in told
    assert (
        "importer" not in designer.source.partition('id="lignes"')[0].partition("<form")[2].partition("site-search")[0]
    )
    sent(designer, directory(*chain(2, 90801)), "attend.xml", faire="prendre")
    waiting = here(designer)
    assert "Stopped" in designer.send(f"{waiting}/arreter")
    designer.send(f"{waiting}/arreter")  # over: nothing happens
    work(site)
    designer.send(f"{waiting}/importer")
    gone_on = here(designer)
    work(site)
    assert "It is imported" in designer.read(gone_on)


def test_a_file_that_was_looked_at_waits_a_day(site: Site, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    designer = enter(DESIGNER)
    sent(designer, directory(fiche(90701)), "demain.xml")
    tried = here(designer)
    work(site)
    forget(site)
    assert "Importer ce" in designer.read(tried)
    monkeypatch.setattr(retention, "FILES", timedelta(days=-1))  # as if the day were over
    forget(site)
    assert "n’est plus gardé ici" in designer.read(tried)


def forget(site: Site) -> None:
    with site.store.write() as unit:
        retention.forget_old(unit, people_days=0, jobs_days=0)


OFFER = """id: offre-importee
title: Offre importée
body: {name: La Fabrique des essais}
confidence: to_confirm
modules:
  - {id: accueil, title: Accueillir, hours: {onsite: 7}, prepares: [tp-mn@2025/CCP1]}
"""


def test_a_training_body_brings_offers_and_nothing_else(site: Site, enter: Enter) -> None:
    trainer = enter(TRAINER)
    trainer.read("/importer")
    assert 'value="rncp"' not in trainer.source
    assert "n’est pas un format" in sent(trainer, FILE, "fiches.xml", 422, sorte="rncp")
    sent(trainer, OFFER.encode(), "offre.yaml", faire="prendre")
    run = here(trainer)
    right = "- {id: un-droit, given: deme@2007, grants: [deme@2007/DC1], effect: award, in_force: {from: 2020-01-01}}"
    sent(trainer, right.encode(), "droit.yaml", faire="prendre", sorte="yaml")
    other = here(trainer)
    work(site)
    assert "C’est importé" in trainer.read(run)
    assert "votre compte importe des offres seulement" in trainer.read(other)
    assert "Accueillir" in trainer.read("/offre/offre-importee")
    told = plain(trainer.read("/offre/offre-importee/emporter"))
    assert "Pour déposer sur Mon Compte Formation" in told
    assert b"<" in trainer.client.get("/offre/offre-importee/fichiers/lheo").content
    trainer.read("/offre/offre-importee/fichiers/case", 404)


def test_others_read_what_it_is_for_and_see_no_import_of_anybody(site: Site, enter: Enter) -> None:
    designer = enter(DESIGNER)
    sent(designer, directory(fiche(90601)), "a-moi.xml")
    run = here(designer)
    stranger, adviser = Person(site), enter(ADVISER)
    for person, status in ((stranger, 401), (adviser, 403)):
        assert "Qui peut importer" in person.read("/importer")
        person.read(run, status)
        for act in ("importer", "oublier"):
            person.send(f"{run}/{act}", status)
    stranger.client.close()
    work(site)


def test_every_format_says_what_it_brings_and_what_it_is_for(enter: Enter) -> None:
    assert {one.id for one in readers()} <= set(BRINGS) & set(NAMES)
    assert {one.id for one in writers()} <= set(TAKES) & set(NAMES)
    anybody = enter(ADVISER)
    told = plain(anybody.read("/referentiels/tp-mn@2025/emporter"))
    assert "Rien ne s’y perd" in told
    assert "CASE ne porte pas les passerelles de droit" in told
    for form in re.findall(r'href="(/referentiels/tp-mn@2025/fichiers/\w+)"', anybody.source):
        assert anybody.client.get(form).status_code == 200


def test_a_fiche_that_nobody_read_can_be_said_to_be_held_and_not_aimed_at(site: Site, enter: Enter) -> None:
    designer = enter(DESIGNER)
    sent(designer, directory(fiche(90991, "Un titre récent", before=90990)), "recent.xml", faire="prendre")
    work(site)
    shown = designer.read("/referentiels/rncp90990")
    assert "RNCP90990 (fiche non lue)" in shown
    assert "RNCP90990BC01 → RNCP90991BC01" in shown
    assert "/viser" not in designer.source
    assert "1 passerelle " in plain(designer.read("/passerelles?de=rncp90990@fiche"))
    assert "/fichiers/" not in designer.source
    assert "RNCP90990 (fiche non lue)" in designer.read("/referentiels?q=RNCP90990")
    assert "RNCP90990BC01" in designer.read("/recherche?q=RNCP90990BC01")
    assert "on peut la détenir, pas la viser" in designer.read("/parcours/cible?q=RNCP90990")
    assert "personne ne l’a lue" in designer.send("/parcours/cible", 422, cible="rncp90990@fiche")
    assert "avant d'être importée" in designer.send("/referentiels/rncp90990@fiche/viser", 422)
    designer.send("/referentiels/rncp90991@fiche/viser")
    assert "n’a pas été lue" in designer.read("/parcours/acquis/diplome?ref=rncp90990@fiche")
    designer.send("/referentiels/rncp90990@fiche/detenir", bloc="RNCP90990BC01")
    assert "Acquis de droit" in designer.read("/parcours/cible")
