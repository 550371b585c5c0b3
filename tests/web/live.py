"""A service on a real port, for a real browser."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import uvicorn

from api.app import create_app
from api.jobs.runner import Runner
from api.jobs.work import Bench
from api.services.solver import ThreadSolver
from api.store.library import Libraries
from api.store.unit_of_work import Store
from tests.api.http.service import some_settings


@dataclass
class Site:
    """Where the pages are, and the store behind them."""

    address: str
    store: Store


@contextmanager
def a_site(store: Store) -> Iterator[Site]:
    """The application on a port of its own, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(some_settings(), store)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started:
        assert time.monotonic() < until, "the server did not start"
        time.sleep(0.05)
    yield Site(f"http://127.0.0.1:{port}", store)
    server.should_exit = True
    thread.join(timeout=20)


def work(site: Site) -> None:
    """Do the jobs that wait, here."""
    runner = Runner(Bench(site.store, Libraries(site.store), ThreadSolver()), timedelta(seconds=60))
    while runner.work_once():
        pass


def chromium() -> str:
    """The browser of this machine; ``tools/chromium.sh`` installs one."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "no Chromium here: tools/chromium.sh installs it"
    return found


QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
