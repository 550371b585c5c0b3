"""One process of the pool, from inside: it answers one request after the other, and hears meanwhile that nobody waits any more.

A message is one byte that says what it is, then JSON. Where the pool is gone, the process ends at once.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Event, Thread

ASK, STOP = b"?", b"!"

Stop = Callable[[], bool]
Answering = Callable[[bytes, Stop], bytes]
"""A request, and how to know that it is no longer wanted → the answer."""

_POLITE = 5
"""How far behind requests that need no computation the processes stand."""


def answer_all(connection: Connection, answer: Answering) -> None:
    """Answer requests until the pool is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pool, which ends its processes
    os.nice(_POLITE)
    stop, requests = Event(), SimpleQueue[bytes]()
    Thread(target=_listen, args=(connection, stop, requests), daemon=True).start()
    while True:
        connection.send_bytes(answer(requests.get(), stop.is_set))


def _listen(connection: Connection, stop: Event, requests: SimpleQueue[bytes]) -> None:
    try:
        while True:
            message = connection.recv_bytes()
            if message[:1] == STOP:
                stop.set()
            else:
                stop.clear()
                requests.put(message[1:])
    except (EOFError, OSError):
        os._exit(0)
