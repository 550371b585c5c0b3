"""Accounts, for whoever signs in and for whoever administers the service."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select, true

from api.store.erasure import leave
from api.store.repositories.repository import Page, Repository
from api.store.tables.accounts import Account, AccountRole, Role
from api.store.tables.people import Person


class Accounts(Repository[Account]):
    """Every account."""

    table = Account
    kind = "account"

    def _readable(self) -> ColumnElement[bool]:
        return true()

    def add(
        self,
        email: str,
        name: str,
        roles: Iterable[Role],
        *,
        organisation: str | None = None,
        password: str | None = None,
        issuer: str | None = None,
        subject: str | None = None,
    ) -> Account:
        """A new account.

        Parameters
        ----------
        password : str, optional
            Its hash, made by :mod:`api.auth.passwords`; none when the account signs in elsewhere.
        issuer, subject : str, optional
            Its name at an OpenID provider.

        Raises
        ------
        Taken
            The address has an account already.
        """
        account = self._add(
            email=normal_address(email),
            name=name,
            organisation_id=organisation,
            password=password,
            issuer=issuer,
            subject=subject,
        )
        self.assign(account, roles)
        return account

    def delete(self, identifier: str, revision: int | None = None) -> None:
        """Delete an account, with the file that is its own alone; a file that an organisation keeps too stays there."""
        row = self._locked(identifier, revision)
        for person in leave(self.session, Person.account_id == identifier, "account_id", self.unit.now):
            self.unit.record("person.delete", "person", person, row.organisation_id)
        super().delete(identifier, revision)

    def assign(self, account: Account, roles: Iterable[Role]) -> None:
        """Give an account these roles, and no other."""
        kept = {row.role: row for row in account.assigned}
        account.assigned[:] = [
            kept.get(role, AccountRole(role=role)) for role in sorted({Role(role).value for role in roles})
        ]
        self.session.flush()
        self._record("assign", account.id)

    def by_email(self, email: str) -> Account | None:
        """The account of an address, whatever its case."""
        return self.session.scalars(self._select().where(Account.email == normal_address(email))).one_or_none()

    def by_subject(self, issuer: str, subject: str) -> Account | None:
        """The account of somebody whom an OpenID provider knows."""
        query = self._select().where(Account.issuer == issuer, Account.subject == subject)
        return self.session.scalars(query).one_or_none()

    def of_organisation(self, organisation: str, after: str | None = None, limit: int = 50) -> Page[Account]:
        """The accounts of one organisation."""
        return self._page(select(Account).where(Account.organisation_id == organisation), after, limit)

    def with_roles(self, organisation: str | None, roles: Iterable[Role]) -> tuple[Account, ...]:
        """The accounts of an organisation, or of none, that have one of some roles and can sign in, by name."""
        having = select(AccountRole.account_id).where(AccountRole.role.in_([role.value for role in roles]))
        query = select(Account).where(Account.organisation_id == organisation, Account.id.in_(having))
        return tuple(
            self.session.scalars(query.where(Account.disabled_at.is_(None)).order_by(Account.name, Account.id))
        )

    def organisations_with(self, role: Role) -> frozenset[str]:
        """The organisations where somebody has a role and can sign in."""
        query = select(Account.organisation_id).join(AccountRole).where(AccountRole.role == role.value)
        found = self.session.scalars(query.where(Account.disabled_at.is_(None)).distinct())
        return frozenset(one for one in found if one is not None)


def normal_address(email: str) -> str:
    """An e-mail address as it is compared.

    Examples
    --------
    >>> normal_address(" Anne@Exemple.FR ")
    'anne@exemple.fr'
    """
    return email.strip().casefold()
