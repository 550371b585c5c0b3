"""``passerelles orient``: one person, or many, against every target, the nearest first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.library_options import DATABASE, day, opened
from api.terminal.problems import WrongRequest, beside
from api.terminal.screen import answer, notice

if TYPE_CHECKING:
    from datetime import date

    from api.services.nearest import GroupOrientation
    from api.terminal.interruption import Interruption
    from pathways.orientation import Orientation
    from pathways.profile import Profile
    from pathways.question import Question
    from pathways.recognition import Rights
    from referentials.library import Library

HELP = """
Ranger toutes les cibles pour une personne, la plus proche d'abord : part déjà acquise, blocs et compétences qui restent.

--plan N calcule en plus le parcours vers les N plus proches, et les range par heures.

Un classeur, une liste de profils, un profil par ligne (.jsonl) ou un dossier : chaque personne a ses cibles les plus proches (--nearest), et
l'ensemble, les cibles dont le plus de personnes sont proches. -o écrit une ligne par personne et par cible (.csv ou .jsonl).
"""
EXAMPLES = (
    "orient examples/animatrice.yaml",
    "orient examples/animatrice.yaml --plan 5",
    "orient profil.yaml --json",
    "orient equipe.xlsx --nearest 3 -o proches.csv",
)


def command(
    profile: Path = typer.Argument(metavar="PROFIL", help="Le fichier de la personne, ou de beaucoup de personnes."),
    limit: int = typer.Option(
        15, "--limit", metavar="N", help="Combien de cibles donner, ou de personnes montrer ; 0 : toutes."
    ),
    nearest: int = typer.Option(
        5, "--nearest", metavar="N", help="Pour beaucoup de personnes : combien de cibles chacune."
    ),
    top: int = typer.Option(0, "--plan", metavar="N", help="Calculer le parcours vers les N plus proches."),
    everything: bool = typer.Option(False, "--all", help="Viser aussi les versions qui ne sont pas en vigueur."),
    illustrative: bool = typer.Option(False, "--illustrative", help="Choisir aussi parmi les modules inventés."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
    output: Path | None = typer.Option(
        None, "-o", "--output", metavar="FICHIER", help="Pour beaucoup de personnes : où écrire leurs cibles."
    ),
) -> None:
    """Rank the targets."""
    if limit < 0 or top < 0 or nearest < 1:
        raise WrongRequest("--limit et --plan attendent un nombre entier, 0 ou plus ; --nearest, 1 ou plus.")
    asked, known = day(on), opened(library, database)
    if _holds_many(profile):
        _many(profile, known, asked, nearest, limit, output, as_json=json, alone=bool(top or everything))
        return
    if output is not None:
        raise WrongRequest("-o écrit les cibles de beaucoup de personnes : ce fichier n'en a qu'une.")
    _one(profile, known, asked, top, limit, everything=everything, illustrative=illustrative, json=json)


def _one(
    profile: Path,
    known: Library,
    asked: date,
    top: int,
    limit: int,
    *,
    everything: bool,
    illustrative: bool,
    json: bool,
) -> None:
    """One person, with plans if they are wanted."""
    from api.commands.profile_options import profile_read, refusing
    from api.terminal.interruption import Interruption

    person = profile_read(profile)
    with refusing(person), Interruption() as interruption:
        from api.terminal.orientation_page import show_orientation
        from pathways.orientation import orient
        from pathways.recognition import Rights

        rights = Rights(known)
        found = orient(person.profile, rights, asked, everything=everything, limit=limit or None)
        if top:
            question = _question(person.profile, known, asked, made_up_too=illustrative)
            found = _planned(found, question, rights, top, interruption)
    if json:
        answer().json(found.model_dump(mode="json"))
    else:
        show_orientation(answer(), found)


def _question(profile: Profile, library: Library, on: date, *, made_up_too: bool) -> Question:
    from api.services.planning import check_limits
    from pathways.question import Question

    check_limits(profile.can_give, on, library)
    return Question(profile, "", on, real_only=not made_up_too)


def _planned(
    found: Orientation, question: Question, rights: Rights, top: int, interruption: Interruption
) -> Orientation:
    """The same, with the plans towards the nearest targets; Ctrl-C leaves each plan where it is."""
    from pathways.orientation import with_plans
    from pathways.solution import Limits

    interruption.search_begins()
    return with_plans(found, question, rights, top, Limits(None, interruption.asked))


# -- many people ----------------------------------------------------------------------------------------------------------

_HEARD = "Arrêt demandé : ce qui est déjà fait va suivre. Ctrl-C encore pour quitter."


def _holds_many(place: Path) -> bool:
    """Whether a file, or a folder, is one of people rather than of a person."""
    from api.services.cohort_people import LINES, WORKBOOK
    from referentials.loader import SUFFIXES
    from referentials.yaml_source import read_file

    suffix = place.suffix.lower()
    if place.is_dir() or suffix == WORKBOOK or suffix in LINES:
        return True
    return suffix in SUFFIXES and place.is_file() and isinstance(read_file(place).value, list)


def _many(
    place: Path,
    known: Library,
    on: date,
    nearest: int,
    limit: int,
    output: Path | None,
    *,
    as_json: bool,
    alone: bool,
) -> None:
    """Everybody of a file, each with their nearest targets."""
    if alone:
        raise WrongRequest("--plan et --all sont pour une personne à la fois.")
    if output is not None and output.suffix.lower() not in (".csv", ".jsonl"):
        raise WrongRequest("-o attend un fichier .csv ou .jsonl.")
    found = _oriented(place, known, on, nearest)
    if output is not None:
        _write(found, output)
    if as_json:
        answer().json(found.model_dump(mode="json"))
        return
    from api.terminal.group_orientation_page import show_group

    show_group(answer(), found, limit)
    if output is not None:
        notice().line(f"{len(found.lines)} personnes écrites dans {beside(output)}.")


def _oriented(place: Path, known: Library, on: date, nearest: int) -> GroupOrientation:
    from api.services.cohort_people import people_in
    from api.terminal.interruption import Interruption
    from api.terminal.progress import Progress

    everybody = list(people_in(place))
    with Interruption(_HEARD) as interruption, Progress() as progress:
        from api.services.nearest import orient_all
        from pathways.nearest import Targets
        from pathways.recognition import Rights

        interruption.search_begins()
        return orient_all(
            everybody,
            Targets(Rights(known), on),
            nearest,
            tell=lambda done: progress.tell(f"{done} personnes sur {len(everybody)}", done, len(everybody)),
            should_stop=interruption.asked,
        )


def _write(found: GroupOrientation, output: Path) -> None:
    """One line per person and target, in CSV as French spreadsheets read it; or one per person, in JSON Lines."""
    import csv

    from api.services.nearest import COLUMNS, table
    from reports.exporters.csv import SEPARATOR, inert

    if output.suffix.lower() == ".jsonl":
        output.write_text("".join(f"{line.model_dump_json()}\n" for line in found.lines), "utf-8")
        return
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=SEPARATOR)
        writer.writerow(COLUMNS)
        writer.writerows(map(inert, row) for row in table(found))
