"""The library that a scope reads: what ships, what is shared, what is its own, each fetched when it is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from api.store.conflict import WrongState
from api.store.library import Libraries, StoredDocuments
from api.store.scope import Scope
from api.store.unit_of_work import Store
from referentials.absence import UnknownReference
from referentials.library import Library
from tests.api.store.world import World, a_full_store, a_recognition, a_referential, an_offer

DAY = date(2027, 1, 4)
MANY = 100


@pytest.fixture
def world(store: Store) -> World:
    return a_full_store(store)


@contextmanager
def fetched(store: Store) -> Iterator[list[str]]:
    """The statements that fetch documents."""
    found: list[str] = []

    def watched(_connection, _cursor, statement: str, *_rest) -> None:  # type: ignore[no-untyped-def]
        if ".document" in statement.partition(" FROM ")[0]:
            found.append(statement)

    event.listen(store.engine, "before_cursor_execute", watched)
    yield found
    event.remove(store.engine, "before_cursor_execute", watched)


def test_a_published_version_reads_as_it_was_written(store: Store, world: World) -> None:
    library = Library()
    library.use(StoredDocuments(store, world.here))
    found = library.get("atelier", "2027")
    assert found == a_referential().model_copy(update={"state": found.state})
    assert found.state == "published"
    assert library.recognitions == (a_recognition(),)
    assert library.offers == (an_offer(),)
    assert [item.id for item in library.correspondences] == ["c1-pix"]
    assert library.rules == ()


def test_one_target_is_fetched_alone(store: Store) -> None:
    with store.write() as unit:
        shared = unit.of(Scope(shared=True)).published
        versions = (a_referential(str(2000 + number), f"Atelier {number}") for number in range(MANY))
        assert len(shared.publish_all(versions, on=DAY, reason="import", origin="essai")) == MANY
    with fetched(store) as statements:
        library = Libraries(store, shipped=False).of(Scope())
        assert len(library) == MANY
        assert statements == []
        assert library.get("atelier", "2042").title == "Atelier 42"
    assert len(statements) == 1


def test_what_is_own_hides_what_is_shared_and_what_ships(store: Store, world: World) -> None:
    with store.write() as unit:
        unit.of(Scope(shared=True)).published.publish(a_referential(title="Partagé"), on=DAY, reason="essai")
        unit.of(world.here).offers.write(an_offer("autre", "Autre"), "Autre")
    libraries = Libraries(store, shipped=False)
    assert libraries.of(world.here).get("atelier", "2027").title == "Atelier de médiation numérique"
    assert libraries.of(Scope()).get("atelier", "2027").title == "Partagé"
    assert len(libraries.of(world.here).offers) == 2


def test_a_library_is_kept_until_something_in_it_changes(store: Store, world: World) -> None:
    libraries = Libraries(store, shipped=False)
    first = libraries.of(world.here)
    assert libraries.of(world.here) is first
    with store.write() as unit:
        unit.of(world.there).published.publish(a_referential("2028"), on=DAY, reason="chez les autres")
    assert libraries.of(world.here) is first
    with store.write() as unit:
        unit.of(world.here).published.publish(a_referential("2028"), on=DAY, reason="ici")
    second = libraries.of(world.here)
    assert (len(first), len(second)) == (1, 2)
    with store.write() as unit:
        unit.of(Scope(shared=True)).recognitions.write(a_recognition("autre"))
    assert len(libraries.of(world.here).recognitions) == 2


def test_an_open_library_does_not_change_under_a_reader(store: Store, world: World) -> None:
    library = Libraries(store, shipped=False).of(world.here)
    with store.write() as unit:
        unit.of(world.here).published.publish(a_referential(title="Nouveau titre"), on=DAY, reason="titre")
    assert library.get("atelier", "2027").title == "Atelier de médiation numérique"


def test_what_ships_is_there_too(store: Store, world: World) -> None:
    library = Libraries(store).of(world.here)
    assert {"atelier", "tp-fpa", "pix"} <= set(library.ids)


def test_publishing_without_a_change_is_refused(store: Store, world: World) -> None:
    with pytest.raises(WrongState), store.write() as unit:
        unit.of(world.here).published.publish(a_referential(), on=DAY, reason="encore")


def test_a_new_publication_follows_the_one_before(store: Store, world: World) -> None:
    with store.write() as unit:
        unit.of(world.here).published.publish(a_referential(title="Deux"), on=DAY, reason=" titre   corrigé ")
    with store.read() as unit:
        first, second = unit.of(world.here).published.history("atelier", "2027")
        assert (first.current, second.current, second.number) == (False, True, 2)
        assert (second.previous, second.reason) == (first.seal, "titre corrigé")
        assert unit.of(world.here).published.keys() == {("atelier", "2027"): second.id}
        assert unit.of(world.here).published.document(first.id)["title"] == "Atelier de médiation numérique"


def test_a_file_beside_the_store_is_read(store: Store, world: World, tmp_path: Path) -> None:
    from referentials.writer import to_yaml

    path = tmp_path / "autre.yaml"
    path.write_text(to_yaml(a_referential("2030")), "utf-8")
    library = Libraries(store, path, shipped=False).of(world.here)
    assert {item.version for item in library} == {"2027", "2030"}


def test_what_ships_is_opened_once_for_all_and_what_is_ones_own_stays_so(store: Store, world: World) -> None:
    libraries = Libraries(store)
    here, there, nobody = (libraries.of(scope) for scope in (world.here, world.there, Scope()))
    assert here.get("tp-fpa", "2023") is there.get("tp-fpa", "2023") is nobody.get("tp-fpa", "2023")
    assert here.get("atelier", "2027") is not there.get("atelier", "2027")
    assert [len(library.offers) - len(nobody.offers) for library in (here, there)] == [1, 1]
    with pytest.raises(UnknownReference):
        nobody.get("atelier", "2027")
    assert [place.file for place in here.origins(here.offers[0])] == [
        place.file for place in nobody.origins(nobody.offers[0])
    ]
