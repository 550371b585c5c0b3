"""What a kind of job does (*nature de travail*): a step is computed first, for as long as it takes, then kept in one short transaction.

Whatever a step changes is committed together with the step itself: a worker that is killed in between leaves it undone, and one that
comes after does it once. A job acts as the account that asked for it, with what that account may do by then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from api.auth.actor import Actor
from api.auth.permissions import Action, authorize, scope_of
from api.jobs.attended import Attended
from api.jobs.pool import Gone
from api.services.plans import Planning
from api.store.library import Libraries
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.tables.jobs import Job, JobStep
from api.store.unit_of_work import Store

Keep = Callable[[Room], dict[str, Any]]
"""Writes what a step found, and says in plain values what that was."""


class Bench(NamedTuple):
    """What workers work with."""

    store: Store
    libraries: Libraries
    solver: Any
    known: dict[str, Planning] | None = None
    """What computing plans needs, for each job, for as long as one looks at it; None: it is read each time."""

    def for_a_while(self) -> Bench:
        """The same, where what an account may do is read once: for steps that take a moment together."""
        return self._replace(known={})

    def planning(self, job: Job, gone: Gone) -> Planning:
        """What computing plans needs, for the account that asked for a job.

        Raises
        ------
        Absent, Forbidden
            The account is gone, or may not make plans any more.
        """
        known = {} if self.known is None else self.known
        if job.id not in known:
            known[job.id] = self._planning(job)
        return known[job.id]._replace(solver=Attended(self.solver, gone))

    def _planning(self, job: Job) -> Planning:
        with self.store.read() as unit:
            actor = Actor.of_account(unit.directory.accounts.get(job.account_id or ""))
        authorize(actor, Action.PLANS_WRITE)
        library = self.libraries.of(Scope(organisation=actor.organisation))
        scope = scope_of(actor, Action.PLANS_WRITE)
        return Planning(self.solver, scope, library, self.store.now().date(), actor.organisation)


class Work(Protocol):
    """One kind of job."""

    kind: str
    at_once: int
    """How many steps are written together; one, where a step takes more than a moment."""

    def scope(self, bench: Bench, job: Job) -> Scope:
        """Whose rows its steps read and change."""

    def prepare(self, bench: Bench, job: Job, step: JobStep, gone: Gone) -> Keep:
        """Compute one step, outside any transaction."""
