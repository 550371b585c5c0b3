"""Keys of imported documents (*clés*): what tells one from all others of the same owner."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """The key of a document: its kind, its identifier, and its version if it has any."""

    kind: str
    identifier: str
    version: str = ""
