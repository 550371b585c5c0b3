"""Migrations: up from nothing, down again with data, on both databases; the tables say what the migrations made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from api.store import schema
from api.store.engine import open_engine
from api.store.unit_of_work import Store
from tests.api.store.world import a_full_store


def test_an_empty_database_becomes_one_that_the_tables_describe(empty_url: str) -> None:
    engine = open_engine(empty_url)
    assert schema.revision_of(engine) is None
    schema.upgrade(engine)
    assert schema.revision_of(engine) == schema.last_revision()
    assert schema.differences(engine) == []
    engine.dispose()


@pytest.fixture
def made(empty_url: str) -> Iterator[Store]:
    """A store of its own, whose tables come and go."""
    store = Store(empty_url)
    schema.upgrade(store.engine)
    yield store
    store.close()


def test_a_new_file_is_for_whoever_made_it(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    schema.upgrade(store.engine)
    with store.write() as unit:
        unit.directory.organisations.add("Ici")
        assert {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {
            "new.sqlite3": 0,
            "new.sqlite3-wal": 0,
            "new.sqlite3-shm": 0,
        }
    store.close()


def test_every_step_goes_down_and_up_again_with_data(made: Store) -> None:
    a_full_store(made)
    for revision in (
        "0014",
        "0013",
        "0012",
        "0011",
        "0010",
        "0009",
        "0008",
        "0007",
        "0006",
        "0005",
        "0004",
        "0003",
        "0002",
        "0001",
        "base",
    ):
        schema.downgrade(made.engine, revision)
    left = set(inspect(made.engine).get_table_names())
    assert left <= {"alembic_version"}
    schema.upgrade(made.engine)
    assert schema.differences(made.engine) == []
    a_full_store(made)


def test_a_downgrade_keeps_what_older_steps_made(made: Store) -> None:
    world = a_full_store(made)
    schema.downgrade(made.engine, "0002")
    schema.upgrade(made.engine)
    with made.read() as unit:
        assert unit.of(world.here).profiles.get(world.person).document["id"] == "p-001"
