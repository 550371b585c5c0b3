"""The workshop (*atelier*): the pool of processes, and the worker that does jobs beside the requests; open as long as the program runs."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

from api.jobs.runner import Runner
from api.jobs.solver import Place, Solver
from api.jobs.work import Bench
from api.settings import Settings
from api.store.library import Libraries
from api.store.unit_of_work import Store

_SECONDS_TO_LEAVE = 10


class Workshop:
    """A pool, and a worker in a thread of its own where the settings want one here.

    Parameters
    ----------
    jobs : bool
        Whether jobs are done here too.
    """

    def __init__(self, settings: Settings, store: Store, libraries: Libraries, *, jobs: bool) -> None:
        self.solver = Solver(
            Place(settings.database_url.get_secret_value()),
            size=settings.solver_processes,
            queue=settings.solver_queue,
            seconds=settings.plan_seconds,
        )
        self.runner = Runner(Bench(store, libraries, self.solver), timedelta(seconds=settings.job_lease_seconds))
        self._thread = Thread(target=self.runner.run, name="jobs", daemon=True) if jobs else None

    def open(self) -> Workshop:
        """Start the processes, and the worker."""
        self.solver.warm()
        if self._thread is not None:
            self._thread.start()
        return self

    def close(self) -> None:
        """Give back the job at hand, and end the processes."""
        self.runner.leaving.set()
        if self._thread is not None:
            self._thread.join(_SECONDS_TO_LEAVE)
        self.solver.close()
