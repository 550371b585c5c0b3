"""``passerelles cohort``: many people at once, each with the best plan, and what all of them together take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.commands.library_options import DATABASE, day, existing, opened
from api.terminal.problems import WrongRequest
from api.terminal.screen import answer, notice, to_json

if TYPE_CHECKING:
    from api.services.cohort import Summary
    from pathways.question import Question

HELP = """
Calculer d'un coup le parcours de beaucoup de personnes : celles qui ont le même problème partagent la même réponse, prouvée et vérifiée
une fois.

Les personnes viennent d'un classeur (le modèle des équipes), d'une liste de profils en YAML ou en JSON, d'un profil par ligne (.jsonl), ou
de tous les fichiers d'un dossier. Sans --target, chacune va vers la cible qu'elle dit. Ce qui ne convient pas est compté et dit, et n'arrête
personne.

-o écrit une ligne par personne (.csv ou .jsonl). Ctrl-C donne ce qui est déjà calculé.
"""
EXAMPLES = (
    "cohort equipe.xlsx --target tp-fpa",
    "cohort profils.jsonl --target tp-mn --illustrative -o plans.csv",
    "cohort equipe.xlsx --json",
)
_COLUMNS = (
    "personne",
    "cible",
    "réponse",
    "prouvé",
    "heures",
    "coût",
    "semaines",
    "modules",
    "blocs restants",
    "à corriger",
)


def command(
    people: Path = typer.Argument(metavar="PERSONNES", help="Un classeur, une liste de profils, ou un dossier."),
    target: str = typer.Option("", "--target", metavar="CIBLE", help="La même cible pour toutes."),
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
    limit: int = typer.Option(20, "--limit", metavar="N", help="Combien de personnes montrer ; 0 : toutes."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
    output: Path | None = typer.Option(None, "-o", "--output", metavar="FICHIER", help="Une ligne par personne."),
) -> None:
    """Ask for everybody."""
    from api.commands.plan import objectives_named
    from api.commands.profile_options import target_named
    from api.services.planning import read_offers
    from pathways.profile import Profile
    from pathways.question import Question

    existing([people])
    _writable(output)
    given = read_offers(existing(offer))
    asked, known = day(on), opened([*library, *given], database)
    question = Question(
        Profile(),
        target_named(known, target, asked) if target else "",
        asked,
        objectives_named(minimise),
        real_only=not illustrative,
        given=tuple(one.id for one in given.values()),
        explain=False,
        time_limit=time_limit,
    )
    found = _asked(people, question, known)
    if output is not None:
        _write(found, output)
    if json:
        answer().json(found.model_dump(mode="json"))
        return
    from api.terminal.cohort_page import show_cohort

    show_cohort(answer(), found, limit)
    if output is not None:
        notice().line(f"{len(found.lines)} lignes écrites dans « {output} ».")


def _writable(output: Path | None) -> None:
    if output is not None and output.suffix.lower() not in (".csv", ".jsonl"):
        raise WrongRequest("-o attend un fichier .csv ou .jsonl.")


def _asked(people: Path, question: Question, known: Any) -> Summary:
    from api.services.cohort import asked_for_all
    from api.services.cohort_people import people_in
    from api.terminal.interruption import Interruption
    from api.terminal.progress import Progress
    from pathways.recognition import Rights

    everybody = list(people_in(people))
    with Interruption() as interruption, Progress() as progress:
        interruption.search_begins()
        return asked_for_all(
            everybody,
            question,
            Rights(known),
            tell=lambda done: progress.tell(f"{done} personnes sur {len(everybody)}", done, len(everybody)),
            should_stop=interruption.asked,
        )


def _write(found: Summary, output: Path) -> None:
    """One line per person, in CSV as French spreadsheets read it, or in JSON Lines."""
    import csv

    from reports.exporters.csv import SEPARATOR, inert

    if output.suffix.lower() == ".jsonl":
        output.write_text("".join(f"{to_json(line.model_dump(mode='json'))}\n" for line in found.lines), "utf-8")
        return
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=SEPARATOR)
        writer.writerow(_COLUMNS)
        writer.writerows(map(inert, row) for row in _rows(found))


def _rows(found: Summary) -> Iterator[list[str]]:
    from api.terminal.cohort_page import STATUSES
    from reports.wording import number

    for line in found.lines:
        one = line.answer
        if one is None:
            yield [line.person, line.target or "", *[""] * 7, " ".join(line.problems)]
            continue
        totals, proved = one.totals, all(step.proved for step in one.objective)
        figures: Iterable[float | None] = (
            totals.hours,
            totals.cost,
            totals.weeks,
            totals.modules,
            one.standing.remaining,
        )
        told = ["" if figure is None else number(figure) for figure in figures]
        yield [line.person, line.target or "", STATUSES[one.status], "oui" if proved else "non", *told, ""]
