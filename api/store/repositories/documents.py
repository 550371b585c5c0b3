"""Library documents: what an organisation may read (its own, and what is shared) and what it may change (its own)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import undefer

from api.store.marks import changed
from api.store.repositories.repository import Repository
from api.store.search import SHARED, Found, forget, index_entries
from api.store.tables.documents import LibraryDocument
from referentials.writer import plain

DocumentRow = TypeVar("DocumentRow", bound=LibraryDocument)
_TITLE = 1000


class Documents(Repository[DocumentRow], Generic[DocumentRow]):
    """Documents of one sort."""

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.reads(self.table)

    def _changeable(self) -> ColumnElement[bool]:
        return self.scope.changes(self.table)

    def by_key(self, key: str) -> DocumentRow | None:
        """The document of a key: the organisation's own, else the shared one."""
        query = self._select().where(self.table.key == key)
        rows: list[Any] = sorted(self.session.scalars(query), key=lambda row: row.organisation_id is None)
        return rows[0] if rows else None

    def documents(self) -> Iterator[Mapping[str, Any]]:
        """The plain values of every document that may be read, by key: an organisation's own in place of the shared one."""
        query = self._select().options(undefer(self.table.document))
        shared_first = query.order_by(self.table.organisation_id.is_not(None), self.table.key)
        found = {row.key: row.document for row in self.session.scalars(shared_first)}
        return (found[key] for key in sorted(found))

    def write(
        self, item: BaseModel, title: str = "", *, identifier: str | None = None, revision: int | None = None
    ) -> DocumentRow:
        """Keep a new document, or put it in place of the one of an identifier.

        Raises
        ------
        Absent, Conflict
            As for :meth:`~api.store.repositories.repository.Repository.edit`.
        Taken
            There is another document of that key.
        """
        key = str(getattr(item, "id", ""))
        row = self.write_plain(key, plain(item), title, identifier=identifier, revision=revision)
        part, source = self._part(row), self._source(row)
        forget(self.session, part, source)
        index_entries(self.session, self._entries(item), part=part, source=source, organisation_id=row.organisation_id)
        return row

    def write_plain(
        self,
        key: str,
        document: Mapping[str, Any],
        title: str = "",
        *,
        identifier: str | None = None,
        revision: int | None = None,
        **more: Any,
    ) -> DocumentRow:
        """As :meth:`write`, of plain values that may be wrong, and that no search finds."""
        values: dict[str, Any] = {"key": key, "title": title[:_TITLE], "document": dict(document), **more}
        if identifier is None:
            row = self._add(organisation_id=self.scope.publisher(), **values)
        else:
            row = self.edit(identifier, revision)
            for name, value in values.items():
                setattr(row, name, value)
            self.session.flush()
        changed(self.session, row.organisation_id)
        return row

    def delete(self, identifier: str, revision: int | None = None) -> None:
        """Delete a document that may be changed here."""
        row = self._locked(identifier, revision)
        forget(self.session, self._part(row), self._source(row))
        super().delete(identifier, revision)
        changed(self.session, row.organisation_id)

    def _entries(self, item: Any) -> Iterable[Found]:
        """What of a document may be found by its words: nothing, by default."""
        return ()

    def _part(self, row: DocumentRow) -> str:
        return row.organisation_id or SHARED

    def _source(self, row: DocumentRow) -> str:
        return f"{self.kind}:{row.id}"

    def keys(self) -> tuple[str, ...]:
        """The keys of what may be read, sorted."""
        return tuple(sorted(set(self.session.scalars(select(self.table.key).where(self._readable())))))
