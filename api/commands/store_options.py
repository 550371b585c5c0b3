"""What the commands about the database ask for alike: the store that the settings name, open and up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.terminal.problems import WrongRequest, near

if TYPE_CHECKING:
    from api.store.tables import Account, Organisation
    from api.store.unit_of_work import Store, UnitOfWork


@contextmanager
def opened_store(*, up_to_date: bool = True) -> Iterator[Store]:
    """The store of the settings, closed at the end."""
    from api.settings import WrongSettings, settings
    from api.store.engine import WrongUrl
    from api.store.health import NotReady, require
    from api.store.unit_of_work import Store

    try:
        store = Store.of(settings())
    except (WrongSettings, WrongUrl) as problem:
        raise WrongRequest(str(problem)) from None
    try:
        if up_to_date:
            require(store)
        yield store
    except NotReady as problem:
        raise WrongRequest(str(problem)) from None
    finally:
        store.close()


def account_of(unit: UnitOfWork, email: str) -> Account:
    """The account of an address that somebody typed."""
    account = unit.directory.accounts.by_email(email)
    if account is None:
        raise WrongRequest(f"Aucun compte n'a l'adresse « {email} ».")
    return account


def organisation_named(unit: UnitOfWork, name: str) -> Organisation:
    """The organisation of a name or identifier that somebody typed."""
    known = list(unit.directory.organisations.every())
    found = [one for one in known if name in (one.name, one.id)]
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongRequest(f"Plusieurs organismes s'appellent « {name} » : donnez l'identifiant de l'un d'eux.")
    names = near(name, [one.name for one in known])
    raise WrongRequest(f"Aucun organisme ne s'appelle « {name} » : créez-le avec --new-organisation.", names)
