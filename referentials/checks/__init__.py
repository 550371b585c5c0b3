"""Consistency of a library (*contrôles*): one function per rule, each with an identifier, a severity and a French label.

``check(library)`` opens every file, runs every rule, and returns all findings at once, in a stable order.
"""

from __future__ import annotations

from collections.abc import Iterator

from referentials.checks import offers, references, referentials, rights, sealed
from referentials.checks.rule import RULES, Check
from referentials.findings import Finding
from referentials.library import Library

__all__ = ["RULES", "Check", "check"]

assert all((offers, referentials, references, rights, sealed))


def check(library: Library) -> tuple[Finding, ...]:
    """Every problem of a library: unreadable files first, then what each rule finds.

    Notes
    -----
    Linear in the size of the library, but for the pairs of versions of one referential.
    """
    return (*library.open_all(), *_run(library))


def _run(library: Library) -> Iterator[Finding]:
    for rule in RULES:
        found = sorted(
            rule.findings(library),
            key=lambda finding: (finding.where.file or "", finding.where.line or 0, finding.message),
        )
        yield from found
