"""« Administration » without a browser: what each page changes, what it refuses in its place, and what an administrator of one organisation never sees."""

import re

import pytest

from api.auth.actor import Actor
from api.jobs.plans import ask_for_plans
from api.services.asking import Demand
from api.store.repositories.trail import Looked
from tests.web.conftest import Enter, Followed
from tests.web.live import Site
from tests.web.site_people import ADMINISTRATOR, ADVISER, PASSWORD, SERVICE
from tests.web.test_own_path import Person

HOSTILE = "<script>alert(1)</script>"
OTHER_PASSWORD = "trois phares et un cheval"


@pytest.fixture
def runner(enter: Enter) -> Person:
    """Whoever administers the whole service."""
    return enter(SERVICE)


def found_in(person: Person, pattern: str) -> str:
    found = re.search(pattern, person.source)
    assert found is not None, pattern
    return found[1]


def test_an_organisation_is_added_changed_by_two_and_deleted_with_what_it_keeps(
    site: Site, enter: Enter, runner: Person
) -> None:
    here = "/administration/organismes"
    told = runner.send(here, 422, nom="", siret="12 34")
    assert "Écrivez son nom" in told
    assert "Un SIRET a 14 chiffres" in told
    assert 'value="1234"' in runner.source
    runner.send(here, nom=HOSTILE, siret="000 000 000 00000")
    assert "<script>alert" not in runner.source
    one = f"{here}/" + found_in(runner, rf'action="{here}/(\w+)"')
    assert "a déjà ce SIRET" in runner.send(here, 422, nom="Une autre", siret="00000000000000")

    runner.read(one)
    revision = found_in(runner, r'name="revision" value="(\d+)"')
    runner.send(one, nom="La première", siret="", revision=revision)
    told = runner.send(one, 409, nom="La seconde", siret="", revision=revision)
    assert "Quelqu’un d’autre a modifié cet organisme" in told
    assert "La première" in told
    assert 'value="La seconde"' in runner.source
    assert "définitive" in runner.send(f"{one}/supprimer", 422, revision=revision)

    added = {
        "adresse": "passagere@exemple.fr",
        "nom": "Passagère",
        "roles": "adviser",
        "organisme": one.rpartition("/")[2],
    }
    runner.send("/administration/nouveau-compte", **added)
    assert "1 compte" in runner.read(one)
    revision = found_in(runner, r'name="revision" value="(\d+)"')
    assert "est supprimé, avec ce qu" in runner.send(f"{one}/supprimer", certain="oui", revision=revision)
    assert "La première" not in runner.read(here)
    assert "Aucun compte ne répond" in runner.read("/administration/comptes?q=passagere")
    assert "Aucun organisme ne répond" in runner.read(f"{here}?q=premi")

    own = enter(ADMINISTRATOR)
    own.read(here, 403)
    assert "Supprimer cet organisme" not in own.read("/administration/organismes/" + mine(site))


def mine(site: Site) -> str:
    """The organisation of the site."""
    with site.store.read() as unit:
        account = unit.directory.accounts.by_email(ADMINISTRATOR)
        assert account is not None
        return str(account.organisation_id)


def test_an_account_lives_from_its_first_password_to_its_end(site: Site, enter: Enter) -> None:
    admin, new, list_ = enter(ADMINISTRATOR), "/administration/nouveau-compte", "/administration/comptes"
    told = admin.send(new, 422, **{"adresse": "nulle part", "nom": HOSTILE, "mot-de-passe": "court"})
    assert "Écrivez une adresse électronique" in told
    assert "Cochez au moins un rôle" in told
    assert "de 12 à 128 caractères" in told
    assert 'value="nulle part"' in admin.source
    assert "court" not in admin.source
    filled = {"adresse": "Nouvelle@Exemple.fr", "nom": "Nouvelle", "roles": ["adviser"], "mot-de-passe": PASSWORD}
    admin.send(new, **filled)
    one = f"{list_}/" + found_in(admin, rf'action="{list_}/(\w+)"')
    assert "a déjà un compte" in admin.send(new, 422, **filled)
    assert "nouvelle@exemple.fr" in admin.read(f"{list_}?q=NOUVELLE&role=adviser")
    assert "Aucun compte" in admin.read(f"{list_}?q=nouvelle&role=designer")

    newcomer = enter("nouvelle@exemple.fr")
    newcomer.read("/equipes")
    admin.read(one)
    revision = found_in(admin, r'name="revision" value="(\d+)"')
    admin.send(one, nom="Nouvelle", roles=["designer"], revision=revision)
    newcomer.read("/equipes", 403)
    told = admin.send(one, 409, nom="Renommée", roles=["adviser", "designer"], suspendu="oui", revision=revision)
    assert "Rôles : Conception de référentiels" in told.replace("\u00a0", " ")
    assert 'value="Renommée"' in admin.source
    assert admin.source.count(" checked") == 3

    assert "de 12 à 128" in admin.send(f"{one}/mot-de-passe", 422, nouveau="court")
    admin.send(f"{one}/mot-de-passe", nouveau=OTHER_PASSWORD)
    newcomer.read("/compte", 401)
    newcomer.send("/connexion", **{"adresse": "nouvelle@exemple.fr", "mot-de-passe": OTHER_PASSWORD, "vers": "/compte"})
    assert "1 session est ouverte" in admin.read(one).replace("\u00a0", " ")
    admin.send(f"{one}/sessions")
    newcomer.read("/compte", 401)

    with site.store.write() as unit:
        token = unit.directory.tokens.issue(
            unit.directory.accounts.get(one.rpartition("/")[2]), "Essai", ["library:read"]
        )
    program = {"Authorization": f"Bearer {token.text}"}
    assert admin.client.get("/api/v1/account", headers=program | {"cookie": ""}).status_code != 401
    assert "Essai" in admin.read("/administration/jetons")
    assert "Le jeton est fermé" in admin.send(f"{one}/jetons/{token.token.id}/fermer", retour="jetons")
    with site.store.read() as unit:
        assert unit.directory.tokens.find(token.text) is None

    assert "définitive" in admin.send(f"{one}/supprimer", 422)
    admin.read(one)
    revision = found_in(admin, r'name="revision" value="(\d+)"')
    admin.send(f"{one}/supprimer", certain="oui", revision=revision)
    admin.read(one, 404)


def test_the_service_keeps_somebody_who_administers_it(site: Site, runner: Person) -> None:
    with site.store.read() as unit:
        account = unit.directory.accounts.by_email(SERVICE)
        assert account is not None
    one = f"/administration/comptes/{account.id}"
    told = runner.send(one, 422, nom="Service", roles=["adviser"], revision=str(account.revision))
    assert "Il faut garder quelqu’un qui administre le service" in told
    assert "Il faut garder" in runner.send(f"{one}/supprimer", 422, certain="oui", revision=str(account.revision))
    assert "C’est votre propre compte" in runner.read(one)


def test_a_job_is_stopped_and_taken_up_again_by_whoever_administers_its_organisation(
    site: Site, enter: Enter, followed: Followed
) -> None:
    with site.store.write() as unit:
        adviser = unit.directory.accounts.by_email(ADVISER)
        assert adviser is not None
        demand, day = Demand(target="deme@2007"), site.store.now().date()
        job = ask_for_plans(unit, Actor.of_account(adviser), [followed.person], demand, day).id
    admin, one = enter(ADMINISTRATOR), f"/administration/travaux/{job}"
    assert job in admin.client.get("/administration/travaux?etat=waiting").text
    told = admin.read(one)
    assert "en attente" in told
    assert "Suivie" not in told
    assert followed.person not in admin.source
    assert "L'arrêt est demandé" in admin.send(f"{one}/arreter")
    assert job not in admin.client.get("/administration/travaux?etat=waiting").text
    assert "0 sur 1" in admin.send(f"{one}/arreter").replace("\u00a0", " "), "it was over, and says how far it came"
    assert "en attente" in admin.send(f"{one}/reprendre")
    admin.send(f"{one}/arreter")


def test_the_trail_is_searched_taken_away_and_verified(site: Site, enter: Enter, runner: Person) -> None:
    admin, here = enter(ADMINISTRATOR), "/administration/journal"
    admin.send("/administration/organismes/" + mine(site), 409, nom="La Fabrique des essais", revision="0")
    told = admin.read(f"{here}?quoi=offer")
    assert "Offre : ajout" in told.replace("\u00a0", " ")
    assert "Compte :" not in told.replace("\u00a0", " ").partition("Les actes")[2]
    assert "Aucune ligne" in admin.read(f"{here}?qui=personne-de-ce-nom")
    assert "Aucune ligne" in admin.read(f"{here}?du=01/01/2999")
    assert "Écrivez" in admin.read(f"{here}?du=hier", 422)
    assert 'value="hier"' in admin.source
    table = admin.client.get(f"{here}.csv?quoi=offer")
    assert table.headers["content-type"].startswith("text/csv")
    assert "Offre : ajout" in table.text.replace("\u00a0", " ")
    assert "le journal est entier" in runner.read(f"{here}?verifier=oui").lower()
    assert "le journal est entier" not in admin.read(f"{here}?verifier=oui").lower()
    with site.store.write() as unit:
        for _turn in range(60):
            unit.record("organisation.edit", "organisation", "ailleurs", "ailleurs")
    assert "ailleurs" in runner.client.get(f"{here}?objet=ailleurs").text.partition("<tbody>")[2]
    assert "ailleurs" not in admin.client.get(f"{here}?objet=ailleurs").text.partition("<tbody>")[2]
    with site.store.read() as unit:
        lines = unit.directory.trail.search(Looked(), None, 50)
        later = unit.directory.trail.search(Looked(), lines[-1].number, 50)
    assert [one.number for one in lines] == sorted((one.number for one in lines), reverse=True)
    assert all(one.number < lines[-1].number for one in later)
    page = re.findall(r'<th scope="row">(\d+)</th>', runner.client.get(here).text)
    assert len(page) == 50
    runner.read(here)
    follows = re.findall(
        r'<th scope="row">(\d+)</th>', runner.client.get(found_in(runner, r'rel="next" href="([^"]+)"')).text
    )
    assert follows
    assert int(follows[0]) < int(page[-1])


def test_what_has_passed_its_time_is_shown_and_goes_only_when_asked(site: Site, runner: Person) -> None:
    from datetime import timedelta

    from sqlalchemy import update

    from api.store.scope import Scope
    from api.store.tables import Person as StoredPerson

    here = "/administration/conservation"
    with site.store.write() as unit:
        old = unit.of(Scope(organisation=mine(site))).people.add().id
        unit.session.flush()
        long_ago = unit.now - timedelta(days=3000)
        unit.session.execute(update(StoredPerson).where(StoredPerson.id == old).values(active_at=long_ago))
    assert "1 dossier" in runner.read(here).replace("\u00a0", " ")
    assert "définitive" in runner.send(here, 422)
    assert "1 dossier" in runner.read(here).replace("\u00a0", " ")
    assert "0 dossier" in runner.send(here, certain="oui").replace("\u00a0", " ")


def test_the_administration_speaks_english(enter: Enter) -> None:
    admin = enter(ADMINISTRATOR, **{"accept-language": "en"})
    told = admin.read("/administration") + admin.read("/administration/comptes") + admin.read("/administration/journal")
    for words in ("Audit trail", "Add an account", "Who did what, and when", "Session: opened"):
        assert words.lower() in told.lower().replace("\u00a0", " "), words
