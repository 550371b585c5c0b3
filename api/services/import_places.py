"""Where an import goes (*destination*): the database, a few hundred documents in each transaction, or a folder laid out like the data."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from api.services.import_entries import KEPT
from api.services.import_records import loaded, title_of
from api.services.imports import Step
from api.store.keys import Key
from api.store.repositories.imports import undated
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.unit_of_work import Store
from referentials.findings import FileProblem
from referentials.loader import CORRESPONDENCES, OFFER, RECOGNITIONS, REFERENTIAL, load_file
from referentials.model import Kind, Referential
from referentials.offer import Offer
from referentials.writer import to_yaml


class IntoStore:
    """The database: what is shared, or an organisation's own.

    Parameters
    ----------
    run : str
        The import, asked for before.
    """

    modelled: Collection[str] = (OFFER.name,)

    def __init__(self, store: Store, scope: Scope, run: str, standard: str, actor: str) -> None:
        self._store, self._scope, self._run, self._standard, self._actor = store, scope, run, standard, actor

    def standing(self, keys: Iterable[Key]) -> Mapping[Key, str]:
        """See :class:`api.services.imports.Destination`."""
        wanted = list(keys)
        with self._store.read() as unit:
            room = unit.of(self._scope)
            found = room.imported.standing(key for key in wanted if key.kind != OFFER.name)
            offers = {key: "" for key in wanted if key.kind == OFFER.name and _own_offer(room, key) is not None}
        return found | offers

    def item(self, key: Key) -> Any:
        """See :class:`api.services.imports.Destination`."""
        with self._store.read() as unit:
            room = unit.of(self._scope)
            if key.kind == OFFER.name:
                row = _own_offer(room, key)
                return Offer.model_validate(row.document) if row is not None else None
            return loaded(key.kind, room.imported.values_of(key))

    def keep(self, step: Step) -> None:
        """See :class:`api.services.imports.Destination`; one transaction."""
        with self._store.write(self._actor) as unit:
            room = unit.of(self._scope)
            room.imports.advance(self._run, step.position, step.expected, step.counts, step.notes)
            documents = [one for one in step.documents if one.key.kind != OFFER.name]
            if documents:
                room.imported.put(documents, self._run, self._standard)
            for key, item in step.items.items() if step.documents else ():
                if key.kind == OFFER.name:
                    row = _own_offer(room, key)
                    room.offers.write(item, title_of(item), identifier=row.id if row is not None else None)

    def without(self, standard: str, seen: set[Key]) -> Iterator[tuple[Key, str]]:
        """See :class:`api.services.imports.Destination`."""
        with self._store.read() as unit:
            room = unit.of(self._scope)
            yield from list(room.imported.without(room.imports.of_the_same_file(self._run), seen))


def _own_offer(room: Room, key: Key) -> Any:
    """The offer that may be changed here under a key."""
    row = room.offers.by_key(key.identifier)
    return row if row is not None and row.organisation_id == room.scope.publisher() else None


class IntoFolder:
    """A folder laid out like ``referentials/data``, one file for each document: a library to give with ``--library``.

    Beside them, ``.imports.jsonl`` says which file brought what, one document a line.
    """

    modelled: Collection[str] = tuple(KEPT)

    def __init__(self, folder: Path, file_name: str) -> None:
        self._folder, self._source = folder, undated(file_name)
        self._ledger = folder / ".imports.jsonl"

    def standing(self, keys: Iterable[Key]) -> Mapping[Key, str]:
        """See :class:`api.services.imports.Destination`; files have no digest, and are compared by what they say."""
        return {key: "" for key in keys if self._file(key) is not None}

    def item(self, key: Key) -> Any:
        """See :class:`api.services.imports.Destination`; a file that can't be read any more is replaced."""
        file = self._file(key)
        with suppress(FileProblem):
            return load_file(file).items[0] if file is not None else None
        return None

    def keep(self, step: Step) -> None:
        """See :class:`api.services.imports.Destination`; each file appears whole."""
        for document in step.documents:
            item = step.items[document.key]
            path = self._folder / self._place(document.key, item)
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(f".{path.name}.new")
            beside.write_text(to_yaml([item] if document.key.kind in _LISTS else item), "utf-8")
            beside.replace(path)
        self._note(step)

    def _note(self, step: Step) -> None:
        lines = (
            json.dumps([self._source, *one.key, title_of(step.items[one.key])], ensure_ascii=False)
            for one in step.documents
        )
        if step.documents:
            with self._ledger.open("a", encoding="utf-8") as ledger:
                ledger.writelines(f"{line}\n" for line in lines)

    def without(self, standard: str, seen: set[Key]) -> Iterator[tuple[Key, str]]:
        """See :class:`api.services.imports.Destination`; a line that was cut short says nothing."""
        told: set[Key] = set()
        for source, key, title in self._noted():
            if source == self._source and key not in seen and key not in told and self._file(key) is not None:
                told.add(key)
                yield key, title

    def _noted(self) -> Iterator[tuple[str, Key, str]]:
        if not self._ledger.is_file():
            return
        with self._ledger.open(encoding="utf-8") as ledger:
            for line in ledger:
                with suppress(ValueError):
                    source, kind, identifier, version, title = json.loads(line)
                    yield source, Key(kind, identifier, version), title

    def _file(self, key: Key) -> Path | None:
        found = (self._folder / place for place in _places(key))
        return next((path for path in found if path.is_file()), None)

    def _place(self, key: Key, item: Any) -> Path:
        first, *rest = _places(key)
        framework = isinstance(item, Referential) and item.kind is Kind.CADRE_DE_COMPETENCES
        return rest[0] if framework else first


_LISTS = (RECOGNITIONS.name, CORRESPONDENCES.name)


def _places(key: Key) -> tuple[Path, ...]:
    """Where the file of a key may stand, the most usual place first."""
    if key.kind == REFERENTIAL.name:
        return tuple(Path(folder, key.identifier, f"{key.version}.yaml") for folder in REFERENTIAL.folders)
    if key.kind == OFFER.name:
        return (Path(OFFER.folders[0], key.identifier, f"{key.identifier}.yaml"),)
    return (Path(key.kind, f"{key.identifier}.yaml"),)
