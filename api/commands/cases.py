"""``passerelles cases``: the domain cases, each against the library; those that no longer hold, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import typer

from api.commands.library_options import opened
from api.services.catalogue import folded
from api.terminal.problems import WRONG, WrongRequest
from api.terminal.progress import Progress
from api.terminal.screen import answer
from pathways.cases import Case, read_cases
from pathways.plan_verdict import plan_failures
from pathways.recognition import Rights
from pathways.verdict import failures
from referentials.library import SHIPPED
from reports.wording import plural

HELP = """
Vérifier les cas du domaine : des phrases qu'un juriste pourrait discuter (« Le 1er juin 2014, le DEME donne de droit les UC1 à
UC4 du BPJEPS TIC… »), chacune confrontée à la bibliothèque : droits, écarts et parcours. Un cas faux dit ce qui devrait suivre et ne suit pas, ou l'inverse.

Avec « --library », vos fichiers s'ajoutent à la bibliothèque, et les cas de leur dossier « cases » à ceux qui sont fournis : on
voit ce qu'une modification change au droit. Le programme finit avec 0 si tous les cas sont vrais, sinon avec 2.
"""
EXAMPLES = ("cases", "cases tms", "cases --library mes-fichiers", "cases --json")


class Judged(NamedTuple):
    """A case and what is false in it."""

    case: Case
    failures: tuple[str, ...]


def command(
    text: str = typer.Argument("", metavar="TEXTE", help="Ne garder que les cas dont la phrase contient ces mots."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Judge the domain cases."""
    rights = Rights(opened(library))
    wanted = list(_cases(library, text))
    if not wanted:
        raise WrongRequest(f"Aucun cas ne contient « {text} ».")
    with Progress() as progress:
        found = [_judged(case, rights, progress, done, len(wanted)) for done, case in enumerate(wanted)]
    if json:
        answer().json(_plain(found))
    else:
        _show(found)
    if any(judged.failures for judged in found):
        raise typer.Exit(WRONG)


def _cases(places: Sequence[Path], text: str) -> Iterator[Case]:
    """The cases of the shipped library and of other folders whose sentence has all the words."""
    words = folded(text).split()
    for folder in (SHIPPED, *(place for place in places if place.is_dir())):
        for case in read_cases(folder / "cases"):
            if all(word in folded(case.sentence) for word in words):
                yield case


def _judged(case: Case, rights: Rights, progress: Progress, done: int, steps: int) -> Judged:
    progress.tell(case.sentence, done, steps)
    return Judged(case, (*failures(case, rights), *plan_failures(case, rights)))


def _plain(found: Sequence[Judged]) -> dict[str, object]:
    return {
        "cases": len(found),
        "false": sum(bool(judged.failures) for judged in found),
        "failures": [
            {"id": case.id, "sentence": case.sentence, "on": case.on.isoformat(), "because": list(wrong)}
            for case, wrong in found
            if wrong
        ],
    }


def _show(found: Sequence[Judged]) -> None:
    screen = answer()
    for case, wrong in found:
        if wrong:
            screen.line(case.sentence, "bold", "red")
            for sentence in wrong:
                screen.item(sentence)
            screen.line()
    false = sum(bool(wrong) for _case, wrong in found)
    screen.line(_summary(len(found), false), "bold", "red" if false else "green")


def _summary(judged: int, false: int) -> str:
    if not false:
        return f"{plural(judged, 'cas vérifié', 'cas vérifiés')} : rien de faux."
    return f"{plural(judged, 'cas vérifié', 'cas vérifiés')}, {plural(false, 'faux', 'faux')}."
