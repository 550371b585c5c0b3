"""Cohorts (*cohortes*): where many people stand and what their plans would take, in one job of which nothing goes into their files."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Response

from api import examples
from api.answers import FormatName, as_file, file_answer
from api.auth.permissions import Action, scope_of
from api.contract import resource
from api.days import today
from api.deps import Pagination, Permit, Speaking, allowed, sealed
from api.jobs.cohorts import ask_for_cohort, cohort_named, steps_told
from api.routes.jobs import ABSENT, ACCEPTED, after_step, row_of_job
from api.schemas import Listing
from api.schemas_cohorts import CohortAnswer, CohortRequest, CohortRow
from api.schemas_jobs import JobAnswer
from api.services.catalogue import named
from api.services.cohort_told import row_of, told
from api.services.documents import written
from api.store.tables.jobs import Job, JobStep, StepState
from pathways.target import aim
from reports.cohort_rows import summed
from reports.language import speaking

router = resource("/cohorts", "Cohortes")
Reading = Annotated[Permit, allowed(Action.PLANS_READ)]
Planning = Annotated[Permit, allowed(Action.PLANS_WRITE)]
CohortName = Annotated[str, Path(max_length=32, description="L'identifiant du travail.")]


@router.post(
    "", status_code=202, response_model=JobAnswer, responses=ACCEPTED | ABSENT, summary="Faire le point sur une cohorte"
)
def ask(permit: Planning, wanted: Annotated[CohortRequest, examples.shown(examples.COHORT)], response: Response) -> Any:
    """Ask what a plan would take for each of many people; those with the same problem share one answer, proved once."""
    on = wanted.demand.on or today(permit)
    target = aim(permit.library, named(permit.library, wanted.demand.target, on), on).ref
    demand = wanted.demand.model_copy(update={"target": target, "on": on})
    with permit.unit(writes=True) as unit:
        job = ask_for_cohort(unit, permit.actor, wanted.people, wanted.profiles, demand, on)
        response.headers["Location"] = f"{router.prefix}/{job.id}"
        return JobAnswer(**row_of_job(job), arguments=job.arguments, result=job.result)


@router.get("/{cohort_id}", response_model=CohortAnswer, summary="Une cohorte, en tout")
def read(permit: Reading, cohort_id: CohortName) -> Any:
    """What all of those who are computed take together, by body, by month and by block."""
    job, steps = _found(permit, cohort_id)
    rows = [row for step in steps if (row := row_of(step)) is not None]
    return CohortAnswer(
        **row_of_job(job),
        target=job.arguments["demand"]["target"],
        failed=sum(step.state == StepState.FAILED for step in steps),
        sums=summed(rows),
    )


@router.get("/{cohort_id}/people", response_model=Listing[CohortRow], summary="Une cohorte, personne par personne")
def list_people(permit: Reading, cohort_id: CohortName, page: Pagination) -> Any:
    """What came of each person whom the account may see."""
    after = after_step(page.after)
    _job, steps = _found(permit, cohort_id)
    left = [step for step in steps if step.number > after]
    items = tuple(_row(step) for step in left[: page.limit])
    return Listing(items=items, next=sealed(str(items[-1].number)) if len(left) > page.limit else None)


@router.get("/{cohort_id}/documents/{format_name}", responses=as_file(), summary="Une cohorte en document")
def take(permit: Reading, cohort_id: CohortName, format_name: FormatName, language: Speaking) -> Response:
    """Everything in one document; people go by the identifiers of their files."""
    job, steps = _found(permit, cohort_id)
    names = {step.person_id: step.person_id for step in steps if step.person_id}
    with speaking(language):
        document = told(job, steps, names, job.arguments["demand"]["target"], permit.library)
    return file_answer(written(document, format_name, language))


def _found(permit: Permit, cohort_id: str) -> tuple[Job, tuple[JobStep, ...]]:
    jobs, people = (scope_of(permit.actor, action) for action in (Action.JOBS_READ, Action.PEOPLE_READ))
    with permit.unit() as unit:
        job = cohort_named(unit.of(jobs), cohort_id)
        return job, steps_told(unit.of(jobs), unit.of(people), cohort_id)


def _row(step: JobStep) -> CohortRow:
    profile = None if step.person_id else (step.arguments or {}).get("profile", {}).get("id", "profil")
    return CohortRow(number=step.number, person=step.person_id, profile=profile, row=row_of(step), error=step.error)
