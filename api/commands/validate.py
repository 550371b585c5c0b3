"""``passerelles validate``: everything that is wrong with files, each with its line and what to do."""

from __future__ import annotations

from pathlib import Path

import typer

from api.commands.library_options import existing
from api.services.validation import Report, validate
from api.terminal.problems import WRONG, beside, tell
from api.terminal.progress import Progress
from api.terminal.screen import answer, notice
from reports.wording import plural

HELP = """
Contrôler des fichiers ou des dossiers : lecture, puis toutes les règles de cohérence avec le reste de la bibliothèque. Chaque
constat dit le fichier, la ligne, l'endroit, ce qui ne va pas et quoi faire. Rien n'est modifié.

Sans chemin, c'est la bibliothèque fournie qui est contrôlée. Le programme finit avec 0 s'il n'y a pas d'erreur, sinon avec 2.
"""
EXAMPLES = ("validate", "validate mon-brouillon.yaml", "validate mes-fichiers --json")


def command(
    paths: list[Path] = typer.Argument(None, metavar="CHEMIN…", help="Des fichiers, des dossiers, ou rien."),
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Check files."""
    with Progress() as progress:
        found = validate(existing(paths or []), progress.tell)
    if json:
        answer().json(_plain(found))
    else:
        _show(found)
    if found.ignored:
        names = ", ".join(beside(path) for path in found.ignored[:5]) + ("…" if len(found.ignored) > 5 else "")
        notice().line(
            f"{plural(len(found.ignored), 'fichier')} hors des dossiers prévus, non contrôlés : {names}", "yellow"
        )
    if found.errors:
        raise typer.Exit(WRONG)


def _plain(found: Report) -> dict[str, object]:
    return {
        "files": found.files,
        "errors": found.errors,
        "warnings": len(found.findings) - found.errors,
        "findings": [finding.model_dump(mode="json") for finding in found.findings],
        "ignored": [str(path) for path in found.ignored],
    }


def _show(found: Report) -> None:
    screen = answer()
    for finding in found.findings:
        tell(finding, screen)
    if found.findings:
        screen.line()
    screen.line(_summary(found), "bold", "red" if found.errors else "green")


def _summary(found: Report) -> str:
    warnings = len(found.findings) - found.errors
    checked = f"{plural(found.files, 'fichier contrôlé', 'fichiers contrôlés')}"
    if not found.findings:
        return f"{checked} : rien à signaler."
    return f"{checked} : {plural(found.errors, 'erreur')}, {plural(warnings, 'point')} à regarder."
