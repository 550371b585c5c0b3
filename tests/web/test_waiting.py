"""A plan that takes long: the browser is told at once, asks again by itself, and can have it stopped; nothing answered is lost."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.services.solver import ThreadSolver
from api.store import schema
from api.store.engine import open_engine
from api.store.unit_of_work import Store
from api.web.desk import Desk, Task
from api.web.pages import plan
from tests.api.http.service import some_settings


class Slow(ThreadSolver):
    """Answers when it is let go, or when nobody waits any more."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go, self.left = Event(), Event()

    def solve(self, question: Any, library: Any, organisation: Any = None, gone: Any = None) -> Any:
        while not self.let_go.wait(0.01):
            if gone is not None and gone():
                self.left.set()
                raise TimeoutError("nobody waits any more")
        return super().solve(question, library, organisation)


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, Slow]]:
    """A browser whose plans take as long as the test wants."""
    monkeypatch.setattr(plan, "_PATIENCE", 0.05)
    url = f"sqlite:///{tmp_path / 'slow.sqlite3'}"
    engine = open_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    store, solver = Store(url), Slow()
    app = create_app(some_settings(), store)
    app.state.services.solver = solver
    with TestClient(app) as client:
        client.post("/parcours/exemple", follow_redirects=False)
        yield client, solver
    solver.let_go.set()
    store.close()


def test_a_long_plan_is_waited_for_and_then_shown(slow: tuple[TestClient, Slow]) -> None:
    client, solver = slow
    waiting = client.get("/parcours/plan")
    assert (waiting.status_code, waiting.headers["refresh"]) == (200, "2")
    assert "Calcul de votre plan" in waiting.text
    assert "Voici une personne inventée" not in waiting.text
    solver.let_go.set()
    for _ in range(200):
        shown = client.get("/parcours/plan")
        if "refresh" not in shown.headers:
            break
        time.sleep(0.05)
    assert "Voici une personne inventée" in shown.text
    assert 'id="plan-blocs"' in shown.text


def test_a_long_plan_is_stopped_and_the_answers_stay(slow: tuple[TestClient, Slow]) -> None:
    client, solver = slow
    waiting = client.get("/parcours/plan?heures=9").text
    keys = [part.partition('"')[0] for part in waiting.split('name="calcul" value="')[1:]]
    assert len(keys) == 2
    answers = client.post("/parcours/plan/arreter", data={"calcul": keys})
    assert solver.left.wait(5)
    assert "Le calcul est arrêté" in answers.text
    assert 'value="7"' in answers.text


def test_a_computation_that_fails_is_asked_again() -> None:
    desk, asked = Desk(), []

    def fails(_gone: Any) -> Any:
        asked.append(1)
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            desk.answer("key", fails, 5)
    assert len(asked) == 2


def test_the_same_question_is_worked_on_once() -> None:
    desk, asked, go = Desk(), [], Event()

    def waits(_gone: Any) -> Any:
        asked.append(1)
        go.wait(5)
        return "answer"

    assert isinstance(desk.answer("key", waits, 0.01), Task)
    assert isinstance(desk.answer("key", waits, 0.01), Task)
    go.set()
    assert desk.answer("key", waits, 5) == "answer"
    assert len(asked) == 1
