"""A cohort (*cohorte*): where each of many people stands and what a plan would take, without anything being kept in their files.

People come from the files that an organisation keeps, each in a step of its own, or with the request. Those with the same problem share
one answer, proved and verified once by each process of the pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from api.auth.actor import Actor
from api.auth.permissions import Action, scope_of
from api.jobs.pool import Gone
from api.jobs.work import Bench, Keep
from api.services.asking import Demand, question, request_for, within
from api.services.plans import profile_of
from api.services.surveys import Shared
from api.store.conflict import Absent
from api.store.repositories.jobs import Step
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.tables.jobs import Job, JobStep
from api.store.unit_of_work import UnitOfWork
from pathways.profile import Profile

_AT_ONCE = 500
_A_PLAN = 10.0
"""Seconds for one plan at most, well within what the pool leaves: it says the best it has rather than be cut off."""


class CohortOfPeople:
    """The figures of a plan for each of many people."""

    kind = "cohort"
    at_once = 50

    def scope(self, bench: Bench, job: Job) -> Scope:
        """That of the account that asked."""
        return bench.planning(job, lambda: False).scope

    def prepare(self, bench: Bench, job: Job, step: JobStep, gone: Gone) -> Keep:
        """Compute the figures of one person."""
        planning, given = bench.planning(job, gone), step.arguments
        if step.person_id is None:
            profile = Profile.model_validate(given["profile"])
        else:
            profile = profile_of(bench.store, planning.scope, step.person_id)
        demand = Demand.model_validate(job.arguments["demand"])
        asked = question(request_for(demand, profile), planning.library, planning.today)
        shared = Shared(question=replace(within(asked, _A_PLAN), explain=False))
        found = planning.solver.survey(shared, planning.library, planning.organisation)
        values = found.model_dump(mode="json", exclude_defaults=True)

        def keep(_room: Room) -> dict[str, Any]:
            return dict(values)

        return keep


def ask_for_cohort(
    unit: UnitOfWork, actor: Actor, people: Iterable[str], profiles: Sequence[Profile], demand: Demand, today: date
) -> Job:
    """Ask for the figures of many people, each once.

    Parameters
    ----------
    people : iterable of str
        Those of the organisation, by their files.
    profiles : sequence of Profile
        Those who come with the request.

    Raises
    ------
    Absent
        One of the people is not among those whom the actor follows.
    """
    wanted = sorted(set(people))
    files = unit.of(scope_of(actor, Action.PLANS_WRITE)).people
    here = {one for part in in_parts(wanted) for one in files.here(part)}
    for person in wanted:
        if person not in here:
            raise Absent("person", person)
    dated = demand.model_copy(update={"on": demand.on or today, "explain": False})
    steps = [Step({}, person) for person in wanted]
    steps += [Step({"profile": one.model_dump(mode="json", exclude_defaults=True)}) for one in profiles]
    arguments = {"demand": dated.model_dump(mode="json", exclude_defaults=True)}
    return unit.of(scope_of(actor, Action.JOBS_WRITE)).jobs.add(CohortOfPeople.kind, arguments, steps=steps)


def cohort_named(room: Room, job_id: str) -> Job:
    """A job that is a cohort.

    Raises
    ------
    Absent
        There is none of that name here.
    """
    job = room.jobs.get(job_id)
    if job.kind != CohortOfPeople.kind:
        raise Absent("job", job_id)
    return job


def steps_told(room: Room, people: Room, job_id: str) -> tuple[JobStep, ...]:
    """The steps of a cohort, but those of people whom nobody may see any more.

    Parameters
    ----------
    room, people : Room
        Where the job is, and where the people are whom whoever reads may see.
    """
    steps = tuple(_every_step(room, job_id))
    named = [step.person_id for step in steps if step.person_id]
    seen = {one for part in in_parts(named) for one in people.people.here(part)}
    return tuple(step for step in steps if step.person_id is None or step.person_id in seen)


def _every_step(room: Room, job_id: str) -> Iterator[JobStep]:
    after = 0
    while True:
        found = room.jobs.steps(job_id, after, _AT_ONCE)
        yield from found
        if len(found) < _AT_ONCE:
            return
        after = found[-1].number


def in_parts(people: Sequence[str]) -> Iterator[Sequence[str]]:
    """People by their files, as many at once as a query takes well."""
    for start in range(0, len(people), _AT_ONCE):
        yield people[start : start + _AT_ONCE]
