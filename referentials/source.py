"""Where a library may look beside its files (*source*): versions and lists that something else keeps, opened one by one.

A database is one, an import another. The library asks for the keys at once, and for a document only when somebody needs it; what it
gets are the plain values of a file, and it reads them as it reads a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol


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
