"""The scope (*périmètre*): whose rows a request may reach. Every repository of an organisation's data asks for one.

Which scope an account gets is decided where roles are known; here a scope only becomes the condition that each query carries::

    own(row) = row.organisation = organisation  or  row.account = account
    read(row) = own(row)  or  row belongs to nobody          (library documents only)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_

from api.store.tables.people import Consent, Person


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows may be read and changed.

    Parameters
    ----------
    organisation : str or None
        Rows of that organisation.
    account : str or None
        Files of which that account is the owner: a professional's own.
    purpose : str or None
        Of the people of the organisation, only those who have agreed to this purpose: an adviser's scope.
    shared : bool
        The library documents that every organisation reads may be changed: the administration's scope.

    Examples
    --------
    >>> Scope(organisation="a").owner()
    {'organisation_id': 'a'}
    >>> Scope()  # nobody: reads the shared library, and nothing else
    Scope(organisation=None, account=None, purpose=None, shared=False)
    """

    organisation: str | None = None
    account: str | None = None
    purpose: str | None = None
    shared: bool = False

    def owner(self) -> dict[str, str]:
        """The columns that make a new row belong to this scope.

        Raises
        ------
        ValueError
            The scope is nobody's.
        """
        found = {"organisation_id": self.organisation, "account_id": self.account}
        owner = {name: value for name, value in found.items() if value is not None}
        if not owner:
            raise ValueError("a row needs an owner, and this scope has none")
        return owner

    def owns(self, table: Any) -> ColumnElement[bool]:
        """The condition on a table with an organisation and an account."""
        return _any(
            table.organisation_id == self.organisation if self.organisation else None,
            table.account_id == self.account if self.account else None,
        )

    def people(self) -> ColumnElement[bool]:
        """The condition on people: those who belong here and, for an adviser, who have agreed."""
        if self.purpose is None:
            return self.owns(Person)
        agreed = exists().where(
            Consent.person_id == Person.id, Consent.purpose == self.purpose, Consent.withdrawn_at.is_(None)
        )
        return _any(
            (Person.organisation_id == self.organisation) & agreed if self.organisation else None,
            Person.account_id == self.account if self.account else None,
        )

    def reads(self, table: Any) -> ColumnElement[bool]:
        """The condition on library documents that may be read."""
        return or_(table.organisation_id.is_(None), self._organisation(table))

    def changes(self, table: Any) -> ColumnElement[bool]:
        """The condition on library documents that may be changed."""
        condition: ColumnElement[bool] = table.organisation_id.is_(None) if self.shared else self._organisation(table)
        return condition

    def publisher(self) -> str | None:
        """Whom a new library document belongs to; nobody when it is shared.

        Raises
        ------
        ValueError
            The scope has no organisation and may not change what is shared.
        """
        if self.shared:
            return None
        if self.organisation is None:
            raise ValueError("a library document needs an organisation, and this scope has none")
        return self.organisation

    def _organisation(self, table: Any) -> Any:
        return table.organisation_id == self.organisation if self.organisation else false()


def _any(*conditions: ColumnElement[bool] | None) -> ColumnElement[bool]:
    return or_(false(), *(condition for condition in conditions if condition is not None))
