"""The commands that run a server, on both databases: prepared, filled, saved, restored, and sound at the end."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.settings import settings
from api.store import schema
from api.store.unit_of_work import Store
from tests.api.store.world import a_full_store

PASSWORD = "un cheval et trois bateaux"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own, and settings that are read again."""
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def database(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PASSERELLES_DATABASE_URL", empty_url)
    return empty_url


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=typed)


def answered(*words: str, typed: str = "") -> str:
    result = run(*words, typed=typed)
    assert result.exit_code == 0, result.output
    return result.stdout


def add_anne(*more: str) -> str:
    return answered(
        "user", "add", "anne@exemple.fr", "--name", "Anne", "--password-stdin", *more, typed=PASSWORD + "\n"
    )


def test_from_nothing_to_a_restored_server(database: str, folder: Path) -> None:
    assert "db upgrade" in run("db", "check").stderr
    assert json.loads(answered("db", "upgrade", "--json")) == {
        "before": None,
        "revision": schema.last_revision(),
        "indexed": True,
    }
    assert json.loads(answered("db", "upgrade", "--json"))["indexed"] is False
    add_anne("--role", "adviser,administrator", "--new-organisation", "La fabrique")
    token = answered("token", "add", "anne@exemple.fr", "--name", "essai", "--scope", "plans:read").strip()
    answered("backup", "tout.zip")
    answered("user", "add", "luc@exemple.fr", "--no-password", "--organisation", "La fabrique")
    assert "--replace" in run("restore", "tout.zip").stderr
    answered("restore", "tout.zip", "--replace")
    report = json.loads(answered("db", "check", "--json"))
    assert (report["problems"], report["lines"]) == ([], 4)
    store = Store(database)
    with store.read() as unit:
        found = unit.directory.tokens.find(token)
        assert found is not None
        assert found.account.name == "Anne"
        assert unit.directory.accounts.by_email("luc@exemple.fr") is None
        assert unit.of(scope_of_nobody()).search.find("animateur")
    store.close()


def scope_of_nobody():  # type: ignore[no-untyped-def]
    from api.store.scope import Scope

    return Scope()


def test_a_file_is_copied_and_put_back(folder: Path) -> None:
    answered("db", "upgrade")
    add_anne()
    answered("backup", "copie.sqlite3")
    assert run("backup", "copie.sqlite3").exit_code == 2
    answered("backup", "copie.sqlite3", "--replace")
    (folder / "passerelles.sqlite3").unlink()
    answered("restore", "copie.sqlite3")
    assert "a déjà un compte" in run("user", "add", "anne@exemple.fr", "--no-password").stderr


@pytest.fixture
def prepared(folder: Path, sqlite_with_tables: Path) -> Path:
    """The database that the settings name when they name none, with its tables."""
    return Path(shutil.copy(sqlite_with_tables, folder / "passerelles.sqlite3"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("db", "efface"), "upgrade, check ou purge"),
        (("backup", "tout.tar"), ".zip ou par .sqlite3"),
        (("restore", "rien.zip"), "n'existe pas"),
        (("user", "add", "sans-arobase", "--no-password"), "adresse électronique"),
        (("user", "add", "b@exemple.fr", "--role", "adviseur", "--no-password"), "adviser"),
        (("user", "add", "b@exemple.fr", "--organisation", "La fabrik", "--no-password"), "La fabrique"),
        (("user", "add", "b@exemple.fr", "--password-stdin"), "12 à 128"),
        (("token", "add", "personne@exemple.fr", "--name", "x", "--scope", "plans:read"), "Aucun compte"),
        (("token", "add", "anne@exemple.fr", "--name", "x", "--scope", "tout"), "chose:action"),
        (("token", "add", "anne@exemple.fr", "--scope", "plans:read"), "--name"),
        (("token", "add", "anne@exemple.fr", "--name", "x"), "--scope"),
    ],
)
def test_a_wrong_request_says_what_to_do(prepared: Path, words: tuple[str, ...], said: str) -> None:
    answered("user", "add", "anne@exemple.fr", "--no-password", "--new-organisation", "La fabrique")
    result = run(*words, typed="court\n")
    assert result.exit_code == 2
    assert said in result.stderr.replace("\u00a0", " ")


def test_wrong_settings_are_said_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLES_DATABASE_URL", "mysql://ailleurs/base")
    assert "SQLite" in run("db", "check").stderr
    settings.cache_clear()
    monkeypatch.setenv("PASSERELLES_ENVIRONMENT", "production")
    assert "PASSERELLES_SECRET" in run("db", "check").stderr


def test_what_is_too_old_is_forgotten_by_the_settings(monkeypatch: pytest.MonkeyPatch, prepared: Path) -> None:
    store = Store(f"sqlite:///{prepared}", now=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    people = a_full_store(store)
    store.close()
    monkeypatch.setenv("PASSERELLES_KEEP_PEOPLE_DAYS", "0")
    settings.cache_clear()
    assert json.loads(answered("db", "purge", "--json"))["people"] == 0
    monkeypatch.setenv("PASSERELLES_KEEP_PEOPLE_DAYS", "365")
    settings.cache_clear()
    assert json.loads(answered("db", "purge", "--json"))["people"] == 3
    with store.read() as unit:
        assert unit.of(people.here).people.page().rows == ()
    store.close()


def test_what_is_no_backup_is_refused(folder: Path, prepared: Path) -> None:
    (folder / "texte.zip").write_text("bonjour", "utf-8")
    assert "n'est pas une sauvegarde" in run("restore", "texte.zip", "--replace").stderr
    answered("db", "check")
