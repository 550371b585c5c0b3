"""``passerelles cases``: the domain cases, sentences that a jurist could dispute, each put to the test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from api.commands.library_options import existing
from api.terminal.problems import WRONG, WrongRequest
from api.terminal.progress import Progress
from api.terminal.screen import Screen, answer
from reports.wording import plural

if TYPE_CHECKING:
    from pathways.cases import Case

HELP = """
Vérifier les cas métier : des phrases écrites d'après les textes (« Le 1er juin 2014, le DEME donne quatre UC du BPJEPS TIC »),
chacune avec une personne, un jour et ce qui doit s'ensuivre.

Sans mot, tous les cas sont vérifiés. Le programme finit avec 0 s'ils tiennent tous, sinon avec 2.
"""
EXAMPLES = ("cases", "cases DEME", "cases --library mes-fichiers --json")


class Verdict(NamedTuple):
    """A case, and what is false in it."""

    case: Case
    failures: tuple[str, ...]


def command(
    text: str = typer.Argument("", metavar="TEXTE", help="Ne garder que les cas dont la phrase contient ces mots."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier, et ses cas."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Put the domain cases to the test."""
    with Progress() as progress:
        found = tuple(_verdicts(_wanted(library, text), library, progress))
    failed = sum(bool(one.failures) for one in found)
    if json:
        answer().json(_plain(found, failed))
    else:
        _show(answer(), found, failed, everything=bool(text))
    if failed:
        raise typer.Exit(WRONG)


def _wanted(places: Sequence[Path], text: str) -> list[Case]:
    """The cases of the shipped library and of other folders, less those that don't mention a text."""
    from api.services.catalogue import folded
    from pathways.cases import read_cases
    from referentials.library import SHIPPED

    folders = [folder / "cases" for folder in (SHIPPED, *existing(places))]
    try:
        cases = [case for folder in folders if folder.is_dir() for case in read_cases(folder)]
    except ValueError as problem:
        if hasattr(problem, "findings"):
            raise
        raise WrongRequest(f"Les cas ne peuvent pas être lus. {problem}") from None
    words = [folded(word) for word in text.split()]
    kept = [case for case in cases if all(word in folded(f"{case.id} {case.sentence}") for word in words)]
    if not kept:
        raise WrongRequest(f"Aucun cas ne contient « {text} ».")
    return kept


def _verdicts(cases: Sequence[Case], places: Sequence[Path], progress: Progress) -> Iterator[Verdict]:
    from pathways.plan_verdict import plan_failures
    from pathways.recognition import Rights
    from pathways.verdict import failures
    from referentials.library import Library

    rights = Rights(Library.read(*places))
    for done, case in enumerate(cases):
        progress.tell(case.id, done, len(cases))
        yield Verdict(case, (*failures(case, rights), *plan_failures(case, rights)))


def _plain(found: Sequence[Verdict], failed: int) -> dict[str, object]:
    return {
        "cases": len(found),
        "failed": failed,
        "verdicts": [
            {"id": one.case.id, "sentence": one.case.sentence, "holds": not one.failures, "failures": one.failures}
            for one in found
        ],
    }


def _show(screen: Screen, found: Sequence[Verdict], failed: int, *, everything: bool) -> None:
    for one in found:
        if one.failures:
            screen.line(f"✗ {one.case.sentence} [{one.case.id}]", "red", hang=2)
        elif everything:
            screen.line(f"✓ {one.case.sentence}", hang=2)
        for failure in one.failures:
            screen.item(failure, indent=4)
    told = "tous tiennent" if not failed else plural(failed, "ne tient pas", "ne tiennent pas")
    screen.line(f"{plural(len(found), 'cas', 'cas')} : {told}.", "bold", "red" if failed else "green")
