"""``passerelles bridges``: all passerelles at once, as a list, a workbook or a document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.library_options import day, opened
from api.commands.output_options import AS_JSON, FORMAT, LANGUAGE, OUTPUT, give, output_asked

if TYPE_CHECKING:
    from pathways.matrix import Matrix
    from referentials.library import Library
    from reports.document import Document

HELP = """
Donner toutes les passerelles d'un jour : ce que donne chaque diplôme, détenu seul, de chaque cible en vigueur ce jour-là.
Seules les paires où quelque chose est connu sont données.
"""
EXAMPLES = ("bridges", "bridges --to bpjeps-tic@2002 --on 2014-06-01", "bridges -o passerelles.xlsx")


def command(
    start: list[str] = typer.Option([], "--from", metavar="DÉPART", help="Seulement depuis ce diplôme ou ce bloc."),
    target: list[str] = typer.Option([], "--to", metavar="CIBLE", help="Seulement vers cette version."),
    blocks: bool = typer.Option(False, "--blocks", help="Partir aussi de chaque bloc détenu seul."),
    everything: bool = typer.Option(False, "--all", help="Viser aussi les versions qui ne sont pas en vigueur."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    format: str = FORMAT,
    language: str = LANGUAGE,
    json: bool = AS_JSON,
    output: Path | None = OUTPUT,
) -> None:
    """Give all passerelles."""
    from api.terminal.bridge_page import show_matrix
    from pathways.matrix import matrix
    from pathways.recognition import Rights

    wanted = output_asked(format, json, output, language)
    asked, known = day(on), opened(library)
    found = matrix(
        Rights(known),
        asked,
        starts=_full(known, start),
        targets=_full(known, target),
        blocks=blocks,
        everything=everything,
    )
    give(wanted, found, lambda screen: show_matrix(screen, found), lambda: _document(found, known))


def _full(library: Library, texts: Sequence[str]) -> tuple[str, ...] | None:
    """Every version that each text names; nothing asked for is none."""
    from referentials.library import UnknownReference

    for text in texts:
        if ":" in text or not library.expand(text):
            raise UnknownReference(text, library.near(text))
    return tuple(dict.fromkeys(full for text in texts for full in library.expand(text))) or None


def _document(found: Matrix, known: Library) -> Document:
    from reports.matrix_document import matrix_document

    return matrix_document(found, known)
