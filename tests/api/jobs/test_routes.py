"""Jobs over HTTP: asked for, followed, stopped; nobody sees the jobs or the people of others."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.jobs.runner import Runner
from api.jobs.work import Bench
from api.state import Services
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import HERE, THERE, Service, a_service

DEMAND = {"target": "tp-fpa", "on": "2026-11-22", "explain": False}
FILE = {"consents": [{"purpose": "accompagnement", "text_version": "1"}], "profile": {"id": "essai"}}


@pytest.fixture
def service(store: Store) -> Iterator[Service]:
    with a_service(store) as found:
        yield found


def opened(client: TestClient) -> str:
    answer = client.post("/api/v1/people", json=FILE)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def worked(service: Service) -> None:
    services: Services = service.app.state.services
    assert Runner(Bench(service.store, services.libraries, services.solver)).work_once()


def test_a_batch_is_accepted_done_and_followed(service: Service) -> None:
    adviser = service.by(Role.ADVISER)
    people = sorted(opened(adviser) for _ in range(2))
    asked = adviser.post("/api/v1/plans/batch", json={"people": people, "demand": DEMAND})
    assert (asked.status_code, asked.json()["state"], asked.json()["total"]) == (202, "waiting", 2)
    path = asked.headers["location"]
    worked(service)
    job = adviser.get(path).json()
    assert (job["state"], job["done"], job["result"]) == ("done", 2, {"waiting": 0, "done": 2, "failed": 0})
    first = adviser.get(f"{path}/steps?limit=1").json()
    second = adviser.get(f"{path}/steps", params={"limit": 1, "cursor": first["next"]}).json()
    assert [step["person"] for step in first["items"] + second["items"]] == people
    assert second["next"] is None
    plan = adviser.get(f"/api/v1/plans/{first['items'][0]['result']['plan']}").json()
    assert (plan["state"], plan["person"]) == ("draft", people[0])
    assert [one["id"] for one in adviser.get("/api/v1/jobs").json()["items"]] == [job["id"]]
    again = adviser.post("/api/v1/plans/again", json={"version": plan["versions"][0]})
    assert (again.status_code, again.json()["total"]) == (202, 2)


def test_a_waiting_job_is_stopped_once(service: Service) -> None:
    adviser = service.by(Role.ADVISER)
    asked = adviser.post("/api/v1/plans/batch", json={"people": [opened(adviser)], "demand": DEMAND})
    path = asked.headers["location"]
    assert adviser.post(f"{path}/cancel").json()["state"] == "cancelled"
    assert adviser.post(f"{path}/cancel").status_code == 409


def test_others_see_neither_the_job_nor_its_people(service: Service) -> None:
    adviser, stranger = service.by(Role.ADVISER, HERE), service.by(Role.ADVISER, THERE)
    person = opened(adviser)
    path = adviser.post("/api/v1/plans/batch", json={"people": [person], "demand": DEMAND}).headers["location"]
    for answer in (
        stranger.get(path),
        stranger.get(f"{path}/steps"),
        stranger.post(f"{path}/cancel"),
        stranger.post("/api/v1/plans/batch", json={"people": [person], "demand": DEMAND}),
    ):
        assert answer.status_code == 404
    assert stranger.get("/api/v1/jobs").json()["items"] == []
    assert service.client.get("/api/v1/jobs").status_code == 401


def test_a_step_about_somebody_who_withdrew_says_only_that_it_is_there(service: Service) -> None:
    adviser = service.by(Role.ADVISER)
    person = opened(adviser)
    path = adviser.post("/api/v1/plans/batch", json={"people": [person], "demand": DEMAND}).headers["location"]
    worked(service)
    assert adviser.get(f"{path}/steps").json()["items"][0]["person"] == person
    with service.store.write() as unit:
        from api.store.scope import Scope

        unit.of(Scope(organisation=service.organisation(HERE))).people.withdraw(person, "accompagnement")
    (step,) = adviser.get(f"{path}/steps").json()["items"]
    assert (step["state"], step["person"], step["result"]) == ("done", None, None)


@pytest.mark.parametrize("cursor", ["MTIz", "x", "LTE"])
def test_a_cursor_of_steps_is_a_number(service: Service, cursor: str) -> None:
    adviser = service.by(Role.ADVISER)
    path = adviser.post("/api/v1/plans/batch", json={"people": [opened(adviser)], "demand": DEMAND}).headers["location"]
    answer = adviser.get(f"{path}/steps", params={"cursor": cursor})
    assert (answer.status_code == 200) is (cursor == "MTIz")
    assert answer.status_code in (200, 422)
