"""Library documents that may be edited here (*documents de la base*), known by their identifier in the library.

What ships is read and never edited; an organisation may keep a document of its own under the same identifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from api.services.planning import NotPlannable
from api.store.conflict import Absent, Conflict
from api.store.repositories.documents import DocumentRow, Documents


class Named(Protocol):
    """Whatever has an identifier."""

    @property
    def id(self) -> str:
        """The identifier."""


Item = TypeVar("Item", bound=Named)


class Shelf(Generic[DocumentRow]):
    """The documents of one sort that a scope has in the database, by identifier."""

    def __init__(self, documents: Documents[DocumentRow]) -> None:
        self._documents = documents
        self._keys = frozenset(documents.keys())

    def row(self, key: str) -> DocumentRow | None:
        """The row of a document; None for one that ships."""
        return self._documents.by_key(key) if key in self._keys else None

    def replace(self, key: str, revision: int, item: BaseModel, title: str) -> DocumentRow:
        """Put another value in place of a document.

        Raises
        ------
        Absent, Conflict
            As for the repository.
        NotPlannable
            The new value has another identifier.
        """
        if getattr(item, "id", None) != key:
            raise NotPlannable(f"L'identifiant ne change pas : écrivez « {key} » dans « id ».")
        return self._documents.write(item, title, identifier=self._present(key).id, revision=revision)

    def editable(self, key: str, revision: int) -> DocumentRow:
        """The row of a document that is about to change.

        Raises
        ------
        Absent, Conflict
            It is not here, or has another revision by now.
        """
        row = self._present(key)
        if row.revision != revision:
            raise Conflict(row)
        return row

    def remove(self, key: str, revision: int) -> None:
        """Delete a document."""
        self._documents.delete(self._present(key).id, revision)

    def _present(self, key: str) -> DocumentRow:
        row = self.row(key)
        if row is None:
            raise Absent(self._documents.kind, key)
        return row


def kept_row(
    items: Iterable[Item], documents: Documents[DocumentRow], identifier: str
) -> tuple[Item, DocumentRow | None]:
    """An item of the library, and its row when it is kept here.

    Raises
    ------
    Absent
        The library has no such item.
    """
    found = next((item for item in items if item.id == identifier), None)
    if found is None:
        raise Absent(documents.kind, identifier)
    return found, documents.by_key(identifier)


def page_of(items: Sequence[Item], after: str | None, limit: int) -> tuple[list[Item], str | None]:
    """Some items of a list sorted by identifier, after a cursor, and the next cursor."""
    rest = [item for item in items if after is None or item.id > after]
    return rest[:limit], rest[limit - 1].id if len(rest) > limit else None


def shown(row: Any) -> Any:
    """What a refused change is shown: the values that stand there now."""
    return row.document
