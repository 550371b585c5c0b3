"""How a rule is declared: a generator of problems, registered under its identifier with its severity and label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from referentials.document import DataPath
from referentials.findings import Finding, Severity
from referentials.library import Library


class Problem(NamedTuple):
    """What a rule found: in which item, at which path inside it, what happened, what to do."""

    item: Any
    path: DataPath
    message: str
    remedy: str


class Check(NamedTuple):
    """A rule: its identifier, its severity, its label in French, and the function that looks for problems."""

    id: str
    severity: Severity
    label: str
    look: Callable[[Library], Iterator[Problem]]

    def findings(self, library: Library) -> Iterator[Finding]:
        """The problems of a library, each with its place."""
        for item, path, message, remedy in self.look(library):
            yield Finding(
                rule=self.id, severity=self.severity, where=library.place(item, path), message=message, remedy=remedy
            )


RULES: list[Check] = []
"""Every rule, in the order of its declaration."""

Look = Callable[[Library], Iterator[Problem]]


def rule(identifier: str, label: str, severity: Severity = Severity.ERROR) -> Callable[[Look], Look]:
    """Declare a rule."""

    def declare(look: Look) -> Look:
        RULES.append(Check(identifier, severity, label, look))
        return look

    return declare
