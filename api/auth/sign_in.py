"""Signing in (*connexion*): an address and a password, or an identity that an OpenID provider vouches for → a session.

An unknown address, an account without password, a disabled account and a wrong password get the same answer in the same time. Attempts are
counted before anything is computed, for the address with where it is asked from, and for the place alone.
"""

from __future__ import annotations

from datetime import timedelta

from api.auth.passwords import checked, hashed, matches
from api.problem import Problem
from api.state import Services
from api.store.repositories.accounts import normal_address
from api.store.repositories.sessions import Opened
from api.store.tables import Account, Role

ATTEMPTS, ATTEMPTS_FROM_ONE_PLACE = 10, 100
WITHIN = timedelta(minutes=15)
FRESH = timedelta(minutes=15)
"""How long after signing in an account may be deleted."""

_LONGEST_NAME = 200


def sign_in(services: Services, email: str, password: str, place: str) -> Opened:
    """A session for whoever knows the password.

    Parameters
    ----------
    place : str
        The network address that the request came from.

    Raises
    ------
    TooMany
        There were too many attempts lately.
    Problem
        The address or the password is wrong; which of them is not told.
    """
    address = normal_address(email)
    _count(services, address, place)
    with services.store.read() as unit:
        account = unit.directory.accounts.by_email(address)
        kept = account.password if account is not None and account.disabled_at is None else None
    if not _matches(services, password, kept) or account is None:
        raise Problem("wrong-password")
    services.attempts.forget(f"{address} {place}")
    return open_session(services, account.id)


def _count(services: Services, address: str, place: str) -> None:
    services.attempts.count(f"from {place}", ATTEMPTS_FROM_ONE_PLACE, WITHIN)
    services.attempts.count(f"{address} {place}", ATTEMPTS, WITHIN)


def _matches(services: Services, password: str, kept: str | None) -> bool:
    with services.turns.one():
        return matches(password, kept)


def open_session(services: Services, account_id: str) -> Opened:
    """A session for an account that has shown who it is."""
    with services.store.write(account_id) as unit:
        account = unit.directory.accounts.get(account_id)
        return unit.directory.sessions.open(account, timedelta(hours=services.settings.session_hours))


def change_password(services: Services, account_id: str, current: str, new: str, place: str) -> Opened:
    """Change a password, end every session of the account, and open another.

    Raises
    ------
    TooMany, Problem
        As for :func:`sign_in`.
    WeakPassword
        The new password may not be used.
    """
    with services.store.read() as unit:
        account = unit.directory.accounts.get(account_id)
    _count(services, account.email, place)
    if not _matches(services, current, account.password):
        raise Problem("wrong-password")
    set_password(services, account_id, account_id, new)
    return open_session(services, account_id)


def set_password(services: Services, actor: str, account_id: str, new: str) -> None:
    """Give an account a password, and end its sessions."""
    with services.store.read() as unit:
        account = unit.directory.accounts.get(account_id)
    checked(new, account.name, account.email.partition("@")[0])
    with services.turns.one():
        digest = hashed(new)
    with services.store.write(actor) as unit:
        unit.directory.accounts.edit(account_id).password = digest
        unit.directory.sessions.revoke(account_id)


def account_of_identity(services: Services, issuer: str, claims: dict[str, object]) -> Account:
    """The account of somebody whom a provider vouches for.

    Known by its own name there; else an account without password that waits under the same address, when the provider has verified the address;
    else a new one, where the settings say so.

    Raises
    ------
    Problem
        There is no such account.
    """
    subject = str(claims.get("sub") or "")[:300]
    email = str(claims.get("email") or "") if claims.get("email_verified") is True else ""
    if not subject:
        raise Problem("sign-in-lost")
    with services.store.write() as unit:
        accounts = unit.directory.accounts
        found = accounts.by_subject(issuer, subject)
        if found is None and email:
            found = accounts.by_email(email)
            if found is not None and (found.subject is not None or found.password is not None):
                raise Problem("no-account")  # somebody else's, as far as anybody can tell
            if found is not None:
                found = accounts.edit(found.id)
                found.issuer, found.subject = issuer, subject
            elif services.settings.oidc_opens_accounts:
                name = str(claims.get("name") or email)[:_LONGEST_NAME]
                found = accounts.add(email, name, [Role.PROFESSIONAL], issuer=issuer, subject=subject)
        if found is None or found.disabled_at is not None:
            raise Problem("no-account")
        return found
