"""Backup and restore, drilled: what was kept comes back, on the other database too; what was touched is refused."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from api.store import backup, dump, health, schema
from api.store.backup import WrongBackup
from api.store.tables import Base
from api.store.unit_of_work import Store
from tests.api.store.world import World, a_full_store


@pytest.fixture
def world(store: Store) -> World:
    return a_full_store(store)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite store to restore into."""
    found = Store(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    schema.upgrade(found.engine)
    yield found
    found.close()


def rows_of(store: Store) -> dict[str, list[str]]:
    """Every row of every table, but for the numbers that a database gives by itself."""
    with store.engine.connect() as connection:
        return {
            table.name: sorted(
                repr(
                    [
                        value
                        for column, value in row._mapping.items()
                        if column != "number" or table.name != "search_entries"
                    ]
                )
                for row in connection.execute(select(table))
            )
            for table in Base.metadata.sorted_tables
        }


def test_a_dump_comes_back_whole_on_the_same_database(store: Store, world: World, tmp_path: Path) -> None:
    before = rows_of(store)
    assert all(before.values())
    dump.dump(store, tmp_path / "sauvegarde.zip")
    with store.write() as unit:
        unit.of(world.here).people.delete(world.person)
        unit.directory.organisations.add("Arrivée depuis")
    dump.load(tmp_path / "sauvegarde.zip", store)
    assert rows_of(store) == before
    assert health.examine(store).problems == ()
    a_full_store_goes_on(store, world)


def test_a_dump_comes_back_whole_on_the_other_database(
    store: Store, world: World, other: Store, tmp_path: Path
) -> None:
    dump.dump(store, tmp_path / "sauvegarde.zip")
    dump.load(tmp_path / "sauvegarde.zip", other)
    assert rows_of(other) == rows_of(store)
    assert health.examine(other).problems == ()
    dump.dump(other, tmp_path / "retour.zip")
    with store.write() as unit:
        unit.of(world.there).people.add()
    dump.load(tmp_path / "retour.zip", store)
    assert rows_of(store) == rows_of(other)
    a_full_store_goes_on(store, world)


def a_full_store_goes_on(store: Store, world: World) -> None:
    """What was restored is a store like another."""
    with store.write() as unit:
        assert unit.of(world.here).search.find("quillivic", ["person"])
        unit.of(world.here).people.identify(world.person, given_name="Zoé", family_name="Le Goff")
        assert unit.of(world.here).search.find("quillivic", ["person"]) == ()
        assert [hit.ref for hit in unit.of(world.here).search.find("le goff", ["person"])] == [world.person]
        assert unit.directory.trail.verify().broken_at is None


def test_a_dump_that_was_touched_is_refused_and_nothing_changes(store: Store, world: World, tmp_path: Path) -> None:
    dump.dump(store, tmp_path / "sauvegarde.zip")
    before = rows_of(store)
    for member, change in (
        ("tables/people.jsonl", lambda text: text.replace(world.person, "0" * 32)),
        ("tables/audit_lines.jsonl", lambda text: text + text.splitlines()[-1] + "\n"),
        ("manifest.json", lambda text: json.dumps({**json.loads(text), "revision": "0001"})),
        ("manifest.json", lambda text: json.dumps({**json.loads(text), "audit": {"lines": 0, "head": ""}})),
        ("manifest.json", lambda text: "{}"),
    ):
        rewritten(tmp_path / "sauvegarde.zip", tmp_path / "touchée.zip", member, change)
        with pytest.raises(WrongBackup):
            dump.load(tmp_path / "touchée.zip", store)
    (tmp_path / "texte.zip").write_text("ceci n'est pas un ZIP", "utf-8")
    with pytest.raises(WrongBackup):
        dump.load(tmp_path / "texte.zip", store)
    assert rows_of(store) == before


def rewritten(source: Path, target: Path, member: str, change) -> None:  # type: ignore[no-untyped-def]
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text) if name == member else text)


def test_a_dump_appears_whole_or_not_at_all(store: Store, world: World, tmp_path: Path) -> None:
    store.now = lambda: 1 / 0  # type: ignore[assignment, return-value]
    with pytest.raises(ZeroDivisionError):
        dump.dump(store, tmp_path / "sauvegarde.zip")
    assert [path.name for path in tmp_path.iterdir() if "sauvegarde" in path.name] == []


def test_a_backup_is_for_whoever_made_it(store: Store, tmp_path: Path) -> None:
    dump.dump(store, tmp_path / "sauvegarde.zip")
    assert (tmp_path / "sauvegarde.zip").stat().st_mode & 0o077 == 0


# -- the copy of an SQLite file ------------------------------------------------------------------------------------------


@pytest.fixture
def file_store(store: Store) -> Store:
    if not store.is_sqlite:
        pytest.skip("PostgreSQL is no file")
    return store


def test_a_copy_comes_back_whole(file_store: Store, tmp_path: Path) -> None:
    world = a_full_store(file_store)
    before = rows_of(file_store)
    with file_store.write() as unit:  # others go on writing
        unit.directory.organisations.add("Pas encore là")
        backup.copy_file(file_store, tmp_path / "copie.sqlite3")
    assert backup.is_sqlite_file(tmp_path / "copie.sqlite3")
    with file_store.write() as unit:
        unit.of(world.here).people.delete(world.person)
    backup.put_back(tmp_path / "copie.sqlite3", file_store)
    assert rows_of(file_store) == before
    assert health.examine(file_store).problems == ()


def test_a_copy_of_an_older_revision_is_brought_up_to_date(file_store: Store, tmp_path: Path) -> None:
    schema.downgrade(file_store.engine, "0004")
    backup.copy_file(file_store, tmp_path / "copie.sqlite3")
    schema.upgrade(file_store.engine)
    backup.put_back(tmp_path / "copie.sqlite3", file_store)
    assert schema.differences(file_store.engine) == []


def test_a_damaged_copy_is_refused(file_store: Store, tmp_path: Path) -> None:
    a_full_store(file_store)
    copy = tmp_path / "copie.sqlite3"
    backup.copy_file(file_store, copy)
    before = rows_of(file_store)
    raw = bytearray(copy.read_bytes())
    raw[20_000:60_000] = b"\xff" * 40_000
    copy.write_bytes(raw)
    with pytest.raises(WrongBackup):
        backup.put_back(copy, file_store)
    assert rows_of(file_store) == before
