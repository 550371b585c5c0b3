"""API tokens: shown once, found at each request, limited to their scopes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select, update

from api.store.conflict import Absent
from api.store.secrets import digest_of, new_secret
from api.store.tables.accounts import Account
from api.store.tables.tokens import ApiToken

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork

PREFIX = "psl_"
"""What a token starts with, so that one left in a file can be recognised."""


class Issued(NamedTuple):
    """A new token, and its text, which is told once."""

    token: ApiToken
    text: str


class Shown(NamedTuple):
    """A token that holds, and its account."""

    token: ApiToken
    account: Account


class Tokens:
    """Every API token."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.unit, self.session = unit, unit.session

    def issue(self, account: Account, name: str, scopes: Iterable[str], lifetime: timedelta | None = None) -> Issued:
        """Issue a token; without lifetime, it holds until it is revoked."""
        text, now = new_secret(PREFIX), self.unit.now
        expires: datetime | None = None if lifetime is None else now + lifetime
        row = ApiToken(
            id=self.unit.new_identifier(),
            created_at=now,
            account_id=account.id,
            name=name,
            digest=digest_of(text),
            scopes=sorted(set(scopes)),
            expires_at=expires,
        )
        self.session.add(row)
        self.session.flush()
        self.unit.record("token.issue", "token", row.id, account.organisation_id)
        return Issued(row, text)

    def find(self, text: str) -> Shown | None:
        """The token of a text; none when it is over, revoked, or its account is disabled."""
        query = (
            select(ApiToken, Account)
            .join(Account, Account.id == ApiToken.account_id)
            .where(
                ApiToken.digest == digest_of(text),
                ApiToken.revoked_at.is_(None),
                or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > self.unit.now),
                Account.disabled_at.is_(None),
            )
        )
        found = self.session.execute(query).one_or_none()
        return None if found is None else Shown(*found)

    def see(self, token_id: str) -> None:
        """Note that a token was used now."""
        self.session.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_at=self.unit.now))

    def of_account(self, account_id: str) -> tuple[ApiToken, ...]:
        """The tokens of an account, the oldest first."""
        return tuple(
            self.session.scalars(select(ApiToken).where(ApiToken.account_id == account_id).order_by(ApiToken.id))
        )

    def revoke(self, account_id: str, token_id: str) -> None:
        """End a token of an account.

        Raises
        ------
        Absent
            The account has no such token.
        """
        query = select(ApiToken).where(ApiToken.account_id == account_id, ApiToken.id == token_id)
        row = self.session.scalars(query).one_or_none()
        if row is None:
            raise Absent("token", token_id)
        row.revoked_at = row.revoked_at or self.unit.now
        self.unit.record("token.revoke", "token", token_id)
