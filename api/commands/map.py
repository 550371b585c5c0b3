"""``passerelles map``: what holding each whole qualification gives of every other, on the screen or in a file of any size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.library_options import DATABASE, day, opened
from api.commands.output_options import JSON, TABLE, drawn, format_named
from api.terminal.problems import WrongRequest, beside
from api.terminal.screen import answer, notice

if TYPE_CHECKING:
    from pathways.national_map import Row
    from pathways.recognition import Rights
    from referentials.library import Library

HELP = """
Dresser la carte nationale : ce que donne de droit chaque titre, détenu seul et en entier, de tous les autres, et ce qui reste.

--chains donne les enchaînements que personne n'a écrits : A donne un bloc de B, qui donne un bloc de C. Aucun texte ne dit que l'un ouvre
l'autre : chaque étape est donnée avec son texte.

-o écrit toute la carte, ligne après ligne (.parquet, .csv, .graphml ou .json). Ctrl-C garde ce qui est déjà fait, et le dit.
"""
EXAMPLES = ("map", "map --chains --on 2014-06-01", "map -o carte.parquet", "map --chains -o enchainements.csv")
FILES = ("parquet", "csv", "graphml")
FORMATS = (TABLE, JSON, *FILES)
_HEARD = "Arrêt demandé : ce qui est déjà fait va suivre. Ctrl-C encore pour quitter."


def command(
    start: list[str] = typer.Option([], "--from", metavar="DÉPART", help="Seulement depuis ce titre."),
    target: list[str] = typer.Option([], "--to", metavar="CIBLE", help="Seulement vers cette version."),
    chains: bool = typer.Option(False, "--chains", help="Donner les enchaînements de droits que personne n'a écrits."),
    everything: bool = typer.Option(False, "--all", help="Viser aussi les versions qui ne sont pas en vigueur."),
    on: str = typer.Option("", "--on", metavar="DATE", help="Le jour de la question ; sans cela, aujourd'hui."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    limit: int = typer.Option(20, "--limit", metavar="N", help="Combien de lignes montrer ; 0 : toutes."),
    format: str = typer.Option("", "--format", metavar="FORMAT", help=f"{', '.join(FORMATS)} ; sans cela, {TABLE}."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
    output: Path | None = typer.Option(None, "-o", "--output", metavar="FICHIER", help="Écrire dans un fichier."),
) -> None:
    """Draw the map."""
    shape = format_named(format, json, output, FORMATS)
    if limit < 0:
        raise WrongRequest("--limit attend un nombre entier, 0 ou plus.")
    if shape in FILES and output is None:
        raise WrongRequest(f"Le format {shape} s'écrit dans un fichier : ajoutez -o et un nom.")
    asked, known = day(on), opened(library, database)
    with _rows(known, asked, start, target, everything=everything, chains=chains or shape == JSON) as rows:
        if shape in FILES and output is not None:
            _write(rows, known, output, shape, chains=chains)
        elif shape == JSON:
            _tell(rows, asked, output)
        else:
            _show(rows, asked, output, limit, chains=chains)


@contextmanager
def _rows(
    known: Library, on: date, start: list[str], target: list[str], *, everything: bool, chains: bool
) -> Iterator[Iterator[Row]]:
    """The rows, with their progress; Ctrl-C ends them where they are."""
    from api.services.national_map import named_versions, until_told
    from api.terminal.interruption import Interruption
    from api.terminal.progress import Progress
    from pathways.national_map import every_version, national_map
    from pathways.recognition import Rights

    rights: Rights = Rights(known)
    starts = named_versions(known, start) or every_version(known)
    targets = named_versions(known, target)
    total = len(starts)
    with Interruption(_HEARD) as interruption, Progress() as progress:
        interruption.search_begins()
        made = national_map(rights, on, starts=starts, targets=targets, everything=everything, chains=chains)
        yield until_told(
            made,
            total,
            lambda done: progress.tell(f"{done} titres sur {total}", done, total),
            interruption.asked,
        )
    if interruption.asked():
        notice().line("Arrêté avant la fin, comme demandé : les titres qui suivaient n'y sont pas.", "yellow")


def _write(rows: Iterator[Row], known: Library, output: Path, shape: str, *, chains: bool) -> None:
    from reports.map_exports import subject, writer

    with output.open("wb") as file:
        count = writer(shape)(rows, subject(known, chains=chains), file)
    what = "enchaînement" if chains else "passerelle"
    notice().line(f"{count} {what}{'s' if count > 1 else ''} dans {beside(output)}.")


def _tell(rows: Iterator[Row], on: date, output: Path | None) -> None:
    """Everything in JSON."""
    from api.commands.output_options import deliver
    from api.terminal.screen import to_json

    every = list(rows)
    found = {
        "on": on.isoformat(),
        "starts": len(every),
        "passages": [one.model_dump(mode="json") for row in every for one in row.passages],
        "chains": [one.model_dump(mode="json") for row in every for one in row.chains],
    }
    if output is None:
        answer().json(found)
    else:
        deliver(to_json(found) + "\n", output)


def _show(rows: Iterator[Row], on: date, output: Path | None, limit: int, *, chains: bool) -> None:
    from api.commands.output_options import deliver
    from api.services.national_map import largest
    from api.terminal.map_page import show_chains, show_passages

    found, show = largest(rows, limit), show_chains if chains else show_passages
    deliver(drawn(lambda screen: show(screen, found, on), output), output)
