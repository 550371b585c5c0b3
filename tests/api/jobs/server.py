"""A real server, started as people start it, that a test may kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from typing import Any, NamedTuple

import httpx2

from api.state import Services
from api.store.tables import Role
from api.store.unit_of_work import Store
from tests.api.http.service import ready, some_settings
from tests.api.store.servers import free_port

PROGRAM = (sys.executable, "-c", "from api.cli import main; main()")
_SECONDS_TO_START = 120
_IN_PRODUCTION = {"environment": "production", "secret": "un secret qui ne sert qu'à ces essais-ci"}


class Server:
    """``passerelles serve`` on a database."""

    def __init__(self, url: str, **settings: Any) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._process = launched(url, "serve", "--port", str(self.port), **settings)
        try:
            until_ready(self.address, lambda: self._process.poll() is None)
        except AssertionError:
            self.kill()
            raise

    def kill(self) -> None:
        """End it without a word."""
        self._process.kill()
        self._process.wait()

    def leave(self) -> str:
        """Ask it to end, and give its log."""
        self._process.send_signal(signal.SIGTERM)
        _out, log = self._process.communicate(timeout=60)
        return str(log)


def until_ready(address: str, lives: Callable[[], bool]) -> None:
    """Wait until a server says that it is ready."""
    end = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            if httpx2.get(f"{address}/readyz", timeout=5).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        assert lives()
        assert time.monotonic() < end
        time.sleep(0.05)


class Writing:
    """The same application in a process that has read its code already, without a pool: to be killed many times over.

    The process is forked from this one, which first closes its connections: none is ever used by two.
    """

    def __init__(self, store: Store) -> None:
        ready()
        store.close()
        port, url = free_port(), store.engine.url.render_as_string(hide_password=False)
        self.address = f"http://127.0.0.1:{port}"
        self._process = get_context("fork").Process(target=_serve, args=(url, port), daemon=True)
        self._process.start()
        until_ready(self.address, self._process.is_alive)

    def kill(self) -> None:
        """End it without a word."""
        self._process.kill()
        self._process.join()


def _serve(url: str, port: int) -> None:
    import uvicorn

    app = ready()
    app.state.services = Services.of(some_settings(), Store(url))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical", lifespan="off")


def launched(url: str, *words: str, **settings: Any) -> "subprocess.Popen[str]":
    """A program of ours on a database."""
    given = {f"PASSERELLES_{name.upper()}": str(value) for name, value in (_IN_PRODUCTION | settings).items()}
    environment = os.environ | {"PASSERELLES_DATABASE_URL": url} | given
    return subprocess.Popen([*PROGRAM, *words], env=environment, stderr=subprocess.PIPE, text=True)


@contextmanager
def serving(url: str, **settings: Any) -> Iterator[Server]:
    """A server until the end of a block."""
    server = Server(url, **settings)
    try:
        yield server
    finally:
        server.kill()


class Adviser(NamedTuple):
    """An account that follows people, and what its programs show."""

    account: str
    organisation: str
    headers: dict[str, str]


def an_adviser(store: Store) -> Adviser:
    """An adviser of a new organisation, with a token for everything that the tests do."""
    scopes = ["people:create", "people:read", "people:write", "people:delete", "plans:read", "plans:write", "jobs:read"]
    with store.write() as unit:
        organisation = unit.directory.organisations.add("Ici")
        account = unit.directory.accounts.add("anne@exemple.fr", "Anne", [Role.ADVISER], organisation=organisation.id)
        token = unit.directory.tokens.issue(account, "essai", scopes, timedelta(days=1)).text
    return Adviser(account.id, organisation.id, {"Authorization": f"Bearer {token}"})
