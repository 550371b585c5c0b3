"""``passerelles orient``: one person against every target, the nearest first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.library_options import day, opened
from api.terminal.problems import WrongRequest
from api.terminal.screen import answer

if TYPE_CHECKING:
    from datetime import date

    from pathways.orientation import Orientation
    from pathways.profile import Profile
    from pathways.recognition import Rights

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
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Rank the targets."""
    from api.commands.profile_options import profile_read, refusing
    from api.terminal.orientation_page import show_orientation
    from pathways.orientation import orient
    from pathways.recognition import Rights

    if limit < 0 or top < 0:
        raise WrongRequest("--limit et --plan attendent un nombre entier, 0 ou plus.")
    asked, known = day(on), opened(library)
    person = profile_read(profile)
    rights = Rights(known)
    with refusing(person):
        found = orient(person.profile, rights, asked, everything=everything, limit=limit or None)
        if top:
            found = _planned(found, person.profile, rights, asked, top, made_up_too=illustrative)
    if json:
        answer().json(found.model_dump(mode="json"))
    else:
        show_orientation(answer(), found)


def _planned(
    found: Orientation, profile: Profile, rights: Rights, on: date, top: int, *, made_up_too: bool
) -> Orientation:
    """The same, with the plans towards the nearest targets; Ctrl-C leaves each plan where it is."""
    from api.services.planning import check_limits
    from api.terminal.interruption import Interruption
    from pathways.orientation import with_plans
    from pathways.question import Question
    from pathways.solution import Limits

    check_limits(profile.can_give, on, rights.library)
    question = Question(profile, "", on, real_only=not made_up_too)
    with Interruption() as interruption:
        return with_plans(found, question, rights, top, Limits(None, interruption.asked))
