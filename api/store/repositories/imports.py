"""Imports: asked for, followed, and told line by line; the file waits in pieces until it is in the library.

The file of a dry run, and that of an import that was stopped, wait for whoever goes on from there, as long as
:mod:`api.store.retention` keeps them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple, cast

from sqlalchemy import ColumnElement, Table, delete, func, insert, select, update

from api.store.conflict import WrongState
from api.store.repositories.repository import Page, Repository
from api.store.tables.imported import ImportNote, ImportPiece, ImportRun, RunState
from api.store.tables.jobs import Job

PIECE = 1_000_000
"""Bytes of a piece."""


class Note(NamedTuple):
    """One line of the account of an import."""

    outcome: str
    ref: str
    title: str = ""
    document: Any = None


class Request(NamedTuple):
    """What somebody wants imported, and how."""

    standard: str
    file_name: str
    size: int
    digest: str
    dry: bool = False
    strict: bool = False


class Imports(Repository[ImportRun]):
    """The imports of a scope: those that it may make."""

    table = ImportRun
    kind = "import"

    def _readable(self) -> ColumnElement[bool]:
        return self.scope.changes(ImportRun)

    def latest(self, before: str | None = None, limit: int = 20) -> Page[ImportRun]:
        """Imports, the last one first, ``limit`` at most, before a cursor."""
        query = self._select() if before is None else self._select().where(ImportRun.id < before)
        rows = self.session.scalars(query.order_by(ImportRun.id.desc()).limit(limit + 1)).all()
        return Page(tuple(rows[:limit]), rows[limit - 1].id if len(rows) > limit else None)

    def ask(self, request: Request, account: str | None = None) -> ImportRun:
        """Begin an import."""
        owner, state = self.scope.publisher(), RunState.RUNNING.value
        return self._add(
            **request._asdict(), organisation_id=owner, account_id=account, state=state, position=0, counts={}
        )

    def state_of(self, run: ImportRun) -> RunState:
        """Where an import stands: stopped, too, when its job was."""
        over = run.job_id is not None and self.session.scalar(select(Job.finished_at).where(Job.id == run.job_id))
        return RunState.STOPPED if run.state == RunState.RUNNING and over else RunState(run.state)

    def of_the_same_file(self, run_id: str) -> tuple[str, ...]:
        """The imports of a file of the same name in the same format, whatever its date, this one among them."""
        run = self.get(run_id)
        query = select(ImportRun.id, ImportRun.file_name).where(self._readable(), ImportRun.standard == run.standard)
        same = undated(run.file_name)
        return tuple(one for one, name in self.session.execute(query) if undated(name) == same)

    def job_of(self, run: ImportRun) -> Job | None:
        """The job that does it; none for an import from the command line, and once the job is forgotten."""
        return None if run.job_id is None else self.session.get(Job, run.job_id)

    def keep_file(self, run_id: str, stream: BinaryIO) -> None:
        """Keep the file until it is read."""
        run = self.get(run_id)
        for number, piece in enumerate(iter(lambda: stream.read(PIECE), b"")):
            self.session.execute(insert(ImportPiece), {"run_id": run.id, "number": number, "content": piece})

    def pieces(self, run_id: str) -> Iterator[bytes]:
        """The file, one piece after the other."""
        run, number = self.get(run_id), 0
        while True:
            query = select(ImportPiece.content).where(ImportPiece.run_id == run.id, ImportPiece.number == number)
            piece = self.session.scalars(query).one_or_none()
            if piece is None:
                return
            yield piece
            number += 1

    def has_file(self, run_id: str) -> bool:
        """Whether the file still waits."""
        query = select(ImportPiece.number).where(ImportPiece.run_id == self.get(run_id).id).limit(1)
        return self.session.scalars(query).one_or_none() is not None

    def pass_on(self, run_id: str, following: str) -> None:
        """Give the file of an import that is over to the one that follows it.

        Raises
        ------
        WrongState
            It is not over, or its file waits no more.
        """
        run = self._locked(run_id, None)
        if self.state_of(run) is RunState.RUNNING or not self.has_file(run_id):
            raise WrongState(run.state)
        owner = self.get(following).id
        self.session.execute(update(ImportPiece).where(ImportPiece.run_id == run.id).values(run_id=owner))

    def forget_file(self, run_id: str) -> None:
        """Let the file of an import go, whatever it waits for."""
        self.session.execute(delete(ImportPiece).where(ImportPiece.run_id == self._locked(run_id, None).id))

    def advance(
        self, run_id: str, position: int, expected: int, counts: Mapping[str, int], notes: Iterable[Note]
    ) -> None:
        """Say how far an import is, and what it met.

        Raises
        ------
        WrongState
            Somebody else is further by now.
        """
        run = self._locked(run_id, None)
        if run.position != expected or run.state != RunState.RUNNING:
            raise WrongState(run.state)
        run.position, run.counts = position, dict(counts)
        self._write(run.id, notes)
        self.session.flush()

    def finish(self, run_id: str, state: RunState, *, complete: bool, notes: Iterable[Note] = ()) -> ImportRun:
        """End an import; its file goes, but for that of a dry run."""
        run = self._locked(run_id, None)
        run.state, run.complete, run.finished_at = state.value, complete, self.unit.now
        self._write(run.id, notes)
        if not run.dry or state is not RunState.DONE:
            self.forget_file(run.id)
        self.session.flush()
        self._record(state.value, run.id)
        return run

    def count(self, run_id: str, counts: Mapping[str, int]) -> None:
        """Say how many of what an import met."""
        self._locked(run_id, None).counts = dict(counts)

    def notes(self, run_id: str, outcomes: Iterable[str], after: int = 0, limit: int = 50) -> tuple[ImportNote, ...]:
        """The lines of some outcomes, in their order, after a number.

        Raises
        ------
        Absent
            There is no such import here.
        """
        kept = ImportNote.outcome.in_(sorted(outcomes))
        query = select(ImportNote).where(ImportNote.run_id == self.get(run_id).id, kept, ImportNote.number > after)
        return tuple(self.session.scalars(query.order_by(ImportNote.number).limit(limit)))

    def _write(self, run_id: str, notes: Iterable[Note]) -> None:
        last = self.session.scalar(select(func.max(ImportNote.number)).where(ImportNote.run_id == run_id)) or 0
        rows = [
            {
                "run_id": run_id,
                "number": number,
                "outcome": note.outcome,
                "ref": note.ref[:400],
                "title": note.title[:1000],
                "document": note.document,
            }
            for number, note in enumerate(notes, last + 1)
        ]
        if rows:
            self.session.execute(insert(cast(Table, ImportNote.__table__)), rows)


_DATES = re.compile(r"(19|20)\d\d[-_. ]?(0[1-9]|1[0-2])[-_. ]?\d\d")
_COPIES = re.compile(r"\s*\(\d+\)(?=\.|$)")


def undated(file_name: str) -> str:
    """The name of a file without its date and without the number of a copy: what a publisher calls each of its issues.

    Examples
    --------
    >>> undated("export-fiches-rncp-v4-1-2026-11-21.xml") == undated("Export-fiches-RNCP-v4-1-20261128 (2).xml")
    True
    >>> undated("rncp37873.yaml") == undated("rncp40344.yaml")
    False
    """
    return _COPIES.sub("", _DATES.sub("", file_name)).strip().lower()


def digest_of(stream: BinaryIO) -> tuple[int, str]:
    """The size and the SHA-256 of a file, which is then at its beginning again."""
    stream.seek(0)
    size, digest = 0, hashlib.sha256()
    for piece in iter(lambda: stream.read(PIECE), b""):
        size += len(piece)
        digest.update(piece)
    stream.seek(0)
    return size, digest.hexdigest()
