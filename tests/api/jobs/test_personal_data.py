"""Personal data drilled: all of it is given to who asks, as values and to be read; and really deleted, wherever it was."""

import json
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from api.jobs.runner import Runner
from api.jobs.work import Bench
from api.store.retention import forget_old
from api.store.tables import Base, Role
from api.store.unit_of_work import Store
from reports.exporters import formats
from tests.api.conftest import Clock
from tests.api.http.service import HERE, THERE, Service, a_service
from tests.api.running import plain

FILE = {
    "identity": {"given_name": "Bérengère", "family_name": "Kervadec", "email": "b.kervadec@exemple.fr"},
    "consents": [{"purpose": "accompagnement", "text_version": "2027-01"}],
    "profile": {
        "id": "essai",
        "note": "remarque de Kervadec",
        "holds": {"blocks": [{"ref": "tp-remn@2019/CCP1", "on": "2022-03-15", "evidence": "certified"}]},
        "can_give": {"weekly_hours": 14, "days": ["lundi"], "modalities": ["remote"]},
    },
}
CODED = re.compile(r"\b(?:weekly_hours|can_give|family_name|person\.[a-z-]+|profile\.put|certified)\b")
"""Names that programs use, and that nobody should have to read."""
DEMAND = {"target": "tp-fpa", "on": "2026-11-22", "explain": False}


@pytest.fixture
def service(store: Store) -> Iterator[Service]:
    with a_service(store) as found:
        yield found


@pytest.fixture
def person(service: Service) -> str:
    """A file with everything in it: names, consent, profile, evidence, a plan made by a job."""
    adviser = service.by(Role.ADVISER, HERE)
    found = str(adviser.post("/api/v1/people", json=FILE).json()["id"])
    with service.store.write() as unit:
        from api.store.scope import Scope

        room = unit.of(Scope(organisation=service.organisation(HERE)))
        room.evidence.add(found, "attestation Kervadec.pdf", b"%PDF-1.7 Kervadec", media_type="application/pdf")
        room.jobs.add("essai", {"note": "Kervadec"}, [found])
    assert adviser.post("/api/v1/plans/batch", json={"people": [found], "demand": DEMAND}).status_code == 202
    services = service.app.state.services
    assert Runner(Bench(service.store, services.libraries, services.solver)).work_once()
    return found


def places(store: Store, *words: str) -> set[str]:
    """The tables in which a word stands, audit trail left out."""
    with store.engine.connect() as connection:
        tables = [table.name for table in Base.metadata.sorted_tables if not table.name.startswith("audit")]
        rows = {name: repr(connection.execute(text(f"SELECT * FROM {name}")).all()) for name in tables}
    return {name for name, found in rows.items() if any(word in found for word in words)}


def test_the_export_holds_all_and_others_do_not_get_it(service: Service, person: str) -> None:
    adviser = service.by(Role.ADVISER, HERE)
    kept = adviser.get(f"/api/v1/people/{person}/export").json()
    assert kept["identity"]["family_name"] == "Kervadec"
    assert [len(kept[name]) for name in ("consents", "plans", "evidence", "jobs", "steps")] == [1] * 5
    assert kept["profile"]["document"]["note"] == "remarque de Kervadec"
    assert service.by(Role.ADVISER, THERE).get(f"/api/v1/people/{person}/export/pdf").status_code == 404


def test_the_export_can_be_read_in_every_format_that_has_no_need_of_days(service: Service, person: str) -> None:
    adviser = service.by(Role.ADVISER, HERE)
    for name in formats():
        answer = adviser.get(f"/api/v1/people/{person}/export/{name}")
        assert answer.status_code == (422 if name == "ics" else 200), (name, answer.text[:300])
    page = plain(adviser.get(f"/api/v1/people/{person}/export/html").text)
    for word in ("Kervadec", "accompagnement", "tp-fpa@2023", "attestation Kervadec.pdf", "nom et coordonnées écrits"):
        assert word in page, word
    for word in ("Heures par semaine", "à distance, en direct", "obtenu ou prouvé le : 15/03/2022", "Here"):
        assert word in page, word
    assert CODED.findall(page) == []


def test_the_export_is_read_in_english_too(service: Service, person: str) -> None:
    adviser = service.by(Role.ADVISER, HERE)
    address = f"/api/v1/people/{person}/export/html"
    page = plain(adviser.get(address, headers={"accept-language": "en"}).text)
    for word in ("Everything that is kept about you", "Hours a week", "name and contact details written"):
        assert word in page, word
    assert CODED.findall(page) == []


def test_the_export_as_values_says_the_same(service: Service, person: str) -> None:
    adviser = service.by(Role.ADVISER, HERE)
    data = json.loads(adviser.get(f"/api/v1/people/{person}/export/json").text)
    assert "Kervadec" in json.dumps(data)


def test_a_deleted_person_is_nowhere_but_as_a_pseudonym_in_the_audit_trail(service: Service, person: str) -> None:
    adviser = service.by(Role.ADVISER, HERE)
    assert {"people", "identities", "profiles", "plans", "evidence_files", "job_steps", "search_entries"} <= places(
        service.store, "Kervadec", "Bérengère", "kervadec", person
    )
    read = adviser.get(f"/api/v1/people/{person}")
    gone = adviser.delete(f"/api/v1/people/{person}", headers={"If-Match": read.headers["etag"]})
    assert gone.status_code == 204
    assert places(service.store, "Kervadec", "Bérengère", "kervadec", person) == set()
    assert adviser.get("/api/v1/search", params={"text": "Kervadec"}).json()["items"] == []
    with service.store.read() as unit:
        assert unit.directory.trail.verify().broken_at is None
        assert unit.directory.trail.about(f"person:{person}")


def test_retention_deletes_in_the_same_way(service: Service, person: str, clock: Clock) -> None:
    clock.go(days=800)
    with service.store.write() as unit:
        assert forget_old(unit, people_days=730, jobs_days=30).people == 1
    assert places(service.store, "Kervadec", "Bérengère", "kervadec", person) == set()
