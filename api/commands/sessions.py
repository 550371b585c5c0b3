"""``passerelles sessions``: which sessions to open for a group, and who sits in each, so that everybody arrives at the least cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.commands.library_options import DATABASE, day, existing, opened
from api.terminal.problems import WrongRequest
from api.terminal.screen import answer, notice

if TYPE_CHECKING:
    from api.services.group_sessions import GroupSessions, Wish
    from pathways.group.sessions_file import SharedSession
    from pathways.question import Question

HELP = """
Décider pour un groupe : quelles sessions communes (« intra ») ouvrir, et qui y vient, pour que chacun arrive à sa cible au moindre coût en tout.

Le fichier des sessions dit, pour chacune, son module, ses dates, son prix pour tout le groupe, ses places au moins et au plus. À la place,
chacun peut acheter des places seul, au prix du module. La décision est exacte, dates comprises : d'abord le moins de personnes sans
parcours, puis le moindre coût, le moins d'heures, le moins de sessions. Personne n'est assis pour faire nombre : une place n'est donnée que
si, sans elle, le parcours coûte plus ou prend plus d'heures.

Pour chaque session : ce que coûterait de ne pas l'ouvrir, ou à quel prix elle ouvrirait, et qui ne peut pas y venir. Les personnes viennent
des mêmes fichiers que pour « cohort ». Ctrl-C, ou --time-limit, donne la meilleure décision connue et son écart.
"""
EXAMPLES = (
    "sessions equipe.xlsx --sessions communes.yaml --target tp-fpa",
    "sessions profils.jsonl --sessions communes.yaml --time-limit 60 -o places.csv",
    "sessions equipe.xlsx --sessions communes.yaml --as-many-as-possible --json",
)


_HEARD = "Arrêt demandé : la meilleure décision connue va suivre. Ctrl-C encore pour quitter."


def command(
    people: Path = typer.Argument(metavar="PERSONNES", help="Un classeur, une liste de profils, ou un dossier."),
    sessions: Path = typer.Option(..., "--sessions", metavar="FICHIER", help="Les sessions communes possibles."),
    target: str = typer.Option("", "--target", metavar="CIBLE", help="La même cible pour toutes."),
    offer: list[Path] = typer.Option(
        [], "--offer", metavar="CHEMIN", help="Ajouter une offre, ou un dossier d'offres."
    ),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    time_limit: float | None = typer.Option(None, "--time-limit", metavar="S", help="Secondes en tout, au plus."),
    as_many: bool = typer.Option(
        False, "--as-many-as-possible", help="Accepter que des personnes restent sans parcours, faute de place."
    ),
    brief: bool = typer.Option(False, "--brief", help="Ne pas calculer ce que vaut chaque session."),
    illustrative: bool = typer.Option(False, "--illustrative", help="Choisir aussi parmi les modules inventés."),
    limit: int = typer.Option(20, "--limit", metavar="N", help="Combien de personnes montrer ; 0 : toutes."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
    output: Path | None = typer.Option(None, "-o", "--output", metavar="FICHIER", help="Une ligne par personne."),
) -> None:
    """Decide."""
    from api.commands.profile_options import target_named
    from api.services.group_sessions import Wish, read_sessions
    from api.services.planning import read_offers
    from pathways.profile import Profile
    from pathways.question import Question

    existing([people, sessions])
    if output is not None and output.suffix.lower() not in (".csv", ".jsonl"):
        raise WrongRequest("-o attend un fichier .csv ou .jsonl.")
    given = read_offers(existing(offer))
    asked, known = day(on), opened([*library, *given], database)
    question = Question(
        Profile(),
        target_named(known, target, asked) if target else "",
        asked,
        real_only=not illustrative,
        given=tuple(one.id for one in given.values()),
    )
    wish = Wish(time_limit, as_many, not brief)
    found = _decided(people, read_sessions(sessions, known), question, known, wish)
    if output is not None:
        _write(found, output)
    if json:
        answer().json(found.model_dump(mode="json"))
    else:
        from api.terminal.sessions_page import show_sessions

        show_sessions(answer(), found, limit)
        if output is not None:
            notice().line(f"{len(found.decision.lines)} lignes écrites dans « {output} ».")
    _ended(found)


def _decided(
    people: Path, sessions: tuple[SharedSession, ...], question: Question, known: Any, wish: Wish
) -> GroupSessions:
    from api.services.cohort_people import people_in
    from api.services.group_sessions import opened_for
    from api.terminal.interruption import Interruption
    from api.terminal.progress import Progress
    from pathways.recognition import Rights

    everybody = list(people_in(people))
    with Interruption(_HEARD) as interruption, Progress() as progress:
        interruption.search_begins()
        return opened_for(
            everybody,
            sessions,
            question,
            Rights(known),
            wish,
            tell=lambda done, of: progress.tell(f"{done} problèmes sur {of}, puis la décision", done, of),
            should_stop=interruption.asked,
        )


def _write(found: GroupSessions, output: Path) -> None:
    """One line per person, in CSV as French spreadsheets read it, or in JSON Lines."""
    import csv

    from api.terminal.sessions_page import COLUMNS, columns
    from reports.exporters.csv import SEPARATOR, inert

    lines = found.decision.lines
    if output.suffix.lower() == ".jsonl":
        output.write_text("".join(f"{one.model_dump_json()}\n" for one in lines), "utf-8")
        return
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=SEPARATOR)
        writer.writerow(COLUMNS)
        writer.writerows(map(inert, columns(line)) for line in lines)


def _ended(found: GroupSessions) -> None:
    """Somebody is left without a plan, and that was not accepted; or nothing is known."""
    from api.terminal.problems import NO_PLAN

    if found.decision.status in ("infeasible", "unknown"):
        raise typer.Exit(NO_PLAN)
