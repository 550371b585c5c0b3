"""Cohorts over HTTP: the figures of each are those of their own plan, nothing goes into the files, and whoever leaves takes their line away."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.store.scope import Scope
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import HERE, THERE, Service, a_service
from tests.api.jobs.test_routes import opened, worked

DEMAND = {"target": "tp-fpa", "on": "2026-11-22", "illustrative": True}
HELD = {"id": "p-2", "holds": {"blocks": [{"ref": "tp-fpa@2023/CCP1"}]}}
WRONG = {"id": "p-3", "holds": {"blocks": [{"ref": "rien@1/X"}]}}


@pytest.fixture
def service(store: Store) -> Iterator[Service]:
    with a_service(store) as found:
        yield found


def asked_for(adviser: TestClient, *people: str) -> str:
    wanted = {"people": people, "profiles": [{"id": "p-1"}, HELD, WRONG], "demand": DEMAND}
    answer = adviser.post("/api/v1/cohorts", json=wanted)
    assert answer.status_code == 202, answer.text
    return str(answer.headers["location"])


def test_each_has_the_figures_of_their_own_plan_and_the_sums_are_theirs(service: Service) -> None:
    adviser = service.by(Role.ADVISER)
    person = opened(adviser)
    path = asked_for(adviser, person)
    worked(service)
    rows = adviser.get(f"{path}/people").json()["items"]
    assert [(row["person"], row["profile"]) for row in rows] == [
        (person, None),
        (None, "p-1"),
        (None, "p-2"),
        (None, "p-3"),
    ]
    assert rows[3]["row"] is None
    assert "rien@1/X" in rows[3]["error"]
    for row, profile in zip(rows[:3], ({"id": "essai"}, {"id": "p-1"}, HELD), strict=True):
        plan = adviser.post("/api/v1/plans", json=DEMAND | {"profile": profile, "explain": False}).json()
        figures = {name: row["row"][name] for name in ("hours", "cost", "weeks", "modules")}
        assert figures == {name: plan["totals"][name] for name in figures}
        assert (row["row"]["status"], row["row"]["verified"], row["row"]["proved"]) == ("optimal", True, True)
    whole = adviser.get(path).json()
    assert (whole["state"], whole["done"], whole["failed"], whole["target"]) == ("done", 4, 1, "tp-fpa@2023")
    sums = whole["sums"]
    assert sums["people"] == 3
    assert sums["statuses"] == {"optimal": 3}
    assert sums["cost"] == sum(row["row"]["cost"] for row in rows[:3])
    assert {one["ref"]: one["people"] for one in sums["by_block"]}["tp-fpa@2023/CCP1"] == 2
    assert sum(one["cost"] for one in sums["by_month"]) == sum(one["cost"] for one in sums["by_body"]) == sums["cost"]
    assert adviser.get(f"/api/v1/people/{person}/plans").json()["items"] == []
    page = adviser.get(f"{path}/people", params={"limit": 2}).json()
    rest = adviser.get(f"{path}/people", params={"limit": 2, "cursor": page["next"]}).json()
    assert page["items"] + rest["items"] == rows
    assert rest["next"] is None
    table = adviser.get(f"{path}/documents/csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 5
    assert table[0].startswith("Personne;Réponse;Heures;Coût")


def test_who_withdraws_or_is_deleted_is_no_longer_told_nor_counted(service: Service) -> None:
    adviser = service.by(Role.ADVISER)
    gone, withdrawn = opened(adviser), opened(adviser)
    path = asked_for(adviser, gone, withdrawn)
    worked(service)
    assert adviser.get(path).json()["sums"]["people"] == 4
    with service.store.write() as unit:
        unit.of(Scope(organisation=service.organisation(HERE))).people.withdraw(withdrawn, "accompagnement")
    assert adviser.get(path).json()["sums"]["people"] == 3
    etag = adviser.get(f"/api/v1/people/{gone}").headers["etag"]
    assert adviser.delete(f"/api/v1/people/{gone}", headers={"If-Match": etag}).status_code == 204
    assert adviser.get(path).json()["sums"]["people"] == 2
    assert {row["person"] for row in adviser.get(f"{path}/people").json()["items"]} == {None}


def test_others_find_neither_the_cohort_nor_the_people(service: Service) -> None:
    adviser, stranger = service.by(Role.ADVISER, HERE), service.by(Role.ADVISER, THERE)
    person = opened(adviser)
    path = asked_for(adviser, person)
    for address in (path, f"{path}/people", f"{path}/documents/csv"):
        assert stranger.get(address).status_code == 404
    wanted = {"people": [person], "demand": DEMAND}
    assert stranger.post("/api/v1/cohorts", json=wanted).status_code == 404
    assert adviser.get(f"/api/v1/cohorts/{'f' * 32}").status_code == 404
    assert adviser.post("/api/v1/cohorts", json={"demand": DEMAND}).status_code == 422
    twice = {"profiles": [HELD, HELD], "demand": DEMAND}
    assert "même identifiant" in adviser.post("/api/v1/cohorts", json=twice).text
    unknown = {"profiles": [HELD], "demand": DEMAND | {"target": "tp-fpaa"}}
    assert "tp-fpa" in adviser.post("/api/v1/cohorts", json=unknown).json()["near"]
