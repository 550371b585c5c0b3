"""A repository (*dépôt*): the rows of one table that a scope may reach; every query carries the condition of the scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, select

from api.store.columns import Edited, Identified
from api.store.conflict import Absent, Conflict, loaded
from api.store.scope import Scope

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork

Row = TypeVar("Row", bound=Identified)

LARGEST_PAGE = 200


class Page(NamedTuple, Generic[Row]):
    """Some rows in the order in which they were made, and the cursor of what follows; none at the end."""

    rows: tuple[Row, ...]
    next: str | None


class Repository(Generic[Row]):
    """What every repository does. A row of somebody else is absent, to read as to change."""

    table: ClassVar[Any]
    kind: ClassVar[str]
    """What the audit trail calls such a row."""

    def __init__(self, unit: UnitOfWork, scope: Scope) -> None:
        self.unit, self.session, self.scope = unit, unit.session, scope

    def _readable(self) -> ColumnElement[bool]:
        """The condition on rows that may be read."""
        return self.scope.owns(self.table)

    def _changeable(self) -> ColumnElement[bool]:
        """The condition on rows that may be changed: by default, those that may be read."""
        return self._readable()

    def _select(self) -> Select[Row]:
        return select(self.table).where(self._readable())

    # -- to read ---------------------------------------------------------------------------------------------------

    def find(self, identifier: str) -> Row | None:
        """The row of that identifier, if there is one here."""
        return self.session.scalars(self._select().where(self.table.id == identifier)).one_or_none()

    def get(self, identifier: str) -> Row:
        """The row of that identifier.

        Raises
        ------
        Absent
            There is none here.
        """
        return self._present(self.find(identifier), identifier)

    def page(self, after: str | None = None, limit: int = 50) -> Page[Row]:
        """Rows in the order in which they were made, ``limit`` at most, after a cursor."""
        return self._page(self._select(), after, limit)

    def _page(self, query: Select[Row], after: str | None, limit: int) -> Page[Row]:
        size = max(1, min(limit, LARGEST_PAGE))
        if after is not None:
            query = query.where(self.table.id > after)
        rows = self.session.scalars(query.order_by(self.table.id).limit(size + 1)).all()
        return Page(tuple(rows[:size]), rows[size - 1].id if len(rows) > size else None)

    def _present(self, row: Row | None, identifier: str) -> Row:
        if row is None:
            raise Absent(self.kind, identifier)
        return row

    # -- to change -------------------------------------------------------------------------------------------------

    def edit(self, identifier: str, revision: int | None = None) -> Row:
        """The row to be changed, kept for this transaction; its revision is one more at the end.

        Parameters
        ----------
        revision : int, optional
            The revision that the change was made on.

        Raises
        ------
        Absent
            There is none here that may be changed.
        Conflict
            It has another revision by now.
        """
        row = self._locked(identifier, revision)
        self._touch(row)
        return row

    def delete(self, identifier: str, revision: int | None = None) -> None:
        """Delete the row, with all that hangs on it.

        Raises
        ------
        Absent, Conflict
            As for :meth:`edit`.
        """
        self.session.delete(self._locked(identifier, revision))
        self.session.flush()
        self._record("delete", identifier)

    def _locked(self, identifier: str, revision: int | None) -> Row:
        query = self._select().where(self.table.id == identifier, self._changeable()).with_for_update(of=self.table)
        found = self.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        row: Any = self._present(found, identifier)
        if revision is not None and row.revision != revision:
            raise Conflict(loaded(row))
        return row  # type: ignore[no-any-return]

    def _touch(self, row: Row) -> None:
        if isinstance(row, Edited):
            row.updated_at = self.unit.now
        self._record("edit", row.id)

    def _add(self, **values: Any) -> Row:
        row = self.table(id=self.unit.new_identifier(), created_at=self.unit.now, **values)
        if isinstance(row, Edited):
            row.updated_at = self.unit.now
        self.session.add(row)
        self.session.flush()
        self._record("add", row.id)
        return row  # type: ignore[no-any-return]

    def _record(self, action: str, identifier: str) -> None:
        self.unit.record(f"{self.kind}.{action}", self.kind, identifier, self.scope.organisation)
