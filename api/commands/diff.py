"""``passerelles diff``: what changes from one version to another, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from api.commands.library_options import DATABASE, opened
from api.services.comparison import Comparison, NotComparable, compare
from api.terminal.problems import WrongRequest
from api.terminal.screen import Screen, answer
from referentials.diff import ChangeKind
from referentials.rights import Recognition
from reports.library_wording import effect, granted
from reports.wording import plural

HELP = """
Comparer deux versions : ce qui est nouveau, ce qui disparaît, ce qui change de place, d'intitulé, de durée ou de dates, puis
les passerelles qui mènent à l'une et à l'autre.

Chaque côté est une référence (tp-cmn@2015) ou un fichier : un brouillon se compare ainsi à ce qui est publié. Deux fichiers de
passerelles se comparent aussi.
"""
EXAMPLES = ("diff tp-cmn@2015 tp-remn@2019", "diff tp-mn@2025 mon-brouillon.yaml --json")

HEADINGS = {
    ChangeKind.ADDED: "Nouveau",
    ChangeKind.RETIRED: "Disparu",
    ChangeKind.MOVED: "Changé de place",
    ChangeKind.REWORDED: "Changé d'intitulé",
    ChangeKind.HOURS: "Durées",
    ChangeKind.VALIDITY: "Dates",
    ChangeKind.AWARD: "Obtention",
    ChangeKind.ENTRY: "Entrée",
    ChangeKind.DETAIL: "Détails",
    ChangeKind.EDITORIAL: "Rédaction du fichier",
    ChangeKind.RIGHT_ADDED: "Nouvelles passerelles",
    ChangeKind.RIGHT_RETIRED: "Passerelles disparues",
    ChangeKind.RIGHT_CHANGED: "Passerelles changées",
}


def command(
    before: str = typer.Argument(metavar="AVANT", help="Une version (tp-cmn@2015) ou un fichier."),
    after: str = typer.Argument(metavar="APRÈS", help="Une version (tp-remn@2019) ou un fichier."),
    library: list[Path] = typer.Option([], "--library", metavar="CHEMIN", help="Ajouter un dossier ou un fichier."),
    database: bool = DATABASE,
    json: bool = typer.Option(False, "--json", help="Répondre en JSON, pour un programme."),
) -> None:
    """Compare two versions."""
    try:
        found = compare(opened(library, database), before, after)
    except NotComparable as problem:
        raise WrongRequest(str(problem)) from None
    if json:
        answer().json(_plain(found))
    else:
        _show(answer(), found)


def _plain(found: Comparison) -> dict[str, object]:
    return {
        "before": found.before,
        "after": found.after,
        "changes": [
            {**change._asdict(), "sentence": sentence}
            for change, sentence in zip(found.changes, found.sentences, strict=True)
        ],
        "rights": {
            "before_only": [item.id for item in found.first_only],
            "after_only": [item.id for item in found.second_only],
            "both": [item.id for item in found.both],
        },
    }


def _show(screen: Screen, found: Comparison) -> None:
    screen.line(f"De {found.before} à {found.after}", "bold")
    screen.line(plural(len(found.changes), "changement") if found.changes else "Aucun changement.")
    for kind, heading in HEADINGS.items():
        said = [
            sentence for change, sentence in zip(found.changes, found.sentences, strict=True) if change.kind is kind
        ]
        if said:
            screen.title(f"{heading} ({len(said)})")
            for sentence in said:
                screen.item(sentence)
    _rights(screen, f"Passerelles vers {found.before} seulement", found.first_only)
    _rights(screen, f"Passerelles vers {found.after} seulement", found.second_only)
    _rights(screen, "Passerelles vers les deux", found.both)


def _rights(screen: Screen, title: str, rights: Iterable[Recognition]) -> None:
    found = list(rights)
    if found:
        screen.title(f"{title} ({len(found)})")
        for item in found:
            screen.item(f"{item.id} — {effect(item)} : {granted(item.grants)} ({item.source.title})")
