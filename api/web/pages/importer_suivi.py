"""One import (*suivi d'un import*): how far it is, what it would change or has changed, line by line; then import it, stop it, go on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.answers import file_answer
from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.jobs.imports import go_on
from api.services.documents import File
from api.services.import_runs import told
from api.services.imports import MOST_OF_A_SORT, Outcome
from api.store.conflict import WrongState
from api.store.rooms import Room
from api.store.tables.imported import ImportNote, ImportRun, RunState
from api.web.messages import go
from api.web.page import Page, pages, show
from api.web.views.imports import COUNTED, TOLD, Count, Line, as_table, counts, line, standing
from api.web.views.said import Said
from api.web.views.standards import name_of
from reports.language import say_n

router = pages()
Reading = Annotated[Permit, allowed(Action.IMPORTS_READ)]
Writing = Annotated[Permit, allowed(Action.IMPORTS_WRITE)]
Stopping = Annotated[Permit, allowed(Action.JOBS_WRITE)]
RunName = Annotated[str, Path(max_length=32)]
_ONE = "/importer/{run_id}"
_LINES, _AT_ONCE, _HUNDREDTHS = 50, 1_000, 100


class ImportRunPage(Page):
    """One import, as it stands."""

    template: ClassVar[str] = "pages/importer/run.html"

    id: str = Field(description="Son identifiant.")
    name: str = Field(description="Le nom du fichier.")
    standard: Said = Field(description="Le format.")
    shared: bool = Field(description="Vrai quand tous les organismes lisent ce qui est importé.")
    dry: bool = Field(description="Vrai pour un essai, qui ne change rien.")
    state: str = Field(description="Où il en est : « waiting », « running », « stopping », « done », « refused »…")
    complete: bool = Field(description="Vrai quand le fichier a été lu jusqu'au bout.")
    done: int = Field(description="Centièmes du fichier qui sont lus.")
    may_stop: bool = Field(description="Vrai pour qui peut l'arrêter.")
    waiting: bool = Field(description="Vrai quand le fichier attend encore, et peut être importé.")
    brings: int = Field(description="Combien de documents viendraient ou changeraient.")
    wrong: bool = Field(description="Vrai quand il y a des erreurs.")
    counts: tuple[Count, ...] = Field(description="Combien de quoi.")
    views: tuple[Count, ...] = Field(description="Ce qui se lit ligne par ligne.")
    view: str = Field(description="Ce qui est montré.")
    view_label: Said = Field(description="Ce qui est montré, en mots.")
    cut: Said = Field(description="Ce qui dit que la liste s'arrête ; vide : elle est entière.")
    lines: tuple[Line, ...] = Field(description="Les lignes.")
    first: bool = Field(description="Vrai pour la première page de lignes.")
    later: str = Field(description="L'adresse des lignes suivantes ; vide : aucune.")


@router.get(_ONE)
def follow(
    request: Request,
    permit: Reading,
    run_id: RunName,
    voir: Annotated[str, Query(max_length=20)] = "",
    suite: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """How far it is; the page comes again by itself until it is over."""
    with permit.reading() as room:
        page = _page(permit, room, room.imports.get(run_id), voir, suite)
    headers = {} if page.state in tuple(RunState) and page.state != RunState.RUNNING else {"Refresh": "2"}
    return show(request, permit.services, permit.actor, page, headers=headers)


@router.get(f"{_ONE}/compte-rendu.csv")
def account(permit: Reading, run_id: RunName) -> Response:
    """The whole account, for a spreadsheet."""
    with permit.reading() as room:
        content = as_table(_notes(room, run_id))
    return file_answer(File("compte-rendu.csv", "text/csv; charset=utf-8", content))


@router.post(f"{_ONE}/importer")
def confirm(permit: Writing, run_id: RunName) -> Response:
    """Import the very file that was looked at, or go on with one that was stopped: what is good is taken."""
    try:
        with permit.unit(writes=True) as unit:
            address = f"/importer/{go_on(unit, permit.actor, run_id, strict=False)[0].id}"
    except WrongState:
        return go(f"/importer/{run_id}", permit.services, "fichier-parti")
    return go(address, permit.services)


@router.post(f"{_ONE}/oublier")
def forget(permit: Writing, run_id: RunName) -> Response:
    """Import nothing: the file goes."""
    with permit.writing() as room:
        room.imports.forget_file(run_id)
    return go("/importer", permit.services, "fichier-oublie")


@router.post(f"{_ONE}/arreter")
def stop(permit: Stopping, run_id: RunName) -> Response:
    """Ask that it stop; what was taken stays."""
    with permit.unit() as unit:
        job = unit.of(permit.scope_for(Action.IMPORTS_WRITE)).imports.get(run_id).job_id or ""
    try:
        with permit.writing() as room:
            room.jobs.cancel(job)
    except WrongState:
        return RedirectResponse(f"/importer/{run_id}", 303)
    return go(f"/importer/{run_id}", permit.services, "import-arrete")


def _notes(room: Room, run_id: str) -> Iterator[ImportNote]:
    after = 0
    while notes := room.imports.notes(run_id, [one.value for one in TOLD], after, _AT_ONCE):
        yield from notes
        after = notes[-1].number


def _page(permit: Permit, room: Room, run: ImportRun, view: str, after: int) -> ImportRunPage:
    state, job = room.imports.state_of(run), room.imports.job_of(run)
    found = counts(run)
    views = tuple(one for key in TOLD for one in found if one.key == key.value)
    view = view if view in (one.key for one in views) else next((one.key for one in views), "")
    notes = room.imports.notes(run.id, [view], after, _LINES + 1)
    shown = notes[:_LINES]
    later = urlencode({"voir": view, "suite": shown[-1].number}) if len(notes) > _LINES else ""
    many = told(run.counts)
    return ImportRunPage(
        id=run.id,
        name=run.file_name,
        standard=name_of(run.standard),
        shared=run.organisation_id is None,
        dry=run.dry,
        state=standing(run, state, job),
        complete=run.complete,
        done=job.done * _HUNDREDTHS // max(job.total or 1, 1) if job and (job.total or 0) > 1 else 0,
        may_stop=job is not None and job.account_id == permit.actor.account and not job.cancel_asked,
        waiting=state in (RunState.DONE, RunState.STOPPED) and room.imports.has_file(run.id),
        brings=many[Outcome.NEW] + many[Outcome.CHANGED] + many[Outcome.CONFIRMED],
        wrong=many[Outcome.PROBLEM] > 0,
        counts=tuple(one for one in found if one.key not in (Outcome.PROBLEM, Outcome.REMARK)),
        views=views,
        view=view,
        view_label=COUNTED[Outcome(view)] if view else "",
        cut=_cut(view, many),
        lines=tuple(line(one, kept=state is RunState.DONE and not run.dry) for one in shown),
        first=after == 0,
        later=f"/importer/{run.id}?{later}#lignes" if later else "",
    )


def _cut(view: str, many: dict[str, int]) -> str:
    rest = many.get(view, 0) - MOST_OF_A_SORT
    if view not in (Outcome.PROBLEM, Outcome.REMARK, Outcome.GONE) or rest <= 0:
        return ""
    return say_n("{count} autre ligne n'a pas été gardée.", "{count} autres lignes n'ont pas été gardées.", rest)
