"""Sessions: opened at sign-in, found at each request, revoked at once.

The secret is 256 random bits; only its SHA-256 is kept, which is enough for a text that nobody can guess.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, or_, select, update

from api.store.secrets import digest_of, new_secret
from api.store.tables.accounts import Account
from api.store.tables.sessions import LoginSession

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork


class Opened(NamedTuple):
    """A new session, and its secret, which is told once."""

    session: LoginSession
    secret: str


class SignedIn(NamedTuple):
    """A session that holds, and its account."""

    session: LoginSession
    account: Account


class Sessions:
    """Every session."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.unit, self.session = unit, unit.session

    def open(self, account: Account, lifetime: timedelta) -> Opened:
        """Open a session."""
        secret, now = new_secret(), self.unit.now
        row = LoginSession(
            id=self.unit.new_identifier(),
            created_at=now,
            account_id=account.id,
            digest=digest_of(secret),
            expires_at=now + lifetime,
            seen_at=now,
        )
        self.session.add(row)
        self.unit.record("session.open", "account", account.id, account.organisation_id)
        return Opened(row, secret)

    def find(self, secret: str) -> SignedIn | None:
        """The session of a secret; none when it is over, revoked, or its account is disabled."""
        query = (
            select(LoginSession, Account)
            .join(Account, Account.id == LoginSession.account_id)
            .where(
                LoginSession.digest == digest_of(secret),
                LoginSession.revoked_at.is_(None),
                LoginSession.expires_at > self.unit.now,
                Account.disabled_at.is_(None),
            )
        )
        found = self.session.execute(query).one_or_none()
        return None if found is None else SignedIn(*found)

    def of_account(self, account_id: str) -> tuple[LoginSession, ...]:
        """The sessions of an account that still hold, the oldest first."""
        query = select(LoginSession).where(
            LoginSession.account_id == account_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > self.unit.now,
        )
        return tuple(self.session.scalars(query.order_by(LoginSession.id)))

    def see(self, session_id: str) -> None:
        """Note that a session was used now."""
        self.session.execute(update(LoginSession).where(LoginSession.id == session_id).values(seen_at=self.unit.now))

    def revoke(self, account_id: str, session_id: str | None = None) -> None:
        """End one session of an account, or all of them."""
        which = LoginSession.account_id == account_id
        if session_id is not None:
            which &= LoginSession.id == session_id
        query = update(LoginSession).where(which, LoginSession.revoked_at.is_(None))
        self.session.execute(query.values(revoked_at=self.unit.now))
        self.unit.record("session.revoke", "account", account_id)

    def forget_ended(self) -> None:
        """Delete the sessions that are over."""
        over = or_(LoginSession.expires_at <= self.unit.now, LoginSession.revoked_at.is_not(None))
        self.session.execute(delete(LoginSession).where(over))
