"""A budget that does not suffice, in pages: who comes first by each criterion, why the others wait, what each budget would pay for."""

import pytest

from api.auth.permissions import FOLLOW_UP
from api.services.people import Agreed, open_file
from api.store.scope import Scope
from pathways.profile import Profile
from tests.web.conftest import Enter
from tests.web.live import Site
from tests.web.site_people import PROFESSIONAL, TRAINER
from tests.web.test_team_lists import plain
from tests.web.test_teams import an_organisation

HERE = "/equipes/arbitrage"
NEAR = {"holds": {"blocks": [{"ref": "tp-fpa@2023/CCP1", "on": "2024-06-01", "evidence": "certified"}]}}
ASKED = "cible=tp-fpa@2023&inventes=oui"


@pytest.fixture(scope="module")
def three(site: Site) -> str:
    """An adviser who follows two people of one service who are near a title, and one of another who is far from it."""
    email = "arbitrage@exemple.fr"
    scope = Scope(organisation=an_organisation(site, email))
    with site.store.write() as unit:
        for name, service, profile in (("Un", "Accueil", NEAR), ("Deux", "Accueil", NEAR), ("Trois", "Cuisine", {})):
            read = Profile.model_validate(profile)
            open_file(unit.of(scope), {"family_name": name}, [Agreed(FOLLOW_UP, "1")], read, {"service": service})
    return email


def test_a_team_is_decided_for_by_each_criterion(enter: Enter, three: str) -> None:
    adviser = enter(three)
    assert "Décider pour 3 personnes" in plain(adviser.read(HERE))
    told = plain(adviser.read(f"{HERE}?budget=4000&{ASKED}"))
    assert "2 personnes vont au bout de leur cible, sur 3 personnes." in told
    assert "C'est prouvé : rien ne fait mieux sans dépasser." in told
    assert "Trois Cuisine rien avec ce budget" in told
    assert "Sans budget de plus" in told
    assert "Accueil : 2 sur 2 vont au bout" in told
    assert "Personnes au bout de leur cible, selon le budget" in told
    fair = plain(adviser.read(f"{HERE}?budget=4800&critere=fairness&{ASKED}"))
    assert "Cuisine : 1 sur 1 va au bout" in fair
    hours = plain(adviser.read(f"{HERE}?budget=10&unite=heures&{ASKED}"))
    assert "0 h sur 10 h ; il reste 10 h" in hours
    own = plain(adviser.read(f"{HERE}?budget=10"))
    assert "Aucune cible n'est dite pour cette personne." in own


def test_what_cannot_be_read_is_told_at_its_field_and_nobody_else_decides(enter: Enter, three: str) -> None:
    adviser = enter(three)
    assert "Rien ne répond à « zzz »" in plain(adviser.read(f"{HERE}?budget=1&cible=zzz", 422))
    adviser.read(f"{HERE}?budget=beaucoup", 422)
    for email in (PROFESSIONAL, TRAINER):
        enter(email).read(f"{HERE}?budget=1", 403)
