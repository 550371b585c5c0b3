"""``passerelles serve``: ready by itself on a desk, strict in production."""

from pathlib import Path
from typing import Any

import pytest

from api.settings import settings
from tests.api.running import plain, run


@pytest.fixture(autouse=True)
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty folder, and what the server is started with in place of the server."""
    found: list[dict[str, Any]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("uvicorn.run", lambda app, **given: found.append({"app": app, **given}))
    settings.cache_clear()
    yield found
    settings.cache_clear()


def test_on_a_desk_the_database_is_made(started: list[dict[str, Any]], tmp_path: Path) -> None:
    result = run("serve", "--port", "8123")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "passerelles.sqlite3").is_file()
    assert [(one["app"], one["host"], one["port"]) for one in started] == [("api.app:application", "127.0.0.1", 8123)]
    assert started[0]["access_log"] is False


def test_in_production_a_database_without_its_tables_is_refused(
    started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLES_ENVIRONMENT", "production")
    monkeypatch.setenv("PASSERELLES_SECRET", "x1y2z3" * 8)
    result = run("serve")
    assert result.exit_code == 2
    assert "passerelles db upgrade" in plain(result.output)
    assert started == []


def test_in_production_the_secret_that_ships_is_refused(
    started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLES_ENVIRONMENT", "production")
    result = run("serve")
    assert result.exit_code == 2
    assert "PASSERELLES_SECRET" in plain(result.output)
    assert started == []
