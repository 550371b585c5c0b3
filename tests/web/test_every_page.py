"""What must hold of every page, wide by day and narrow by night: axe, reflow, targets, silence of the console, nothing from elsewhere."""

import pytest

from tests.web.conftest import Open

ALONE = ("/", "/aide", "/a-propos", "/accessibilite", "/donnees-personnelles", "/nulle-part")
AFTER_THE_SAMPLE = (
    "/parcours/plan",
    "/parcours/plan?vue=calendrier",
    "/parcours/plan?vue=carte",
    "/parcours/plan?heures=10",
    "/parcours/plan?budget=10",
    "/parcours/plan?heures=beaucoup",
)


@pytest.mark.parametrize("dark", [False, True], ids=["wide by day", "narrow by night"])
def test_every_page_can_be_read_by_everyone(screen: Open, dark: bool) -> None:
    shown = screen(dark=dark, narrow=dark)
    for path in ALONE:
        shown.go(path)
        shown.accessible()


@pytest.mark.parametrize("dark", [False, True], ids=["wide by day", "narrow by night"])
def test_every_state_of_a_plan_can_be_read_by_everyone(screen: Open, dark: bool) -> None:
    shown = screen(dark=dark, narrow=dark)
    shown.go("/")
    shown.page.get_by_role("button", name="Voir tout de suite un plan").click()
    shown.wait_for_the_plan()
    for path in AFTER_THE_SAMPLE:
        shown.go(path)
        shown.wait_for_the_plan()
        shown.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        shown.accessible()
