"""``passerelles map``: what holding each whole qualification gives of every other, on the screen or in a file of any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from api.commands.library_options import DATABASE, day, opened
from api.commands.output_options import JSON, TABLE, drawn, format_named
from api.terminal.problems import WrongRequest, beside
from api.terminal.screen import answer, notice

if TYPE_CHECKING:
    from api.bulk.shelf import Shelf
    from pathways.national_map import Row
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
    workers: int | None = typer.Option(
        None,
        "--workers",
        metavar="N",
        min=0,
        help="Combien de processus ; sans cela, un seul, ou la grappe des réglages.",
    ),
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
    wanted = _wanted(known, asked, start, target, everything=everything, chains=chains or shape == JSON)
    with _rows(wanted, library, workers, database=database) as rows:
        if shape in FILES and output is not None:
            _write(rows, known, output, shape, chains=chains)
        elif shape == JSON:
            _tell(rows, asked, output)
        else:
            _show(rows, asked, output, limit, chains=chains)


class _Wanted(NamedTuple):
    """A map that is asked for."""

    known: Library
    on: date
    starts: tuple[str, ...]
    targets: tuple[str, ...]
    chains: bool


def _wanted(
    known: Library, on: date, start: list[str], target: list[str], *, everything: bool, chains: bool
) -> _Wanted:
    from api.services.national_map import named_versions
    from pathways.national_map import aimed_at, every_version
    from pathways.recognition import Rights

    starts = named_versions(known, start) or every_version(known)
    targets = named_versions(known, target) or tuple(aimed_at(Rights(known), on, everything=everything))
    return _Wanted(known, on, starts, targets, chains)


@contextmanager
def _rows(wanted: _Wanted, places: list[Path], workers: int | None, *, database: bool) -> Iterator[Iterator[Row]]:
    """The rows, with their progress; Ctrl-C ends them where they are."""
    from api.services.national_map import until_told
    from api.terminal.interruption import Interruption
    from api.terminal.progress import Progress

    total, done = len(wanted.starts), 0

    def tell(count: int) -> None:
        nonlocal done
        done = count
        progress.tell(f"{done} titres sur {total}", done, total)

    with Interruption(_HEARD) as interruption, Progress() as progress:
        interruption.search_begins()
        made = _drawn(wanted, places, workers, interruption.asked, database=database)
        yield until_told(made, total, tell, interruption.asked)
    if done < total:
        notice().line(f"Arrêté avant la fin, comme demandé : {done} titres sur {total} y sont.", "yellow")


def _drawn(
    wanted: _Wanted, places: list[Path], workers: int | None, should_stop: Callable[[], bool], *, database: bool
) -> Iterator[Row]:
    """The rows in their order, by this process or by others."""
    from api.settings import settings

    if workers == 0 or (workers is None and not settings().dask):
        from pathways.national_map import national_map
        from pathways.recognition import Rights

        rights = Rights(wanted.known)
        starts, targets = wanted.starts, wanted.targets
        yield from national_map(rights, wanted.on, starts=starts, targets=targets, chains=wanted.chains)
        return
    yield from _by_others(wanted, places, workers, should_stop, database=database)


def _by_others(
    wanted: _Wanted, places: list[Path], workers: int | None, should_stop: Callable[[], bool], *, database: bool
) -> Iterator[Row]:
    from api.bulk.choice import chosen
    from api.bulk.cluster import OutOfReach
    from api.bulk.maps import Setting, rows_in, work_of
    from api.bulk.run import run
    from api.bulk.work import Refused, in_order
    from api.settings import settings

    shelf = _shelf(places, database=database)
    setting = Setting(on=wanted.on, targets=wanted.targets, chains=wanted.chains, shelf=shelf)
    work = work_of(wanted.starts, setting)
    try:
        for one in in_order(run(work, chosen(settings(), workers), should_stop=should_stop)):
            if one.content is None:
                raise RuntimeError(one.problem)
            yield from rows_in(one.content)
    except (Refused, OutOfReach) as problem:
        raise WrongRequest(str(problem)) from None


def _shelf(places: list[Path], *, database: bool) -> Shelf:
    """What the others read: the files that were given, and the database as it is."""
    from api.bulk.shelf import Mark, shelf_of

    if not database:
        return shelf_of(places)
    from api.commands.store_options import opened_store
    from api.store.scope import Scope

    with opened_store() as store, store.read() as unit:
        return shelf_of(places, Mark(numbers=unit.of(Scope()).library_mark))


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
