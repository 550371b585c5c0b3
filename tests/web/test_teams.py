"""« Mes équipes » without a browser: who sees whom, what is refused in its place, a plan for many in one job, and how a plan goes on."""

import re

import pytest

from api.auth.passwords import hashed
from api.auth.permissions import FOLLOW_UP
from api.services.people import Agreed, open_file
from api.store.repositories.people import NewFile
from api.store.scope import Scope
from api.store.tables import Role
from tests.web.conftest import Enter
from tests.web.live import Site, work
from tests.web.site_people import ADMINISTRATOR, ADVISER, DESIGNER, PASSWORD, PROFESSIONAL, TRAINER
from tests.web.test_own_path import Person

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def elsewhere(site: Site) -> str:
    """Somebody whom another organisation follows."""
    with site.store.write() as unit:
        organisation = unit.directory.organisations.add("Ailleurs").id
        room = unit.of(Scope(organisation=organisation))
        return open_file(room, {"family_name": "Lointaine"}, [Agreed(FOLLOW_UP, "1")], None).id


def added(adviser: Person, family_name: str) -> str:
    """A file that an adviser opens by the form."""
    adviser.send("/equipes/personnes", prenom="Ada", nom=family_name, accord="oui", texte="note du 3 mars")
    found = re.search(r"/equipes/personnes/(\w+)/acquis", adviser.source) or re.search(
        r"/equipes/plans\?p=(\w+)", adviser.source
    )
    assert found is not None
    return found[1]


def test_the_door_is_open_and_the_room_is_the_advisers_alone(site: Site, enter: Enter, elsewhere: str) -> None:
    stranger = Person(site)
    assert "La personne qui administre ce service ouvre votre compte" in stranger.read("/equipes")
    assert "/connexion?vers=/equipes" in stranger.source
    adviser = enter(ADVISER)
    known = added(adviser, "Témoin")
    adviser.send("/equipes/plans", p=known, cible="deme@2007")
    job = re.search(r"/equipes/travaux/(\w+)", adviser.source)
    assert job is not None
    one = f"/equipes/personnes/{known}"
    whole = ("/equipes/importer", "/equipes/ecarts", "/equipes/budget", "/equipes/a-recalculer")
    inside = ("/equipes/personnes", one, f"{one}/acquis?ref=deme", f"/equipes/plans?p={known}", job[0], *whole)
    posts = (
        *("/equipes/personnes", f"{one}/acquis/retirer", "/equipes/plans", f"{job[0]}/arreter", f"{job[0]}/reprendre"),
        *(f"{one}/retrait", f"{one}/remise", "/equipes/importer", "/equipes/a-recalculer"),
    )
    for path in inside:
        stranger.read(path, 401)
    stranger.client.close()
    for email in (PROFESSIONAL, TRAINER, DESIGNER, ADMINISTRATOR):
        other = enter(email)
        for path in ("/equipes", *inside):
            assert "Témoin" not in other.read(path, 403), (email, path)
        for path in posts:
            other.send(path, 403, p=known, cible="deme@2007", accord="oui", nom="X", texte="1")
        assert "Mes équipes" not in other.client.get("/").text
    adviser.send(f"{job[0]}/arreter")

    far = f"/equipes/personnes/{elsewhere}"
    for path in (far, f"{far}/acquis?ref=deme"):
        assert "Lointaine" not in adviser.read(path, 404)
    everybody = (
        "/equipes/plans?toutes=oui",
        "/equipes/ecarts?cible=deme@2007",
        "/equipes/budget",
        "/equipes/a-recalculer",
    )
    for path in ("/equipes", "/equipes?nom=Lointaine", f"/equipes/plans?p={elsewhere}", *everybody):
        assert "Lointaine" not in adviser.read(path)
    for path in (f"{far}/retrait", f"{far}/remise"):
        adviser.send(path, 404, retrait="oui")
    adviser.send("/equipes/plans", 404, p=[known, elsewhere], cible="deme@2007")
    adviser.send(f"{far}/acquis", 404, ref="deme@2007", quoi="tout", preuve="oui", revision="0")


def test_a_plan_for_two_in_one_job_then_moved_on_with_its_history(site: Site, enter: Enter) -> None:
    adviser = enter(ADVISER)
    told = adviser.send("/equipes/personnes", 422, prenom=HOSTILE, nom="x" * 201)
    for sentence in ("C’est trop long", "Sans son accord", "quel texte la personne a lu"):
        assert sentence in told
    assert "<script>alert" not in adviser.source
    first, second = added(adviser, "Première"), added(adviser, "Seconde")

    here = f"/equipes/personnes/{first}"
    assert "Diplôme d'État de moniteur" in adviser.read(f"{here}?q=moniteur educateur").replace("’", "'")
    diploma = {"ref": "deme@2007", "jour": "2012-06-30", "preuve": "oui"}
    assert "en entier" in adviser.send(f"{here}/acquis", 422, revision="0", **diploma)
    assert "pas encore venu" in adviser.send(
        f"{here}/acquis", 422, revision="0", **(diploma | {"quoi": "tout", "jour": "2999-01-01"})
    )
    assert "obtenu le 30/06/2012" in adviser.send(f"{here}/acquis", revision="0", quoi="tout", **diploma)
    assert "a changé entre-temps" in adviser.send(f"{here}/acquis", 422, revision="0", quoi="tout", **diploma)
    assert "a changé entre-temps" in adviser.send(f"{here}/acquis/retirer", 422, revision="0", quoi="qualifications:0")
    assert "obtenu le 30/06/2012" in adviser.read(here)

    assert "Première" in adviser.read("/equipes?nom=Première")
    told = adviser.read(f"/equipes/plans?p={first}&p={second}&q=bpjeps+tic")
    assert "2 personnes choisies" in told.replace("\u00a0", " ")
    assert "Cochez au moins une personne" in adviser.send("/equipes/plans", 422, cible="deme@2007")
    assert "n’est pas connue ici" in adviser.send("/equipes/plans", 422, p=first, cible="nulle-part@1")
    told = adviser.send("/equipes/plans", p=[first, second], cible="bpjeps-tic@2002/UC5")
    assert "En attente" in told
    job = re.search(r"/equipes/travaux/\w+", adviser.source)
    assert job is not None
    assert adviser.client.get(job[0]).headers["refresh"] == "2"
    work(site)
    told = adviser.read(job[0])
    assert "C’est fini. 2 personnes faites, sur 2" in told.replace("\u00a0", " ")
    assert "refresh" not in adviser.client.get(job[0]).headers
    adviser.send(f"{job[0]}/arreter")  # over: nothing happens
    plans = re.findall(r"/api/v1/plans/(\w+)/documents/docx", adviser.source)
    assert len(plans) == 2

    told = adviser.read(here)
    action = re.search(
        rf'{here}/plans/(\w+)"[^>]*>\s*<input type="hidden" name="revision" value="(\d+)"', adviser.source
    )
    assert action is not None
    moving = f"{here}/plans/{action[1]}"
    assert "Choisissez l’état suivant" in adviser.send(moving, 422, revision=action[2], pourquoi=HOSTILE)
    assert html_of(HOSTILE) in adviser.source
    told = adviser.send(moving, revision=action[2], etat="proposed", pourquoi="Vue ensemble")
    assert "par Compte d'essai — Vue ensemble" in told.replace("’", "'")
    assert "a changé entre-temps" in adviser.send(moving, 422, revision=action[2], etat="agreed")
    adviser.send(f"/equipes/personnes/{second}/plans/{action[1]}", 404, revision=action[2], etat="agreed")
    assert "proposé" in adviser.read("/equipes?nom=Première")

    with site.store.write() as unit:
        unit.of(Scope(organisation=organisation_of(site))).people.withdraw(first, FOLLOW_UP)
    adviser.read(here, 404)
    assert "Première" not in adviser.read(job[0])
    assert "n’est plus suivi ici" in adviser.read(job[0])


def test_pages_follow_one_another_and_english_is_english(site: Site, enter: Enter) -> None:
    organisation = an_organisation(site, "grande@exemple.fr")
    with site.store.write() as unit:
        room = unit.of(Scope(organisation=organisation))
        for number in range(51):
            open_file(room, {"family_name": f"Numéro {number:02}"}, [Agreed(FOLLOW_UP, "1")], None)
    adviser = enter("grande@exemple.fr", **{"accept-language": "en"})
    told = adviser.read("/equipes")
    assert "People of your organisation" in told
    assert "Numéro 49" in told
    assert "Numéro 50" not in told
    assert len(adviser.source.encode()) < 60_000
    later = re.search(r'rel="next" href="([^"]+)"', adviser.source)
    assert later is not None
    told = adviser.read(later[1])
    assert "Numéro 50" in told
    assert "Numéro 49" not in told


def test_everybody_whom_a_filter_leaves_and_a_job_that_goes_on(site: Site, enter: Enter) -> None:
    email = "filtres@exemple.fr"
    organisation = an_organisation(site, email)
    with site.store.write() as unit:
        room = unit.of(Scope(organisation=organisation))
        names = ("Rouge Un", "Rouge Deux", "Vert Trois")
        room.people.open_all(NewFile({"family_name": name}, FOLLOW_UP, "1", unit.now) for name in names)
    adviser = enter(email)
    assert "Un plan pour ces 2 personnes" in adviser.read("/equipes?nom=rouge").replace("\u00a0", " ")
    told = adviser.read("/equipes/plans?nom=rouge&toutes=oui&q=bpjeps").replace("\u00a0", " ")
    assert "2 personnes choisies : Rouge Un , Rouge Deux" in told
    asked = {"toutes": "oui", "cible": "bpjeps-tic@2002/UC5"}
    assert "Cochez au moins une personne" in adviser.send("/equipes/plans", 422, nom="bleu", **asked)
    adviser.send("/equipes/plans", nom="rouge", **asked)
    job = re.search(r"/equipes/travaux/\w+", adviser.source)
    assert job is not None
    assert "Reprendre" not in adviser.read(job[0])
    adviser.send(f"{job[0]}/arreter")
    told = adviser.read(job[0]).replace("\u00a0", " ")
    assert "Ce travail a été arrêté" in told
    assert "Reprendre : il reste 2 personnes" in told
    told = adviser.send(f"{job[0]}/reprendre").replace("\u00a0", " ")
    assert "Le travail reprend où il en était" in told
    assert "0 personne faite, sur 2" in told
    work(site)
    told = adviser.read(job[0]).replace("\u00a0", " ")
    assert "C’est fini. 2 personnes faites, sur 2" in told
    assert "Reprendre" not in adviser.send(f"{job[0]}/reprendre")  # over, and all of it done: nothing happens
    assert "Vert" not in adviser.read(job[0])
    assert "2 personnes" in adviser.read("/equipes?etat=draft").replace("\u00a0", " ")
    identifier = job[0].rpartition("/")[2]
    assert adviser.client.post(f"/api/v1/jobs/{identifier}/resume").status_code == 409


def test_a_person_withdraws_and_takes_their_file_over(site: Site, enter: Enter) -> None:
    email = "remise@exemple.fr"
    an_organisation(site, email)
    with site.store.write() as unit:
        unit.directory.accounts.add("eve@exemple.fr", "Ève", [Role.PROFESSIONAL], password=hashed(PASSWORD))
    adviser, eve = enter(email), enter("eve@exemple.fr")
    here = f"/equipes/personnes/{added(adviser, 'Confiée')}"
    adviser.send(f"{here}/acquis", revision="0", ref="deme@2007", quoi="tout", preuve="oui")
    told = adviser.send(f"{here}/remise")
    secret = re.search(r'<code class="secret">([^<]+)</code>', adviser.source)
    assert secret is not None
    assert "n’est montré qu’ici et maintenant" in told
    assert secret[1] not in adviser.read(here)
    assert "ne vaut pas, ou ne vaut plus" in eve.send("/compte/dossier-remis", 422, code="autre chose")
    assert "maintenant le vôtre" in eve.send("/compte/dossier-remis", code=secret[1])
    assert "ne vaut pas, ou ne vaut plus" in eve.send("/compte/dossier-remis", 422, code=secret[1])
    assert "tient ce dossier elle-même" in adviser.read(here)
    assert "tient déjà son dossier" in adviser.send(f"{here}/remise", 422)
    adviser.read("/compte/dossier-remis", 403)

    assert "Cochez pour confirmer" in adviser.send(f"{here}/retrait", 422)
    assert "n'est plus suivie" in adviser.send(f"{here}/retrait", retrait="oui")
    for path in (here, f"{here}/acquis?ref=deme"):
        adviser.read(path, 404)
    adviser.send(f"{here}/remise", 404)
    adviser.send(f"{here}/retrait", 404, retrait="oui")
    assert "Confiée" not in adviser.read("/equipes")


def an_organisation(site: Site, email: str) -> str:
    """An organisation of its own, with an adviser."""
    with site.store.write() as unit:
        organisation = unit.directory.organisations.add(f"Équipe de {email}").id
        unit.directory.accounts.add(email, "Anne", [Role.ADVISER], organisation=organisation, password=hashed(PASSWORD))
        return organisation


def html_of(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def organisation_of(site: Site) -> str:
    with site.store.read() as unit:
        found = next(one for one in unit.directory.organisations.every() if one.name == "La Fabrique des essais")
        return found.id


def test_a_look_at_a_cohort_leaves_nothing_in_the_files(site: Site, enter: Enter) -> None:
    email = "cohorte@exemple.fr"
    organisation = an_organisation(site, email)
    with site.store.write() as unit:
        room = unit.of(Scope(organisation=organisation))
        room.people.open_all(
            NewFile({"family_name": name}, FOLLOW_UP, "1", unit.now) for name in ("Rose Un", "Rose Deux")
        )
    adviser = enter(email)
    told = adviser.read("/equipes/plans?nom=rose&toutes=oui&q=tp-fpa&inventes=oui&point=oui")
    assert "n’y laisse rien" in told
    asked = {"nom": "rose", "toutes": "oui", "cible": "tp-fpa@2023", "inventes": "oui", "point": "oui"}
    assert "En attente" in adviser.send("/equipes/plans", **asked)
    cohort = re.search(r"/equipes/cohortes/\w+", adviser.source)
    assert cohort is not None
    assert adviser.client.get(cohort[0]).headers["refresh"] == "3"
    job = cohort[0].replace("cohortes", "travaux")
    assert "a été arrêté" in adviser.send(f"{job}/arreter")
    assert "En attente" in adviser.send(f"{job}/reprendre")
    work(site)
    told = adviser.read(job).replace("\u00a0", " ").replace("\u202f", " ")  # leads to the cohort
    assert "2 personnes sur 2 ont un parcours." in told
    assert "modules inventés" in told
    assert "Concevoir et préparer la formation" in told
    one, other = re.findall(r'<a href="(/equipes/personnes/\w{10,})"', adviser.source)
    assert "Aucun plan" in adviser.read(one) or "plans?p=" in adviser.source
    book = adviser.client.get(f"{cohort[0]}/documents/csv").content.decode("utf-8-sig")
    assert [line.partition(";")[0] for line in book.splitlines()[1:]] == ["Rose Un", "Rose Deux"]
    with site.store.write() as unit:
        unit.of(Scope(organisation=organisation)).people.withdraw(other.rpartition("/")[2], FOLLOW_UP)
    assert "Rose Deux" not in adviser.read(cohort[0])
