"""Two designers write one draft, each in their own browser: what is typed is kept as they go, nothing is lost, and where both wrote they choose."""

import pytest
from playwright.sync_api import Locator, expect

from api.store.tables import Role
from tests.api.auth.light import LIGHT
from tests.web.conftest import Open
from tests.web.live import Site
from tests.web.screen import Screen
from tests.web.site_people import DESIGNER, PASSWORD

COLLEAGUE = "concepteur@exemple.fr"


@pytest.fixture
def colleague(site: Site) -> str:
    """A second designer of the organisation."""
    with site.store.write() as unit:
        accounts = unit.directory.accounts
        first = accounts.by_email(DESIGNER)
        assert first is not None
        secret = LIGHT.hash(PASSWORD)
        accounts.add(COLLEAGUE, "Second compte", [Role.DESIGNER], organisation=first.organisation_id, password=secret)
    return COLLEAGUE


def write(shown: Screen, field: str, text: str) -> None:
    """Type into a field by keyboard, and leave it."""
    shown.page.locator(field).focus()
    shown.page.keyboard.press("ControlOrMeta+A")
    shown.page.keyboard.type(text)
    with shown.page.expect_response(
        lambda answer: answer.request.method in ("GET", "POST") and "/redaction/" in answer.url
    ):
        shown.page.keyboard.press("Tab")


def drag(shown: Screen, start: Locator, aim: Locator) -> None:
    """Drag with the mouse; a drag begins with a small move, where it starts."""
    start.hover()
    shown.page.mouse.down()
    start.hover(position={"x": 30, "y": 8})
    aim.hover()
    aim.hover(position={"x": 30, "y": 8})
    shown.page.mouse.up()


def places(shown: Screen) -> list[str]:
    return [str(one.get_attribute("data-place")) for one in shown.page.locator(".tree [data-place]").all()]


def test_two_designers_write_side_by_side(screen: Open, colleague: str) -> None:
    anne, zoe = screen(), screen()
    anne.sign_in(DESIGNER, PASSWORD)
    zoe.sign_in(colleague, PASSWORD)
    anne.go("/redaction/nouveau?base=tp-mn@2025")
    anne.page.locator("#nouvelle-version").fill("2031")
    anne.page.get_by_role("button", name="Partir de cette version").click()
    draft = anne.page.url.removeprefix(anne.address)

    anne.page.locator(".tree a").first.focus()
    anne.page.keyboard.press("ArrowDown")
    anne.page.keyboard.press("Enter")
    anne.page.wait_for_url("**element=CCP1**")
    zoe.go(f"{draft}?element=CCP1")
    write(anne, "#f-title", "Accueillir les publics")
    expect(anne.page.locator("#retours")).to_contain_text("Intitulé — CCP1")
    assert anne.page.evaluate("document.activeElement.id") == "f-aliases"
    write(zoe, "#f-aliases", "Un autre nom")
    expect(zoe.page.locator("#f-title")).to_have_value("Accueillir les publics")
    expect(zoe.page.locator("#f-aliases")).to_have_value("Un autre nom")

    write(zoe, "#f-title", "Accueillir")
    expect(zoe.page.locator("#retours")).to_contain_text("Intitulé")
    write(anne, "#f-title", "Recevoir les publics")
    expect(anne.page.locator("#enregistre")).to_contain_text("a écrit au même endroit")
    anne.page.get_by_role("button", name="Enregistrer", exact=True).focus()
    anne.page.keyboard.press("Enter")
    anne.page.get_by_role("heading", name="Vous avez écrit au même endroit").wait_for()
    told = anne.read()
    for words in ("Accueillir les publics", "Second compte", "Recevoir les publics"):
        assert words in told, words
    anne.accessible_by_day_and_by_night()
    anne.page.locator("#c0").focus()
    anne.page.keyboard.press("ArrowDown")
    anne.page.keyboard.press("ArrowDown")
    anne.page.locator("#c0-autre").fill("Accueillir et recevoir")
    anne.page.get_by_role("button", name="Enregistrer ces choix").click()
    anne.page.wait_for_url("**element=CCP1")
    assert anne.page.locator("#f-title").input_value() == "Accueillir et recevoir"
    assert anne.page.locator("#f-aliases").input_value() == "Un autre nom"

    before = places(anne)
    anne.page.locator(".tree a[aria-current]").focus()
    with anne.page.expect_navigation():
        anne.page.keyboard.press("Alt+ArrowDown")
    assert [one for one in places(anne) if one and "/" not in one] == ["CCP2", "CCP1"]
    expect(anne.page.locator("#arbre-courant")).to_be_focused()
    with anne.page.expect_navigation():
        anne.page.keyboard.press("ControlOrMeta+Z")
    assert places(anne) == before
    first, last = (anne.page.locator(f".tree [data-place='{one}'] > .leaf") for one in (before[2], before[-1]))
    with anne.page.expect_navigation():
        drag(anne, first, last)
    assert before[2] not in places(anne)
    assert len(places(anne)) == len(before)
    anne.go(f"{draft}/historique")
    assert "devient « Accueillir et recevoir »" in anne.read()
