"""``passerelles bridges``: all passerelles at once, as a list or a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.library_options import day, opened
from api.commands.output_options import deliver, drawn, format_named
from api.terminal.screen import to_json

if TYPE_CHECKING:
    from pathways.matrix import Matrix
    from referentials.library import Library

HELP = """
Donner toutes les passerelles d'un jour : ce que donne chaque diplôme, détenu seul, de chaque cible en vigueur ce jour-là.
Seules les paires où quelque chose est connu sont données.
"""
EXAMPLES = ("bridges", "bridges --to bpjeps-tic@2002 --on 2014-06-01", "bridges --format csv -o passerelles.csv")
FORMATS = ("table", "json", "csv")


def command(
    start: list[str] = typer.Option([], "--from", metavar="DÉPART", help="Seulement depuis ce diplôme ou ce bloc."),
    target: list[str] = typer.Option([], "--to", metavar="CIBLE", help="Seulement vers cette version."),
    blocks: bool = typer.Option(False, "--blocks", help="Partir aussi de chaque bloc détenu seul."),
    everything: bool = typer.Option(False, "--all", help="Viser aussi les versions qui ne sont pas en vigueur."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    format: str = typer.Option("", "--format", metavar="FORMAT", help="table, json ou csv ; sans cela, table."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
    output: Path | None = typer.Option(None, "-o", "--output", metavar="FICHIER", help="Écrire dans un fichier."),
) -> None:
    """Give all passerelles."""
    from pathways.matrix import matrix
    from pathways.recognition import Rights

    shape = format_named(format, json, output, FORMATS)
    asked, known = day(on), opened(library)
    found = matrix(
        Rights(known),
        asked,
        starts=_full(known, start),
        targets=_full(known, target),
        blocks=blocks,
        everything=everything,
    )
    deliver(_text(found, shape, output), output)


def _full(library: Library, texts: Sequence[str]) -> tuple[str, ...] | None:
    """Every version that each text names; nothing asked for is none."""
    from referentials.library import UnknownReference

    for text in texts:
        if ":" in text or not library.expand(text):
            raise UnknownReference(text, library.near(text))
    return tuple(dict.fromkeys(full for text in texts for full in library.expand(text))) or None


def _text(found: Matrix, shape: str, output: Path | None) -> str:
    from api.terminal.bridge_page import show_matrix

    if shape == "json":
        return to_json(found.model_dump(mode="json")) + "\n"
    return _csv(found) if shape == "csv" else drawn(lambda screen: show_matrix(screen, found), output)


def _csv(found: Matrix) -> str:
    """One line per pair, identifiers apart by spaces, as spreadsheets open it."""
    from pathways.matrix import Cell

    stream = io.StringIO()
    lines = csv.writer(stream, lineterminator="\n")
    lines.writerow(Cell.model_fields)
    for cell in found.cells:
        values = (getattr(cell, name) for name in Cell.model_fields)
        lines.writerow(" ".join(value) if isinstance(value, tuple) else value for value in values)
    return stream.getvalue()
