"""Administering accounts (*administration*): what may not be done to them, whoever asks.

An administrator of an organisation acts there and nowhere else; one who belongs to none acts everywhere. The service always keeps an
administrator who belongs to none and can sign in.
"""

from __future__ import annotations

from collections.abc import Iterable

from api.auth.passwords import checked, hashed
from api.deps import Permit
from api.problem import Problem
from api.store.tables import Account, Role
from api.store.unit_of_work import UnitOfWork
from reports.language import say


def account_within(permit: Permit, unit: UnitOfWork, account_id: str) -> Account:
    """An account that the actor administers.

    Raises
    ------
    Absent
        There is none, or it belongs to others.
    """
    account = unit.directory.accounts.get(account_id)
    permit.check(account)
    return account


def organisation_of_new_account(permit: Permit, unit: UnitOfWork, wanted: str | None) -> str | None:
    """The organisation of an account to be added: the actor's own, or any for whoever administers the service.

    Raises
    ------
    Problem
        The organisation is not one of those.
    """
    own = permit.actor.organisation
    chosen = wanted if wanted is not None else own
    known = chosen is None or unit.directory.organisations.find(chosen) is not None
    if not known or (own is not None and chosen != own):
        raise Problem("request", say("Cet organisme n'existe pas."), near=[])
    return chosen


def digest_of_password(permit: Permit, password: str | None, *own_words: str) -> str | None:
    """The hash of a password that may be used.

    Raises
    ------
    WeakPassword
        It may not.
    """
    if password is None:
        return None
    checked(password, *own_words)
    with permit.services.turns.one():
        return hashed(password)


def change_account(
    unit: UnitOfWork, account: Account, *, name: str | None, roles: Iterable[Role] | None, disabled: bool | None
) -> None:
    """Change what is given in an account that is being edited; a disabled account has no session left."""
    kept_the_service = administers(account)
    if name is not None:
        account.name = name
    if roles is not None:
        unit.directory.accounts.assign(account, roles)
    if disabled is not None:
        account.disabled_at = (account.disabled_at or unit.now) if disabled else None
        if disabled:
            unit.directory.sessions.revoke(account.id)
    if kept_the_service and not administers(account):
        require_an_administrator(unit)


def require_an_administrator(unit: UnitOfWork) -> None:
    """Refuse a change that leaves nobody to administer the service.

    Raises
    ------
    Problem
        Nobody would be left.
    """
    after: str | None = None
    unit.session.flush()
    while True:
        page = unit.directory.accounts.page(after, 200)
        if any(administers(account) for account in page.rows):
            return
        if page.next is None:
            raise Problem("wrong-state", say("Il faut garder quelqu'un qui administre le service."), state="last")
        after = page.next


def administers(account: Account) -> bool:
    """Whether an account administers the whole service, and can sign in."""
    return account.organisation_id is None and account.disabled_at is None and Role.ADMINISTRATOR in account.roles
