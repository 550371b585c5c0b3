"""Processes of this machine (*processus*): each sets the task up once, and does one chunk after the other; one that dies is replaced."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Event, Lock, Thread

from api.bulk.engine import engine
from api.bulk.labour import done_by
from api.bulk.work import Refused, Result, Stop, Work
from api.bulk.workforce import LOST, TRIALS
from api.jobs.pool import Abandoned, Lost, Pool
from api.jobs.process import answer_all

_DONE, _DEFECT, _REFUSED = b"+", b"#", b"-"


def cores() -> int:
    """How many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """So many processes, which start with the work and end with it.

    Parameters
    ----------
    count : int, optional
        As many as there are processors when it is not said.
    """

    def __init__(self, count: int | None = None) -> None:
        self.hands = count or cores()

    def do(self, work: Work, ranks: Iterable[int], should_stop: Stop) -> Iterator[Result]:
        """As :meth:`api.bulk.workforce.Workforce.do`."""
        waiting = list(ranks)
        count = min(self.hands, len(waiting))
        if not count:
            return
        pool = Pool(labour, engine(), work.task, work.setting, size=count, queue=count, patience=math.inf)
        get_context("forkserver").set_forkserver_preload([__name__, work.task.partition(":")[0]])  # read once for all
        team = _Team(pool, work, waiting, should_stop)
        try:
            yield from team.results(count)
        finally:
            team.leave()


class _Team:
    """The threads that hand chunks to the processes, one each."""

    def __init__(self, pool: Pool, work: Work, ranks: Iterable[int], should_stop: Stop) -> None:
        self._pool, self._work, self._should_stop = pool, work, should_stop
        self._ranks, self._lock = iter(ranks), Lock()
        self._left = Event()
        self._found: SimpleQueue[Result | Exception | None] = SimpleQueue()
        self._threads: list[Thread] = []

    def results(self, count: int) -> Iterator[Result]:
        """What the processes give, as it comes."""
        self._threads = [Thread(target=self._hand_out, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()
        while count:
            found = self._found.get()
            if isinstance(found, Exception):
                raise found
            if found is None:
                count -= 1
            else:
                yield found

    def leave(self) -> None:
        """End the threads and the processes."""
        self._left.set()
        self._pool.close()
        for thread in self._threads:
            thread.join()

    def _hand_out(self) -> None:
        try:
            while (rank := self._next()) is not None:
                self._found.put(self._done(rank))
        except Abandoned:
            pass
        except Exception as problem:
            self._found.put(problem)
        self._found.put(None)

    def _next(self) -> int | None:
        with self._lock:
            return None if self._gone() else next(self._ranks, None)

    def _gone(self) -> bool:
        return self._left.is_set() or self._should_stop()

    def _done(self, rank: int) -> Result:
        for _trial in range(TRIALS):
            try:
                answer = self._pool.ask(self._work.chunks[rank], math.inf, self._gone)
            except Lost:
                if self._left.is_set():
                    raise Abandoned from None
                continue
            return _result(rank, answer)
        return Result(rank, None, LOST)


def _result(rank: int, answer: bytes) -> Result:
    verdict, said = answer[:1], answer[1:]
    if verdict == _REFUSED:
        raise Refused(said.decode())
    return Result(rank, said) if verdict == _DONE else Result(rank, None, said.decode())


# -- in a process -------------------------------------------------------------------------------------------------------


def labour(connection: Connection, name: str, task: str, setting: bytes) -> None:
    """Do chunks until the pool is gone."""

    def answer(chunk: bytes, stop: Stop) -> bytes:
        try:
            content, problem = done_by(name, task, setting, chunk, stop)
        except Refused as refused:
            return _REFUSED + str(refused).encode()
        return _DEFECT + problem.encode() if content is None else _DONE + content

    answer_all(connection, answer)
