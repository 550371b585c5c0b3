"""Imported documents: read one by one or by the names that lead to them, written many at a time.

An organisation's own document hides the shared one of the same key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Table, case, delete, func, insert, or_, select, update

from api.store.conflict import Absent
from api.store.keys import Key
from api.store.marks import changed
from api.store.repositories.repository import Repository
from api.store.search import SHARED, Found, forget_sources, index_sources
from api.store.tables.imported import ImportedDocument, ImportedName, Role

VersionKey = tuple[str, str]
_AT_ONCE = 500
_TABLE, _NAMES = (cast(Table, table.__table__) for table in (ImportedDocument, ImportedName))
_DOCUMENT = _TABLE.c


class Imported(NamedTuple):
    """A document to be kept (its values, or their JSON), with all that leads to it; ``found`` is what a search finds."""

    key: Key
    digest: str
    document: Mapping[str, Any] | bytes
    title: str = ""
    place: str = ""
    nature: str = ""
    level: int | None = None
    active: bool = True
    start: date | None = None
    end: date | None = None
    words: str = ""
    names: tuple[tuple[Role, str], ...] = ()
    found: Found | None = None

    def row(self) -> dict[str, Any]:
        """The columns that say what it is."""
        return {
            **self.key._asdict(),
            "digest": self.digest,
            "document": self.document,
            "title": self.title[:1000],
            "place": self.place[:340],
            "nature": self.nature,
            "level": self.level,
            "active": self.active,
            "start": self.start,
            "end": self.end,
            "names": self.words[:3000],
        }


class Asked(NamedTuple):
    """Which versions a list wants: with all these words, of a nature, at a level, perhaps in force on a day, of one referential."""

    words: tuple[str, ...] = ()
    nature: str | None = None
    level: int | None = None
    on: date | None = None
    identifier: str | None = None


class ImportedDocuments(Repository[ImportedDocument]):
    """What a scope may read of what was imported: what is shared, and its own."""

    table = ImportedDocument
    kind = "imported"

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.reads(ImportedDocument)

    def _changeable(self) -> ColumnElement[bool]:
        return self.scope.changes(ImportedDocument)

    # -- to read ---------------------------------------------------------------------------------------------------

    def any(self) -> bool:
        """Whether there is anything."""
        query = select(ImportedDocument.id).where(self._readable()).limit(1)
        return self.session.scalars(query).one_or_none() is not None

    def keys(self) -> dict[VersionKey, str]:
        """The row of every version; no document is read."""
        columns = (ImportedDocument.identifier, ImportedDocument.version, ImportedDocument.id)
        query = select(*columns).where(self._readable(), ImportedDocument.kind == "referential")
        shared_first = query.order_by(ImportedDocument.organisation_id.is_not(None))
        return {(identifier, version): row for identifier, version, row in self.session.execute(shared_first)}

    def document(self, row_id: str) -> Mapping[str, Any]:
        """The values of one row.

        Raises
        ------
        Absent
            There is none here.
        """
        query = select(ImportedDocument.document).where(ImportedDocument.id == row_id, self._readable())
        found = self.session.scalars(query).one_or_none()
        if found is None:
            raise Absent(self.kind, row_id)
        return dict(found)

    def documents(self, kind: str) -> tuple[Mapping[str, Any], ...]:
        """The values of everything of a kind, by identifier."""
        return self._own_first(select(ImportedDocument.id).where(ImportedDocument.kind == kind))

    def about(self, kind: str, role: Role, names: Collection[str]) -> tuple[Mapping[str, Any], ...]:
        """The values of what gives something of some referentials, or asks for it."""
        wanted = sorted(names)
        found: dict[str, Mapping[str, Any]] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = ImportedName.name.in_(wanted[start : start + _AT_ONCE])
            query = select(ImportedName.document_id).where(ImportedName.role == role.value, part)
            rows = self.session.scalars(query.distinct()).all()
            found.update((value["id"], value) for value in self._own_first(rows, kind))
        return tuple(found[identifier] for identifier in sorted(found))

    def named(self, kind: str, identifier: str) -> Mapping[str, Any] | None:
        """The values of one document, if there is one."""
        rows = select(ImportedDocument.id).where(ImportedDocument.identifier == identifier)
        return next(iter(self._own_first(rows, kind)), None)

    def after(self, kind: str, identifier: str, count: int) -> tuple[Mapping[str, Any], ...]:
        """The values of documents of a kind after an identifier, in their order, so many at most."""
        query = select(ImportedDocument.identifier).where(self._readable(), ImportedDocument.kind == kind)
        query = query.where(ImportedDocument.identifier > identifier).order_by(ImportedDocument.identifier)
        names = self.session.scalars(query.distinct().limit(count)).all()
        return self._own_first(select(ImportedDocument.id).where(ImportedDocument.identifier.in_(names)), kind)

    def called(self, kind: str, stems: Collection[str], most: int) -> tuple[Mapping[str, Any], ...]:
        """The values of those of a kind whose names have some stems, those that have most of them first."""
        has = [ImportedDocument.names.contains(f" {one} ", autoescape=True) for one in sorted(stems)]
        if not has:
            return ()
        score = sum((case((one, 1), else_=0) for one in has[1:]), case((has[0], 1), else_=0))
        query = select(ImportedDocument.id).where(self._readable(), ImportedDocument.kind == kind, or_(*has))
        query = query.order_by(score.desc(), func.length(ImportedDocument.names), ImportedDocument.identifier)
        rows = self.session.scalars(query.limit(most)).all()
        return self._own_first(rows, kind)

    def coded(self, code: str) -> tuple[VersionKey, ...]:
        """The versions that have a code, themselves or one of their blocks."""
        named = select(ImportedName.document_id)
        named = named.where(ImportedName.role == Role.CODE.value, ImportedName.name == code[:200])
        rows = self.session.scalars(named).all()
        query = select(ImportedDocument.identifier, ImportedDocument.version)
        query = query.where(self._readable(), ImportedDocument.id.in_(rows)).distinct()
        return tuple(sorted((identifier, version) for identifier, version in self.session.execute(query)))

    def places(
        self, asked: Asked, after: str | None = None, limit: int = _AT_ONCE
    ) -> tuple[tuple[str, VersionKey], ...]:
        """The places and the keys of the versions that a list wants, in its order, after a place."""
        query = select(ImportedDocument.place, ImportedDocument.identifier, ImportedDocument.version)
        query = query.where(self._readable(), ImportedDocument.kind == "referential", *_conditions(asked))
        if after is not None:
            query = query.where(ImportedDocument.place > after)
        rows = self.session.execute(query.distinct().order_by(ImportedDocument.place).limit(limit))
        return tuple((place, (identifier, version)) for place, identifier, version in rows)

    def _own_first(self, rows: Any, kind: str | None = None) -> tuple[Mapping[str, Any], ...]:
        query = select(ImportedDocument.identifier, ImportedDocument.document)
        query = query.where(self._readable(), ImportedDocument.id.in_(rows))
        if kind is not None:
            query = query.where(ImportedDocument.kind == kind)
        shared_first = query.order_by(ImportedDocument.organisation_id.is_not(None))
        found: dict[str, Mapping[str, Any]] = {}
        for identifier, values in self.session.execute(shared_first):
            found[identifier] = values
        return tuple(found[identifier] for identifier in sorted(found))

    # -- to write --------------------------------------------------------------------------------------------------

    def standing(self, keys: Iterable[Key]) -> dict[Key, str]:
        """The digests of those documents that are here already and may be changed."""
        return {key: digest for key, (_row, digest) in self._rows(keys).items()}

    def values_of(self, key: Key) -> Mapping[str, Any]:
        """The values of a document that may be changed, as they stand.

        Raises
        ------
        Absent
            There is none here.
        """
        query = select(ImportedDocument.document).where(self._changeable(), *_is(key))
        found = self.session.scalars(query).one_or_none()
        if found is None:
            raise Absent(self.kind, key.identifier)
        return dict(found)

    def put(self, documents: Sequence[Imported], run: str, standard: str) -> None:
        """Keep many documents, in place of those of the same key."""
        old = self._rows(one.key for one in documents)
        new = [one for one in documents if one.key not in old]
        ids = {one.key: self.unit.new_identifier() for one in new} | {key: row for key, (row, _digest) in old.items()}
        self._forget([row for row, _digest in old.values()], old)
        if new:
            common = {"created_at": self.unit.now, "organisation_id": self.scope.publisher(), "added_by": run}
            common |= {"changed_by": run, "standard": standard}
            self.session.execute(insert(_TABLE), [one.row() | common | {"id": ids[one.key]} for one in new])
        for one in documents:
            if one.key in old:
                values = one.row() | {"changed_by": run, "standard": standard}
                self.session.execute(update(_TABLE).where(_DOCUMENT.id == ids[one.key]).values(**values))
        self._lead_to(documents, ids)

    def without(self, runs: Collection[str], seen: Collection[Key]) -> Iterator[tuple[Key, str]]:
        """The keys and titles of what some imports brought and is not among some keys."""
        columns = (_DOCUMENT.kind, _DOCUMENT.identifier, _DOCUMENT.version, _DOCUMENT.title)
        query = select(*columns).where(self._changeable(), ImportedDocument.changed_by.in_(sorted(runs)))
        for kind, identifier, version, title in self.session.execute(query.order_by(*columns[:3])):
            if Key(kind, identifier, version) not in seen:
                yield Key(kind, identifier, version), title

    def tell_readers(self) -> None:
        """Whoever keeps this part of the library in memory reads it again."""
        changed(self.session, self.scope.publisher())

    def _rows(self, keys: Iterable[Key]) -> dict[Key, tuple[str, str]]:
        wanted = set(keys)
        columns = (_DOCUMENT.kind, _DOCUMENT.identifier, _DOCUMENT.version, _DOCUMENT.id, _DOCUMENT.digest)
        identifiers = sorted({key.identifier for key in wanted})
        query = select(*columns).where(self._changeable(), ImportedDocument.identifier.in_(identifiers))
        found = {Key(*row[:3]): (row[3], row[4]) for row in self.session.execute(query)}
        return {key: row for key, row in found.items() if key in wanted}

    def _forget(self, rows: Sequence[str], keys: Iterable[Key]) -> None:
        if rows:
            self.session.execute(delete(ImportedName).where(ImportedName.document_id.in_(rows)))
            forget_sources(self.session, self.scope.publisher() or SHARED, [_source(key) for key in keys])

    def _lead_to(self, documents: Sequence[Imported], ids: Mapping[Key, str]) -> None:
        names = [
            {"document_id": ids[one.key], "role": role.value, "name": name}
            for one in documents
            for role, name in dict.fromkeys((role, name[:200]) for role, name in one.names)
        ]
        if names:
            self.session.execute(insert(_NAMES), names)
        owner = self.scope.publisher()
        found = ((_source(one.key), one.found) for one in documents if one.found is not None)
        index_sources(self.session, found, part=owner or SHARED, organisation_id=owner)


def _source(key: Key) -> str:
    return f"import:{key.kind}:{key.identifier}@{key.version}"


def _is(key: Key) -> Iterator[ColumnElement[bool]]:
    for name, value in key._asdict().items():
        yield _DOCUMENT[name] == value


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    for word in asked.words:
        yield ImportedDocument.names.contains(word, autoescape=True)
    if asked.nature is not None:
        yield ImportedDocument.nature == asked.nature
    if asked.level is not None:
        yield ImportedDocument.level == asked.level
    if asked.identifier is not None:
        yield ImportedDocument.identifier == asked.identifier
    if asked.on is not None:
        yield or_(ImportedDocument.start.is_(None), ImportedDocument.start <= asked.on)
        yield or_(ImportedDocument.end.is_(None), ImportedDocument.end >= asked.on)
