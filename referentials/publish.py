"""Draft → sealed version (*publication*): checks, digest, a line of the ledger, and the file that says ``published``.

The file keeps its layout and its comments: only its ``state`` changes.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from referentials import ledger
from referentials.checks import check
from referentials.findings import FileProblem, Severity, error
from referentials.library import Library
from referentials.loader import REFERENTIAL, load_file
from referentials.model import Referential, State

_STATE = re.compile(r"^state:.*$", re.MULTILINE)
_SEALING = ("publie-non-scelle", "version-scellee-modifiee")


def publish(path: Path, folder: Path, *, on: date, reason: str, others: tuple[Path, ...] = ()) -> ledger.Line:
    """Seal the version that a file holds.

    Parameters
    ----------
    path : Path
        The file of the version, anywhere; it ends under ``folder``.
    folder : Path
        A data folder (laid out like ``referentials/data``), whose ledger gets the line.
    on : date
        The day of the publication.
    reason : str
        Why, in a few words; kept in the ledger.
    others : tuple of Path
        More folders that its references lead to, beside ``folder`` and the shipped library.

    Raises
    ------
    FileProblem
        The file has errors, no reason was given, or nothing changed since the last publication: nothing is written.
    """
    item = load_file(path, REFERENTIAL).items[0]
    if not reason.strip():
        raise FileProblem(
            [error("motif-manquant", "Une publication dit pourquoi.", "Donnez un motif en quelques mots.", file=path)]
        )
    last = ledger.sealed(ledger.read(folder)).get(item.key)
    if last is not None and last.digest == ledger.digest(item):
        raise FileProblem(
            [error("deja-publie", f"{item.key} est déjà publié, sans changement depuis.", "Rien à faire.", file=path)]
        )
    target = _home(folder, item)
    text = _published(path.read_text("utf-8-sig"))
    _refuse_errors(item, path, folder, others)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")
    return ledger.append(folder, item, on=on, reason=reason.strip())


def _home(folder: Path, item: Referential) -> Path:
    for name in REFERENTIAL.folders:
        if (found := folder / name / item.id / f"{item.version}.yaml").is_file():
            return found
    return folder / ("frameworks" if item.scale else "certifications") / item.id / f"{item.version}.yaml"


def _published(text: str) -> str:
    line = f"state: {State.PUBLISHED.value}"
    if _STATE.search(text):
        return _STATE.sub(line, text, count=1)
    return re.sub(r"^(version:.*)$", rf"\1\n{line}", text, count=1, flags=re.MULTILINE)


def _refuse_errors(item: Referential, path: Path, folder: Path, others: tuple[Path, ...]) -> None:
    """Check the library as it would be with this version in it."""
    library = Library.read(folder, *others, path)
    found = [
        finding
        for finding in check(library)
        if finding.severity is Severity.ERROR and finding.rule not in _SEALING and _is_about(finding.where.file, path)
    ]
    if found:
        raise FileProblem(found)


def _is_about(file: str | None, path: Path) -> bool:
    return file is not None and Path(file).resolve() == path.resolve()
