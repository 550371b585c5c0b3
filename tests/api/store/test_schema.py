"""Migrations: up from nothing, down again with data, on both databases; the tables say what the migrations made."""

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


def test_every_step_goes_down_and_up_again_with_data(store: Store) -> None:
    a_full_store(store)
    for revision in ("0004", "0003", "0002", "0001", "base"):
        schema.downgrade(store.engine, revision)
    left = set(inspect(store.engine).get_table_names())
    assert left <= {"alembic_version"}
    schema.upgrade(store.engine)
    assert schema.differences(store.engine) == []
    a_full_store(store)


def test_a_downgrade_keeps_what_older_steps_made(store: Store) -> None:
    world = a_full_store(store)
    schema.downgrade(store.engine, "0002")
    schema.upgrade(store.engine)
    with store.read() as unit:
        assert unit.of(world.here).profiles.get(world.person).document["id"] == "p-001"
