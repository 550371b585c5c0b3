"""``passerelles coverage``: what an offer covers of a referential, its holes and its overlaps."""

from __future__ import annotations

from pathlib import Path

import typer

from api.commands.library_options import day, existing
from api.terminal.screen import answer

HELP = """
Dire ce qu'une offre couvre d'un référentiel : les modules de chaque compétence, les trous, les recouvrements, les blocs sans
évaluation. L'offre est un fichier, un dossier d'offres, ou l'identifiant d'une offre de la bibliothèque.
"""
EXAMPLES = ("coverage atelier-demo --referential tp-mn", "coverage mon-offre.yaml --referential tp-mn@2025 --json")


def command(
    offer: str = typer.Argument(metavar="OFFRE", help="Un fichier, un dossier, ou un identifiant."),
    referential: str = typer.Option("", "--referential", metavar="RÉFÉRENCE", help="Le référentiel (obligatoire)."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Say what an offer covers."""
    from api.commands.profile_options import reference_named
    from api.services.planning import read_offers
    from api.terminal.coverage_page import show_coverage
    from pathways.coverage import coverage
    from referentials.library import Library

    asked = day(on)
    place = Path(offer)
    given = read_offers([place]) if place.exists() else {}
    known = Library.read(*existing(library), *given)
    names = [one.id for one in given.values()] or [offer]
    aimed = reference_named(known, referential, asked, "le référentiel : ajoutez --referential")
    found = coverage(known, names, aimed, asked)
    if json:
        answer().json(found.model_dump(mode="json"))
    else:
        show_coverage(answer(), found)
