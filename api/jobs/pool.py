"""A bounded pool of processes (*calculs à part*) for what takes the processor: whoever asks waits, and nobody else does.

::

    ask → a free process, or a place in the queue, or Full → the answer, in time
                                                           → Gone     nobody waits for it any more
                                                           → TooLong  it was stopped, and the process replaced if need be
                                                           → Lost     the process died, and was replaced

Requests and answers are bytes. A process starts when it is first needed, and is given the next request as long as it lives.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import Empty, LifoQueue
from threading import Lock
from typing import Any, NamedTuple

from api.jobs.process import ASK, STOP
from api.store.conflict import Busy

Gone = Callable[[], bool]
"""Whether nobody waits for the answer any more."""

_LOOK = 0.1
"""Seconds between two looks at whether somebody still waits."""


class Full(Busy):
    """All processes work, and the queue is full or does not advance: ask again in ``retry_after`` seconds."""

    retry_after = 5


class Abandoned(Exception):
    """Whoever asked has left."""


class TooLong(Exception):
    """The answer did not come in time, and the process did not stop when it was asked to."""


class Lost(Exception):
    """The process that worked on it died."""


class State(NamedTuple):
    """What a pool is doing: processes at work, requests that wait, processes replaced since the beginning."""

    busy: int
    waiting: int
    replaced: int


def nobody_leaves() -> bool:
    """For whoever stays until the end."""
    return False


class Pool:
    """Processes that answer requests.

    Parameters
    ----------
    work : callable
        ``work(connection, *arguments)``, which a module defines; it runs in each process: see :func:`api.jobs.process.answer_all`.
    size : int
        Processes.
    queue : int
        Requests that may wait for a process.
    patience : float
        Seconds that a request waits for a process, at most.
    grace : float
        Seconds between the end of the time of a request, the stop, and the end of the process.
    """

    def __init__(
        self,
        work: Callable[..., None],
        *arguments: Any,
        size: int = 2,
        queue: int = 16,
        patience: float = 20.0,
        grace: float = 3.0,
    ) -> None:
        self._work, self._arguments = work, arguments
        self._size, self._queue, self._patience, self._grace = size, queue, patience, grace
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload([work.__module__])
        self._seats: LifoQueue[_Seat] = LifoQueue()
        self._all = [_Seat() for _ in range(size)]
        for seat in self._all:
            self._seats.put(seat)
        self._lock = Lock()
        self._waiting = self._replaced = 0
        self._closed = False

    @property
    def state(self) -> State:
        """What it is doing now."""
        return State(self._size - self._seats.qsize(), self._waiting, self._replaced)

    def warm(self) -> None:
        """Start every process now, so that the first request need not wait for it."""
        for seat in self._all:
            self._seated(seat)

    def close(self) -> None:
        """End every process, even at work."""
        self._closed = True
        for seat in self._all:
            seat.leave()

    def ask(self, request: bytes, seconds: float, gone: Gone = nobody_leaves) -> bytes:
        """The answer to a request.

        Parameters
        ----------
        seconds : float
            The time that the request itself allows; the process keeps to it, or is ended some seconds later.

        Raises
        ------
        Full, Abandoned, TooLong, Lost
        """
        seat = self._seat(gone)
        try:
            return self._answer(self._seated(seat), request, seconds, gone)
        except (EOFError, OSError) as problem:
            seat.leave()
            raise Lost from problem
        except _Deaf:
            seat.leave()
            raise
        except Abandoned:
            raise  # the process has given its answer, to nobody
        except BaseException:
            seat.leave()  # it may still owe an answer, which must never be taken for that of the next request
            raise
        finally:
            self._seats.put(seat)

    # -- a process -----------------------------------------------------------------------------------------------------

    def _seat(self, gone: Gone) -> _Seat:
        """A process that is free, at once or when one is."""
        with self._lock:
            if self._seats.empty() and self._waiting >= self._queue:
                raise Full
            self._waiting += 1
        try:
            return self._awaited(gone)
        finally:
            with self._lock:
                self._waiting -= 1

    def _awaited(self, gone: Gone) -> _Seat:
        until = time.monotonic() + self._patience
        while True:
            try:
                return self._seats.get(timeout=_LOOK)
            except Empty:
                if gone():
                    raise Abandoned from None
                if time.monotonic() > until:
                    raise Full from None

    def _seated(self, seat: _Seat) -> Connection:
        """The connection to the process of a seat; a new one where there is none that lives."""
        with seat.lock:
            if self._closed:
                raise Lost
            if seat.process is not None and not seat.process.is_alive():
                seat.leave()
            if seat.connection is None:
                self._replaced += seat.used
                here, there = self._context.Pipe()
                process = self._context.Process(target=self._work, args=(there, *self._arguments), daemon=True)
                process.start()
                there.close()
                seat.process, seat.connection, seat.used = process, here, True
            return seat.connection

    # -- an answer -----------------------------------------------------------------------------------------------------

    def _answer(self, connection: Connection, request: bytes, seconds: float, gone: Gone) -> bytes:
        connection.send_bytes(ASK + request)
        end = time.monotonic() + seconds + self._grace
        while not connection.poll(_LOOK):
            if gone():
                self._stopped(connection)
                raise Abandoned
            if time.monotonic() > end:
                return self._stopped(connection)
        return connection.recv_bytes()

    def _stopped(self, connection: Connection) -> bytes:
        """What a process gives when it is asked to stop."""
        connection.send_bytes(STOP)
        if not connection.poll(self._grace):
            raise _Deaf
        return connection.recv_bytes()


class _Deaf(TooLong, Abandoned):
    """The process does not hear: it must be ended, for whichever reason it had to stop."""


class _Seat:
    """Where one process is, while it lives."""

    def __init__(self) -> None:
        self.process: Any = None
        self.connection: Connection | None = None
        self.used = False
        self.lock = Lock()

    def leave(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
        if self.connection is not None:
            self.connection.close()
        self.process = self.connection = None
