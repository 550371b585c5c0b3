"""A record of a file → its key and its digest (*empreinte d'un enregistrement*): enough to know whether it is there already.

Whoever reads a large file beside the import needs this and nothing of the database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic_core import to_json

from api.store.keys import Key
from referentials.findings import FileProblem, Finding, Place, error
from referentials.formats.exchange import OCCUPATION, Record
from referentials.loader import CORRESPONDENCES, OFFER, RECOGNITIONS, REFERENTIAL, Format
from referentials.occupations import Occupation

TRADES = Format(OCCUPATION, (), Occupation, False)
"""A trade of a nomenclature, known by the nomenclature and its code."""

KEPT: Mapping[str, Format] = {one.name: one for one in (REFERENTIAL, RECOGNITIONS, CORRESPONDENCES, OFFER, TRADES)}
"""The kinds of record that are kept."""

UNNAMED = "import-sans-identifiant"
"""The rule of a record that says no identifier."""

_LONGEST_KEY = 200


class Entry(NamedTuple):
    """A record with its key, its values as JSON with their digest, and the file, the line and the path where it stood."""

    key: Key
    digest: str
    raw: bytes
    stood: tuple[str | None, int | None, str]

    @property
    def where(self) -> Place:
        """The place of the record, for a message."""
        file, line, path = self.stood
        return Place(file=file, line=line, path=path)

    @property
    def values(self) -> dict[str, Any]:
        """The plain values."""
        found: dict[str, Any] = json.loads(self.raw)
        return found


def entry_of(record: Record) -> Entry:
    """The key and the digest of a record.

    Raises
    ------
    FileProblem
        It says no identifier.
    """
    values = record.values if record.kind != OCCUPATION else _named_trade(record.values)
    identifier, version = values.get("id"), values.get("version", "") if record.kind == REFERENTIAL.name else ""
    if not isinstance(identifier, str) or not isinstance(version, str) or not identifier:
        raise FileProblem([_unnamed(record)])
    if len(identifier) > _LONGEST_KEY or len(version) > _LONGEST_KEY // 2:
        raise FileProblem([_unnamed(record)])
    raw = _as_json(values)
    where = record.where
    stood = (where.file, where.line, where.path)
    return Entry(Key(record.kind, identifier, version), hashlib.sha256(raw).hexdigest(), raw, stood)


def _as_json(values: Mapping[str, Any]) -> bytes:
    """The values as JSON; half a pair of characters, which UTF-8 has no way to write, is written by its number."""
    try:
        return to_json(values, fallback=str)
    except ValueError:
        return json.dumps(values, separators=(",", ":"), default=str).encode("ascii")


def _named_trade(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A trade has no identifier of ours: the nomenclature and the code make one."""
    return {"id": f"{values.get('nomenclature', 'rome')}:{values['code']}" if values.get("code") else None, **values}


def _unnamed(record: Record) -> Finding:
    message = "Cet enregistrement n'a pas d'identifiant utilisable."
    where = record.where
    return error(UNNAMED, message, "Donnez-lui un identifiant à la source.", file=where.file, line=where.line)
