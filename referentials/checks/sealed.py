"""Rules about sealed versions: what was published can't be edited unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from referentials.checks.rule import Problem, rule
from referentials.findings import FileProblem
from referentials.ledger import Line, digest, read, sealed
from referentials.library import Library
from referentials.model import Referential, State


def _folders(library: Library) -> dict[Path, list[Referential]]:
    """The referentials of each data folder (two levels above their file's folder)."""
    found: dict[Path, list[Referential]] = {}
    for item in library:
        for origin in library.origins(item):
            if len(origin.file.parents) > 2 and origin.file.parent.parent.name in ("certifications", "frameworks"):
                found.setdefault(origin.file.parents[2], []).append(item)
    return found


def _lines(folder: Path) -> dict[str, Line]:
    try:
        return sealed(read(folder))
    except FileProblem:
        return {}


@rule("registre", "Le registre des versions scellées est intact")
def ledger_intact(library: Library) -> Iterator[Problem]:
    for folder, items in _folders(library).items():
        try:
            read(folder)
        except FileProblem as problem:
            finding = problem.findings[0]
            yield Problem(items[0], (), f"{finding.where} : {finding.message}", finding.remedy)


@rule("version-scellee-modifiee", "Une version publiée n'a pas changé depuis qu'elle est scellée")
def sealed_unchanged(library: Library) -> Iterator[Problem]:
    for folder, items in _folders(library).items():
        lines = _lines(folder)
        for item in items:
            if item.key in lines and lines[item.key].digest != digest(item):
                yield Problem(
                    item,
                    (),
                    f"{item.key} a changé depuis sa publication du {lines[item.key].on:%d/%m/%Y}.",
                    "Publiez la correction (passerelles publish, avec un motif), ou revenez au texte scellé.",
                )


@rule("publie-non-scelle", "Une version dite publiée est au registre")
def published_is_sealed(library: Library) -> Iterator[Problem]:
    for folder, items in _folders(library).items():
        lines = _lines(folder)
        for item in items:
            if item.state is not State.DRAFT and item.key not in lines:
                yield Problem(
                    item,
                    ("state",),
                    f"{item.key} se dit publié sans être au registre.",
                    "Publiez-le (passerelles publish), ou écrivez state: draft.",
                )
