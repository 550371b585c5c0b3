"""The unit of work (*transaction*): the one way to read or change the store; all of it happens, or nothing.

::

    with store.read() as unit: ...                    sees one state of the database, changes nothing
    with store.write(actor=account.id) as unit: ...   commits at its end; an exception undoes everything

``unit.of(scope)`` gives what an organisation or a person owns, ``unit.directory`` the accounts. What changes is written into the
audit trail by the repositories themselves, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Engine, event, inspect
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from api.store.audit import Act, append
from api.store.columns import new_identifier
from api.store.conflict import Absent, Busy, Conflict, Taken, loaded
from api.store.engine import PATIENCE, open_engine, reading, writing
from api.store.scope import Scope

if TYPE_CHECKING:
    from api.settings import Settings
    from api.store.rooms import Directory, Room

Clock = Callable[[], datetime]

_KEPT_BY_OTHERS = ("LockNotAvailable", "DeadlockDetected", "SerializationFailure")

SYSTEM = "system"
"""The actor of what nobody asked for: retention, commands of whoever runs the server."""


def utc_now() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


class Limits(NamedTuple):
    """How large a file of evidence, and all those of a person, may be, in bytes."""

    evidence: int = 5_000_000
    evidence_per_person: int = 50_000_000


LIMITS = Limits()


class UnitOfWork:
    """One transaction.

    Attributes
    ----------
    now : datetime
        The moment it began; everything it writes bears that moment.
    actor : str
        The identifier of the account that acts.
    """

    def __init__(self, session: Session, now: datetime, actor: str, limits: Limits) -> None:
        self.session, self.now, self.actor, self.limits = session, now, actor, limits
        self._acts: list[Act] = []
        self._made = 0

    def new_identifier(self) -> str:
        """An identifier for a new row, after those of the rows made before."""
        self._made += 1
        return new_identifier(self.now, self._made)

    def of(self, scope: Scope) -> Room:
        """What a scope may reach."""
        from api.store.rooms import Room

        return Room(self, scope)

    @cached_property
    def directory(self) -> Directory:
        """Organisations, accounts, sessions, tokens and the queue of jobs, which belong to the service itself."""
        from api.store.rooms import Directory

        return Directory(self)

    def record(self, action: str, kind: str, identifier: str, organisation: str | None = None) -> None:
        """Write an act into the audit trail, at the end of the transaction; it names nobody."""
        self._acts.append(Act(self.now, self.actor, organisation or "", action, f"{kind}:{identifier}"))

    def finish(self) -> None:
        """Write what is left to write, the audit trail last."""
        self.session.flush()
        append(self.session, self._acts)
        self._acts.clear()


class Store:
    """A database, and the clock that dates what is written there.

    Parameters
    ----------
    url : str
        See :func:`api.store.engine.open_engine`.
    now : callable
        Gives the moment, in universal time.
    limits : Limits
        How large files of evidence may be.
    patience : float
        How many seconds a writer waits for another.
    """

    def __init__(self, url: str, now: Clock = utc_now, limits: Limits = LIMITS, patience: float = PATIENCE) -> None:
        self.engine: Engine = open_engine(url, patience)
        self.now, self.limits = now, limits

    @classmethod
    def of(cls, settings: Settings) -> Store:
        """The store that the settings name."""
        limits = Limits(settings.evidence_bytes, settings.evidence_bytes_per_person)
        return cls(settings.database_url.get_secret_value(), limits=limits)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """A transaction that changes nothing.

        Raises
        ------
        Busy
            The database was kept by others for too long.
        """
        with self._translated(), Session(self._reading, expire_on_commit=False, autoflush=False) as session:
            yield UnitOfWork(session, self.now(), SYSTEM, self.limits)

    @contextmanager
    def write(self, actor: str = SYSTEM) -> Iterator[UnitOfWork]:
        """A transaction that changes something.

        Raises
        ------
        Absent
            A row names another one that is not there.
        Conflict
            A row was changed by somebody else since this transaction read it.
        Taken
            Something that must be unique is there already.
        Busy
            The database was kept by others for too long.
        """
        with self._translated(), Session(self._writing, expire_on_commit=False) as session:
            unit = UnitOfWork(session, self.now(), actor, self.limits)
            changed: dict[_Row, int] = {}
            event.listen(session, "before_flush", lambda session, *_rest: _note(changed, session))
            try:
                yield unit
                unit.finish()
                session.commit()
            except StaleDataError:
                session.rollback()
                raise self._conflict(changed) from None

    @cached_property
    def _reading(self) -> Engine:
        return reading(self.engine)

    @cached_property
    def _writing(self) -> Engine:
        return writing(self.engine)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """The refusals of the database in our own words."""
        try:
            yield
        except IntegrityError as problem:
            raise _refusal(problem) from problem
        except OperationalError as problem:
            if "locked" in str(problem.orig) or type(problem.orig).__name__ in _KEPT_BY_OTHERS:
                raise Busy from problem
            raise

    def _conflict(self, changed: Mapping[_Row, int]) -> Conflict:
        """The first of the rows of a failed transaction that is not what the transaction had read."""
        with Session(self._reading, expire_on_commit=False) as session:
            for (table, identity), revision in changed.items():
                current = session.get(table, identity)
                if current is None or current.revision != revision:
                    return Conflict(loaded(current))
        return Conflict(None)


_Row = tuple[type[Any], Any]
"""The table and the key of a row."""


def _note(changed: dict[_Row, int], session: Session) -> None:
    """Note the revision that a session had read of each row that it is about to change for the first time."""
    for row in (*session.dirty, *session.deleted):
        if hasattr(row, "revision"):
            changed.setdefault((type(row), inspect(row).identity), row.revision)


def _refusal(problem: IntegrityError) -> Exception:
    """What a broken constraint means; the problem itself when it is a mistake of ours."""
    diagnosis = getattr(problem.orig, "diag", None)
    said = str(getattr(diagnosis, "constraint_name", None) or problem.orig).splitlines()[0]
    kind = type(problem.orig).__name__
    if kind == "UniqueViolation" or said.startswith("UNIQUE"):
        return Taken(said)
    return Absent(said, "") if kind == "ForeignKeyViolation" or said.startswith("FOREIGN KEY") else problem
