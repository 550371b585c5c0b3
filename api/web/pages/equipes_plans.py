"""Plans for a selection (*plans pour plusieurs personnes*): who, towards what, then one job that is followed until it ends.

The selection and the search live in the address, so that a reload or a step back loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar, NamedTuple
from urllib.parse import urlencode

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.jobs.cohorts import CohortOfPeople, ask_for_cohort
from api.jobs.plans import PlansAgain, PlansForPeople, ask_for_plans
from api.schemas_jobs import MOST_PEOPLE
from api.services.asking import Demand
from api.services.choosing import Choice, choices
from api.services.team import chosen
from api.store.conflict import Absent, WrongState
from api.store.rooms import Room
from api.store.tables.jobs import Job, JobState, JobStep, StepState
from api.store.unit_of_work import UnitOfWork
from api.web.following import team, team_room
from api.web.messages import go
from api.web.page import pages, show
from api.web.pages.equipes import TeamPage, name_in_words
from api.web.sent import Sent
from api.web.stages import name_of_target
from api.web.team_filters import Asked
from api.web.team_selection import Selection, selection_in
from api.web.views.said import Said
from pathways.target import aim
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import FileProblem
from referentials.provenance import Value
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.PLANS_READ)]
Writing = Annotated[Permit, allowed(Action.PLANS_WRITE)]
Following = Annotated[Permit, allowed(Action.JOBS_READ)]
Stopping = Annotated[Permit, allowed(Action.JOBS_WRITE)]
JobName = Annotated[str, Path(max_length=32)]
_MOST, _STEPS, _NAMED = 12, 100, 500
_JOB = "/equipes/travaux/{job_id}"


class Wishes(NamedTuple):
    """How plans are wanted: among made-up modules too; for a look at all, without anything in the files."""

    invented: bool
    only_told: bool


class Named(Value):
    """Somebody of a selection."""

    id: str = Field(description="L'identifiant de son dossier.")
    name: str = Field(description="Son nom, ou le jour où son dossier a été ouvert.")


class SelectionPage(TeamPage):
    """Towards what, for whom."""

    template: ClassVar[str] = "pages/equipes/selection.html"

    people: tuple[Named, ...] = Field(description="Les personnes choisies, les premières seulement.")
    count: int = Field(description="Combien ont été choisies.")
    kept: tuple[tuple[str, str], ...] = Field(description="Ce que les formulaires renvoient : qui a été choisi.")
    query: str = Field(description="Ce qui est cherché.")
    found: tuple[Choice, ...] = Field(description="Ce qui y répond.")
    invented: bool = Field(description="Vrai pour choisir aussi parmi les modules inventés.")
    only_told: bool = Field(description="Vrai pour faire le point sans rien garder dans les dossiers.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class StepRow(Value):
    """What came of one person."""

    person: str = Field(description="Le dossier ; vide : il n'est plus suivi ici.")
    name: str = Field(description="Le nom ; vide : le dossier n'est plus suivi ici.")
    state: str = Field(description="« waiting », « done » ou « failed ».")
    plan: str = Field(description="Le plan gardé ; vide : aucun.")
    answered: str = Field(description="La réponse : « held », « optimal », « infeasible »…")
    error: Said = Field(description="Pourquoi rien n'a été gardé ; vide : rien à en dire.")


class JobPage(TeamPage):
    """How far a job is, and what came of it."""

    template: ClassVar[str] = "pages/equipes/job.html"

    id: str = Field(description="L'identifiant du travail.")
    target: Said = Field(description="Ce qui est visé.")
    again: bool = Field(description="Vrai quand des plans sont recalculés.")
    invented: bool = Field(description="Vrai quand les plans peuvent contenir des modules inventés.")
    state: str = Field(description="L'état du travail, par son nom.")
    over: bool = Field(description="Vrai quand plus rien ne se fera.")
    stopping: bool = Field(description="Vrai quand un arrêt a été demandé.")
    done: int = Field(description="Personnes pour qui c'est fait.")
    total: int = Field(description="Personnes en tout.")
    steps: tuple[StepRow, ...] = Field(description="Ce qu'il en est de chaque personne.")
    later: str = Field(description="L'adresse de la page suivante ; vide : aucune.")
    left: int = Field(description="Personnes pour qui rien n'a été gardé, quand le travail est fini.")


@router.get("/equipes/plans")
def choose_target(
    request: Request,
    permit: Reading,
    asked: Asked,
    p: Annotated[list[str] | None, Query(max_length=MOST_PEOPLE)] = None,
    q: Annotated[str, Query(max_length=300)] = "",
    toutes: Annotated[str, Query(max_length=10)] = "",
    inventes: Annotated[str, Query(max_length=10)] = "",
    point: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The people who were chosen, and a search of what to aim at."""
    selection = Selection(people=tuple(p or ()), filters=asked if toutes else None)
    return _shown(request, permit, selection, q, Wishes(bool(inventes), bool(point)), {})


@router.post("/equipes/plans")
def compute(request: Request, permit: Writing, form: Sent) -> Response:
    """Ask for a plan for each, in one job, or for the figures of all."""
    scope, selection = team(permit), selection_in(form)
    wishes = Wishes(form.has("inventes"), form.has("point"))
    try:
        target = aim(permit.library, form.text("cible"), today(permit))
    except (UnknownReference, NotInForce, FileProblem, ValueError):
        errors = {"q": say("Choisissez une certification dans la liste : celle-ci n'est pas connue ici.")}
        return _shown(request, permit, selection, form.text("q"), wishes, errors)
    demand = Demand(target=target.ref, illustrative=wishes.invented)
    with permit.unit(writes=True) as unit:
        people = selection.chosen(unit.of(scope))
        there = _asked(unit, permit, people, demand, wishes) if people else ""
    if not there:
        return _shown(request, permit, selection, form.text("q"), wishes, {"p": _nobody()})
    return go(there, permit.services)


def _asked(unit: UnitOfWork, permit: Permit, people: tuple[str, ...], demand: Demand, wishes: Wishes) -> str:
    """The page where what was asked for is followed."""
    if wishes.only_told:
        return f"/equipes/cohortes/{ask_for_cohort(unit, permit.actor, people, (), demand, today(permit)).id}"
    return f"/equipes/travaux/{ask_for_plans(unit, permit.actor, people, demand, today(permit)).id}"


def _shown(
    request: Request, permit: Permit, selection: Selection, words: str, wishes: Wishes, errors: dict[str, str]
) -> Response:
    with team_room(permit) as room:
        people = selection.chosen(room)
        found = chosen(room, people[:_NAMED])
        answers = choices(room.search, permit.library, words, today(permit), _MOST) if words.strip() else ()
        answers = tuple(one for one in answers if one.is_read)
    page = SelectionPage(
        people=tuple(Named(id=one.person.id, name=name_in_words(one)) for one in found),
        count=len(people) if selection.filters else len(found),
        kept=selection.fields,
        query=words.strip(),
        found=answers,
        invented=wishes.invented,
        only_told=wishes.only_told,
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _nobody() -> str:
    return say("Cochez au moins une personne dans la liste de vos équipes.")


# -- the job --------------------------------------------------------------------------------------------------------------


@router.get(_JOB)
def follow(
    request: Request, permit: Following, job_id: JobName, suite: Annotated[int, Query(ge=0, le=1_000_000)] = 0
) -> Response:
    """How far it is; the page comes again by itself until it is over."""
    people = team(permit)
    with permit.unit() as unit:
        job = _job(unit.of(permit.scope), job_id)
        if job.kind == CohortOfPeople.kind:
            return RedirectResponse(_page_of(job), 303)
        steps = unit.of(permit.scope).jobs.steps(job_id, suite, _STEPS + 1)
        names = {one.person.id: name_in_words(one) for one in chosen(unit.of(people), _people(steps))}
        left = unit.of(permit.scope).jobs.left(job_id) if JobState(job.state).is_over and job.arguments else 0
    page = _page(permit, job, steps, names, left)
    headers = {} if page.over else {"Refresh": "2"}
    return show(request, permit.services, permit.actor, page, headers=headers)


@router.post(f"{_JOB}/arreter")
def stop(permit: Stopping, job_id: JobName) -> Response:
    """Ask that it stop; what it has done stays."""
    team(permit)
    here = f"/equipes/travaux/{job_id}"
    try:
        with permit.writing() as room:
            job = _job(room, job_id)
            here = _page_of(job)
            room.jobs.cancel(job.id)
    except WrongState:
        return RedirectResponse(here, 303)
    return go(here, permit.services, "travail-arrete")


@router.post(f"{_JOB}/reprendre")
def resume(permit: Stopping, job_id: JobName) -> Response:
    """Go on with what was stopped or failed."""
    team(permit)
    here = f"/equipes/travaux/{job_id}"
    try:
        with permit.writing() as room:
            job = _job(room, job_id)
            here = _page_of(job)
            room.jobs.resume(job.id)
    except WrongState:
        return RedirectResponse(here, 303)
    return go(here, permit.services, "travail-repris")


def _page_of(job: Job) -> str:
    """Where a job is followed."""
    return f"/equipes/{'cohortes' if job.kind == CohortOfPeople.kind else 'travaux'}/{job.id}"


def _job(room: Room, job_id: str) -> Job:
    """A job that computes plans for people, anew or again; others are not shown here."""
    found = room.jobs.get(job_id)
    if found.kind not in (PlansForPeople.kind, PlansAgain.kind, CohortOfPeople.kind):
        raise Absent("job", job_id)
    return found


def _people(steps: Iterable[JobStep]) -> Iterable[str]:
    return (step.person_id for step in steps if step.person_id)


def _page(permit: Permit, job: Job, steps: tuple[JobStep, ...], names: dict[str, str], left: int) -> JobPage:
    shown = steps[:_STEPS]
    demand = (job.arguments or {}).get("demand", {})
    return JobPage(
        id=job.id,
        target=_target(permit, job),
        again=job.kind == PlansAgain.kind,
        invented=bool(demand.get("illustrative")),
        state=job.state,
        over=JobState(job.state).is_over,
        stopping=job.cancel_asked,
        done=job.done,
        total=job.total or 0,
        steps=tuple(_step(step, names.get(step.person_id or "", "")) for step in shown),
        left=left,
        later=f"/equipes/travaux/{job.id}?{urlencode({'suite': shown[-1].number})}" if len(steps) > _STEPS else "",
    )


def _target(permit: Permit, job: Job) -> str:
    arguments = job.arguments or {}
    if arguments.get("several"):
        return say("plusieurs certifications")
    return name_of_target(arguments.get("demand", {}).get("target", ""), permit.library)


def _step(step: JobStep, name: str) -> StepRow:
    """What came of one person; nothing about whoever is no longer followed here."""
    result = (step.result or {}) if name else {}
    return StepRow(
        person=step.person_id or "" if name else "",
        name=name,
        state=StepState(step.state).value,
        plan=result.get("plan", ""),
        answered=result.get("status", ""),
        error=(step.error or "") if name else "",
    )
