"""Rules about sealed versions: what was published can't be edited unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from referentials.checks.rule import Problem, rule
from referentials.findings import FileProblem, Place
from referentials.ledger import FILE_NAME, Line, digest, read, sealed
from referentials.library import Library
from referentials.loader import REFERENTIAL, SUFFIXES
from referentials.model import Referential, State


def _folders(library: Library) -> dict[Path, list[Referential]]:
    """The versions in use of each data folder (two levels above their file's folder)."""
    found: dict[Path, list[Referential]] = {}
    for item in library:
        for origin in library.origins(item)[-1:]:
            if len(origin.file.parents) > 2 and origin.file.parent.parent.name in REFERENTIAL.folders:
                found.setdefault(origin.file.parents[2], []).append(item)
    return found


def _intact(library: Library) -> Iterator[tuple[Path, dict[str, Line], list[Referential]]]:
    """Each folder whose ledger can be read, its sealed versions, and its versions in use."""
    for folder, items in _folders(library).items():
        with suppress(FileProblem):
            yield folder, sealed(read(folder)), items


@rule("registre", "Le registre des versions scellées est intact")
def ledger_intact(library: Library) -> Iterator[Problem]:
    for folder in _folders(library):
        try:
            read(folder)
        except FileProblem as problem:
            for finding in problem.findings:
                yield Problem(finding.where, (), finding.message, finding.remedy)


@rule("version-scellee-modifiee", "Une version publiée n'a pas changé depuis qu'elle est scellée")
def sealed_unchanged(library: Library) -> Iterator[Problem]:
    for _folder, lines, items in _intact(library):
        for item in (item for item in items if item.key in lines):
            if lines[item.key].digest != digest(item):
                yield Problem(
                    item,
                    (),
                    f"{item.key} a changé depuis sa publication du {lines[item.key].on:%d/%m/%Y}.",
                    "Publiez la correction (passerelles publish, avec un motif), ou revenez au texte scellé.",
                )
            elif item.state is State.DRAFT:
                yield Problem(
                    item,
                    ("state",),
                    f"{item.key} se dit brouillon alors qu'il est publié depuis le {lines[item.key].on:%d/%m/%Y}.",
                    "Remettez « state: published », ou « state: retired » pour le retirer.",
                )


@rule("version-scellee-absente", "Une version publiée a toujours son fichier")
def sealed_still_there(library: Library) -> Iterator[Problem]:
    for folder, _lines, _items in _intact(library):
        for ref, number in {line.ref: number for number, line in enumerate(read(folder), start=1)}.items():
            if not any(file.is_file() for file in _files(folder, ref)):
                yield Problem(
                    Place(file=str(folder / FILE_NAME), line=number),
                    (),
                    f"{ref} est au registre, et son fichier n'existe plus.",
                    "Remettez le fichier ; une version retirée s'écrit « state: retired ».",
                )


def _files(folder: Path, ref: str) -> Iterator[Path]:
    identifier, _at, version = ref.partition("@")
    for name in REFERENTIAL.folders:
        yield from (folder / name / identifier / f"{version}{suffix}" for suffix in SUFFIXES)


@rule("publie-non-scelle", "Une version dite publiée est au registre")
def published_is_sealed(library: Library) -> Iterator[Problem]:
    for _folder, lines, items in _intact(library):
        for item in items:
            if item.state is not State.DRAFT and item.key not in lines:
                yield Problem(
                    item,
                    ("state",),
                    f"{item.key} se dit publié sans être au registre.",
                    "Publiez-le (passerelles publish), ou écrivez state: draft.",
                )
