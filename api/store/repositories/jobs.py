"""Jobs: asked for and followed by whoever owns them, done by whoever takes them from the queue.

A worker that takes a job has it for a while, and says from time to time how far it is; one that was killed says nothing any
more, and the job goes on elsewhere from its last checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, func, or_, select

from api.store.conflict import WrongState
from api.store.repositories.personal import enter_all
from api.store.repositories.repository import Repository
from api.store.tables.jobs import Job, JobPerson, JobState, JobStep, StepState

if TYPE_CHECKING:
    from api.store.unit_of_work import UnitOfWork

_ERROR = 2000


class Step(NamedTuple):
    """A step to be done: what it needs, and whom it is about."""

    arguments: Any
    person: str | None = None


class Jobs(Repository[Job]):
    """The jobs of a scope."""

    table = Job
    kind = "job"

    def add(self, kind: str, arguments: Any, people: Iterable[str] = (), steps: Iterable[Step] = ()) -> Job:
        """Ask for a job.

        Parameters
        ----------
        arguments : plain values
            What the worker needs.
        people : iterable of str
            The people whom the arguments or the result are about: when one is deleted, they are emptied.
        steps : iterable of Step
            What is to be done one by one. A person of whom only steps know is not among ``people``: when that person is
            deleted, the others' steps stay.

        Raises
        ------
        Absent
            One of the people is not of this scope.
        """
        about, wanted = sorted(set(people)), list(steps)
        enter_all(self.unit, self.scope, {*about, *(step.person for step in wanted if step.person)})
        total = len(wanted) or None
        job = self._add(kind=kind, state=JobState.WAITING.value, arguments=arguments, total=total, **self.scope.owner())
        self.session.add_all(JobPerson(job_id=job.id, person_id=person_id) for person_id in about)
        self.session.add_all(
            JobStep(
                job_id=job.id, number=n, person_id=step.person, arguments=step.arguments, state=StepState.WAITING.value
            )
            for n, step in enumerate(wanted, 1)
        )
        self.session.flush()
        return job

    def steps(self, identifier: str, after: int = 0, limit: int = 50) -> tuple[JobStep, ...]:
        """The steps of a job in their order, after a number.

        Raises
        ------
        Absent
            There is no such job here.
        """
        query = select(JobStep).where(JobStep.job_id == self.get(identifier).id, JobStep.number > after)
        return tuple(self.session.scalars(query.order_by(JobStep.number).limit(limit)))

    def cancel(self, identifier: str) -> Job:
        """Ask that a job stop; one that waits stops at once.

        Raises
        ------
        WrongState
            It is over.
        """
        job = self.edit(identifier)
        if JobState(job.state).is_over:
            raise WrongState(job.state)
        job.cancel_asked = True
        if job.state == JobState.WAITING:
            job.state, job.finished_at = JobState.CANCELLED.value, self.unit.now
        self.session.flush()
        return job

    def left(self, identifier: str) -> int:
        """How many steps of a job are not done."""
        query = select(func.count()).where(JobStep.job_id == self.get(identifier).id)
        return self.session.scalar(query.where(JobStep.state != StepState.DONE.value)) or 0

    def resume(self, identifier: str) -> Job:
        """Go on with a job that was stopped or failed: what was done stays, what failed or was left is done again.

        Raises
        ------
        WrongState
            It is not over, has nothing left to do, or was about somebody who is no longer here.
        """
        job = self.edit(identifier)
        left = (JobStep.job_id == identifier, JobStep.state != StepState.DONE.value)
        steps = self.session.scalars(select(JobStep).where(*left)).all()
        if not JobState(job.state).is_over or not steps or not job.arguments:
            raise WrongState(job.state)
        for step in steps:
            step.state, step.error, step.finished_at = StepState.WAITING.value, None, None
        done = select(func.count()).where(JobStep.job_id == identifier, JobStep.state == StepState.DONE.value)
        job.done = self.session.scalar(done) or 0
        job.state, job.cancel_asked, job.finished_at = JobState.WAITING.value, False, None
        job.result, job.error, job.worker, job.leased_until = None, None, None, None
        self.session.flush()
        self._record("resume", identifier)
        return job


class Queue:
    """The jobs of everybody, for the workers. A worker's own scope is that of the job's owner: see ``job.organisation_id``."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.unit, self.session = unit, unit.session

    def take(self, worker: str, lease: timedelta, kinds: Iterable[str] | None = None) -> Job | None:
        """Take the oldest job that waits, or that another worker left; None when there is nothing to do."""
        left = and_(Job.state == JobState.RUNNING.value, Job.leased_until < self.unit.now)
        query = select(Job).where(or_(Job.state == JobState.WAITING.value, left))
        if kinds is not None:
            query = query.where(Job.kind.in_(sorted(kinds)))
        job = self.session.scalars(query.order_by(Job.id).limit(1).with_for_update(skip_locked=True)).one_or_none()
        if job is None:
            return None
        if job.cancel_asked:
            self._end(job, JobState.CANCELLED)
            return self.take(worker, lease, kinds)
        job.state, job.worker = JobState.RUNNING.value, worker
        job.leased_until, job.started_at = self.unit.now + lease, job.started_at or self.unit.now
        job.updated_at = self.unit.now
        self.session.flush()
        return job

    def has_any(self, kinds: Iterable[str]) -> bool:
        """Whether :meth:`take` might find something; nothing is changed."""
        left = and_(Job.state == JobState.RUNNING.value, Job.leased_until < self.unit.now)
        query = select(Job.id).where(or_(Job.state == JobState.WAITING.value, left), Job.kind.in_(sorted(kinds)))
        return self.session.scalars(query.limit(1)).one_or_none() is not None

    def beat(self, job_id: str, worker: str, lease: timedelta) -> bool:
        """Have a job for a while longer; False when it must stop.

        Raises
        ------
        WrongState
            Another worker has taken it over.
        """
        job = self._mine(job_id, worker)
        job.leased_until = self.unit.now + lease
        self.session.flush()
        return not job.cancel_asked

    def leave(self, job_id: str, worker: str) -> None:
        """Let another worker go on at once; nothing happens when one already does."""
        try:
            self._mine(job_id, worker).leased_until = self.unit.now
        except WrongState:
            return
        self.session.flush()

    # -- its steps -------------------------------------------------------------------------------------------------------

    def next_steps(self, job_id: str, most: int) -> tuple[JobStep, ...]:
        """The first steps that nobody has done, so many at most."""
        query = select(JobStep).where(JobStep.job_id == job_id, JobStep.state == StepState.WAITING.value)
        return tuple(self.session.scalars(query.order_by(JobStep.number).limit(most)))

    def waits(self, step: JobStep) -> bool:
        """Whether a step is still to be done; whoever holds the job (:meth:`beat`) keeps others from doing it."""
        query = select(JobStep).where(JobStep.job_id == step.job_id, JobStep.number == step.number)
        row = self.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        return row is not None and row.state == StepState.WAITING

    def finish_step(
        self, job_id: str, number: int, state: StepState, result: Any = None, error: str | None = None
    ) -> None:
        """Keep what a step found, or why it could not be done: a French sentence without any name."""
        row = self.session.get_one(JobStep, (job_id, number))
        row.state, row.result, row.finished_at = state.value, result, self.unit.now
        row.error = None if error is None else error[:_ERROR]
        self.session.flush()

    def counted(self, job_id: str) -> dict[StepState, int]:
        """How many steps of a job stand where."""
        query = select(JobStep.state, func.count()).where(JobStep.job_id == job_id).group_by(JobStep.state)
        found = {StepState(state): count for state, count in self.session.execute(query)}
        return {state: found.get(state, 0) for state in StepState}

    # -- progress --------------------------------------------------------------------------------------------------------

    def tell(
        self, job_id: str, worker: str, lease: timedelta, *, done: int, total: int | None = None, checkpoint: Any = None
    ) -> bool:
        """Say how far a job is, keep what was done, and have it for a while longer; False when it must stop.

        Raises
        ------
        WrongState
            Another worker has taken it over.
        """
        job = self._mine(job_id, worker)
        job.done, job.total = done, total
        if checkpoint is not None and not job.cancel_asked:
            job.checkpoint = checkpoint
        job.updated_at, job.leased_until = self.unit.now, self.unit.now + lease
        self.session.flush()
        return not job.cancel_asked

    def progress(self, job_id: str, worker: str, done: int, total: int) -> None:
        """Say how far the step at hand is, in parts of it.

        Raises
        ------
        WrongState
            Another worker has taken it over.
        """
        job = self._mine(job_id, worker)
        job.done, job.total = done, total
        self.session.flush()

    def finish(self, job_id: str, worker: str, result: Any) -> Job:
        """End a job with its result; one that had to stop ends without."""
        job = self._mine(job_id, worker)
        if job.cancel_asked:
            return self._end(job, JobState.CANCELLED)
        job.result = result
        return self._end(job, JobState.DONE)

    def fail(self, job_id: str, worker: str, error: str) -> Job:
        """End a job that could not be done; ``error`` is a French sentence without any name."""
        job = self._mine(job_id, worker)
        if not job.cancel_asked:
            job.error = error[:_ERROR]
        return self._end(job, JobState.CANCELLED if job.cancel_asked else JobState.FAILED)

    def _mine(self, job_id: str, worker: str) -> Job:
        query = select(Job).where(Job.id == job_id).with_for_update()
        job = self.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        if job is None or job.worker != worker or job.state != JobState.RUNNING:
            raise WrongState(job.state if job else "deleted")
        return job

    def _end(self, job: Job, state: JobState) -> Job:
        job.state, job.finished_at, job.updated_at = state.value, self.unit.now, self.unit.now
        job.checkpoint, job.leased_until = None, None
        self.session.flush()
        self.unit.record(f"job.{state.value}", "job", job.id, job.organisation_id)
        return job
