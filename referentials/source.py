"""Where a library may look beside its files (*source*): versions and lists that something else keeps, opened one by one.

A database is one, an import another. The library asks for the keys at once, and for a document only when somebody needs it; what it
gets are the plain values of a file, and it reads them as it reads a file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable


class Source(Protocol):
    """What a library asks of a source."""

    name: str
    """What messages call it, where they would name a file."""

    def versions(self) -> Iterable[tuple[str, str]]:
        """The identifier and the version of every referential."""

    def referential(self, identifier: str, version: str) -> Mapping[str, Any]:
        """The plain values of one referential."""

    def items(self, kind: str) -> Iterable[Mapping[str, Any]]:
        """The plain values of every recognition, correspondence, rule or offer: ``kind`` is the name of a format of files."""


class Side(StrEnum):
    """The two sides of a right."""

    GIVEN = "given"
    """What it asks for."""
    GRANTS = "grants"
    """What it gives."""


@runtime_checkable
class Directory(Source, Protocol):
    """A source that may be too large to be read whole (*répertoire*): it says by itself what is about something."""

    def rights(self, side: Side, names: Collection[str]) -> Iterable[Mapping[str, Any]]:
        """The plain values of the recognitions that have one of some names on one side (see :func:`referentials.neighbourhood.names_in`)."""

    def right(self, identifier: str) -> Mapping[str, Any] | None:
        """The plain values of one recognition."""

    def rights_after(self, identifier: str, count: int) -> Iterable[Mapping[str, Any]]:
        """The plain values of the recognitions after an identifier, in their order, so many at most."""

    def coded(self, code: str) -> Iterable[tuple[str, str]]:
        """The versions that have a code, squeezed, themselves or one of their blocks."""
