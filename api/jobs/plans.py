"""Many plans at once (*plans en nombre*): one target for many people, or all the plans that lean on a version, computed again.

The people are in the steps alone, so that whoever is deleted leaves nothing behind in the job.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from api.auth.actor import Actor
from api.auth.permissions import Action, scope_of
from api.jobs.pool import Gone
from api.jobs.work import Bench, Keep
from api.services.asking import Demand, kept_request, request_for
from api.services.plan_difference import difference
from api.services.plans import pathway_of, profile_of
from api.store.conflict import Absent
from api.store.repositories.jobs import Jobs, Step
from api.store.repositories.plans import Plans, Wanted
from api.store.rooms import Room
from api.store.scope import Scope
from api.store.tables.jobs import Job, JobStep
from api.store.tables.plans import PlanState, StoredPlan
from api.store.unit_of_work import UnitOfWork

AT_ONCE = 200
_ENDED = (PlanState.DONE, PlanState.ABANDONED)


class PlansForPeople:
    """A plan for each of many people, kept as a draft, towards one target or the one that their step names."""

    kind = "plans"
    at_once = 1

    def scope(self, bench: Bench, job: Job) -> Scope:
        """That of the account that asked."""
        return bench.planning(job, lambda: False).scope

    def prepare(self, bench: Bench, job: Job, step: JobStep, gone: Gone) -> Keep:
        """Compute the plan of one person."""
        planning, person = bench.planning(job, gone), step.person_id or ""
        demand = Demand.model_validate(job.arguments["demand"] | step.arguments)
        request = request_for(demand, profile_of(bench.store, planning.scope, person))
        found = planning.compute(request)
        values = (request.plain(), found.model_dump(mode="json"))

        def keep(room: Room) -> dict[str, Any]:
            return {"plan": room.plans.add(person, *values).id, "status": found.status.value}

        return keep


class PlansAgain:
    """The plans that lean on a version, computed again: a draft takes the new answer, any other plan gets a draft beside it.

    When the new answers are to wait beside, a draft is left alone too, for somebody to compare; an answer that is the same settles it.
    """

    kind = "plans-again"
    at_once = 1

    def scope(self, bench: Bench, job: Job) -> Scope:
        """That of the account that asked."""
        return bench.planning(job, lambda: False).scope

    def prepare(self, bench: Bench, job: Job, step: JobStep, gone: Gone) -> Keep:
        """Compute one plan again."""
        planning, plan_id = bench.planning(job, gone), step.arguments["plan"]
        with bench.store.read() as unit:
            plan = unit.of(planning.scope).plans.get(plan_id)
            before, revision = pathway_of(plan), plan.revision
            request = kept_request(plan.question).model_copy(update={"on": date.fromisoformat(job.arguments["on"])})
        found = planning.compute(request)
        changes = difference(before, found)
        values = (request.plain(), found.model_dump(mode="json"))

        beside = bool(job.arguments.get("beside"))

        def keep(room: Room) -> dict[str, Any]:
            if beside and changes.same and plan.state != PlanState.DRAFT:
                kept = room.plans.settle(plan_id, revision)
            elif plan.state == PlanState.DRAFT and (changes.same or not beside):
                kept = room.plans.recompute(plan_id, *values, revision=revision)
            else:
                kept = room.plans.add(plan.person_id, *values, replaces=plan_id)
            return {"plan": kept.id, "status": found.status.value, "same": changes.same, "before": plan_id}

        return keep


# -- asking for them ------------------------------------------------------------------------------------------------------


def ask_for_plans(
    unit: UnitOfWork,
    actor: Actor,
    people: Iterable[str],
    demand: Demand,
    today: date,
    targets: Mapping[str, str | None] | None = None,
) -> Job:
    """Ask for a plan for each of many people, each once.

    Parameters
    ----------
    targets : mapping, optional
        What some of them aim at, in place of the target of the demand.

    Raises
    ------
    Absent
        One of them is not among those whom the actor follows.
    """
    wanted, files = sorted(set(people)), unit.of(scope_of(actor, Action.PLANS_WRITE)).people
    here = {one.id for one in files.among(wanted)}
    for person in wanted:
        if person not in here:
            raise Absent("person", person)
    dated = demand.model_copy(update={"on": demand.on or today})
    arguments: dict[str, Any] = {"demand": dated.model_dump(mode="json", exclude_defaults=True)}
    own = {person: {"target": target} for person, target in (targets or {}).items() if target}
    if len({target["target"] for target in own.values()}) > 1:
        arguments["several"] = True
    steps = [Step(own.get(person, {}), person) for person in wanted]
    return _jobs(unit, actor).add(PlansForPeople.kind, arguments, steps=steps)


def ask_for_plans_again(unit: UnitOfWork, actor: Actor, version: str | None, today: date) -> Job:
    """Ask that every plan that leans on a version, and is not over, be computed again.

    Parameters
    ----------
    version : str or None
        None: any version that was replaced since the plan was computed.
    """
    wanted = Wanted(superseded=True) if version is None else Wanted(using=version)
    found = (plan for plan in _those(unit, actor, wanted) if plan.state not in _ENDED)
    steps = [Step({"plan": plan.id}, plan.person_id) for plan in found]
    return _jobs(unit, actor).add(PlansAgain.kind, {"version": version, "on": today.isoformat()}, steps=steps)


def ask_for_proposals(unit: UnitOfWork, actor: Actor, plans: Iterable[str] | None, today: date) -> Job:
    """Ask that plans be computed again, the new answers beside them until somebody chooses.

    Parameters
    ----------
    plans : iterable of str or None
        None: all those of the actor's people that lean on something that has changed since.

    Raises
    ------
    Absent
        One of them is not here.
    """
    here = unit.of(scope_of(actor, Action.PLANS_WRITE)).plans
    found = _outdated(here) if plans is None else [here.get(plan) for plan in dict.fromkeys(plans)]
    steps = [Step({"plan": plan.id}, plan.person_id) for plan in found if plan.state not in _ENDED]
    return _jobs(unit, actor).add(PlansAgain.kind, {"on": today.isoformat(), "beside": True}, steps=steps)


def _outdated(plans: Plans) -> Iterator[StoredPlan]:
    after: str | None = None
    while True:
        page = plans.outdated(after, AT_ONCE)
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def _those(unit: UnitOfWork, actor: Actor, wanted: Wanted) -> Iterator[Any]:
    plans, after = unit.of(scope_of(actor, Action.PLANS_WRITE)).plans, None
    while True:
        page = plans.wanted(wanted, after, AT_ONCE)
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def _jobs(unit: UnitOfWork, actor: Actor) -> Jobs:
    return unit.of(scope_of(actor, Action.JOBS_WRITE)).jobs
