"""What must hold of every page, wide by day, then narrow by night: axe, reflow, targets, silence of the console, nothing from elsewhere."""

from urllib.parse import urlsplit

from api.app import routers
from tests.web.conftest import Administered, Followed, Open
from tests.web.screen import Screen
from tests.web.site_people import ADVISER, DESIGNER, PASSWORD, PROFESSIONAL, SERVICE, TRAINER

ALONE = (
    "/",
    "/aide",
    "/a-propos",
    "/accessibilite",
    "/donnees-personnelles",
    "/nulle-part",
    "/connexion",
    "/recherche?q=médiateur",
    "/recherche?q=zzzz",
    "/parcours",
    "/parcours/cible?q=formateur",
    "/referentiels",
    "/referentiels?q=animation",
    "/referentiels/tp-fpa@2023",
    "/referentiels/tp-mn@2025",
    "/referentiels/deme/historique",
    "/referentiels/comparer?a=deme@2007&b=bpjeps-tic@2002",
    "/passerelles",
    "/passerelles/choisir",
    "/passerelles/nationale?le=2014-06-01&vue=enchainements",
    "/passerelles/deme@2007/bpjeps-tic@2002?jour=2014-06-01",
    "/equipes",
    "/redaction",
    "/offre",
    "/offre?offre=&cible=zzzz",
    "/offre/atelier-demo-formation",
    "/offre/atelier-demo-formation/emporter",
    "/referentiels/tp-mn@2025/emporter",
    "/importer",
    "/offre/atelier-demo-formation/couverture?cible=tp-fpa@2023",
    "/offre/cip-par-bloc/publics?cible=tp-cip@2023",
)
AFTER_THE_SAMPLE = (
    "/parcours/acquis",
    "/parcours/acquis/experience",
    "/parcours/acquis/metier",
    "/parcours/acquis/diplome?q=formateur",
    "/parcours/acquis/competences",
    "/parcours/acquis/conditions",
    "/parcours/acquis/fichier",
    "/parcours/cible",
    "/parcours/orientation",
    "/parcours/possibilites",
    "/parcours/emporter",
    "/parcours/plan",
    "/parcours/plan?vue=calendrier",
    "/parcours/plan?vue=carte",
    "/parcours/plan?heures=10",
    "/parcours/plan?budget=10",
    "/parcours/plan?heures=beaucoup",
)
SIGNED_IN = ("/compte", "/compte/mot-de-passe", "/compte/supprimer", "/compte/dossier-remis", "/parcours/emporter")
OF_A_TRAINING_BODY = (
    "/importer",
    "/importer/{imported}",
    "/offre/nouvelle",
    "/offre/offre-d-essai",
    "/offre/offre-d-essai/nouveau-module",
    "/offre/nouvelle/classeur",
    "/offre/offre-d-essai/classeur",
    "/offre/offre-d-essai/lot",
    "/offre/offre-d-essai/modifier",
    "/offre/offre-d-essai/correspondances?cible=tp-fpa@2023",
    "/offre/offre-d-essai/correspondances/modules/animer?cible=tp-fpa@2023",
    "/offre/offre-d-essai/correspondances/competence?ref=tp-fpa@2023/CCP2/C5",
    "/offre/offre-d-essai/correspondances/lot?cible=tp-fpa@2023&faire=suggestions&seuil=10",
    "/offre/offre-d-essai/historique",
    "/offre/offre-d-essai/historique/1",
    "/offre/offre-d-essai/modules/animer",  # the last: its form is sent afterwards
)
OF_AN_ADVISER = (
    "/equipes",
    "/equipes/personnes",
    "/equipes/personnes/{person}?q=formateur",
    "/equipes/personnes/{person}/acquis?ref=deme@2007",
    "/equipes/plans?p={person}&q=formateur&inventes=oui&point=oui",
    "/equipes/importer",
    "/equipes/importer/{list}",
    "/equipes/budget?budget=1000",
    "/equipes/arbitrage?budget=3000&cible=tp-fpa@2023&inventes=oui",
    "/equipes/sessions-communes?cible=tp-fpa@2023&inventes=oui&debut-1=2027-05-03&fin-1=2027-06-18&prix-1=1500&most-1=8"
    "&module-1=atelier-demo-formation:fpa-animer-evaluer",
    "/equipes/a-recalculer",
    "/equipes/a-recalculer/{proposal}",
    "/equipes/ecarts?cible=tp-fpa@2023",
    "/equipes/ecarts?cible=tp-fpa@2023&cible=bpjeps-tic@2002",
    "/equipes/cohortes/{cohort}",
    "/territoires?competence=tp-fpa@2023/CCP1/C1",
    "/equipes/travaux/{job}",
)
OF_AN_ADMINISTRATOR = (
    "/administration",
    "/administration/organismes",
    "/administration/organismes/{organisation}",
    "/administration/comptes",
    "/administration/comptes/{account}",
    "/administration/nouveau-compte",
    "/administration/jetons",
    "/administration/travaux",
    "/administration/travaux/{job}",
    "/administration/journal?verifier=oui",
    "/administration/conservation",
)
OF_A_DESIGNER = (
    "/redaction",
    "/redaction/nouveau?base=tp-mn@2025",
    "/redaction/{draft}",
    "/redaction/{draft}?element=CCP1",
    "/redaction/{draft}?element=CCP1/C1.1",
    "/redaction/{draft}/deplacer?element=CCP1/C1.1",
    "/redaction/{draft}/scinder?element=CCP1",
    "/redaction/{draft}/fusionner?element=CCP1",
    "/redaction/{draft}/retirer?element=CCP1",
    "/redaction/{draft}/historique",
    "/redaction/{draft}/historique/1",
    "/redaction/{draft}/yaml",
    "/redaction/{draft}/relecture",
    "/redaction/{draft}/commentaires",
    "/redaction/{draft}/liens",
    "/redaction/{draft}/effets",
    "/redaction/publications/tp-mn@2025",
    "/redaction/droits?q=tp-mn",
    "/redaction/droits/nouveau?de=tp-remn@2019/CCP1",
    "/redaction/droits/cmn-ccp1-vers-remn-ccp1",
    "/redaction/proximites/nouvelle",
    "/redaction/proximites/remn-c1.1--mn-c1.3",
)

NO_PAGES = {
    "/langue/{language}",
    "/theme.css",
    "/recherche/suggestions",
    "/compte/donnees.json",
    "/parcours/mes-reponses.json",
    "/parcours/plan-moodle.csv",
    "/offre/{name}/changements",  # leads back to the offer
    "/importer/{run_id}/compte-rendu.csv",
    "/administration/journal.csv",
    "/territoires/chiffres.csv",
    "/parcours/lien/{secret}",  # tried in test_journeys.py
    "/parcours/lien/{secret}/positionnement",  # the same page as of a plan that is followed
    "/equipes/positionnement/{plan_id}",  # looked at from the job
}


def look(shown: Screen, path: str) -> None:
    """Open a page, wait for what it computes, unfold all that it folds, and ask of it what must hold of every page."""
    shown.go(path)
    if urlsplit(path).path == "/parcours/plan":
        shown.wait_for_the_plan()
    if urlsplit(path).path.endswith("/effets"):
        shown.page.get_by_text("d’essai pour qui").first.wait_for()
    shown.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    shown.accessible_by_day_and_by_night()


def test_every_page_can_be_read_by_everyone(screen: Open) -> None:
    shown = screen()
    for path in ALONE:
        look(shown, path)


def test_every_page_of_somebody_who_has_answered_can_be_read_by_everyone(screen: Open) -> None:
    shown = screen()
    shown.go("/")
    shown.page.get_by_role("button", name="Voir tout de suite un plan").click()
    shown.wait_for_the_plan()
    for path in AFTER_THE_SAMPLE:
        look(shown, path)


def test_every_page_of_somebody_who_has_signed_in_can_be_read_by_everyone(screen: Open) -> None:
    shown = screen()
    shown.sign_in(PROFESSIONAL, PASSWORD)
    for path in SIGNED_IN:
        look(shown, path)


def test_every_page_of_a_training_body_can_be_read_by_everyone(screen: Open, imported: str) -> None:
    shown = screen()
    shown.sign_in(TRAINER, PASSWORD)
    for path in OF_A_TRAINING_BODY:
        look(shown, path.format(imported=imported))
    shown.page.evaluate("document.querySelector('main [name=revision]').value = '0'")
    shown.page.locator("#titre").fill("Animer, autrement")
    shown.page.get_by_role("button", name="Enregistrer").click()
    shown.page.get_by_role("heading", name="Quelqu’un d’autre a modifié cette offre").wait_for()
    shown.accessible_by_day_and_by_night()


def test_every_page_of_an_adviser_can_be_read_by_everyone(screen: Open, followed: Followed) -> None:
    shown = screen()
    shown.sign_in(ADVISER, PASSWORD)
    for path in OF_AN_ADVISER:
        look(shown, path.format(**followed._asdict()))
    look(shown, shown.page.locator("a[href^='/equipes/positionnement/']").first.get_attribute("href") or "")
    shown.go("/equipes/personnes")
    shown.page.get_by_role("button", name="Ouvrir son dossier").click()
    shown.page.get_by_text("3 réponses sont à revoir").wait_for()
    shown.accessible_by_day_and_by_night()


def test_every_page_of_an_administrator_can_be_read_by_everyone(screen: Open, administered: Administered) -> None:
    shown = screen()
    shown.sign_in(SERVICE, PASSWORD)
    for path in OF_AN_ADMINISTRATOR:
        look(shown, path.format(**administered._asdict()))
    shown.go(f"/administration/comptes/{administered.account}")
    shown.page.evaluate("document.querySelector('main [name=revision]').value = '0'")
    shown.page.get_by_role("button", name="Enregistrer").click()
    shown.page.get_by_role("heading", name="Quelqu’un d’autre a modifié ce compte").wait_for()
    shown.accessible_by_day_and_by_night()


def test_every_page_of_a_designer_can_be_read_by_everyone(screen: Open, drafted: str) -> None:
    shown = screen()
    shown.sign_in(DESIGNER, PASSWORD)
    for path in OF_A_DESIGNER:
        look(shown, path.format(draft=drafted))


def test_no_page_is_left_out() -> None:
    roles = (*SIGNED_IN, *OF_A_TRAINING_BODY, *OF_AN_ADVISER, *OF_AN_ADMINISTRATOR, *OF_A_DESIGNER)
    looked_at = {urlsplit(path).path for path in (*ALONE, *AFTER_THE_SAMPLE, *roles)}
    routes = [
        route for router in routers() for route in router.routes if route.endpoint.__module__.startswith("api.web")
    ]
    left_out = [
        route.path
        for route in routes
        if "GET" in route.methods
        and not any(route.path_regex.fullmatch(path) for path in looked_at)
        and route.path not in NO_PAGES
        and not any(word in route.path for word in ("/document/", "/documents/", "/fichiers/"))
    ]
    assert left_out == []
