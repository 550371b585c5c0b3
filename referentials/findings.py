"""What is wrong, where, and what to do (*constat*): the one shape of every message about a file."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """Whether the file can be used all the same."""

    ERROR = "error"
    WARNING = "warning"


class Place(BaseModel):
    """Where: a file, a line counted from 1, a path inside the data."""

    model_config = ConfigDict(frozen=True)

    file: str | None = None
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        head = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        return ", ".join(part for part in (head, self.path) if part)


class Finding(BaseModel):
    """One problem: the rule it breaks, how serious it is, where, what happened, what to do.

    ``rule`` is stable from one release to the next; ``message`` and ``remedy`` are French sentences for the reader.
    """

    model_config = ConfigDict(frozen=True)

    rule: str
    severity: Severity
    where: Place
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where} : {self.message} {self.remedy} [{self.rule}]"


class FileProblem(ValueError):
    """A file can't be used; ``findings`` says every reason, not the first only."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def error(
    rule: str, message: str, remedy: str, *, file: Path | str | None = None, line: int | None = None, path: str = ""
) -> Finding:
    """A finding that forbids the use of the file."""
    where = Place(file=None if file is None else str(file), line=line, path=path)
    return Finding(rule=rule, severity=Severity.ERROR, where=where, message=message, remedy=remedy)


def warning(
    rule: str, message: str, remedy: str, *, file: Path | str | None = None, line: int | None = None, path: str = ""
) -> Finding:
    """A finding that the reader should look at; the file can be used."""
    where = Place(file=None if file is None else str(file), line=line, path=path)
    return Finding(rule=rule, severity=Severity.WARNING, where=where, message=message, remedy=remedy)
