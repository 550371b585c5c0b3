"""Hours and budget of a team: what plans cost by period, body and person, against a budget; a workbook of all, an archive of documents."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from api.auth.permissions import FOLLOW_UP
from api.services.plans import profile_of
from api.store.repositories.people import NewFile
from api.store.scope import Scope
from api.store.tables.plans import PlanState
from tests.web.conftest import Enter
from tests.web.live import Site, work
from tests.web.site_people import PROFESSIONAL, TRAINER
from tests.web.test_team_lists import plain
from tests.web.test_teams import an_organisation

HERE = "/equipes/budget"
EMAIL = "budget@exemple.fr"


@pytest.fixture(scope="module")
def planned(site: Site) -> Scope:
    """Three people: a plan in two months, a plan that was abandoned, no plan."""
    organisation = an_organisation(site, EMAIL)
    scope = Scope(organisation=organisation)
    with site.store.write() as unit:
        room = unit.of(scope)
        names = ("Ada Bleue", "Bea Verte", "Cyd Jaune")
        files = (NewFile({"family_name": name}, FOLLOW_UP, "1", unit.now, {"id": name[:3].lower()}) for name in names)
        people = room.people.open_all(files)
        room.plans.add(people[0], QUESTION, pathway())
        left = room.plans.add(people[1], QUESTION, pathway())
        room.plans.move(left.id, PlanState.ABANDONED)
    assert profile_of(site.store, scope, people[0]).id == "ada"
    return scope


QUESTION = {"target": "bpjeps-tic@2002/UC5", "on": "2027-01-01", "profile": {"id": "ada"}}


def pathway() -> dict[str, object]:
    """An answer of two modules of two bodies, one in January and March, one without price or day."""
    first = {
        "kind": "module", "ref": "a:un", "title": "Module un", "body": "Atelier A", "hours": 10, "cost": 300.5,
        "start": "2027-01-18", "end": "2027-03-07",
        "loads": [{"start": "2027-01-18", "end": "2027-01-24", "hours": 4}, {"start": "2027-03-01", "end": "2027-03-07", "hours": 6}],
    }  # fmt: skip
    second = {"kind": "module", "ref": "b:deux", "title": "Module deux", "body": "Atelier B", "hours": 7, "cost": None}
    right = {"kind": "right", "ref": "droit", "title": "Un droit"}
    block = {"ref": "nulle-part@2002/UC5", "title": None, "state": "missing"}
    gap = {
        "target": "nulle-part@2002/UC5", "on": "2027-01-01", "versions": ["bpjeps-tic@2002"], "acquired": False, "blocks": [block],
        "entry": {}, "remaining": {"blocks": 1, "competencies": 0},
    }  # fmt: skip
    return {
        "status": "optimal", "target": "nulle-part@2002/UC5", "title": "Essai", "on": "2027-01-01", "versions": ["bpjeps-tic@2002"],
        "engine": "essai", "gap": gap, "steps": [first, second, right], "totals": {"hours": 17, "cost": 300.5, "modules": 2},
    }  # fmt: skip


def test_what_plans_cost_by_period_by_body_and_by_person(site: Site, enter: Enter, planned: Scope) -> None:
    adviser = enter(EMAIL)
    told = plain(adviser.read(f"{HERE}?budget=1 000"))
    assert "1 personne a un plan" in told
    assert "Le prix d'une étape n'est pas connu : le coût est un minimum" in told
    assert "Reste du budget 699,50 €" in told
    assert "du 01/01/2027 au 31/01/2027 4 h 300,50 € 1 300,50 € 699,50 €" in told
    assert "du 01/02/2027 au 28/02/2027 0 h 0 € 0 300,50 € 699,50 €" in told
    assert "du 01/03/2027 au 31/03/2027 6 h 0 € 1 300,50 €" in told
    assert "Sans date 7 h non connu 1" in told
    assert "Atelier A 10 h 300,50 € 1" in told
    assert "Ada Bleue Essai brouillon 17 h au moins 300,50 € 18/01/2027 07/03/2027" in told
    assert "Bea" not in told
    assert "<svg" in adviser.source
    assert "du 01/01/2027 au 31/03/2027 10 h" in plain(adviser.read(f"{HERE}?par=trimestre&budget=200"))
    assert "Au-delà du budget" in plain(adviser.read(f"{HERE}?budget=200"))
    assert "Écrivez un nombre" in adviser.read(f"{HERE}?budget=beaucoup", 422)
    assert "Personne n'a encore de plan" in plain(adviser.read(f"{HERE}?nom=jaune"))

    book = load_workbook(BytesIO(adviser.client.get(f"{HERE}/documents/xlsx").content), read_only=True)
    assert {"Personnes", "Blocs", "Étapes", "Périodes", "Organismes"} <= set(book.sheetnames)
    cells = {cell for row in book["Étapes"].iter_rows(values_only=True) for cell in row}
    assert {"Module un", "Module deux", "Un droit", 300.5} <= cells
    for email in (PROFESSIONAL, TRAINER):
        for path in (HERE, f"{HERE}/documents/xlsx", "/equipes/plans/documents/html"):
            assert enter(email).client.get(path).status_code == 403


def test_one_document_each_in_an_archive(site: Site, enter: Enter, planned: Scope) -> None:
    adviser = enter(EMAIL)
    adviser.send("/equipes/plans", toutes="oui", nom="jaune", cible="bpjeps-tic@2002/UC5")
    work(site)
    answer = adviser.client.get("/equipes/plans/documents/html")
    with ZipFile(BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["002 cyd-jaune.html", "A LIRE.txt"]
        assert "1 (" in archive.read("A LIRE.txt").decode("utf-8")  # the first names what no library has
        assert "Cyd Jaune" in archive.read("002 cyd-jaune.html").decode("utf-8")
    assert adviser.client.get("/equipes/plans/documents/html?partie=2").status_code == 200
