"""``passerelles orient``: one person against every target, the nearest first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.library_options import DATABASE, day, opened
from api.terminal.problems import WrongRequest
from api.terminal.screen import answer

if TYPE_CHECKING:
    from datetime import date

    from api.terminal.interruption import Interruption
    from pathways.orientation import Orientation
    from pathways.profile import Profile
    from pathways.question import Question
    from pathways.recognition import Rights
    from referentials.library import Library

HELP = """
Ranger toutes les cibles pour une personne, la plus proche d'abord : part déjà acquise, blocs et compétences qui restent.

--plan N calcule en plus le parcours vers les N plus proches, et les range par heures.
"""
EXAMPLES = ("orient examples/animatrice.yaml", "orient examples/animatrice.yaml --plan 5", "orient profil.yaml --json")


def command(
    profile: Path = typer.Argument(metavar="PROFIL", help="Le fichier de la personne, en YAML ou en JSON."),
    limit: int = typer.Option(15, "--limit", metavar="N", help="Combien de cibles donner ; 0 : toutes."),
    top: int = typer.Option(0, "--plan", metavar="N", help="Calculer le parcours vers les N plus proches."),
    everything: bool = typer.Option(False, "--all", help="Viser aussi les versions qui ne sont pas en vigueur."),
    illustrative: bool = typer.Option(False, "--illustrative", help="Choisir aussi parmi les modules inventés."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Rank the targets."""
    from api.commands.profile_options import profile_read, refusing
    from api.terminal.interruption import Interruption

    if limit < 0 or top < 0:
        raise WrongRequest("--limit et --plan attendent un nombre entier, 0 ou plus.")
    asked, known = day(on), opened(library, database)
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
