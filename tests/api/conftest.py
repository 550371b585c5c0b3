"""Tests of the store and of the service run on both databases, each time on an empty one with all its tables."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest

from api.auth import passwords
from api.store import schema
from api.store.engine import open_engine
from api.store.tables import Base
from api.store.unit_of_work import LIMITS, Store
from tests.api.auth.light import LIGHT, NOBODY
from tests.api.store.servers import postgresql

DATABASES = ("sqlite", "postgresql")
_numbers = count(1)


class Clock:
    """A clock that goes on by one second each time it is read, or when told."""

    def __init__(self) -> None:
        self.moment = datetime(2027, 1, 4, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def go(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture(autouse=True)
def passwords_of_little_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed and checked at once; ``auth/test_passwords.py`` pays the real price."""
    monkeypatch.setattr(passwords, "_argon2id", lambda: LIGHT)
    monkeypatch.setattr(passwords, "_nobody", lambda: NOBODY)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server, with one database that has all the tables; each test empties them first."""
    with postgresql() as url:
        _execute(url, "CREATE DATABASE with_tables")
        engine = open_engine(url.replace("/postgres", "/with_tables"))
        schema.upgrade(engine)
        engine.dispose()
        yield url


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that has all the tables, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "with-tables.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(params=DATABASES)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        with a_database(request.getfixturevalue("server")) as address:
            yield address


@pytest.fixture(scope="session")
def sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the one SQLite file that tests use in turn."""
    return f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.sqlite3'}"


@pytest.fixture(scope="session")
def stores() -> Iterator[dict[str, Store]]:
    """The stores that tests use in turn: what one test compiled serves the next."""
    found: dict[str, Store] = {}
    yield found
    for store in found.values():
        store.close()


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, sqlite_url: str) -> str:
    """The address of a database with all its tables, and nothing in them."""
    if kind == "sqlite":
        path = Path(sqlite_url.removeprefix("sqlite:///"))
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        shutil.copy(request.getfixturevalue("sqlite_with_tables"), path)
        return sqlite_url
    return emptied(request.getfixturevalue("server"))


@pytest.fixture
def clock() -> Clock:
    """The clock of the store."""
    return Clock()


@pytest.fixture
def store(url: str, kind: str, clock: Clock, stores: dict[str, Store]) -> Iterator[Store]:
    """A store with nothing in it."""
    if kind not in stores:
        stores[kind] = Store(url)
    found = stores[kind]
    found.now, found.limits = clock, LIMITS
    yield found
    found.close()


def emptied(server: str) -> str:
    """The address of the database that has all the tables, once they are empty.

    The audit trail too: its guards are triggers, which a replica does not run.
    """
    url = server.replace("/postgres", "/with_tables")
    tables = "; ".join(
        f"DELETE FROM {table.name}" for table in Base.metadata.sorted_tables if table.name != "audit_head"
    )
    _execute(url, f"SET session_replication_role = replica; {tables}; UPDATE audit_head SET number = 0, digest = ''")
    return url


@contextmanager
def a_database(server: str) -> Iterator[str]:
    """The address of a new database of a server, until the end of a block."""
    name = f"tests_{next(_numbers)}"
    _execute(server, f"CREATE DATABASE {name}")
    yield server.replace("/postgres", f"/{name}")
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
