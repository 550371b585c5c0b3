"""Backup of an SQLite file (*sauvegarde*): a copy made while others go on writing, and put back the same way.

SQLite's own online copy gives one state of the database, without stopping anybody; the copy is checked before it takes its name.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from api.store import schema
from api.store.unit_of_work import Store

_MAGIC = b"SQLite format 3\x00"


class WrongBackup(ValueError):
    """The file can't be restored; the message, in French, says why."""


def is_sqlite_file(path: Path) -> bool:
    """Whether a file is an SQLite database."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def copy_file(store: Store, path: Path) -> None:
    """Copy the database of a store into a new file, which appears whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(beside)) as copy:
            with closing(sqlite3.connect(_file(store))) as live:
                live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            _check(copy)
        beside.chmod(0o600)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def put_back(path: Path, store: Store) -> None:
    """Put a copy in the place of all that a store holds, and bring it up to date.

    Raises
    ------
    WrongBackup
        The copy is damaged, is no database of this program, or was made by a newer one.
    """
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        _check(copy)
        _check_revision(copy)
        store.close()
        with closing(sqlite3.connect(_file(store))) as live:
            copy.backup(live)
    schema.upgrade(store.engine)


def _file(store: Store) -> str:
    return store.engine.url.database or ""


def _check(copy: sqlite3.Connection) -> None:
    try:
        lines = copy.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError:
        lines = []
    if lines != [("ok",)]:
        raise WrongBackup("La sauvegarde est abîmée : prenez-en une autre.")


def _check_revision(copy: sqlite3.Connection) -> None:
    try:
        revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        revision = None
    if revision is None:
        raise WrongBackup("Ce fichier n'est pas une base de données de Passerelles.")
    if not schema.knows(revision[0]):
        raise WrongBackup("La sauvegarde vient d'une version plus récente du programme : installez celle-là.")
