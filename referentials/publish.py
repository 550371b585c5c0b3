"""Draft → sealed version (*publication*): checks, digest, a line of the ledger, and the file that says ``published``.

The file keeps its layout and its comments: only its ``state`` changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from referentials import ledger
from referentials.checks import check
from referentials.findings import FileProblem, Finding, Severity, error
from referentials.library import Library
from referentials.loader import REFERENTIAL, SUFFIXES, load_document, load_file
from referentials.model import Referential, State
from referentials.writer import to_json, to_yaml
from referentials.yaml_source import decoded, raw_bytes, read_bytes

_STATE = re.compile(r"""^state:[ ]*["']?\w*["']?""", re.MULTILINE)
_VERSION = re.compile(r"^version:.*$", re.MULTILINE)
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
        raise _problem(path, "motif-manquant", "Une publication dit pourquoi.", "Donnez un motif en quelques mots.")
    lines = ledger.read(folder)
    last = ledger.sealed(lines).get(item.key)
    if last is not None and last.digest == ledger.digest(item):
        message = f"{item.key} est déjà publié, sans changement depuis."
        raise _problem(path, "deja-publie", message, "Rien à faire.")
    published = item.model_copy(update={"state": State.PUBLISHED})
    _refuse_errors(published, path, folder, others)
    line = ledger.next_line(lines, published, on=on, reason=" ".join(reason.split()))
    target = _home(folder, item)
    text = to_json(published) if target.suffix == ".json" else _published_text(path, published)
    _write(target, text, folder, (*lines, line))
    return line


def _problem(path: Path, rule: str, message: str, remedy: str) -> FileProblem:
    return FileProblem([error(rule, message, remedy, file=path)])


def _home(folder: Path, item: Referential) -> Path:
    for name in REFERENTIAL.folders:
        for suffix in SUFFIXES:
            if (found := folder / name / item.id / f"{item.version}{suffix}").is_file():
                return found
    return folder / ("frameworks" if item.scale else "certifications") / item.id / f"{item.version}.yaml"


def _published_text(path: Path, published: Referential) -> str:
    """The text of the file, with the new state; written anew where its layout does not allow to change that alone."""
    text = decoded(raw_bytes(path)).replace("\r\n", "\n")
    line = f"state: {State.PUBLISHED.value}"
    edited = (
        _STATE.sub(line, text, count=1)
        if _STATE.search(text)
        else _VERSION.sub(lambda found: f"{found[0]}\n{line}", text, count=1)
    )
    return edited if _says(edited, published) else to_yaml(published)


def _says(text: str, published: Referential) -> bool:
    try:
        return bool(load_document(read_bytes(text.encode()), REFERENTIAL).items[0] == published)
    except FileProblem:
        return False


def _write(target: Path, text: str, folder: Path, lines: tuple[ledger.Line, ...]) -> None:
    """Write the version, then the ledger; put the version back as it was if the ledger can't be written."""
    before = target.read_bytes() if target.is_file() else None
    target.parent.mkdir(parents=True, exist_ok=True)
    ledger.replace(target, text)
    try:
        ledger.write(folder, lines)
    except OSError:
        if before is None:
            target.unlink()
        else:
            target.write_bytes(before)
        raise


def _refuse_errors(published: Referential, path: Path, folder: Path, others: tuple[Path, ...]) -> None:
    """Refuse a version that has errors, or that causes some elsewhere, in the library as it would be with it."""
    after = Library.read(folder, *others, path)
    after.put(published)
    errors = list(_errors(after))
    if any(not _is_about(finding, path) for finding in errors):
        known = {_same(finding) for finding in _errors(Library.read(folder, *others))}
        errors = [finding for finding in errors if _is_about(finding, path) or _same(finding) not in known]
    if errors:
        raise FileProblem(errors)


def _errors(library: Library) -> Iterator[Finding]:
    for finding in check(library):
        if finding.severity is Severity.ERROR and finding.rule not in _SEALING:
            yield finding


def _same(finding: Finding) -> tuple[str, str | None, str, str]:
    return finding.rule, finding.where.file, finding.where.path, finding.message


def _is_about(finding: Finding, path: Path) -> bool:
    return finding.where.file is not None and Path(finding.where.file).resolve() == path.resolve()
