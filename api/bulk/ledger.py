"""What is done already (*registre*): the result of each chunk, kept as it comes, so that a second run does only what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Protocol

from api.bulk.work import Work
from api.store.conflict import Absent, Taken
from api.store.unit_of_work import Store


class Ledger(Protocol):
    """Where results are kept."""

    def begin(self, work: Work) -> frozenset[int]:
        """Open the page of a work, or find it again: the ranks of the chunks that are done."""

    def kept(self, work: Work) -> Iterator[tuple[int, bytes]]:
        """What is kept of a work, by rank."""

    def keep(self, work: Work, rank: int, content: bytes) -> None:
        """Keep a result, once; what was there before stays."""


class StoredLedger:
    """A ledger in the database: each result in a short transaction of its own, so that what was told as done is done."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, work: Work) -> frozenset[int]:
        """As :meth:`Ledger.begin`."""
        with suppress(Taken), self._store.write() as unit:  # taken: somebody else begins it now
            unit.directory.bulk.begin(work.key, len(work.chunks))
        with self._store.read() as unit:
            return unit.directory.bulk.ranks(work.key)

    def kept(self, work: Work) -> Iterator[tuple[int, bytes]]:
        """As :meth:`Ledger.kept`; one that was damaged is left out."""
        for rank in sorted(self.begin(work)):
            with self._store.read() as unit:
                content = unit.directory.bulk.content(work.key, rank)
            if content is not None:
                yield rank, content

    def keep(self, work: Work, rank: int, content: bytes) -> None:
        """As :meth:`Ledger.keep`."""
        try:
            self._add(work, rank, content)
        except Absent:  # the page was forgotten meanwhile
            self.begin(work)
            self._add(work, rank, content)

    def _add(self, work: Work, rank: int, content: bytes) -> None:
        with suppress(Taken), self._store.write() as unit:
            unit.directory.bulk.keep(work.key, rank, content)
