"""The worker (*exécutant*): takes jobs from the queue, one after the other, and does their steps one after the other.

A worker that is killed says nothing any more; when its lease has ended, another takes its job over at the first step that was not
committed. One that is asked to leave gives its job back at once.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from threading import Event
from time import monotonic

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
_TOGETHER = 1.0
"""Seconds after which what is computed is written, however many steps that is."""
_TRIES = 2
"""How often a step whose computation died is tried."""

_ANSWERS = (NotPlannable, UnknownReference, NotInForce, ProfileProblem, FileProblem)
_GONE = "Ce dossier n'est plus accessible."
_CHANGED = "Ce plan a changé pendant le calcul : relancez-le."
_REFUSALS = (Absent, Conflict, WrongState, Forbidden, NotSignedIn)
_DIED = "Le calcul n'a pas abouti. Ce n'est pas votre faute ; relancez-le, et signalez-le si cela se répète."
_NOT_ALLOWED = "Le compte qui a demandé ce travail n'en a plus le droit."

Outcome = Keep | str
"""What writes what a step found, or why nothing was found."""

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
                steps = unit.directory.queue.next_steps(job.id, self._works[job.kind].at_once)
            if not steps:
                break
            self._steps(self._bench.for_a_while(), job, steps, hold)
        with self._bench.store.write() as unit:
            if hold.leaving.is_set():
                unit.directory.queue.leave(job.id, self.name)
                return
            counts = {state.value: count for state, count in unit.directory.queue.counted(job.id).items()}
            ended = unit.directory.queue.finish(job.id, self.name, counts)
        log.info(f"job {ended.state}", extra={"job": job.id, "kind": job.kind})

    # -- some steps ----------------------------------------------------------------------------------------------------

    def _steps(self, bench: Bench, job: Job, steps: Iterable[JobStep], hold: Hold) -> None:
        """Compute some steps one after the other, and commit what came of them."""
        outcomes: list[tuple[JobStep, Outcome]] = []
        end = monotonic() + _TOGETHER
        for step in steps:
            outcome = self._outcome(bench, job, step, hold)
            if outcome is not None:
                outcomes.append((step, outcome))
            if hold.stopped() or monotonic() > end:
                break
        if outcomes:
            self._commit(bench, job, outcomes, hold)

    def _outcome(self, bench: Bench, job: Job, step: JobStep, hold: Hold) -> Outcome | None:
        """What writes a step, or why it can't be done; None when it is to be tried again."""
        try:
            return self._works[job.kind].prepare(bench, job, step, hold.stopped)
        except Abandoned:
            return None
        except (Full, Busy):
            hold.leaving.wait(_LOOK)
            return None
        except _ANSWERS as refused:
            return str(refused)
        except _REFUSALS as refused:
            return _told(refused)
        except (TooLong, Lost, Defect):
            return self._again(job, step)

    def _again(self, job: Job, step: JobStep) -> str | None:
        """Try a step whose computation died once more, then give it up."""
        log.exception("step died", extra={"job": job.id, "kind": job.kind})
        tries = self._tries[job.id, step.number] = self._tries.get((job.id, step.number), 0) + 1
        return _DIED if tries >= _TRIES else None

    def _commit(self, bench: Bench, job: Job, outcomes: Sequence[tuple[JobStep, Outcome]], hold: Hold) -> None:
        """Commit what some steps found and the steps themselves, together; one that is refused fails alone."""
        try:
            self._write(bench, job, outcomes, hold)
        except _REFUSALS as refused:
            for step, outcome in outcomes:
                if len(outcomes) > 1:
                    self._commit(bench, job, [(step, outcome)], hold)
                else:
                    self._write(bench, job, [(step, _told(refused))], hold)

    def _write(self, bench: Bench, job: Job, outcomes: Iterable[tuple[JobStep, Outcome]], hold: Hold) -> None:
        with bench.store.write(job.account_id or "") as unit:
            queue = unit.directory.queue
            if not self._has(queue, job):
                hold.stop()
                return
            for step, outcome in outcomes:
                if not queue.waits(step):
                    continue
                if isinstance(outcome, str):
                    queue.finish_step(job.id, step.number, StepState.FAILED, error=outcome)
                else:
                    room = unit.of(self._works[job.kind].scope(bench, job))
                    queue.finish_step(job.id, step.number, StepState.DONE, outcome(room))
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


def _told(refused: Exception) -> str:
    """Why a step can't be written, in words."""
    if isinstance(refused, Absent):
        return _GONE
    return _CHANGED if isinstance(refused, Conflict | WrongState) else _NOT_ALLOWED
