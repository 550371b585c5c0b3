"""The ledger (*registre des versions scellées*): which versions were published, with what content, when and why.

One JSON line per publication, each holding the digest of the line before: a line changed, moved or removed shows. The
digest of a version is that of its content, not of its layout: a comment may be added, a word may not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from referentials.findings import FileProblem, error
from referentials.model import Referential
from referentials.yaml_source import decoded, raw_bytes

FILE_NAME = "ledger.jsonl"


class Line(BaseModel):
    """One publication. ``seal`` is the digest of the line's other fields; ``previous`` is the seal of the line before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ref: str
    revision: int
    digest: str
    on: date
    reason: str
    previous: str
    seal: str = ""

    def sealed(self) -> Line:
        """The same line with its seal."""
        return self.model_copy(update={"seal": _sha(self.model_dump_json(exclude={"seal"}))})


def digest(referential: Referential) -> str:
    """The SHA-256 of a version's content, as ``sha256:…``."""
    content = referential.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"state"})
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _sha(text)


def _sha(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def read(folder: Path) -> tuple[Line, ...]:
    """The lines of a folder's ledger; none when there is no ledger.

    Raises
    ------
    FileProblem
        A line is unreadable, or the chain is broken: something was changed outside a publication.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return ()
    lines: list[Line] = []
    texts = decoded(raw_bytes(path), file=str(path)).replace("\r\n", "\n").removesuffix("\n").split("\n")
    for number, text in enumerate(texts if texts != [""] else (), start=1):
        line = _line(text, path, number)
        if line != line.sealed() or line.previous != (lines[-1].seal if lines else ""):
            raise _problem("registre-rompu", "Le registre a été modifié : la chaîne est rompue ici.", path, number)
        lines.append(line)
    return tuple(lines)


def _line(text: str, path: Path, number: int) -> Line:
    try:
        return Line.model_validate_json(text)
    except ValidationError:
        raise _problem("registre-illisible", "Cette ligne du registre est illisible.", path, number) from None


def _problem(rule: str, message: str, path: Path, number: int) -> FileProblem:
    remedy = "Remettez la dernière version du registre (par exemple depuis l'historique Git) ; ne le modifiez jamais à la main."
    return FileProblem([error(rule, message, remedy, file=path, line=number)])


def sealed(lines: Iterable[Line]) -> dict[str, Line]:
    """The last line of each version."""
    return {line.ref: line for line in lines}


def next_line(lines: Sequence[Line], referential: Referential, *, on: date, reason: str) -> Line:
    """The line that publishes a version, after those of a ledger."""
    before = sealed(lines).get(referential.key)
    return Line(
        ref=referential.key,
        revision=before.revision + 1 if before else 1,
        digest=digest(referential),
        on=on,
        reason=reason,
        previous=lines[-1].seal if lines else "",
    ).sealed()


def write(folder: Path, lines: Iterable[Line]) -> None:
    """Write the ledger of a folder, at once: a reader sees the old one or the new one."""
    path = folder / FILE_NAME
    replace(path, "".join(f"{line.model_dump_json()}\n" for line in lines))


def replace(path: Path, text: str) -> None:
    """Write a file at once: its name leads to the old content or to the new one, whatever happens."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
