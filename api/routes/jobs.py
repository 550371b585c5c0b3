"""Long work (*travaux*): asked for at once, done one step after the other, followed, stopped."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Response

from api.answers import CONFLICT
from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import Pagination, Permit, allowed, sealed
from api.jobs.plans import ask_for_plans, ask_for_plans_again
from api.problem import MEDIA_TYPE, Problem
from api.schemas import Listing
from api.schemas_jobs import Again, Batch, JobAnswer, JobRow, StepRow
from api.store.tables.jobs import Job

router = resource("", "Travaux")
Reading = Annotated[Permit, allowed(Action.JOBS_READ)]
Stopping = Annotated[Permit, allowed(Action.JOBS_WRITE)]
Planning = Annotated[Permit, allowed(Action.PLANS_WRITE)]
JobName = Annotated[str, Path(max_length=32, description="L'identifiant du travail.")]

_LOCATION = {"Location": {"description": "L'adresse où suivre le travail.", "schema": {"type": "string"}}}
ACCEPTED: dict[int | str, dict[str, Any]] = {202: {"description": "Demandé.", "headers": _LOCATION}}
ABSENT: dict[int | str, dict[str, Any]] = {
    404: {
        "description": "Un de ces dossiers n'est pas suivi ici.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


def row_of_job(job: Job) -> dict[str, Any]:
    """What is told of a job."""
    names = ("id", "kind", "state", "done", "total", "created_at", "started_at", "finished_at", "error")
    return {**{name: getattr(job, name) for name in names}, "stopping": job.cancel_asked and job.finished_at is None}


def _answer(job: Job) -> JobAnswer:
    return JobAnswer(**row_of_job(job), arguments=job.arguments, result=job.result)


def _accepted(job: Job, response: Response) -> JobAnswer:
    response.headers["Location"] = f"{router.prefix}/jobs/{job.id}"
    return _answer(job)


@router.get("/jobs", response_model=Listing[JobRow], summary="Les travaux demandés")
def list_jobs(permit: Reading, page: Pagination) -> Any:
    """The jobs of the account, and for an adviser those of the organisation, the oldest first."""
    with permit.reading() as room:
        rows, following = room.jobs.page(page.after, page.limit)
        return Listing(items=tuple(JobRow(**row_of_job(row)) for row in rows), next=sealed(following))


@router.get("/jobs/{job_id}", response_model=JobAnswer, summary="Où en est un travail")
def read_job(permit: Reading, job_id: JobName) -> Any:
    """How far a job is, and what came of it once it is over."""
    with permit.reading() as room:
        return _answer(room.jobs.get(job_id))


@router.get("/jobs/{job_id}/steps", response_model=Listing[StepRow], summary="Ce qu'un travail a fait, étape par étape")
def list_steps(permit: Reading, job_id: JobName, page: Pagination) -> Any:
    """What each step gave; about people whom the account may not see, nothing but its state."""
    after = after_step(page.after)
    seen = permit.services.store
    with permit.reading() as room:
        rows = room.jobs.steps(job_id, after, page.limit + 1)
    with seen.read() as unit:
        people = unit.of(_people_scope(permit)).people
        visible = {row.person_id for row in rows if row.person_id and people.find(row.person_id)}
    items = tuple(StepRow.of(row, row.person_id is None or row.person_id in visible) for row in rows[: page.limit])
    return Listing(items=items, next=sealed(str(items[-1].number)) if len(rows) > page.limit else None)


def _people_scope(permit: Permit) -> Any:
    from api.auth.permissions import scope_of

    return scope_of(permit.actor, Action.PEOPLE_READ)


def after_step(after: str | None) -> int:
    """The number of the step that a cursor stands at."""
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        raise Problem("invalid", errors=[{"parameter": "cursor", "in": "query", "rule": "cursor", "detail": ""}])
    return int(after)


@router.post("/jobs/{job_id}/cancel", response_model=JobAnswer, responses=CONFLICT, summary="Arrêter un travail")
def cancel_job(permit: Stopping, job_id: JobName) -> Any:
    """Ask that a job stop; what it has done stays."""
    with permit.writing() as room:
        return _answer(room.jobs.cancel(job_id))


@router.post(
    "/jobs/{job_id}/resume",
    status_code=202,
    response_model=JobAnswer,
    responses=ACCEPTED | CONFLICT,
    summary="Reprendre un travail arrêté",
)
def resume_job(permit: Stopping, job_id: JobName, response: Response) -> Any:
    """Go on with a job that was stopped, or of which something failed; what it has done stays."""
    with permit.writing() as room:
        return _accepted(room.jobs.resume(job_id), response)


# -- asked for ------------------------------------------------------------------------------------------------------------


@router.post(
    "/plans/batch",
    status_code=202,
    response_model=JobAnswer,
    responses=ACCEPTED | ABSENT,
    summary="Des plans pour plusieurs",
)
def plan_for_many(permit: Planning, wanted: Batch, response: Response) -> Any:
    """Ask for a plan towards one target for each of many people; each is kept as a draft."""
    with permit.unit(writes=True) as unit:
        return _accepted(ask_for_plans(unit, permit.actor, wanted.people, wanted.demand, today(permit)), response)


@router.post(
    "/plans/again",
    status_code=202,
    response_model=JobAnswer,
    responses=ACCEPTED,
    summary="Recalculer les plans qui reposent sur une version",
)
def plan_again(permit: Planning, wanted: Again, response: Response) -> Any:
    """Ask that the plans that lean on a version that has changed be computed again; without a version, on any that was replaced."""
    with permit.unit(writes=True) as unit:
        return _accepted(ask_for_plans_again(unit, permit.actor, wanted.version, today(permit)), response)
