"""The actor (*qui demande*): the account behind a request, what it is for, and how it made itself known.

Somebody who did not sign in is an actor too: anybody may read the shared library and have a plan computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from api.store.tables import Role

if TYPE_CHECKING:
    from api.store.tables import Account, ApiToken, LoginSession

NOBODY = "anonymous"
"""What the audit trail calls somebody who did not sign in."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks.

    Parameters
    ----------
    account : str or None
        The identifier of the account; None for somebody who did not sign in.
    organisation : str or None
        That of the account.
    roles : frozenset of Role
    scopes : frozenset of str or None
        What an API token permits, of all that its account may do; None in a session, which permits all of it.
    session : str or None
        The identifier of the session, in which this actor came.
    since : datetime or None
        When the session was opened: a password was shown then.

    Examples
    --------
    >>> Actor().is_known, Actor(account="a").is_known
    (False, True)
    """

    account: str | None = None
    organisation: str | None = None
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[str] | None = None
    session: str | None = None
    since: datetime | None = None

    @classmethod
    def of_account(cls, account: Account) -> Actor:
        """An account itself, with all that it may do: for work that goes on after the request."""
        return cls(account.id, account.organisation_id, account.roles)

    @classmethod
    def of_session(cls, account: Account, session: LoginSession) -> Actor:
        """An account that signed in."""
        known = cls.of_account(account)
        return cls(known.account, known.organisation, known.roles, None, session.id, session.created_at)

    @classmethod
    def of_token(cls, account: Account, token: ApiToken) -> Actor:
        """A program that shows a token of an account."""
        known = cls.of_account(account)
        return cls(known.account, known.organisation, known.roles, frozenset(token.scopes))

    @property
    def is_known(self) -> bool:
        """Whether there is an account."""
        return self.account is not None

    @property
    def name(self) -> str:
        """What the audit trail calls this actor."""
        return self.account or NOBODY

    def has(self, *roles: Role) -> bool:
        """Whether the account has one of some roles."""
        return not self.roles.isdisjoint(roles)


ANYBODY = Actor()
"""Somebody who did not sign in."""
