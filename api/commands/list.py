"""``passerelles list``: the versions of the library, one line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from heapq import merge
from itertools import islice
from pathlib import Path

import typer

from api.commands.library_options import DATABASE, kind_named, opened
from api.services.catalogue import Row, rows
from api.terminal.problems import WRONG, tell
from api.terminal.screen import Screen, answer, notice
from referentials.library import Library
from referentials.model import Kind, Referential
from reports.library_wording import label
from reports.wording import date_fr, plural

HELP = """
Lister les référentiels de la bibliothèque, une version par ligne : référence, nom, niveau, validité, état, nombre de blocs
et de compétences, et nombre de trous, c'est-à-dire de choses que personne n'a encore lues.

Un nombre remplacé par « ? » n'est pas connu. « passerelles show RÉFÉRENCE » montre le détail.
"""
EXAMPLES = ("list", "list animateur", "list --kind titre-professionnel", "list --library mes-fichiers --json")

WIDE = 110
"""From this width on, a version fits on one line of a terminal."""

MOST = 200
"""How many versions of a directory of thousands are listed at once."""

LONGEST_NAME = 60
"""A name is cut there even in a pipe, so that a line stays a line."""


def command(
    text: str = typer.Argument(
        "", metavar="TEXTE", help="Ne garder que les référentiels dont le nom contient ces mots."
    ),
    kind: str = typer.Option("", "--kind", metavar="NATURE", help="Ne garder qu'une nature, par exemple diplome-jeps."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """List the versions of the library."""
    known, nature = opened(library, database), kind_named(kind)
    found, problems = rows(known, text=text, kind=nature)
    found, more = _with_directory(known, found, text, nature) if known.is_wide else (found, False)
    if json:
        answer().json({"referentials": [row.plain() for row in found], **({"more": True} if more else {})})
    else:
        _show(found, text or kind)
        if more:
            notice().line(f"Seuls les {MOST} premiers référentiels importés sont là : précisez les mots cherchés.")
    for problem in problems:
        tell(problem, notice())
    if problems:
        raise typer.Exit(WRONG)


def _with_directory(
    library: Library, found: Sequence[Row], text: str, kind: Kind | None
) -> tuple[tuple[Row, ...], bool]:
    """The versions at hand and the first of a directory of thousands, which the database chooses; whether there are more of these."""
    from api.commands.store_options import opened_store
    from api.services.versions import Wanted, imported, place_of
    from api.store.scope import Scope

    with opened_store() as store, store.read() as unit:
        there = imported(library, unit.of(Scope()).imported, Wanted(text, kind), date.today())
        some = list(islice(there, MOST + 1))
    return tuple(merge(found, some[:MOST], key=place_of)), len(some) > MOST


def _show(found: Sequence[Row], asked: str) -> None:
    screen = answer()
    if not found:
        notice().line(f"Aucun référentiel ne correspond à « {asked} »." if asked else "La bibliothèque est vide.")
    elif screen.width is None or screen.width >= WIDE:
        _table(screen, found)
    else:
        _cards(screen, found)
    if screen.width is not None and found:
        screen.line()
        screen.line(
            f"{plural(len(found), 'version')}, {plural(sum(row.holes for row in found), 'trou')} à combler.", "dim"
        )


_HEADS = ("référence", "nom", "niv.", "validité", "état", "blocs", "comp.", "trous")
_NAME = 1


def _table(screen: Screen, found: Sequence[Row]) -> None:
    """One line each, under a head; only names are cut, and only where the terminal is too narrow."""
    lines = [_cells(row) for row in found]
    widths = [max(len(line[column]) for line in (_HEADS, *lines)) for column in range(len(_HEADS))]
    widths[_NAME] = min(widths[_NAME], LONGEST_NAME)
    if screen.width is not None:
        others = sum(widths) - widths[_NAME] + 2 * (len(widths) - 1)
        widths[_NAME] = min(widths[_NAME], max(12, screen.width - others))
    screen.row(_HEADS, widths, "bold")
    for line in lines:
        screen.row(line, widths)


def _cells(row: Row) -> tuple[str, ...]:
    item = row.item
    numbers = (count(row.blocks), count(row.competencies), str(row.holes))
    return item.key, item.name, count(item.level), dates(item), label(item.state), *numbers


def _cards(screen: Screen, found: Sequence[Row]) -> None:
    """Two lines each, where one does not fit."""
    for row in found:
        item = row.item
        level = f"niveau {item.level}" if item.level else "sans niveau"
        parts = (level, dates(item), label(item.state), *_counts(row))
        screen.line(f"{item.key} — {item.name}", "bold", hang=4)
        screen.line(" · ".join(parts), indent=4)


def _counts(row: Row) -> Iterator[str]:
    yield "blocs non connus" if row.blocks is None else plural(row.blocks, "bloc")
    yield "compétences non connues" if row.competencies is None else plural(row.competencies, "compétence")
    yield plural(row.holes, "trou")


def count(value: int | None) -> str:
    """A number, or « ? » where it is not known."""
    return "?" if value is None else str(value)


def dates(item: Referential) -> str:
    """The validity in the least space: an arrow from one day to the other."""
    valid = item.valid
    if valid.start is None and valid.end is None:
        return f"vu le {date_fr(valid.seen)}" if valid.seen else "dates ?"
    start, end = (date_fr(day) if day else "?" for day in (valid.start or valid.seen, valid.end))
    return f"{start} → {end if valid.end else ''}".rstrip()
