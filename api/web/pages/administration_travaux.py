"""Jobs (*travaux*): what the service does in its own time, imports among it; how far each is, what failed, to be stopped or taken up again.

An administrator sees states and errors, and nothing of the people a job is about.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action
from api.deps import Permit, allowed, opened
from api.jobs.imports import FileImport
from api.store.conflict import WrongState
from api.store.repositories.administered import Administered
from api.store.repositories.jobs import Jobs
from api.store.scope import Scope
from api.store.tables.imported import ImportRun
from api.store.tables.jobs import Job, JobState, JobStep
from api.store.unit_of_work import UnitOfWork
from api.web.messages import go
from api.web.page import pages, show
from api.web.pages.administration import AdministrationPage, later_address
from api.web.views.administration import JOBS, STATES, state_of
from api.web.views.moments import moment
from api.web.views.said import Said
from api.web.views.standards import name_of
from referentials.provenance import Value
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.ADMINISTRATION_READ)]
Writing = Annotated[Permit, allowed(Action.ADMINISTRATION_WRITE)]
JobName = Annotated[str, Path(max_length=32)]
Words = Annotated[str, Query(max_length=200)]
_HERE = "/administration/travaux"
_ONE = f"{_HERE}/{{job_id}}"
_PER_PAGE = 50


class JobLine(Value):
    """One job."""

    id: str = Field(description="Son identifiant.")
    what: Said = Field(description="Ce que c'est, en mots.")
    state: Said = Field(description="Où il en est, en mots.")
    asked: str = Field(description="Quand il a été demandé.")
    done: int = Field(description="Étapes faites, ou parties de l'étape en cours.")
    total: int = Field(description="Étapes en tout ; 0 : on ne sait pas.")
    failed: bool = Field(description="Vrai quand il a échoué.")


class JobsPage(AdministrationPage):
    """The jobs."""

    template: ClassVar[str] = "pages/administration/travaux.html"

    jobs: tuple[JobLine, ...] = Field(description="Les travaux, le dernier d'abord.")
    state: str = Field(description="L'état cherché ; vide : tous.")
    choices: tuple[tuple[str, Said], ...] = Field(description="Les états : nom, mots.")
    first: bool = Field(description="Vrai pour la première page.")
    later: str = Field(description="L'adresse de la page suivante ; vide : aucune.")


class JobPage(AdministrationPage):
    """One job."""

    template: ClassVar[str] = "pages/administration/travail.html"

    job: JobLine = Field(description="Le travail.")
    begun: str = Field(description="Quand il a commencé ; vide : pas encore.")
    ended: str = Field(description="Quand il a fini ; vide : pas encore.")
    error: str = Field(description="Pourquoi il a échoué ; vide : rien n'en est dit.")
    organisation: str = Field(description="Le nom de l'organisme ; vide : aucun.")
    file: Said = Field(description="Le fichier importé et son format ; vide : ce n'est pas un import.")
    account_of_import: str = Field(description="L'adresse du compte rendu de l'import ; vide : il n'est pas à vous.")
    failures: tuple[tuple[int, str], ...] = Field(description="Les étapes en échec : numéro, raison.")
    stoppable: bool = Field(description="Vrai quand on peut l'arrêter.")
    resumable: bool = Field(description="Vrai quand on peut le reprendre.")


@router.get(_HERE)
def read_jobs(request: Request, permit: Reading, etat: Words = "", suite: Words = "") -> Response:
    """The jobs of one's organisation; of all, for whoever administers the service."""
    wanted = etat if etat in set(JobState) else ""
    with permit.unit() as unit:
        administered = Administered(unit, permit.actor.organisation)
        found = administered.jobs(wanted, opened(suite) if suite else None, _PER_PAGE)
    page = JobsPage(
        jobs=tuple(map(_line, found.rows)),
        state=wanted,
        choices=tuple((state.value, STATES[state.value]) for state in JobState),
        first=not suite,
        later=later_address(_HERE, {"etat": wanted}, found.next),
    )
    return show(request, permit.services, permit.actor, page)


@router.get(_ONE)
def read_job(request: Request, permit: Reading, job_id: JobName) -> Response:
    """One job; the page comes again by itself until it is over."""
    with permit.unit() as unit:
        administered = Administered(unit, permit.actor.organisation)
        job = administered.job(job_id)
        organisation = job.organisation_id and unit.directory.organisations.get(job.organisation_id).name
        run, failures = administered.import_of(job), administered.failures(job)
        left = _room(unit, job).left(job.id)
    page = _page(permit, job, run, failures, organisation or "", left)
    headers = {} if JobState(job.state).is_over else {"Refresh": "5"}
    return show(request, permit.services, permit.actor, page, headers=headers)


@router.post(f"{_ONE}/arreter")
def stop(permit: Writing, job_id: JobName) -> Response:
    """Ask that it stop; what was done stays."""
    return _moved(permit, job_id, Jobs.cancel, "travail-arrete")


@router.post(f"{_ONE}/reprendre")
def resume(permit: Writing, job_id: JobName) -> Response:
    """Go on with what was stopped or failed."""
    return _moved(permit, job_id, Jobs.resume, "travail-repris")


def _moved(permit: Permit, job_id: str, act: object, message: str) -> Response:
    here = f"{_HERE}/{job_id}"
    try:
        with permit.unit(writes=True) as unit:
            job = Administered(unit, permit.actor.organisation).job(job_id)
            act(_room(unit, job), job.id)  # type: ignore[operator]
    except WrongState:
        return RedirectResponse(here, 303)
    return go(here, permit.services, message)


def _room(unit: UnitOfWork, job: Job) -> Jobs:
    """The jobs among which this one stands."""
    return unit.of(Scope(organisation=job.organisation_id, account=job.account_id)).jobs


def _page(
    permit: Permit, job: Job, run: ImportRun | None, failures: tuple[JobStep, ...], organisation: str, left: int
) -> JobPage:
    over = JobState(job.state).is_over
    mine = run is not None and run.organisation_id == permit.actor.organisation
    return JobPage(
        job=_line(job),
        begun=moment(job.started_at) if job.started_at else "",
        ended=moment(job.finished_at) if job.finished_at else "",
        error=job.error or "",
        organisation=organisation,
        file=say("{file}, lu comme {standard}", file=run.file_name, standard=name_of(run.standard)) if run else "",
        account_of_import=f"/importer/{run.id}" if run is not None and mine else "",
        failures=tuple((one.number, one.error or "") for one in failures),
        stoppable=not over and not job.cancel_asked,
        resumable=over and left > 0 and job.kind != FileImport.kind,
    )


def _line(job: Job) -> JobLine:
    return JobLine(
        id=job.id,
        what=JOBS[job.kind] if job.kind in set(JOBS) else job.kind,
        state=STATES[state_of(job)],
        asked=moment(job.created_at),
        done=job.done,
        total=job.total or 0,
        failed=job.state == JobState.FAILED,
    )
