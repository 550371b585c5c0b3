"""The library that workers read (*rayon*): its files go with the work; of what ships and of the database, they have their own.

Every worker has the files that ship, since its engine is the same. A database is named by the settings of the worker's machine, and must
be in the state in which the work was asked for: workers refuse another.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pydantic import Field

from api.bulk.work import Refused
from referentials.library import Library
from referentials.loader import files_of
from referentials.provenance import Value


class Mark(Value):
    """The state of a database: see :attr:`api.store.rooms.Room.library_mark`."""

    organisation: str | None = None
    numbers: tuple[int, int]


class Shelf(Value):
    """What a library is made of, beside the files that ship."""

    places: tuple[str, ...] = Field((), description="Folders and files, by name, in order.")
    files: tuple[tuple[str, str], ...] = Field((), description="The text of each file, by its path among these.")
    database: Mark | None = None


def shelf_of(places: Iterable[Path], database: Mark | None = None) -> Shelf:
    """The shelf of some folders and files, as they are now."""
    names: list[str] = []
    files: list[tuple[str, str]] = []
    for rank, place in enumerate(places):
        inside = [path for path, _kind in files_of(place)] if place.is_dir() else [place]
        top = place if place.is_dir() else place.parent
        names.append(str(rank) if place.is_dir() else f"{rank}/{place.name}")
        files += [(f"{rank}/{path.relative_to(top).as_posix()}", _text(path)) for path in inside]
    return Shelf(places=tuple(names), files=tuple(files), database=database)


def _text(path: Path) -> str:
    """The text of a file, every byte of it: what is no UTF-8 is told by whoever reads it."""
    return path.read_bytes().decode("utf-8", errors="surrogateescape")


class OpenShelf:
    """A shelf set up somewhere; its files are there as long as it is."""

    def __init__(self, shelf: Shelf) -> None:
        self._folder = TemporaryDirectory(prefix="passerelles-")
        for name, text in shelf.files:
            path = Path(self._folder.name) / PurePosixPath(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
        places = [Path(self._folder.name) / name for name in shelf.places]
        self.library = _of_database(shelf.database, places) if shelf.database else Library.read(*places)


def _of_database(wanted: Mark, places: Iterable[Path]) -> Library:
    from api.settings import settings
    from api.store.library import Libraries
    from api.store.scope import Scope
    from api.store.unit_of_work import Store

    store, scope = Store.of(settings()), Scope(organisation=wanted.organisation)
    with store.read() as unit:
        if unit.of(scope).library_mark != wanted.numbers:
            raise Refused("La base de données d'un poste de travail n'est pas celle de la demande, ou a changé depuis.")
    return Libraries(store, *places).of(scope)
