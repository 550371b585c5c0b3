"""Logical backup (*sauvegarde logique*): every row as a line of JSON, in a ZIP that either database can read again.

::

    manifest.json          the revision, the head of the audit trail, and of each table its rows and its SHA-256
    tables/<table>.jsonl   one row a line: moments and days as ISO 8601, bytes in base64

Nothing is written before every hash was verified, and all of it in one transaction.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Column, Connection, Date, LargeBinary, Table, insert, select

from api.store import schema
from api.store.audit import verify
from api.store.backup import WrongBackup
from api.store.columns import Base, Instant, json_text
from api.store.engine import reading, writing
from api.store.tables.audit import AuditHead
from api.store.tables.search import SearchEntry
from api.store.unit_of_work import Store

FORMAT = 1
_MANIFEST = "manifest.json"
_BATCH = 500
_NUMBERED_AGAIN = {SearchEntry.__tablename__: {"number"}}
"""Columns that the database fills by itself."""


def dump(store: Store, path: Path) -> None:
    """Write every row of a store into a new file, which appears whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.touch(mode=0o600)
        with ZipFile(beside, "w", ZIP_DEFLATED) as archive, reading(store.engine).connect() as connection:
            tables = {table.name: _write(archive, connection, table) for table in Base.metadata.sorted_tables}
            head = connection.execute(select(AuditHead.number, AuditHead.digest)).one()
            manifest = {
                "format": FORMAT,
                "revision": schema.revision_of(store.engine),
                "made_at": store.now().isoformat(),
                "audit": {"lines": head[0], "head": head[1]},
                "tables": tables,
            }
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=2))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _write(archive: ZipFile, connection: Connection, table: Table) -> dict[str, Any]:
    columns, digest, count = _columns(table), hashlib.sha256(), 0
    rows = connection.execution_options(yield_per=_BATCH).execute(select(*columns).order_by(*table.primary_key.columns))
    with archive.open(_member(table), "w", force_zip64=True) as file:
        for row in rows:
            line = (json_text({c.name: _plain(value) for c, value in zip(columns, row, strict=True)}) + "\n").encode()
            digest.update(line)
            file.write(line)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _columns(table: Table) -> list[Column[Any]]:
    left_out = _NUMBERED_AGAIN.get(table.name, set())
    return [column for column in table.columns if column.name not in left_out]


def _member(table: Table) -> str:
    return f"tables/{table.name}.jsonl"


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date | datetime) else value


# -- to put back ---------------------------------------------------------------------------------------------------------


def load(path: Path, store: Store) -> None:
    """Put a dump in the place of all that a store holds.

    Raises
    ------
    WrongBackup
        The file is no dump, was changed, or was made by another version of the program.
    """
    try:
        with ZipFile(path) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            _check(archive, manifest)
            with writing(store.engine).begin() as connection:
                _replace(archive, connection, manifest)
    except (BadZipFile, KeyError, TypeError, json.JSONDecodeError) as problem:
        raise WrongBackup("Ce fichier n'est pas une sauvegarde de Passerelles, ou il est incomplet.") from problem


def _check(archive: ZipFile, manifest: dict[str, Any]) -> None:
    if manifest["format"] != FORMAT or manifest["revision"] != schema.last_revision():
        raise WrongBackup(
            "La sauvegarde vient d'une autre version du programme : restaurez-la avec celle-là, puis mettez la base à jour."
        )
    for table in Base.metadata.sorted_tables:
        digest, count = hashlib.sha256(), 0
        with archive.open(_member(table)) as file:
            for line in file:
                digest.update(line)
                count += 1
        if {"rows": count, "sha256": digest.hexdigest()} != manifest["tables"][table.name]:
            raise WrongBackup(f"La sauvegarde a été modifiée ou abîmée : table « {table.name} ».")


def _replace(archive: ZipFile, connection: Connection, manifest: dict[str, Any]) -> None:
    schema.empty(connection)
    connection.execute(AuditHead.__table__.delete())  # type: ignore[attr-defined]
    for table in Base.metadata.sorted_tables:
        with archive.open(_member(table)) as file:
            for batch in _batches(_rows(file, table)):  # type: ignore[arg-type]
                connection.execute(insert(table), batch)
    found = verify(connection)
    if found.broken_at is not None or found.head != manifest["audit"]["head"]:
        raise WrongBackup("Le journal de la sauvegarde est rompu.")


def _rows(file: BinaryIO, table: Table) -> Iterator[dict[str, Any]]:
    columns = {column.name: column for column in _columns(table)}
    for line in file:
        yield {name: _value(columns[name], value) for name, value in json.loads(line).items()}


def _batches(rows: Iterator[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
