"""``passerelles db``: the tables brought up to date, the whole database read again to find what is broken, old files forgotten."""

from __future__ import annotations

import typer

from api.commands.store_options import opened_store
from api.terminal.problems import WRONG, WrongRequest, near
from api.terminal.screen import answer, notice
from reports.wording import plural

HELP = """
Préparer ou contrôler la base de données que nomme PASSERELLES_DATABASE_URL (sans réglage : le fichier passerelles.sqlite3, ici).

« db upgrade » crée les tables ou les met à jour, et remplit l'index de recherche ; on peut le relancer sans risque. « db check »
relit tout : schéma, fichier, journal, registre des publications ; il finit avec 2 si quelque chose est rompu. « db purge » supprime ce
qui a dépassé sa durée de conservation : dossiers sans activité, travaux terminés, calculs en grand nombre gardés, sessions finies ; faites-le
lancer chaque nuit.
"""
EXAMPLES = ("db upgrade", "db check", "db purge")


def command(
    action: str = typer.Argument(
        metavar="ACTION", help="upgrade (mettre à jour), check (contrôler) ou purge (oublier)."
    ),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Bring the database up to date, examine it, or forget what is too old."""
    actions = {"upgrade": _upgrade, "check": _check, "purge": _purge}
    if action not in actions:
        raise WrongRequest(
            f"« {action} » n'est pas une action : écrivez upgrade, check ou purge.", near(action, actions)
        )
    actions[action](json)


def _upgrade(json: bool) -> None:
    from api.store import health, schema
    from api.store.repositories.search import index_shipped
    from referentials.library import Library

    with opened_store(up_to_date=False) as store:
        before = health.reached(store)
        schema.upgrade(store.engine)
        after = schema.revision_of(store.engine)
        with store.write() as unit:
            indexed = index_shipped(unit, Library.read())
    if json:
        answer().json({"before": before, "revision": after, "indexed": indexed})
        return
    answer().line(f"La base de données est à jour (révision {after}).", "bold")
    if indexed:
        answer().line("L'index de recherche de la bibliothèque fournie est rempli.")


def _check(json: bool) -> None:
    from api.store.health import examine

    with opened_store() as store:
        report = examine(store)
    if json:
        answer().json(report._asdict())
    else:
        for problem in report.problems:
            notice().line(problem, "red")
        if not report.problems:
            answer().line("Rien n'est rompu.", "bold")
        answer().line(f"Révision {report.revision} ; journal de {plural(report.lines, 'ligne')}.")
        answer().line(f"Empreinte de la dernière ligne, à noter ailleurs : {report.head or 'aucune'}")
    if report.problems:
        raise typer.Exit(WRONG)


def _purge(json: bool) -> None:
    from api.settings import settings
    from api.store.retention import forget_old

    days = {"people_days": settings().keep_people_days, "jobs_days": settings().keep_jobs_days}
    days["bulk_days"] = settings().keep_bulk_days
    people = jobs = links = 0
    with opened_store() as store:
        more = True
        while more:
            with store.write() as unit:
                found = forget_old(unit, **days)
            people, jobs, links, more = people + found.people, jobs + found.jobs, links + found.links, found.more
    if json:
        answer().json({"people": people, "jobs": jobs, "links": links})
    else:
        answer().line(
            f"Supprimés : {plural(people, 'dossier')}, {plural(jobs, 'travail', 'travaux')}, {plural(links, 'lien')}.",
            "bold",
        )
