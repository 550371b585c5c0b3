"""What hangs on a person (*dossier*): reached through the person, so that whoever may not see one sees nothing of the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from api.store.conflict import Absent
from api.store.repositories.repository import Page, Repository, Row
from api.store.scope import Scope
from api.store.tables.people import Person

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork


class PersonalRepository(Repository[Row]):
    """Rows with a ``person_id``."""

    def _readable(self) -> ColumnElement[bool]:
        mine = select(Person.id).where(self.scope.people())
        condition: ColumnElement[bool] = self.table.person_id.in_(mine)
        return condition

    def of_person(self, person_id: str, after: str | None = None, limit: int = 50) -> Page[Row]:
        """The rows of one person, in the order in which they were made."""
        return self._page(self._select().where(self.table.person_id == person_id), after, limit)


def enter_all(unit: UnitOfWork, scope: Scope, identifiers: Iterable[str]) -> None:
    """The same of many files at once, in the order of their identifiers.

    Raises
    ------
    Absent
        One of them is not here.
    """
    wanted = sorted(set(identifiers))
    query = select(Person).where(Person.id.in_(wanted), scope.people()).order_by(Person.id).with_for_update(of=Person)
    found = {one.id: one for one in unit.session.scalars(query.execution_options(populate_existing=True))}
    for person_id in wanted:
        if person_id not in found:
            raise Absent("person", person_id)
        found[person_id].active_at = unit.now


def enter(unit: UnitOfWork, scope: Scope, person_id: str) -> None:
    """Keep a person's file for this transaction, and note that something happens in it.

    Two transactions about one person follow one another, so that neither writes over the other.

    Raises
    ------
    Absent
        There is no such person here.
    """
    query = select(Person).where(Person.id == person_id, scope.people()).with_for_update(of=Person)
    person = unit.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if person is None:
        raise Absent("person", person_id)
    person.active_at = unit.now
