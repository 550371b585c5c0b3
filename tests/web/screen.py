"""A screen in front of the pages: what happens on it is watched, and what must hold of every page is asked in one call."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page, Response

AXE = (Path(__file__).parent / "vendor/axe-core-4.14.1/axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_WIDTH_AND_COLOUR = [
    "button-name",
    "color-contrast",
    "label",
    "link-in-text-block",
    "link-name",
    "scrollable-region-focusable",
    "target-size",
]
"""The rules that may find something else on the same page once it is narrow, and dark; they take a third of the time of all."""
NARROW, WIDE = 320, 1280

_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")].filter(one => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (!box.width || !box.height || one.type === "hidden" || style.visibility === "hidden") return false;
  if (one.closest("p, li, dd, td, caption, .visually-hidden, .skip") && style.display.startsWith("inline") && one.tagName === "A") return false;
  return (box.width < 24 || box.height < 24) && box.right > 0;
}).map(one => one.outerHTML.slice(0, 120))"""
"""Targets under 24 by 24 pixels; a link inside a sentence is none (WCAG 2.2, 2.5.8)."""

_ASKED = """async rules => {
  const given = {runOnly: rules, resultTypes: ["violations"], preload: false};
  const told = one => `${one.id}: ${one.help} — ` + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join("; ");
  return (await axe.run(document, given)).violations.map(told);
}"""
"""What axe finds, in words: its whole answer would take longer to come than to be found."""


@dataclass
class Screen:
    """One page of a browser; ``console`` and ``elsewhere`` hold what should never happen."""

    page: Page
    address: str
    console: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(30_000)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", lambda one: self._asked(one.url))

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning") and "the server responded with a status of 4" not in message.text:
            self.console.append(message.text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.elsewhere.append(url)

    def go(self, path: str) -> Response:
        """Open a page."""
        found = self.page.goto(self.address + path)
        assert found is not None
        return found

    def read(self, selector: str = "main") -> str:
        """The words of a part of the page, on one line."""
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def wait_for_the_plan(self) -> None:
        """Until the plan is there, however long it is computed."""
        self.page.wait_for_selector("#plan-blocs", timeout=60_000)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in by the form."""
        self.go("/connexion")
        self.page.locator("main input[type=email], main input[name=adresse]").first.fill(email)
        self.page.locator("main input[type=password]").fill(password)
        self.page.locator("main").get_by_role("button", name="Se connecter").click()
        self.page.wait_for_url("**/compte**")

    def accessible(self) -> None:
        """What must hold of every page and state: axe finds nothing, nothing overflows, targets are large enough, nothing was complained of."""
        self._holds({"type": "tag", "values": RULES})

    def accessible_by_day_and_by_night(self) -> None:
        """The same, wide by day; then, of the same page narrow by night, what depends on its width and its colours."""
        self.accessible()
        self._becomes(NARROW, "dark")
        self._holds({"type": "rule", "values": OF_WIDTH_AND_COLOUR})
        self._becomes(WIDE, "light")

    def _becomes(self, width: int, colours: Literal["dark", "light"]) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=colours)

    def _holds(self, rules: dict[str, Any]) -> None:
        where = self.page.url.removeprefix(self.address)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(_ASKED, rules)
        assert not found, f"{where}\n" + "\n".join(found)
        wide = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], f"{where} is {wide[0]} pixels wide on a screen of {wide[1]}"
        assert not (small := self.page.evaluate(_SMALL)), f"{where}: targets too small: {small}"
        assert not self.console, f"{where}: {self.console}"
        assert not self.elsewhere, f"{where}: asked elsewhere: {self.elsewhere}"
