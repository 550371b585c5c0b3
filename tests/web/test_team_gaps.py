"""What a team lacks: people across blocks or targets, totals, what is missing most, a workbook; each profile is placed once."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from api.auth.permissions import FOLLOW_UP
from api.services import team_gaps
from api.store.repositories.people import NewFile
from api.store.scope import Scope
from tests.web.conftest import Enter
from tests.web.live import Site
from tests.web.site_people import PROFESSIONAL, TRAINER
from tests.web.test_team_lists import plain
from tests.web.test_teams import an_organisation

HOLDING = {
    "Ada Un": {"holds": {"blocks": [{"ref": "tp-fpa@2023/CCP1", "on": "2024-06-01", "evidence": "certified"}]}},
    "Ada Deux": {"holds": {"blocks": [{"ref": "tp-fpa@2023/CCP1", "on": "2024-06-01", "evidence": "certified"}]}},
    "Ada Trois": {"holds": {"blocks": [{"ref": "disparu@1900/B1"}]}},
    "Ada Quatre": {},
}
HERE = "/equipes/ecarts"


@pytest.fixture(scope="module")
def four(site: Site) -> str:
    """An adviser who follows four people, two of whom have the same profile."""
    email = "ecarts@exemple.fr"
    organisation = an_organisation(site, email)
    with site.store.write() as unit:
        files = (
            NewFile({"given_name": name.split()[0], "family_name": name.split()[1]}, FOLLOW_UP, "1", unit.now, profile)
            for name, profile in HOLDING.items()
        )
        unit.of(Scope(organisation=organisation)).people.open_all(files)
    return email


def test_people_across_the_blocks_of_a_target(
    site: Site, enter: Enter, four: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    adviser = enter(four)
    placed = []
    measured = team_gaps._measured
    monkeypatch.setattr(team_gaps, "_measured", lambda *given: placed.append(1) or measured(*given))
    told = plain(adviser.read(f"{HERE}?cible=tp-fpa@2023"))
    assert len(placed) == 3  # two have the same
    assert "Ada Un ✓" not in told  # the sign is drawn beside the word
    assert re.search(r"Ada Un par preuve à acquérir à acquérir à acquérir", told)
    assert re.search(r"Ada Trois non connu : son dossier dit ce que la bibliothèque n'a plus", told)
    assert re.search(r"par preuve 2 0 0 0", told)
    assert re.search(r"à acquérir 1 3 3 3", told)
    assert re.search(r"C4 — [^:]*? 3 personnes", told)
    assert re.search(r"C1 — [^:]*? 1 personne", told)
    adviser.read(f"{HERE}?cible=tp-fpa@2023")
    assert len(placed) == 3  # remembered
    told = plain(adviser.read(f"{HERE}?cible=tp-fpa@2023&cible=tp-mn@2025&nom=deux"))
    assert "Ada Deux en partie restent 3 blocs à acquérir restent 2 blocs" in told
    assert "Ada Un" not in told
    assert "Rien ne répond à « zzz »" in plain(adviser.read(f"{HERE}?cible=zzz", 422))

    answer = adviser.client.get(f"{HERE}/documents/xlsx?cible=tp-fpa@2023")
    sheet = load_workbook(BytesIO(answer.content), read_only=True)["Personnes"]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert {"Ada Un", "Ada Quatre"} <= set(cells)
    for email in (PROFESSIONAL, TRAINER):
        assert "Ada" not in enter(email).read(f"{HERE}?cible=tp-fpa@2023", 403)
    assert enter(PROFESSIONAL).client.get(f"{HERE}/documents/xlsx?cible=tp-fpa@2023").status_code == 403
