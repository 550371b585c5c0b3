"""The engine (*connexion*): one URL → connections that behave alike in SQLite and in PostgreSQL.

SQLite: write-ahead log, so that readers never wait for a writer; a transaction that writes takes its turn at once
(``BEGIN IMMEDIATE``), for which it waits a while; what is deleted is overwritten. In both, a transaction that did not say
that it would write cannot.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

WRITES = "passerelles_writes"
"""The execution option of a connection that will write."""

PATIENCE = 5.0
"""Seconds."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


class WrongUrl(ValueError):
    """The address of the database leads to nothing that the store can use."""


def open_engine(url: str, patience: float = PATIENCE) -> Engine:
    """Connections to a database; nothing is opened yet.

    Parameters
    ----------
    url : str
        ``sqlite:///file.sqlite3`` or ``postgresql://user:password@host/name``.
    patience : float
        How many seconds a writer waits for another.

    Raises
    ------
    WrongUrl
        The address is of another sort.
    """
    try:
        found = make_url(url)
    except Exception:
        raise WrongUrl("L'adresse de la base de données est mal écrite.") from None
    kind = found.get_backend_name()
    if kind == "postgresql":
        waits = {"options": f"-c lock_timeout={int(patience * 1000)}"}
        return create_engine(found.set(drivername="postgresql+psycopg"), pool_pre_ping=True, connect_args=waits)
    if kind == "sqlite" and found.database and found.database != ":memory:":
        return _sqlite(create_engine(found, connect_args={"timeout": patience}))
    raise WrongUrl("La base de données est un fichier SQLite (sqlite:///fichier.sqlite3) ou un serveur PostgreSQL.")


def _sqlite(engine: Engine) -> Engine:
    event.listen(engine, "do_connect", _private)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _private(_dialect: Any, _record: Any, arguments: list[Any], _options: Any) -> None:
    """A new file is for whoever runs the program, and nobody else; what SQLite puts beside it follows."""
    with suppress(OSError):
        Path(arguments[0]).touch(mode=0o600, exist_ok=False)


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver thinks
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def reading(engine: Engine) -> Engine:
    """The same engine, for transactions that see one state of the database and can change nothing."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def writing(engine: Engine) -> Engine:
    """The same engine, for transactions that may write."""
    return engine.execution_options(**{WRITES: True})
