"""``passerelles budget``: a budget that does not pay for everybody, and who completes, who gets blocks, who waits and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.commands.library_options import DATABASE, day, existing, opened
from api.terminal.problems import WrongRequest
from api.terminal.screen import answer, notice

if TYPE_CHECKING:
    from api.services.group_budget import GroupBudget, Sharing
    from pathways.question import Question

HELP = """
Décider pour un groupe avec un budget qui ne suffit pas à tous : qui va au bout de sa cible, qui obtient quels blocs, qui attend, et pourquoi.

La décision est exacte : rien ne fait mieux avec ce budget. --by dit ce qui passe d'abord : « titles », le plus de personnes au bout de leur
cible, puis le plus de blocs ; « blocks », le plus de blocs obtenus, puis de personnes ; « fairness », l'équité entre services : la plus petite
part de personnes servies dans un service est la plus grande possible, puis la suivante, et ainsi de suite. Ensuite, la plus petite dépense.

Un module dont le prix n'est pas connu n'est jamais compté comme gratuit : les personnes qui en dépendent sont dites à part. --hours partage
des heures au lieu d'euros. --front donne tous les compromis entre le budget et les personnes, et les blocs.

Les personnes viennent des mêmes fichiers que pour « cohort ». Ctrl-C décide parmi celles qui sont déjà calculées.
"""
EXAMPLES = (
    "budget equipe.xlsx --budget 20000 --target tp-fpa",
    "budget equipe.xlsx --budget 20000 --by fairness --front",
    "budget profils.jsonl --hours 400 --illustrative -o decision.csv",
)
_COLUMNS = (
    "personne",
    "service",
    "cible",
    "décision",
    "blocs obtenus",
    "dépense",
    "prix de la cible",
    "de plus pour aller au bout",
    "évaluation non lue en plus",
    "à la place de",
    "pourquoi",
)
_BY = ("titles", "blocks", "fairness")


def command(
    people: Path = typer.Argument(metavar="PERSONNES", help="Un classeur, une liste de profils, ou un dossier."),
    budget: float | None = typer.Option(None, "--budget", metavar="EUROS", help="Ce qu'il y a à partager, en euros."),
    hours: float | None = typer.Option(None, "--hours", metavar="HEURES", help="Des heures à partager, à la place."),
    by: str = typer.Option("titles", "--by", metavar="CRITÈRE", help="titles, blocks ou fairness."),
    front: bool = typer.Option(False, "--front", help="Donner tous les compromis."),
    target: str = typer.Option("", "--target", metavar="CIBLE", help="La même cible pour toutes."),
    offer: list[Path] = typer.Option(
        [], "--offer", metavar="CHEMIN", help="Ajouter une offre, ou un dossier d'offres."
    ),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    time_limit: float | None = typer.Option(None, "--time-limit", metavar="S", help="Secondes par parcours, au plus."),
    illustrative: bool = typer.Option(False, "--illustrative", help="Choisir aussi parmi les modules inventés."),
    limit: int = typer.Option(20, "--limit", metavar="N", help="Combien de personnes montrer ; 0 : toutes."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
    output: Path | None = typer.Option(None, "-o", "--output", metavar="FICHIER", help="Une ligne par personne."),
) -> None:
    """Share it out."""
    from api.commands.profile_options import target_named
    from api.services.planning import read_offers
    from pathways.profile import Profile
    from pathways.question import Question

    existing([people])
    if output is not None and output.suffix.lower() not in (".csv", ".jsonl"):
        raise WrongRequest("-o attend un fichier .csv ou .jsonl.")
    sharing = _sharing(budget, hours, by, front=front)
    given = read_offers(existing(offer))
    asked, known = day(on), opened([*library, *given], database)
    question = Question(
        Profile(),
        target_named(known, target, asked) if target else "",
        asked,
        real_only=not illustrative,
        given=tuple(one.id for one in given.values()),
        explain=False,
        time_limit=time_limit,
    )
    found = _shared_out(people, question, known, sharing)
    if output is not None:
        _write(found, output)
    if json:
        answer().json(found.model_dump(mode="json"))
        return
    from api.terminal.budget_page import show_budget

    show_budget(answer(), found, limit)
    if output is not None:
        notice().line(f"{len(found.decision.lines)} lignes écrites dans « {output} ».")


def _sharing(budget: float | None, hours: float | None, by: str, *, front: bool) -> Sharing:
    from api.commands.profile_options import among
    from api.services.group_budget import Sharing
    from pathways.group.budget_answer import Criterion
    from pathways.objectives import Objective, cents, minutes

    among([by], _BY, "un critère")
    if (budget is None) == (hours is None):
        raise WrongRequest("Donnez ce qu'il y a à partager : --budget 20000 en euros, ou --hours 400 en heures.")
    if (budget or 0) < 0 or (hours or 0) < 0 or max(budget or 0, hours or 0) > 10**9:
        raise WrongRequest("Ce qu'il y a à partager va de 0 à un milliard.")
    criterion = Criterion(by)
    if hours is not None:
        return Sharing(minutes(hours), criterion, Objective.HOURS, front=front)
    return Sharing(cents(budget or 0), criterion, Objective.COST, front=front)


def _shared_out(people: Path, question: Question, known: Any, sharing: Sharing) -> GroupBudget:
    from api.services.cohort_people import people_in
    from api.services.group_budget import shared_out
    from api.terminal.interruption import Interruption
    from api.terminal.progress import Progress
    from pathways.recognition import Rights

    everybody = list(people_in(people))
    with Interruption() as interruption, Progress() as progress:
        interruption.search_begins()
        return shared_out(
            everybody,
            question,
            Rights(known),
            sharing,
            tell=lambda done: progress.tell(f"{done} personnes sur {len(everybody)}", done, len(everybody)),
            should_stop=interruption.asked,
        )


def _write(found: GroupBudget, output: Path) -> None:
    """One line per person, in CSV as French spreadsheets read it, or in JSON Lines."""
    import csv

    from api.terminal.budget_page import columns
    from reports.exporters.csv import SEPARATOR, inert

    decision = found.decision
    if output.suffix.lower() == ".jsonl":
        output.write_text("".join(f"{one.model_dump_json()}\n" for one in decision.lines), "utf-8")
        return
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=SEPARATOR)
        writer.writerow(_COLUMNS)
        writer.writerows(map(inert, columns(line, decision)) for line in decision.lines)
