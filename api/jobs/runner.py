"""The worker (*exécutant*): takes jobs from the queue, one after the other, and does their steps one after the other.

A worker that is killed says nothing any more; when its lease has ended, another takes its job over at the first step that was not
committed. One that is asked to leave gives its job back at once.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import timedelta
from threading import Event

from api.auth.permissions import Forbidden, NotSignedIn
from api.jobs.cohorts import CohortOfPeople
from api.jobs.hold import Hold
from api.jobs.imports import FileImport
from api.jobs.plans import PlansAgain, PlansForPeople
from api.jobs.pool import Abandoned, Full, Lost, TooLong
from api.jobs.solver import Defect
from api.jobs.territory import TerritoryEditions
from api.jobs.work import Bench, Keep, Work
from api.services.planning import NotPlannable
from api.store.conflict import Absent, Busy, Conflict, WrongState
from api.store.repositories.jobs import Queue
from api.store.tables.jobs import Job, JobStep, StepState
from pathways.holdings import ProfileProblem
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import FileProblem

LEASE = timedelta(seconds=30)
WORKS: Mapping[str, Work] = {
    work.kind: work for work in (PlansForPeople(), PlansAgain(), CohortOfPeople(), FileImport(), TerritoryEditions())
}
"""What workers can do, by the kind of the job."""

_LOOK = 1.0
"""Seconds between two looks at an empty queue."""
_TRIES = 2
"""How often a step whose computation died is tried."""

_ANSWERS = (NotPlannable, UnknownReference, NotInForce, ProfileProblem, FileProblem)
_GONE = "Ce dossier n'est plus accessible."
_CHANGED = "Ce plan a changé pendant le calcul : relancez-le."
_DIED = "Le calcul n'a pas abouti. Ce n'est pas votre faute ; relancez-le, et signalez-le si cela se répète."
_NOT_ALLOWED = "Le compte qui a demandé ce travail n'en a plus le droit."

log = logging.getLogger("passerelles.jobs")


class TakenOver(Exception):
    """Another worker has the job."""


class Runner:
    """One worker.

    Parameters
    ----------
    lease : timedelta
        How long a job stays with a worker that says nothing.
    """

    def __init__(self, bench: Bench, lease: timedelta = LEASE, works: Mapping[str, Work] = WORKS) -> None:
        self._bench, self._lease, self._works = bench, lease, works
        self.name = secrets.token_hex(8)
        self.leaving = Event()
        self._tries: dict[tuple[str, int], int] = {}

    def run(self) -> None:
        """Work until asked to leave."""
        while not self.leaving.is_set():
            try:
                worked = self.work_once()
            except Busy:
                worked = False
            except Exception:
                log.exception("job interrupted")
                worked = False
            if not worked:
                self.leaving.wait(_LOOK)

    def work_once(self) -> bool:
        """Do one job, as far as possible; False when there is none."""
        with self._bench.store.read() as unit:
            if not unit.directory.queue.has_any(self._works):
                return False
        with self._bench.store.write() as unit:
            job = unit.directory.queue.take(self.name, self._lease, self._works)
        if job is None:
            return False
        log.info("job taken", extra={"job": job.id, "kind": job.kind})
        try:
            with Hold(self._bench.store, job.id, self.name, self._lease, self.leaving) as hold:
                self._do(job, hold)
        except (TakenOver, WrongState):
            log.warning("job taken over", extra={"job": job.id, "kind": job.kind})
        return True

    def _do(self, job: Job, hold: Hold) -> None:
        while not hold.stopped():
            with self._bench.store.read() as unit:
                step = unit.directory.queue.next_step(job.id)
            if step is None:
                break
            self._step(job, step, hold)
        with self._bench.store.write() as unit:
            if hold.leaving.is_set():
                unit.directory.queue.leave(job.id, self.name)
                return
            counts = {state.value: count for state, count in unit.directory.queue.counted(job.id).items()}
            ended = unit.directory.queue.finish(job.id, self.name, counts)
        log.info(f"job {ended.state}", extra={"job": job.id, "kind": job.kind})

    # -- a step --------------------------------------------------------------------------------------------------------

    def _step(self, job: Job, step: JobStep, hold: Hold) -> None:
        work = self._works[job.kind]
        try:
            keep = work.prepare(self._bench, job, step, hold.stopped)
            self._keep(job, step, hold, keep)
        except Abandoned:
            return
        except (Full, Busy):
            hold.leaving.wait(_LOOK)
        except _ANSWERS as refused:
            self._fail(job, step, hold, str(refused))
        except Absent:
            self._fail(job, step, hold, _GONE)
        except (Conflict, WrongState):
            self._fail(job, step, hold, _CHANGED)
        except (Forbidden, NotSignedIn):
            self._fail(job, step, hold, _NOT_ALLOWED)
        except (TooLong, Lost, Defect):
            self._again(job, step, hold)

    def _again(self, job: Job, step: JobStep, hold: Hold) -> None:
        """Try a step whose computation died once more, then give it up."""
        log.exception("step died", extra={"job": job.id, "kind": job.kind})
        tries = self._tries[job.id, step.number] = self._tries.get((job.id, step.number), 0) + 1
        if tries >= _TRIES:
            self._fail(job, step, hold, _DIED)

    def _keep(self, job: Job, step: JobStep, hold: Hold, keep: Keep) -> None:
        """Commit what a step found and the step itself, together."""
        scope = self._works[job.kind].scope(self._bench, job)
        with self._bench.store.write(job.account_id or "") as unit:
            queue = unit.directory.queue
            if not self._has(queue, job):
                hold.stop()
            elif queue.waits(step):
                queue.finish_step(job.id, step.number, StepState.DONE, keep(unit.of(scope)))
                self._tell(queue, job)

    def _fail(self, job: Job, step: JobStep, hold: Hold, error: str) -> None:
        with self._bench.store.write(job.account_id or "") as unit:
            queue = unit.directory.queue
            if not self._has(queue, job):
                hold.stop()
            elif queue.waits(step):
                queue.finish_step(job.id, step.number, StepState.FAILED, error=error)
                self._tell(queue, job)

    def _has(self, queue: Queue, job: Job) -> bool:
        """Whether the job is still this worker's, and wanted."""
        try:
            return queue.beat(job.id, self.name, self._lease)
        except WrongState:
            raise TakenOver from None

    def _tell(self, queue: Queue, job: Job) -> None:
        counts = queue.counted(job.id)
        done = counts[StepState.DONE] + counts[StepState.FAILED]
        queue.tell(job.id, self.name, self._lease, done=done, total=sum(counts.values()))
