"""The state of the database (*état*): whether it answers, whether it is up to date, whether anything in it is broken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.store import ledgers, schema
from api.store.unit_of_work import Store


class NotReady(Exception):
    """The database can't be used yet; the message, in French, says what to do."""


class Report(NamedTuple):
    """What was found: the revision, how many lines the audit trail has and the digest of the last, and every problem."""

    revision: str | None
    lines: int
    head: str
    problems: tuple[str, ...]


def reached(store: Store) -> str | None:
    """The revision where the database stands; None when it has no table yet.

    Raises
    ------
    NotReady
        It does not answer.
    """
    try:
        return schema.revision_of(store.engine)
    except DBAPIError:
        raise NotReady(
            "La base de données ne répond pas : vérifiez PASSERELLES_DATABASE_URL et que le serveur est démarré."
        ) from None


def require(store: Store) -> None:
    """Make sure that the database answers and has the tables of this program.

    Raises
    ------
    NotReady
        It does not.
    """
    revision = reached(store)
    if revision != schema.last_revision():
        raise NotReady("La base de données n'est pas à jour : lancez « passerelles db upgrade ».")


def examine(store: Store) -> Report:
    """Read the whole database again, and say everything that is wrong.

    Raises
    ------
    NotReady
        It does not answer, or is not up to date.
    """
    require(store)
    with store.read() as unit:
        trail = unit.directory.trail.verify()
    problems = [*_schema(store), *(_sqlite(store) if store.is_sqlite else ())]
    if trail.broken_at is not None:
        problems.append(
            f"Le journal est rompu à la ligne {trail.broken_at} : une ligne a été modifiée, ajoutée ou retirée."
        )
    problems += ledgers.problems(store)
    return Report(schema.revision_of(store.engine), trail.lines, trail.head, tuple(problems))


def _schema(store: Store) -> Iterator[str]:
    for difference in schema.differences(store.engine):
        yield f"Le schéma ne correspond pas à celui du programme : {difference}."


def _sqlite(store: Store) -> Iterator[str]:
    with store.engine.connect() as connection:
        for (line,) in connection.execute(text("PRAGMA integrity_check")):
            if line != "ok":
                yield f"Le fichier est abîmé : {line}."
        for row in connection.execute(text("PRAGMA foreign_key_check")):
            yield f"Une ligne de « {row[0]} » renvoie à une ligne qui n'existe pas dans « {row[2]} »."
