"""Having a job (*bail*): for as long as it is worked on, a thread says from time to time that somebody is there.

When the job was cancelled, or another worker has it, the work stops as soon as it looks.
"""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread

from api.store.conflict import Busy, WrongState
from api.store.unit_of_work import Store

_BEATS = 3
"""How many times during a lease."""


class Hold:
    """A job that a worker has.

    Parameters
    ----------
    leaving : Event
        Set when the worker itself must end.
    """

    def __init__(self, store: Store, job_id: str, worker: str, lease: timedelta, leaving: Event) -> None:
        self._store, self._job, self._worker, self._lease = store, job_id, worker, lease
        self.leaving = leaving
        self._stopped, self._over = Event(), Event()
        self._thread = Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Hold:
        self._thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._over.set()
        self._thread.join()

    def stopped(self) -> bool:
        """Whether the work must stop."""
        return self._stopped.is_set() or self.leaving.is_set()

    def stop(self) -> None:
        """The work must stop: the job was cancelled, or is another's."""
        self._stopped.set()

    def _beat(self) -> None:
        while not self._over.wait(self._lease.total_seconds() / _BEATS):
            try:
                with self._store.write() as unit:
                    goes_on = unit.directory.queue.beat(self._job, self._worker, self._lease)
            except Busy:
                continue
            except WrongState:
                goes_on = False
            if not goes_on:
                self._stopped.set()
