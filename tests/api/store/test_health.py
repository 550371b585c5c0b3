"""The state of the database: a changed byte is found, in the audit trail as in what was published."""

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from api.store import health
from api.store.engine import writing
from api.store.health import NotReady
from api.store.unit_of_work import Store
from tests.api.store.world import World, a_full_store


@pytest.fixture
def world(store: Store) -> World:
    return a_full_store(store)


def behind_our_back(engine: Engine, statement: str, **values: object) -> None:
    """What somebody with a key to the database may do."""
    with writing(engine).begin() as connection:
        _without_guards(connection)
        connection.execute(text(statement), values)


def _without_guards(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_lines_are_not_changed")
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_lines_are_not_removed")
    else:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")


def test_a_store_in_use_is_sound(store: Store, world: World) -> None:
    report = health.examine(store)
    assert report.problems == ()
    assert report.lines > 20
    assert len(report.head) == 64


@pytest.mark.parametrize("statement", ["UPDATE audit_lines SET actor = 'x'", "DELETE FROM audit_lines"])
def test_the_database_itself_refuses_to_change_the_trail(store: Store, world: World, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), writing(store.engine).begin() as connection:
        connection.execute(text(statement))
    assert health.examine(store).problems == ()


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE audit_lines SET object = replace(object, ':', ';') WHERE number = 5", 5),
        ("UPDATE audit_lines SET actor = 'x' WHERE number = 3", 3),
        ("UPDATE audit_lines SET organisation = 'x' WHERE number = 4", 4),
        ("UPDATE audit_lines SET action = action || 's' WHERE number = 1", 1),
        ("UPDATE audit_lines SET at = '2020-01-01 00:00:00' WHERE number = 2", 2),
        ("DELETE FROM audit_lines WHERE number = 7", 7),
        ("DELETE FROM audit_lines WHERE number = 1", 1),
    ],
)
def test_a_changed_or_missing_line_is_found(store: Store, world: World, statement: str, line: int) -> None:
    behind_our_back(store.engine, statement)
    with store.read() as unit:
        assert unit.directory.trail.verify().broken_at == line


def test_a_removed_end_is_found(store: Store, world: World) -> None:
    behind_our_back(store.engine, "DELETE FROM audit_lines WHERE number = (SELECT max(number) FROM audit_lines)")
    with store.read() as unit:
        verdict = unit.directory.trail.verify()
    assert verdict.broken_at == verdict.lines + 1


def test_a_published_version_that_was_changed_is_found(store: Store, world: World) -> None:
    behind_our_back(store.engine, "UPDATE published_versions SET document = replace(document, 'Animer', 'Animez')")
    found = health.examine(store).problems
    assert len(found) == 2
    assert all("atelier@2027" in problem for problem in found)


def test_a_removed_publication_is_found(store: Store, world: World) -> None:
    behind_our_back(store.engine, "DELETE FROM published_versions")
    assert any("manque" in problem for problem in health.examine(store).problems)


def test_an_empty_database_says_what_to_do(empty_url: str) -> None:
    store = Store(empty_url)
    with pytest.raises(NotReady, match="db upgrade"):
        health.require(store)
    store.close()


def test_a_server_that_does_not_answer_says_what_to_check() -> None:
    store = Store("postgresql://personne@127.0.0.1:1/rien")
    with pytest.raises(NotReady, match="ne répond pas"):
        health.require(store)
