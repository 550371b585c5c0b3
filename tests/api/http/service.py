"""A service to test: two organisations with an account for each role, and people who belong to none."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.auth.light import LIGHT

HERE, THERE, ALONE = "here", "there", "alone"
PLACES = (HERE, THERE, ALONE)
PASSWORD = "quatre bateaux et un phare"
_HASH = LIGHT.hash(PASSWORD)


def some_settings(**given: Any) -> Settings:
    """The settings of a test, whatever the environment of the machine: as often as one likes, unless it says otherwise."""
    return Settings(_env_file=None, **({"plans_per_minute": 0, "uploads_per_minute": 0} | given))


@dataclass
class Service:
    """An application on a store, and whoever may ask it.

    ``client`` asks as nobody known, :meth:`by` as the account of a role and a place; ``ids`` names accounts and organisations.
    """

    app: FastAPI
    store: Store
    client: TestClient
    ids: dict[str, str] = field(default_factory=dict)
    _clients: dict[str, TestClient] = field(default_factory=dict)

    def by(self, role: Role, place: str = HERE) -> TestClient:
        """A browser where the account of a role and a place has signed in; the session is opened when first asked for."""
        name = f"{role.value}@{place}"
        if name not in self._clients:
            with self.store.write() as unit:
                account = unit.directory.accounts.get(self.account(role, place))
                secret = unit.directory.sessions.open(account, timedelta(hours=12)).secret
            self._clients[name] = self.with_cookie(secret)
        return self._clients[name]

    def with_cookie(self, secret: str) -> TestClient:
        """A browser that shows the secret of a session."""
        return self._in_the_same_loop(browser(self.app, headers={"cookie": f"passerelles={secret}"}))

    def with_token(self, role: Role, place: str, *scopes: str) -> TestClient:
        """A program that shows a new token of an account."""
        with self.store.write() as unit:
            account = unit.directory.accounts.get(self.account(role, place))
            text = unit.directory.tokens.issue(account, "essai", scopes).text
        return self._in_the_same_loop(browser(self.app, headers={"authorization": f"Bearer {text}"}))

    def _in_the_same_loop(self, other: TestClient) -> TestClient:
        """Another client, without a thread of its own for each request."""
        other.portal = self.client.portal
        return other

    def account(self, role: Role, place: str = HERE) -> str:
        """The identifier of an account."""
        return self.ids[f"{role.value}@{place}"]

    def email(self, role: Role, place: str = HERE) -> str:
        """Its address."""
        return f"{role.value}@{place}.exemple.fr"

    def organisation(self, place: str) -> str | None:
        """The identifier of an organisation; None for those who belong to none."""
        return self.ids.get(place)


def browser(app: FastAPI, **given: Any) -> TestClient:
    """A client whose defects are answers, as on a server."""
    return TestClient(app, raise_server_exceptions=False, **given)


@cache
def ready() -> FastAPI:
    """An application that nobody asks: its routes and its document, once made, serve every other; both take a second.

    A route finds the means of its application in the request, and keeps nothing of them.
    """
    return create_app(some_settings(database_url="sqlite:///never-opened.sqlite3"))


@contextmanager
def a_service(store: Store, settings: Settings | None = None) -> Iterator[Service]:
    """The application on a store, which gets an account for every role and place; their password is ``PASSWORD``."""
    app = create_app(settings or some_settings(), store)
    app.router.routes, app.openapi = ready().router.routes, ready().openapi  # type: ignore[method-assign]
    ids: dict[str, str] = {}
    with store.write() as unit:
        for place in (HERE, THERE):
            ids[place] = unit.directory.organisations.add(place.title()).id
        for place in PLACES:
            for role in Role:
                email = f"{role.value}@{place}.exemple.fr"
                account = unit.directory.accounts.add(
                    email, f"Compte {role.value}", [role], organisation=ids.get(place), password=_HASH
                )
                ids[f"{role.value}@{place}"] = account.id
    with browser(app) as client:
        yield Service(app, store, client, ids)
