"""The runs of bulk work and what their chunks gave; they belong to the service, and hold nothing about anybody."""

from __future__ import annotations

import hashlib
import zlib
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import undefer

from api.store.tables.bulk import BulkChunk, BulkRun

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork


class BulkRuns:
    """Every run."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.unit, self.session = unit, unit.session

    def begin(self, key: str, count: int) -> BulkRun:
        """The run of a key, made when there is none; from now on it counts as used."""
        found = self.session.get(BulkRun, key)
        if found is None:
            found = BulkRun(id=key, created_at=self.unit.now, used_at=self.unit.now, count=count)
            self.session.add(found)
        found.used_at = self.unit.now
        self.session.flush()
        return found

    def ranks(self, key: str) -> frozenset[int]:
        """The chunks of a run that are done."""
        return frozenset(self.session.scalars(select(BulkChunk.rank).where(BulkChunk.run_id == key)))

    def hash(self, key: str) -> str:
        """The SHA-256 of the digests of the chunks that are done, by rank: see :func:`api.bulk.work.hash_of`."""
        query = select(BulkChunk.digest).where(BulkChunk.run_id == key).order_by(BulkChunk.rank)
        return hashlib.sha256(b"".join(map(bytes.fromhex, self.session.scalars(query)))).hexdigest()

    def content(self, key: str, rank: int) -> bytes | None:
        """What a chunk gave; none when it is not there, or is no longer what it was."""
        found = self.chunk(key, rank)
        return None if found is None else _unpacked(found)

    def chunk(self, key: str, rank: int) -> BulkChunk | None:
        """The row of a chunk."""
        return self.session.get(BulkChunk, (key, rank), options=[undefer(BulkChunk.content)])

    def keep(self, key: str, rank: int, content: bytes) -> None:
        """Keep what a chunk gave, in the place of what is no longer what it was.

        Raises
        ------
        Taken
            By the transaction: it is kept already.
        Absent
            By the transaction: the run was forgotten.
        """
        there = self.chunk(key, rank)
        if there is not None and _unpacked(there) is None:
            self.session.delete(there)
            self.session.flush()
        digest = hashlib.sha256(content).hexdigest()
        packed = zlib.compress(content, 6)
        row = insert(BulkChunk).values(run_id=key, rank=rank, done_at=self.unit.now, digest=digest, content=packed)
        self.session.execute(row)

    def forget_old(self, days: int) -> int:
        """Delete the runs that nobody has used for so many days, with what their chunks gave, and say how many."""
        old = delete(BulkRun).where(BulkRun.used_at < self.unit.now - timedelta(days=days)).returning(BulkRun.id)
        return len(self.session.execute(old, execution_options={"synchronize_session": False}).all())


def _unpacked(chunk: BulkChunk) -> bytes | None:
    """What a chunk gave, if it is still that."""
    try:
        content = zlib.decompress(chunk.content)
    except zlib.error:
        return None
    return content if hashlib.sha256(content).hexdigest() == chunk.digest else None
