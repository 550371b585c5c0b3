"""A real server: solving disturbs nobody, and whatever was acknowledged outlives a ``kill -9``."""

import json
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest
from fastapi.testclient import TestClient

from api.store import health
from api.store.scope import Scope
from api.store.unit_of_work import Store
from tests.api.http.service import a_service, browser
from tests.api.jobs.server import Adviser, Server, Writing, an_adviser, launched
from tests.soaking import on_sqlite_unless_soaking

ROUNDS = int(os.environ.get("PASSERELLES_KILLS", "1"))
"""How often a server is killed while it writes; ``make soak`` says 50."""
WRITERS = 3
NAMES = ("Bérengère", "Kervadec")
FILE = {
    "identity": {"given_name": NAMES[0], "family_name": NAMES[1]},
    "consents": [{"purpose": "accompagnement", "text_version": "1"}],
    "profile": {"id": "essai"},
}
QUESTION = {"target": "tp-fpa", "profile": {"id": "essai"}, "on": "2026-11-22", "explain": False}


@pytest.fixture
def adviser(store: Store) -> Adviser:
    return an_adviser(store)


def until_killed(address: str, headers: dict[str, str], told: list[str]) -> None:
    """Open files, and tell each that was acknowledged."""
    with httpx2.Client(base_url=address, headers=headers, timeout=30) as client:
        try:
            while True:
                answer = client.post("/api/v1/people", json=FILE)
                if answer.status_code == 201:
                    told.append(answer.json()["id"])
        except httpx2.TransportError:
            return


def test_what_was_acknowledged_outlives_the_server(store: Store, url: str, adviser: Adviser) -> None:
    """The first server, on a file, is started as people start it; those that follow have read their code already."""
    told: list[str] = []
    for round in range(ROUNDS):
        first = store.is_sqlite and round == 0
        server = Server(url, jobs_here=False, solver_processes=1) if first else Writing(store)
        before = len(told)
        writers = [
            threading.Thread(target=until_killed, args=(server.address, adviser.headers, told)) for _ in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        while len(told) < before + 3 + round % 7:
            time.sleep(0.005)
        server.kill()
        for writer in writers:
            writer.join()
        whole_after(store, adviser, told)


def whole_after(store: Store, adviser: Adviser, told: list[str]) -> None:
    """Nothing is broken, and whatever was acknowledged is there."""
    assert health.examine(store).problems == ()
    with store.read() as unit:
        room = unit.of(Scope(organisation=adviser.organisation))
        for person in told:
            assert room.profiles.get(person).document["id"] == "essai"
            assert room.people.identity(person) is not None


def people(store: Store, adviser: Adviser, count: int) -> list[str]:
    from pathways.profile import Profile

    with store.write() as unit:
        room = unit.of(Scope(organisation=adviser.organisation))
        found = [room.people.add().id for _ in range(count)]
        for person in found:
            room.people.agree(person, "accompagnement", "1")
            room.profiles.put(person, Profile(id=person))
    return found


def until_done(client: httpx2.Client | TestClient, path: str, done: int | None = None) -> dict[str, object]:
    end = time.monotonic() + 120
    while True:
        job: dict[str, object] = client.get(path).json()
        if job["state"] == "done" or (done is not None and int(str(job["done"])) >= done):
            return job
        assert time.monotonic() < end, job
        time.sleep(0.1)


@pytest.mark.hypothesis
def test_a_job_ends_after_its_server_was_killed_and_nothing_is_done_twice(
    store: Store, url: str, adviser: Adviser
) -> None:
    on_sqlite_unless_soaking(store)
    wanted = people(store, adviser, 6)
    server = Server(url, job_lease_seconds=2, solver_processes=1)
    with httpx2.Client(base_url=server.address, headers=adviser.headers, timeout=60) as client:
        demand = {"target": "tp-fpa", "on": "2026-11-22", "explain": False}
        asked = client.post("/api/v1/plans/batch", json={"people": wanted, "demand": demand})
        assert asked.status_code == 202
        path = asked.headers["location"]
        until_done(client, path, done=2)
    server.kill()
    worker = launched(url, "work", job_lease_seconds=2, solver_processes=1)
    try:
        with a_service(store) as second, browser(second.app, headers=adviser.headers) as client:
            job = until_done(client, path)
            assert job["result"] == {"waiting": 0, "done": 6, "failed": 0}
            steps = client.get(f"{path}/steps").json()["items"]
    finally:
        worker.kill()
        worker.wait()
    assert sorted(step["person"] for step in steps) == wanted
    with store.read() as unit:
        plans = unit.of(Scope(organisation=adviser.organisation)).plans.page().rows
    assert Counter(plan.person_id for plan in plans) == dict.fromkeys(wanted, 1)
    assert health.examine(store).problems == ()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_others_are_answered_while_plans_are_computed_and_the_log_names_nobody(
    store: Store, url: str, adviser: Adviser
) -> None:
    long = QUESTION | {"explain": True, "front": ["hours", "cost"], "alternatives": 10, "illustrative": True}
    server = Server(url, solver_processes=1, solver_queue=1)
    with httpx2.Client(base_url=server.address, timeout=60) as client, ThreadPoolExecutor(4) as threads:
        assert client.post("/api/v1/people", json=FILE, headers=adviser.headers).status_code == 201
        assert client.get(f"/api/v1/search?q={NAMES[1]}", headers=adviser.headers).status_code < 500
        client.post("/api/v1/plans", json=QUESTION)
        plans = [threads.submit(client.post, "/api/v1/plans", json=long) for _ in range(4)]
        waits = []
        while not all(plan.done() for plan in plans):
            begun = time.monotonic()
            assert client.get("/healthz").status_code == 200
            waits.append(time.monotonic() - begun)
            time.sleep(0.02)
        answers = Counter(plan.result().status_code for plan in plans)
        refused = [plan.result() for plan in plans if plan.result().status_code == 503]
    assert len(waits) > 5
    assert sorted(waits)[len(waits) // 2] < 1
    assert answers[200] >= 1
    assert set(answers) <= {200, 503}
    assert all(one.headers["retry-after"].isdigit() and one.json()["type"] == "urn:passerelles:busy" for one in refused)
    log = server.leave()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {line.get("route") for line in lines} >= {"/api/v1/plans", "/healthz"}
    assert [word for word in (*NAMES, "tp-fpa", "essai") if word in log] == []
