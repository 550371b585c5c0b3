"""Sixty modules in front of sixty competencies, by keyboard alone; and what that page weighs."""

import pytest
from playwright.sync_api import Page

from tests.web.conftest import Open
from tests.web.live import Site
from tests.web.site_people import PASSWORD, TRAINER
from tests.web.sixty import settle_sixty

MATRIX = "/offre/soixante-modules/correspondances?cible=soixante@2027"
MOST = 60_000
HERE = "document.activeElement.name + ' ' + document.activeElement.value"


@pytest.fixture(scope="module")
def sixty(site: Site) -> None:
    with site.store.read() as unit:
        account = unit.directory.accounts.by_email(TRAINER)
    assert account is not None
    assert account.organisation_id is not None
    settle_sixty(site.store, account.organisation_id)


def test_sixty_by_sixty_by_keyboard(screen: Open, sixty: None) -> None:
    shown = screen()
    shown.sign_in(TRAINER, PASSWORD)
    answer = shown.go(MATRIX)
    keys = shown.page.keyboard
    assert answer.status == 200
    assert shown.page.locator("td[role=gridcell]").count() == 3600

    shown.page.locator("tbody input").first.focus()
    for key, at in (
        ("ArrowRight", "m:m1-1 B1/C1.2"),
        ("ArrowDown", "m:m1-2 B1/C1.2"),
        ("ArrowUp", "m:m1-1 B1/C1.2"),
        ("ArrowUp", "m:m1-1 B1/C1.2"),
        ("End", "m:m1-1 B6/C6.10"),
        ("Home", "m:m1-1 B1/C1.1"),
        ("Control+End", "m:m6-10 B6/C6.10"),
        ("ArrowLeft", "m:m6-10 B6/C6.9"),
    ):
        keys.press(key)
        assert shown.page.evaluate(HERE) == at, key
    assert "Présenter une traversée, en groupe — C6.9 Présenter un jardin" in shown.read("[data-here]")
    keys.press("Space")
    keys.press("Tab")
    keys.press("Shift+Tab")
    assert shown.page.evaluate(HERE) == "m:m6-10 B6/C6.9", "one stop for Tab"
    keys.press("Tab")
    assert shown.page.evaluate("document.activeElement.textContent") == "Enregistrer"
    keys.press("Enter")
    shown.page.locator(".notice", has_text="Ce que vos modules apportent est enregistré").wait_for()
    assert shown.page.locator("[name='m:m6-10'][value='B6/C6.9']").is_checked()
    shown.page.locator(".undo button").press("Enter")
    shown.page.locator(".notice", has_text="La dernière opération est annulée").wait_for()
    assert not shown.page.locator("[name='m:m6-10'][value='B6/C6.9']").is_checked()
    assert shown.console == []
    assert shown.elsewhere == []
    assert _weight(shown.page) < MOST


def _weight(page: Page) -> int:
    """What the page and all that it wears weigh on the way, whatever the browser has kept."""
    return int(
        page.evaluate(
            """async () => {
              const worn = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map(one => one.href || one.src);
              const sizes = await Promise.all([location.href, ...worn].map(async one => {
                const entry = await fetch(one, {cache: "reload"}).then(answer => answer.text()).then(() =>
                  performance.getEntriesByName(one).at(-1));
                return entry.encodedBodySize;
              }));
              return sizes.reduce((sum, one) => sum + one, 0);
            }"""
        )
    )
