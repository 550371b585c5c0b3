"""``passerelles coverage``: what an offer covers of a referential, its holes and its overlaps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.library_options import day, existing
from api.commands.output_options import AS_JSON, FORMAT, LANGUAGE, OUTPUT, give, output_asked

if TYPE_CHECKING:
    from pathways.coverage import Coverage
    from referentials.library import Library
    from reports.document import Document

HELP = """
Dire ce qu'une offre couvre d'un référentiel : les modules de chaque compétence, les trous, les recouvrements, les blocs sans
évaluation. L'offre est un fichier, un dossier d'offres, ou l'identifiant d'une offre de la bibliothèque.
"""
EXAMPLES = (
    "coverage atelier-demo --referential tp-mn",
    "coverage mon-offre.yaml --referential tp-mn@2025 --json",
    "coverage atelier-demo --referential tp-mn -o couverture.xlsx",
)


def command(
    offer: str = typer.Argument(metavar="OFFRE", help="Un fichier, un dossier, ou un identifiant."),
    referential: str = typer.Option("", "--referential", metavar="RÉFÉRENCE", help="Le référentiel (obligatoire)."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    format: str = FORMAT,
    language: str = LANGUAGE,
    json: bool = AS_JSON,
    output: Path | None = OUTPUT,
) -> None:
    """Say what an offer covers."""
    from api.commands.profile_options import reference_named
    from api.services.planning import read_offers
    from api.terminal.coverage_page import show_coverage
    from pathways.coverage import coverage
    from referentials.library import Library

    wanted = output_asked(format, json, output, language)
    asked = day(on)
    place = Path(offer)
    given = read_offers([place]) if place.exists() else {}
    known = Library.read(*existing(library), *given)
    names = [one.id for one in given.values()] or [offer]
    aimed = reference_named(known, referential, asked, "le référentiel : ajoutez --referential")
    found = coverage(known, names, aimed, asked)
    give(wanted, found, lambda screen: show_coverage(screen, found), lambda: _document(found, known))


def _document(found: Coverage, known: Library) -> Document:
    from reports.coverage_document import coverage_document

    return coverage_document(found, known)
