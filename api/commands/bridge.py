"""``passerelles bridge``: what holding one thing gives of another, by which text, and what remains."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.library_options import DATABASE, day, opened
from api.commands.output_options import AS_JSON, FORMAT, LANGUAGE, OUTPUT, give, output_asked

if TYPE_CHECKING:
    from pathways.bridges import Bridge
    from referentials.library import Library
    from reports.document import Document

HELP = """
Montrer une passerelle : ce que donne le premier diplôme (ou bloc), détenu seul, vers le second, avec les textes qui le disent,
et ce qui reste. Un droit n'a qu'un sens : « bridge A B » et « bridge B A » sont deux questions.

Avec -o, la fiche passerelle est écrite dans un fichier, au format que dit la fin de son nom.
"""
EXAMPLES = (
    "bridge deme@2007 bpjeps-tic@2002 --on 2014-06-01",
    "bridge tp-catic@2006/CCP2 bpjeps-tic@2002 --on 2010-01-01",
    "bridge deme@2007 bpjeps-tic@2002 --on 2014-06-01 -o fiche.html",
    "bridge tp-fpa@2017 tp-fpa --plan --illustrative",
    "bridge tp-remn tp-mn --json",
)


def command(
    start: str = typer.Argument(metavar="DÉPART", help="Ce qui est détenu : un diplôme ou un bloc."),
    target: str = typer.Argument(metavar="ARRIVÉE", help="Ce qui est visé : un diplôme ou un bloc."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    plan: bool = typer.Option(False, "--plan", help="Donner aussi le meilleur parcours pour ce qui reste."),
    illustrative: bool = typer.Option(False, "--illustrative", help="Choisir aussi parmi les modules inventés."),
    format: str = FORMAT,
    language: str = LANGUAGE,
    json: bool = AS_JSON,
    output: Path | None = OUTPUT,
) -> None:
    """Show one passerelle."""
    from api.commands.profile_options import reference_named
    from api.services.knowledge import rights_near
    from api.terminal.bridge_page import show_bridge
    from api.terminal.problems import WrongRequest
    from pathways.bridges import bridge
    from pathways.holdings import ProfileProblem
    from pathways.profile import Profile
    from pathways.question import Question

    if illustrative and not plan:
        raise WrongRequest("--illustrative choisit des modules : ajoutez --plan.")
    wanted = output_asked(format, json, output, language)
    asked, known = day(on), opened(library, database)
    ends = (reference_named(known, start, asked, "le départ"), reference_named(known, target, asked, "l'arrivée"))
    rights = rights_near(known, ends[1:], ends[:1])
    try:
        question = Question(Profile(), ends[1], asked, real_only=not illustrative, explain=False) if plan else None
        found = bridge(*ends, rights, asked, question=question)
    except ProfileProblem as problem:
        raise WrongRequest(str(problem)) from None
    give(
        wanted,
        found,
        lambda screen: show_bridge(screen, found, rights.library),
        lambda: _document(found, rights.library),
    )


def _document(found: Bridge, known: Library) -> Document:
    from reports.bridge_document import bridge_document

    return bridge_document(found, known)
