"""Shared sessions, in pages: which opens and for whom, what it costs against single seats, and what is to be corrected at its field."""

import pytest

from api.auth.permissions import FOLLOW_UP
from api.services.people import Agreed, open_file
from api.store.scope import Scope
from pathways.profile import Profile
from tests.web.conftest import Enter
from tests.web.live import Site
from tests.web.site_people import PROFESSIONAL
from tests.web.test_team_arbitrage import NEAR
from tests.web.test_team_lists import plain
from tests.web.test_teams import an_organisation

HERE = "/equipes/sessions-communes"
ASKED = "cible=tp-fpa@2023&inventes=oui"
SESSION = "module-1=atelier-demo-formation:fpa-animer-evaluer&debut-1=2027-05-03&fin-1=2027-06-18&prix-1=1500&least-1=2&most-1=8"


@pytest.fixture(scope="module")
def two(site: Site) -> str:
    """An adviser who follows two people near a title."""
    email = "sessions@exemple.fr"
    scope = Scope(organisation=an_organisation(site, email))
    with site.store.write() as unit:
        for name in ("Un", "Deux"):
            read = Profile.model_validate(NEAR | {"can_give": {"start": "2027-01-04"}})
            open_file(unit.of(scope), {"family_name": name}, [Agreed(FOLLOW_UP, "1")], read, {})
    return email


def test_a_session_is_weighed_against_single_seats(enter: Enter, two: str) -> None:
    adviser = enter(two)
    assert "Décider pour 2 personnes" in plain(adviser.read(HERE))
    told = plain(adviser.read(f"{HERE}?{SESSION}&{ASKED}"))
    assert "1 session ouverte, 2 places occupées" in told
    assert "Session 1, « Animer, évaluer, remédier »" in told
    assert "Y viennent : Deux et Un." in told or "Y viennent : Un et Deux." in told
    assert "C'est prouvé" in told
    wrong = plain(adviser.read(f"{HERE}?{SESSION.replace('06-18', '04-18').replace('animer-evaluer', 'nulle')}", 422))
    assert "Aucune offre n'a ce module" in wrong
    assert "Cela ne va pas avec" in plain(adviser.read(f"{HERE}?{SESSION.replace('06-18', '04-18')}", 422))
    enter(PROFESSIONAL).read(f"{HERE}?{SESSION}", 403)
