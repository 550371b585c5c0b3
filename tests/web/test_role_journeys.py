"""What each role comes for, from sign-in to the end: by keyboard alone, then with the mouse and without scripts."""

import re

import pytest
from playwright.sync_api import Locator

from tests.soaking import IN_THE_SOAK
from tests.web.conftest import Open
from tests.web.screen import Screen
from tests.web.site_people import ADMINISTRATOR, ADVISER, DESIGNER, PASSWORD, TRAINER
from tests.web.test_journeys import press_until

_LABEL = "(e => e.labels && e.labels[0] ? e.labels[0].innerText.trim() : '')(document.activeElement)"


class Hand:
    """A person in front of a screen, who has one way to act on it."""

    def __init__(self, screen: Open, email: str, *, keyboard: bool) -> None:
        self.shown: Screen = screen(scripts=keyboard)
        self.keyboard = keyboard
        self.shown.sign_in(email, PASSWORD)

    def go(self, path: str) -> None:
        """Open a page by its address."""
        assert self.shown.go(path).status == 200

    def press(self, words: str, role: str = "button") -> None:
        """Press a button, or follow a link."""
        if not self.keyboard:
            self._main().get_by_role(role, name=words).first.click()  # type: ignore[arg-type]
            return
        press_until(self.shown, words)
        with self.shown.page.expect_navigation():
            self.shown.page.keyboard.press("Enter")

    def fill(self, label: str, text: str) -> None:
        """Write into a field; « x » in a box ticks it."""
        if not self.keyboard:
            field = self._main().get_by_label(re.compile(f"^{label}")).first
            field.check() if text == "x" else field.fill(text)
            return
        self._tab_to(label)
        if text == "x":
            self.shown.page.keyboard.press("Space")
        else:
            self.shown.page.keyboard.press("ControlOrMeta+A")
            self.shown.page.keyboard.type(text)

    def read(self) -> str:
        """The words of the page."""
        return self.shown.read("main")

    def _main(self) -> Locator:
        return self.shown.page.locator("main")

    def _tab_to(self, label: str) -> None:
        for _ in range(150):
            self.shown.page.keyboard.press("Tab")
            if self.shown.page.evaluate(_LABEL).startswith(label):
                return
        raise AssertionError(f"the keyboard does not reach « {label} »")


@pytest.fixture(params=["by keyboard", pytest.param("without scripts", marks=IN_THE_SOAK)])
def hands(request: pytest.FixtureRequest, screen: Open) -> tuple[Open, bool]:
    return screen, request.param == "by keyboard"


def test_an_adviser_follows_somebody_and_computes_a_plan(hands: tuple[Open, bool]) -> None:
    hand = Hand(hands[0], ADVISER, keyboard=hands[1])
    hand.go("/equipes")
    hand.press("Ajouter une personne", "link")
    hand.fill("Prénom", "Rosa")
    hand.fill("Nom", f"Parcours {hands[1]}")
    hand.fill("La personne accepte", "x")
    hand.fill("Texte qu’elle a lu", "note du 4 janvier")
    hand.press("Ouvrir son dossier")
    assert f"Rosa Parcours {hands[1]}" in hand.read()
    hand.go("/equipes")
    hand.fill("Nom", f"Parcours {hands[1]}")
    hand.press("Filtrer")
    assert "1 personne" in hand.read()
    assert hand.shown.console == []


def test_a_training_body_adds_a_module_and_takes_it_back(hands: tuple[Open, bool]) -> None:
    hand = Hand(hands[0], TRAINER, keyboard=hands[1])
    hand.go("/offre/nouvelle")
    name = f"Offre au clavier {hands[1]}".lower()
    hand.fill("Nom de l’offre", name)
    hand.press("Ajouter cette offre")
    assert name in hand.read()
    hand.press("Ajouter un module", "link")
    hand.fill("Intitulé", "Accueillir les publics")
    hand.fill("En présence", "7,5")
    hand.fill("Le diplôme ou le titre", "tp-fpa@2023")
    hand.press("Montrer ses compétences")
    hand.fill("C1", "x")
    hand.press("Enregistrer")
    assert "7 h 30" in hand.read()
    hand.press("Historique", "link")
    assert "Accueillir les publics" in hand.read()
    hand.press("L’annuler")
    assert "7 h 30" not in hand.read()
    assert hand.shown.console == []


def test_a_designer_writes_undoes_and_asks_for_a_review(hands: tuple[Open, bool]) -> None:
    hand = Hand(hands[0], DESIGNER, keyboard=hands[1])
    version = f"20{40 + hands[1]}"
    hand.go("/redaction/nouveau?base=tp-mn@2025")
    hand.fill("La nouvelle version", version)
    hand.press("Partir de cette version")
    draft = hand.shown.page.url
    hand.go(draft.removeprefix(hand.shown.address) + "?element=CCP1/C1.1")
    hand.fill("Intitulé", "Accueillir chacun")
    hand.press("Enregistrer")
    assert "Accueillir chacun" in hand.shown.read(".tree")
    hand.press("Annuler")
    assert "Accueillir chacun" not in hand.shown.read(".tree")
    hand.press("Relire et publier", "link")
    hand.press("Demander une relecture")
    assert "electure" in hand.read()
    assert hand.shown.console == []


def test_an_administrator_adds_an_account(hands: tuple[Open, bool]) -> None:
    hand = Hand(hands[0], ADMINISTRATOR, keyboard=hands[1])
    hand.go("/administration/comptes")
    hand.press("Ajouter un compte", "link")
    hand.fill("Adresse électronique", f"nouvelle-{hands[1]}@exemple.fr".lower())
    hand.fill("Nom à afficher", "Une conseillère")
    hand.fill("Conception de référentiels", "x")
    hand.fill("Premier mot de passe", PASSWORD)
    hand.press("Ajouter ce compte")
    assert f"nouvelle-{hands[1]}@exemple.fr".lower() in hand.read()
    assert hand.shown.console == []
