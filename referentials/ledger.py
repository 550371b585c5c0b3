"""The ledger (*registre des versions scellées*): which versions were published, with what content, when and why.

One JSON line per publication, each holding the digest of the line before: a line changed, moved or removed shows. The
digest of a version is that of its content, not of its layout: a comment may be added, a word may not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from referentials.findings import FileProblem, error
from referentials.model import Referential

FILE_NAME = "ledger.jsonl"


class Line(BaseModel):
    """One publication."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ref: str
    revision: int
    digest: str
    on: date
    reason: str
    previous: str


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
    if not path.is_file():
        return ()
    lines: list[Line] = []
    before = ""
    for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            line = Line.model_validate_json(text)
        except ValidationError:
            raise FileProblem(
                [error("registre-illisible", "Cette ligne du registre est illisible.", _REMEDY, file=path, line=number)]
            ) from None
        if line.previous != before:
            raise FileProblem(
                [
                    error(
                        "registre-rompu",
                        "Le registre a été modifié : la chaîne est rompue ici.",
                        _REMEDY,
                        file=path,
                        line=number,
                    )
                ]
            )
        lines.append(line)
        before = _sha(text)
    return tuple(lines)


_REMEDY = (
    "Remettez la dernière version du registre (par exemple depuis l'historique Git) ; ne le modifiez jamais à la main."
)


def sealed(lines: Iterable[Line]) -> dict[str, Line]:
    """The last line of each version."""
    return {line.ref: line for line in lines}


def append(folder: Path, referential: Referential, *, on: date, reason: str) -> Line:
    """Write one publication at the end of a folder's ledger, and return its line."""
    path = folder / FILE_NAME
    lines = read(folder)
    texts = path.read_text("utf-8").splitlines() if lines else []
    before = sealed(lines).get(referential.key)
    line = Line(
        ref=referential.key,
        revision=before.revision + 1 if before else 1,
        digest=digest(referential),
        on=on,
        reason=reason,
        previous=_sha(texts[-1]) if texts else "",
    )
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(line.model_dump_json() + "\n")
    return line
