"""The library that a scope reads (*bibliothèque*): what ships, then what is shared, then what is the organisation's own.

Nothing is fetched before somebody needs it: the keys of the versions at once, the text of a version when it is asked for, so that a
question about one target does not load thousands of others.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from api.store.repositories.documents import Documents
from api.store.repositories.imported import ImportedDocuments
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.tables.imported import Role
from api.store.unit_of_work import Store
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.loader import CORRESPONDENCES, OFFER, RECOGNITIONS, REFERENTIAL
from referentials.source import Side

_KEPT = 8


class StoredDocuments:
    """What the store has for a scope, as a :class:`referentials.source.Source`.

    The row of each version is the one that was in use when the keys were read: a later publication changes nothing here.
    """

    name = "base de données"

    def __init__(self, store: Store, scope: Scope) -> None:
        self._store, self._scope = store, scope
        self._rows: Mapping[tuple[str, str], str] = {}

    def versions(self) -> Iterable[tuple[str, str]]:
        """The key of every version; no text is read."""
        with self._store.read() as unit:
            self._rows = unit.of(self._scope).published.keys()
        return self._rows

    def referential(self, identifier: str, version: str) -> Mapping[str, Any]:
        """The values of one version."""
        with self._store.read() as unit:
            return unit.of(self._scope).published.document(self._rows[identifier, version])

    def items(self, kind: str) -> Iterable[Mapping[str, Any]]:
        """The values of every right, likeness or offer; the store has no rules of law."""
        with self._store.read() as unit:
            documents = _documents(unit.of(self._scope), kind)
            return () if documents is None else tuple(documents.documents())


class StoredDirectory:
    """What was imported, for a scope, as a :class:`referentials.source.Directory`: thousands of versions, opened one by one."""

    name = "référentiels importés"

    def __init__(self, store: Store, scope: Scope) -> None:
        self._store, self._scope = store, scope
        self._rows: Mapping[tuple[str, str], str] = {}

    def versions(self) -> Iterable[tuple[str, str]]:
        """The key of every version; no text is read."""
        with self._reading() as imported:
            self._rows = imported.keys()
        return self._rows

    def referential(self, identifier: str, version: str) -> Mapping[str, Any]:
        """The values of one version."""
        with self._reading() as imported:
            return imported.document(self._rows[identifier, version])

    def items(self, kind: str) -> Iterable[Mapping[str, Any]]:
        """The values of every right or likeness."""
        with self._reading() as imported:
            return imported.documents(kind) if kind != REFERENTIAL.name else ()

    def rights(self, side: Side, names: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """The values of the rights that have one of some names on one side."""
        with self._reading() as imported:
            return imported.about(RECOGNITIONS.name, Role(side.value), names)

    def right(self, identifier: str) -> Mapping[str, Any] | None:
        """The values of one right."""
        with self._reading() as imported:
            return imported.named(RECOGNITIONS.name, identifier)

    def rights_after(self, identifier: str, count: int) -> Iterable[Mapping[str, Any]]:
        """The values of some rights, by identifier."""
        with self._reading() as imported:
            return imported.after(RECOGNITIONS.name, identifier, count)

    def coded(self, code: str) -> Iterable[tuple[str, str]]:
        """The versions that have a code."""
        with self._reading() as imported:
            return imported.coded(code)

    @contextmanager
    def _reading(self) -> Iterator[ImportedDocuments]:
        with self._store.read() as unit:
            yield unit.of(self._scope).imported


def _documents(room: Room, kind: str) -> Documents[Any] | None:
    found: dict[str, Documents[Any]] = {
        RECOGNITIONS.name: room.recognitions,
        CORRESPONDENCES.name: room.correspondences,
        OFFER.name: room.offers,
    }
    return found.get(kind)


class Libraries:
    """The libraries that were read last, one per organisation, read again when something in one has changed.

    Parameters
    ----------
    files : Path
        Folders and files beside those that ship.
    """

    def __init__(self, store: Store, *files: Path, shipped: bool = True) -> None:
        self._store, self._files, self._shipped = store, files, shipped
        self._kept: OrderedDict[str | None, tuple[tuple[int, int], Library]] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def _common(self) -> Library:
        """What everybody reads from files, opened once for all; a file that can't be used is left to whoever needs it."""
        library = Library.read(*self._files, shipped=self._shipped)
        with suppress(FileProblem):
            for _item in library:
                pass
        for name in ("recognitions", "correspondences", "rules", "offers"):
            with suppress(FileProblem):
                getattr(library, name)
        return library

    def of(self, scope: Scope) -> Library:
        """The library of a scope, as it is now; two requests may share it, and neither changes it."""
        with self._store.read() as unit:
            mark = unit.of(scope).library_mark
        with self._lock:
            kept = self._kept.get(scope.organisation)
            if kept is None or kept[0] != mark:
                kept = self._kept[scope.organisation] = (mark, self._read(scope))
            self._kept.move_to_end(scope.organisation)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return kept[1]

    def _read(self, scope: Scope) -> Library:
        library = self._common.branched()
        reader = Scope(organisation=scope.organisation)
        with self._store.read() as unit:
            has_imports = unit.of(reader).imported.any()
        if has_imports:
            library.use(StoredDirectory(self._store, reader))
        library.use(StoredDocuments(self._store, reader))
        return library
