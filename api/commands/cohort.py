"""``passerelles cohort``: many people at once, each with the best plan, and what all of them together take."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.library_options import DATABASE, day, existing, opened
from api.terminal.problems import WrongRequest
from api.terminal.screen import answer, notice

if TYPE_CHECKING:
    from api.bulk.ledger import Ledger
    from api.bulk.shelf import Shelf
    from api.services.cohort import Everybody, Means
    from pathways.question import Question
    from referentials.library import Library

HELP = """
Calculer d'un coup le parcours de beaucoup de personnes : celles qui ont le même problème partagent la même réponse, prouvée et vérifiée
une fois.

Les personnes viennent d'un classeur (le modèle des équipes), d'un tableau CSV, d'une liste de profils en YAML ou en JSON, d'un profil par
ligne (.jsonl), ou de tous les fichiers d'un dossier. Sans --target, chacune va vers la cible qu'elle dit ; avec plusieurs, vers chacune.
Ce qui ne convient pas est compté et dit, et n'arrête personne.

-o écrit une ligne par personne (.csv, .xlsx ou .jsonl) ; --person donne le parcours entier d'une personne. Ctrl-C donne ce qui est déjà
calculé. Avec --resume, chaque réponse est gardée dans la base de données dès qu'elle est prête, et la même commande ne calcule ensuite
que ce qui manque. Le calcul occupe tous les processeurs, ou la grappe que nomme PASSERELLES_DASK.
"""
EXAMPLES = (
    "cohort equipe.xlsx --target tp-fpa",
    "cohort profils.jsonl --target tp-mn --target tp-fpa --illustrative -o plans.csv",
    "cohort region.csv --target tp-fpa --resume --workers 8",
    "cohort equipe.xlsx --target tp-fpa --person p-001",
)


def command(
    people: Path = typer.Argument(
        metavar="PERSONNES", help="Un classeur, un tableau CSV, une liste de profils, ou un dossier."
    ),
    target: list[str] = typer.Option(
        [], "--target", metavar="CIBLE", help="La même cible pour toutes ; on peut répéter."
    ),
    offer: list[Path] = typer.Option(
        [], "--offer", metavar="CHEMIN", help="Ajouter une offre, ou un dossier d'offres."
    ),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    minimise: str = typer.Option(
        "hours",
        "--minimise",
        metavar="LISTE",
        help="Quoi réduire, dans l'ordre : hours, cost, weeks, modules, peak_load.",
    ),
    time_limit: float | None = typer.Option(None, "--time-limit", metavar="S", help="Secondes par problème, au plus."),
    illustrative: bool = typer.Option(False, "--illustrative", help="Choisir aussi parmi les modules inventés."),
    workers: int | None = typer.Option(
        None, "--workers", min=0, max=1024, metavar="N", help="Processus de ce poste ; 0 : aucun autre que celui-ci."
    ),
    resume: bool = typer.Option(
        False, "--resume", help="Garder ce qui est calculé dans la base de données, et ne calculer que ce qui manque."
    ),
    person: str = typer.Option("", "--person", metavar="ID", help="Le parcours entier de cette personne, seul."),
    limit: int = typer.Option(20, "--limit", metavar="N", help="Combien de personnes montrer ; 0 : toutes."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
    output: Path | None = typer.Option(None, "-o", "--output", metavar="FICHIER", help="Une ligne par personne."),
) -> None:
    """Ask for everybody."""
    from api.commands.cohort_files import check, write
    from api.commands.plan import objectives_named
    from api.commands.profile_options import target_named
    from api.services.planning import read_offers
    from pathways.profile import Profile
    from pathways.question import Question

    existing([people])
    check(output)
    given = read_offers(existing(offer))
    asked, known = day(on), opened([*library, *given], database)
    targets = [target_named(known, text, asked) for text in target]
    question = Question(
        Profile(),
        "",
        asked,
        objectives_named(minimise),
        real_only=not illustrative,
        given=tuple(one.id for one in given.values()),
        explain=False,
        time_limit=time_limit,
    )
    if person:
        _one(person, people, targets, question, known, json=json)
        return
    with ExitStack() as stack:
        means = _means(stack, [*library, *given], workers, database=database, resume=resume)
        found = _asked(people, question, known, targets, means)
    if output is not None:
        write(found, output)
    _show(found, limit, json=json, resume=resume)
    if output is not None:
        notice().line(f"{len(found)} lignes écrites dans « {output} ».")


def _show(found: Everybody, limit: int, *, json: bool, resume: bool) -> None:
    if json:
        lines = [line.model_dump(mode="json") for line in found.lines()]
        answer().json(found.summary.model_dump(mode="json") | {"lines": lines})
        return
    from api.terminal.cohort_page import show_cohort

    show_cohort(answer(), found, limit)
    if found.summary.stopped:
        words = (
            "Relancez la même commande : elle ne calculera"
            if resume
            else "Avec --resume, la même commande ne calculerait"
        )
        notice().line(f"{words} que ce qui manque.")


# -- the work -----------------------------------------------------------------------------------------------------------

WORTH_PROCESSES = 60
"""Distinct problems from which processes are started of themselves: they take a second or two to be ready."""


def _means(stack: ExitStack, places: Sequence[Path], workers: int | None, *, database: bool, resume: bool) -> Means:
    """Who works, where what is done is kept, and the library that workers read."""
    from api.bulk.choice import chosen
    from api.bulk.workforce import Workforce
    from api.services.cohort import Means
    from api.settings import settings

    def choose(problems: int) -> Workforce:
        few = workers is None and not settings().dask and problems < WORTH_PROCESSES
        return chosen(settings(), 0 if few else workers)

    ledger, shelf = _stored(stack, places, database=database, resume=resume)
    return Means(choose, ledger, shelf)


def _stored(stack: ExitStack, places: Sequence[Path], *, database: bool, resume: bool) -> tuple[Ledger | None, Shelf]:
    from api.bulk.shelf import Mark, shelf_of

    if not (database or resume):
        return None, shelf_of(places)
    from api.bulk.ledger import StoredLedger
    from api.commands.store_options import opened_store
    from api.store.scope import Scope

    store = stack.enter_context(opened_store())
    with store.read() as unit:
        mark = Mark(numbers=unit.of(Scope()).library_mark) if database else None
    return StoredLedger(store) if resume else None, shelf_of(places, mark)


def _asked(people: Path, question: Question, known: Library, targets: Sequence[str], means: Means) -> Everybody:
    from api.bulk.cluster import OutOfReach
    from api.bulk.work import Refused
    from api.services.cohort import asked_for_all
    from api.services.cohort_people import people_in
    from api.terminal.cohort_progress import CohortProgress
    from api.terminal.interruption import Interruption

    with Interruption("Arrêt demandé : ce qui est calculé va suivre. Ctrl-C encore pour quitter.") as interruption:
        interruption.search_begins()
        with CohortProgress() as progress:
            try:
                return asked_for_all(
                    people_in(people),
                    question,
                    known,
                    targets,
                    means,
                    tell=progress.tell,
                    should_stop=interruption.asked,
                )
            except Refused as problem:
                raise WrongRequest(str(problem)) from None
            except OutOfReach as problem:
                kept = (
                    "Ce qui est calculé est gardé : relancez la même commande"
                    if means.ledger
                    else "Relancez avec --resume"
                )
                raise WrongRequest(f"{problem} {kept} quand elle répondra.") from None


def _one(person: str, people: Path, targets: Sequence[str], question: Question, known: Library, *, json: bool) -> None:
    """The whole plan of one person, towards each target."""
    from api.services.cohort_people import Asking, people_in

    found = next((one for one in people_in(people) if isinstance(one, Asking) and one.profile.id == person), None)
    if found is None:
        raise WrongRequest(f"« {person} » n'est pas parmi les personnes de « {people} ».")
    wanted = targets or ([found.target] if found.target else [])
    if not wanted:
        raise WrongRequest(f"« {person} » ne dit pas où aller : ajoutez --target.")
    for target in wanted:
        _tell(replace(question, profile=found.profile, target=target, explain=True), known, json=json)


def _tell(question: Question, known: Library, *, json: bool) -> None:
    from api.services.knowledge import rights_for
    from api.terminal.interruption import Interruption
    from api.terminal.plan_page import PlanPage
    from pathways.holdings import ProfileProblem
    from pathways.planner import plan
    from pathways.solution import Limits

    with Interruption() as interruption:
        interruption.search_begins()
        try:
            found = plan(question, rights_for(known, question), Limits(question.time_limit, interruption.asked))
        except ProfileProblem as problem:
            raise WrongRequest(str(problem)) from None
    if json:
        answer().json(found.model_dump(mode="json", by_alias=True))
    else:
        PlanPage(answer(), found, question.profile.can_give, known).show()
