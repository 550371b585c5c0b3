"""A site, a browser, and screens in front of it; both start once for each process of tests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from api.auth import passwords
from api.store import schema
from api.store.engine import open_engine
from api.store.repositories.search import index_shipped
from api.store.unit_of_work import Store
from referentials.library import Library
from tests.api.auth.light import LIGHT, NOBODY
from tests.web.live import QUIETLY, Site, a_site, chromium
from tests.web.screen import NARROW, WIDE, Screen
from tests.web.site_people import settle

Open = Callable[..., Screen]


@pytest.fixture(scope="session", autouse=True)
def passwords_of_little_cost() -> Iterator[None]:
    """Passwords are hashed and checked at once; the tests of passwords pay the real price."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_argon2id", lambda: LIGHT)
        patch.setattr(passwords, "_nobody", lambda: NOBODY)
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service on a port of its own, on an SQLite file."""
    url = f"sqlite:///{tmp_path_factory.mktemp('site') / 'site.sqlite3'}"
    engine = open_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    store = Store(url)
    with store.write() as unit:
        index_shipped(unit, Library.read())
    settle(store)
    with a_site(store) as found:
        yield found
    store.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=list(QUIETLY))
        yield found
        found.close()


@pytest.fixture
def screen(site: Site, browser: Browser) -> Iterator[Open]:
    """Opens a screen: ``screen(dark=True, narrow=True, scripts=False)``; each has its own cookies."""
    opened = []

    def open_one(*, dark: bool = False, narrow: bool = False, scripts: bool = True, **more: Any) -> Screen:
        context = browser.new_context(
            viewport={"width": NARROW if narrow else WIDE, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale=more.pop("locale", "fr-FR"),
            accept_downloads=True,
            reduced_motion="reduce",
            **more,
        )
        opened.append(context)
        return Screen(context.new_page(), site.address)

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Where files are put."""
    return tmp_path
