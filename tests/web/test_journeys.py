"""The main journeys, end to end, as people make them: with a mouse, with a keyboard alone, and without JavaScript."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.soaking import IN_THE_SOAK
from tests.web.conftest import Open
from tests.web.screen import Screen

HOSTILE = '<script>alert(1)</script>{{7*7}}=HYPERLINK("x")'


def with_the_sample(shown: Screen) -> None:
    shown.go("/")
    shown.page.get_by_role("button", name="Voir tout de suite un plan").click()
    shown.wait_for_the_plan()


def figures(shown: Screen) -> list[str]:
    return [" ".join(text.split()) for text in shown.page.locator(".figures dd").all_inner_texts()]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_first_plan_from_nothing(screen: Open, scripts: bool) -> None:
    shown = screen(scripts=scripts)
    shown.go("/")
    shown.page.get_by_role("link", name="Préparer mon parcours").click()
    shown.page.get_by_role("link", name="Je sais déjà ce que je vise").click()
    shown.page.get_by_label("Titre, numéro RNCP ou ancien nom").fill("formateur professionnel")
    shown.page.locator("main").get_by_role("button", name="Chercher").click()
    shown.page.locator("#resultats").get_by_role("button", name="Choisir").first.click()
    shown.go("/parcours/possibilites")
    shown.page.get_by_label("Heures par semaine").fill("7,5")
    shown.page.get_by_label("Budget, avant tout financement").fill("beaucoup")
    shown.page.get_by_role("button", name="Calculer mon parcours").click()
    assert shown.page.get_by_label("Heures par semaine").input_value() == "7,5"
    assert shown.page.get_by_label("Budget, avant tout financement").input_value() == "beaucoup"
    assert "Écrivez un nombre" in shown.read("[id=budget-error]")
    shown.page.get_by_label("Budget, avant tout financement").fill("20 000 €")
    shown.page.get_by_role("button", name="Calculer mon parcours").click()
    shown.wait_for_the_plan()
    assert "Formateur professionnel d" in shown.read("h1")
    assert "Il vous reste 4 blocs sur 4" in shown.read("main")
    shown.page.reload()
    shown.wait_for_the_plan()
    assert "Il vous reste 4 blocs sur 4" in shown.read("main")


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=IN_THE_SOAK)], ids=["with scripts", "without"])
def test_a_change_is_tried_beside_the_plan_and_kept_only_if_asked(screen: Open, scripts: bool) -> None:
    shown = screen(scripts=scripts)
    with_the_sample(shown)
    own = figures(shown)
    shown.page.get_by_role("link", name="Essayer").first.click()
    shown.wait_for_the_plan()
    assert "24 h 30 de moins" in shown.read("#essai ~ p")
    assert figures(shown) != own
    shown.page.get_by_role("link", name="Revenir à mon plan").click()
    shown.wait_for_the_plan()
    assert figures(shown) == own
    shown.page.go_back()
    shown.wait_for_the_plan()
    tried = figures(shown)
    shown.page.get_by_role("button", name="Garder ce changement").click()
    shown.wait_for_the_plan()
    assert "C’est gardé" in shown.read("main [role=status]") or "C'est gardé" in shown.read("main [role=status]")
    assert figures(shown) == tried
    assert shown.page.locator("#essai").count() == 0


def test_an_alternative_is_chosen(screen: Open) -> None:
    shown = screen()
    with_the_sample(shown)
    own = figures(shown)
    told = shown.page.locator("#autres ~ ul .big").first.inner_text().split(" · ")[0]
    shown.page.get_by_role("link", name="Voir ce parcours").first.click()
    shown.wait_for_the_plan()
    assert figures(shown)[0] == " ".join(told.split()) != own[0]
    shown.page.get_by_role("button", name="Garder ce changement").click()
    shown.wait_for_the_plan()
    assert figures(shown)[0] == " ".join(told.split())


@pytest.mark.parametrize("scripts", [True, pytest.param(False, marks=IN_THE_SOAK)], ids=["with scripts", "without"])
def test_no_plan_then_a_way_out(screen: Open, scripts: bool) -> None:
    shown = screen(scripts=scripts)
    with_the_sample(shown)
    shown.page.get_by_label("Budget").fill("100")
    shown.page.get_by_role("button", name="Essayer ces chiffres").click()
    shown.wait_for_the_plan()
    shown.page.get_by_role("button", name="Garder ce changement").click()
    shown.wait_for_the_plan()
    assert "Aucun parcours ne tient" in shown.read("#impasse ~ ul")
    shown.page.locator(".ways a").first.click()
    shown.wait_for_the_plan()
    assert "Un parcours devient possible" in shown.read("#essai ~ p")
    shown.page.get_by_role("button", name="Garder ce changement").click()
    shown.wait_for_the_plan()
    assert shown.page.locator("#impasse").count() == 0
    assert shown.page.locator(".step").count() > 0


def test_every_document_is_taken_away_and_opens(screen: Open, downloads: Path) -> None:
    shown = screen()
    with_the_sample(shown)
    hours = figures(shown)[0]
    for name, link in (("pdf", "PDF"), ("xlsx", "Excel (XLSX)"), ("ics", "Agenda (ICS)")):
        with shown.page.expect_download() as waited:
            shown.page.get_by_role("link", name=link).click()
        waited.value.save_as(downloads / f"plan.{name}")
    text = " ".join(PdfReader(BytesIO((downloads / "plan.pdf").read_bytes())).pages[0].extract_text().split())
    assert hours.replace("au moins ", "") in text.replace("\u00a0", " ").replace("\u202f", " ")
    assert len(load_workbook(downloads / "plan.xlsx").sheetnames) >= 5
    assert (downloads / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_step_that_is_done_moves_the_plan_on(screen: Open) -> None:
    shown = screen()
    with_the_sample(shown)
    before = shown.page.locator(".step.module").count()
    shown.page.locator(".step.module").first.get_by_role("button", name="C’est fait").click()
    shown.wait_for_the_plan()
    assert "le plan repart de là" in shown.read("main [role=status]")
    assert shown.page.locator(".step.module").count() == before - 1


def test_a_link_brings_the_plan_back_in_another_browser(screen: Open) -> None:
    shown = screen()
    with_the_sample(shown)
    own = figures(shown)
    shown.page.get_by_role("button", name="Obtenir un lien pour revenir").click()
    href = shown.page.get_by_label("Votre lien").input_value()
    other = screen()
    other.go(href.removeprefix(shown.address))
    other.accessible()
    other.page.get_by_role("button", name="Reprendre ce plan").click()
    other.wait_for_the_plan()
    assert figures(other) == own
    other.go(href.removeprefix(shown.address))
    other.page.get_by_role("button", name="Le supprimer").click()
    assert shown.go(href.removeprefix(shown.address)).status == 404
    shown.accessible()


def test_a_plan_by_keyboard_alone(screen: Open) -> None:
    shown = screen()
    shown.go("/")
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    shown.page.keyboard.press("Enter")
    press_until(shown, "Voir tout de suite un plan")
    shown.page.keyboard.press("Enter")
    shown.wait_for_the_plan()
    press_until(shown, "Essayer")
    outline = shown.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 2
    shown.page.keyboard.press("Enter")
    shown.page.wait_for_url("**confirme=**")
    shown.wait_for_the_plan()
    press_until(shown, "Garder ce changement")
    shown.page.keyboard.press("Enter")
    shown.page.wait_for_url("**/parcours/plan")
    assert "gardé" in shown.read("main [role=status]")


def press_until(shown: Screen, words: str) -> None:
    """Go on with Tab until what has the focus says these words."""
    for _ in range(150):
        shown.page.keyboard.press("Tab")
        if shown.page.evaluate("document.activeElement.textContent").strip().startswith(words):
            return
    raise AssertionError(f"the keyboard does not reach « {words} »")


def test_without_scripts_two_referentials_a_bridge_and_the_nearest_targets(screen: Open) -> None:
    shown = screen(scripts=False)
    shown.go("/referentiels/comparer?a=deme@2007&b=bpjeps-tic@2002")
    assert "BPJEPS TIC (2002)" in shown.read("main")
    shown.go("/passerelles/deme@2007/bpjeps-tic@2002?le=2014-06-01")
    assert "UC1" in shown.read("main")
    assert "8 décembre 2008" in shown.read("main")
    with_the_sample(shown)
    shown.go("/parcours/orientation")
    shown.page.locator("main").get_by_role("button", name="Choisir").nth(1).click()
    shown.go("/parcours/plan")
    shown.wait_for_the_plan()
    assert "Formateur" not in shown.read("h1")


def test_english_is_chosen_and_stays(screen: Open) -> None:
    shown = screen()
    with_the_sample(shown)
    shown.page.get_by_role("link", name="English").click()
    shown.wait_for_the_plan()
    assert shown.page.locator("html").get_attribute("lang") == "en"
    assert "My plan towards" in shown.read("main")
    shown.accessible()


def test_what_is_hostile_is_only_text(screen: Open) -> None:
    shown = screen()
    for path in ("/recherche?q=", "/parcours/cible?q=", "/referentiels?q=", "/parcours/plan?heures="):
        shown.go(path + HOSTILE.replace("=", "%3D"))
        assert "alert(1)" not in shown.page.evaluate("[...document.scripts].map(one => one.textContent).join()")
        assert not shown.console
    assert date.today()  # nothing asked for a dialogue on the way
