"""A cohort (*point sur une cohorte*): how far it is, then what all take together and what came of each; nothing goes into the files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import FormatName, file_answer
from api.auth.permissions import Action
from api.deps import Permit, Speaking, allowed
from api.jobs.cohorts import cohort_named, in_parts, steps_told
from api.services.cohort_told import cohort_lines, row_of, titles_of, told
from api.services.documents import written
from api.services.team import chosen
from api.store.tables.jobs import Job, JobState, JobStep
from api.web.following import team, team_room
from api.web.page import pages, show
from api.web.pages.equipes import PER_PAGE, TeamPage, name_in_words
from api.web.stages import name_of_target
from api.web.views.said import Said
from reports.cohort_document import answers, bodies, lacking, months, opening, people
from reports.cohort_rows import summed
from reports.paper import Block, Table

router = pages()
Reading = Annotated[Permit, allowed(Action.PLANS_READ)]
CohortName = Annotated[str, Path(max_length=32)]
_HERE = "/equipes/cohortes/{cohort_id}"


class CohortPage(TeamPage):
    """A cohort, as far as it is computed."""

    template: ClassVar[str] = "pages/equipes/cohorte.html"

    id: str = Field(description="L'identifiant du travail.")
    target: Said = Field(description="Ce qui est visé.")
    invented: bool = Field(description="Vrai quand les plans peuvent contenir des modules inventés.")
    state: str = Field(description="L'état du travail, par son nom.")
    over: bool = Field(description="Vrai quand plus rien ne se fera.")
    stopping: bool = Field(description="Vrai quand un arrêt a été demandé.")
    done: int = Field(description="Personnes pour qui c'est fait.")
    total: int = Field(description="Personnes en tout.")
    left: int = Field(description="Personnes pour qui rien n'a été calculé, quand le travail est fini.")
    opening: tuple[Block, ...] = Field(description="Les totaux.")
    tables: tuple[Table, ...] = Field(description="Par réponse, par bloc, par mois, par organisme.")
    people: Table = Field(description="Les personnes de cette page.")
    hrefs: tuple[str, ...] = Field(description="Le dossier de chacune ; vide : aucun.")
    earlier: str = Field(description="L'adresse de la page d'avant ; vide : aucune.")
    later: str = Field(description="L'adresse de la page d'après ; vide : aucune.")


@router.get(_HERE)
def read(
    request: Request, permit: Reading, cohort_id: CohortName, page: Annotated[int, Query(ge=1, le=1_000)] = 1
) -> Response:
    """How far it is; the page comes again by itself until it is over."""
    job, steps, left = _found(permit, cohort_id)
    sums, first = summed([row for step in steps if (row := row_of(step)) is not None]), (page - 1) * PER_PAGE
    last, here = first + PER_PAGE, f"/equipes/cohortes/{cohort_id}"
    lines = cohort_lines(steps[first:last], _names(permit, steps[first:last]))
    titles = titles_of(sums, permit.library)
    shown = CohortPage(
        id=job.id,
        target=_target(permit, job),
        invented=bool(job.arguments["demand"].get("illustrative")),
        state=job.state,
        over=JobState(job.state).is_over,
        stopping=job.cancel_asked,
        done=job.done,
        total=job.total or 0,
        left=left,
        opening=tuple(opening(sums, len(steps))),
        tables=(answers(sums), lacking(sums, titles), months(sums), bodies(sums)),
        people=people(lines),
        hrefs=tuple(f"/equipes/personnes/{one.person_id}" if one.person_id else "" for one in steps[first:last]),
        earlier=f"{here}?{urlencode({'page': page - 1})}" if page > 1 else "",
        later=f"{here}?{urlencode({'page': page + 1})}" if last < len(steps) else "",
    )
    return show(request, permit.services, permit.actor, shown, headers={} if shown.over else {"Refresh": "3"})


@router.get(f"{_HERE}/documents/{{format_name}}")
def take(permit: Reading, cohort_id: CohortName, language: Speaking, format_name: FormatName) -> Response:
    """The same as a document, with everybody."""
    job, steps, _left = _found(permit, cohort_id)
    document = told(job, steps, _names(permit, steps), _target(permit, job), permit.library)
    return file_answer(written(document, format_name, language))


def _found(permit: Permit, cohort_id: str) -> tuple[Job, tuple[JobStep, ...], int]:
    """The job, what came of each whom the adviser may see, and how many are left once it is over."""
    scope = team(permit)
    with permit.unit() as unit:
        room, files = unit.of(permit.scope_for(Action.JOBS_READ)), unit.of(scope)
        job = cohort_named(room, cohort_id)
        steps = steps_told(room, files, cohort_id)
        left = room.jobs.left(cohort_id) if JobState(job.state).is_over and job.arguments else 0
        return job, steps, left


def _names(permit: Permit, steps: Sequence[JobStep]) -> dict[str, str]:
    """The names of the people of some steps."""
    people = [step.person_id for step in steps if step.person_id]
    with team_room(permit) as room:
        return {one.person.id: name_in_words(one) for part in in_parts(people) for one in chosen(room, part)}


def _target(permit: Permit, job: Job) -> str:
    return name_of_target(job.arguments["demand"]["target"], permit.library)
