"""Imports (*imports*): a file of an outside standard is sent, read beside the requests, and accounted for line by line."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import File, Form, Path, Query, Response, UploadFile

from api.answers import CONFLICT
from api.auth.permissions import Action
from api.contract import resource
from api.deps import UPLOADING, Pagination, Permit, allowed, sealed
from api.jobs.imports import Sent, ask_for_import, go_on, looked_at, standards_of
from api.problem import Problem
from api.routes.jobs import ACCEPTED, row_of_job
from api.schemas import Listing
from api.schemas_imports import ImportAsked, ImportLine, ImportRow
from api.services.evidence import safe_file_name
from api.services.import_runs import told
from api.services.imports import Outcome
from api.store.rooms import Room
from api.store.tables.imported import ImportNote, ImportRun
from api.store.tables.jobs import Job

router = resource("/imports", "Échanges")
Reading = Annotated[Permit, allowed(Action.IMPORTS_READ)]
Writing = Annotated[Permit, allowed(Action.IMPORTS_WRITE)]
ImportName = Annotated[str, Path(max_length=32, description="L'identifiant de l'import.")]
FormatForm = Annotated[
    str | None, Form(max_length=40, alias="format", description="Le format ; vide : celui du fichier, s'il est sûr.")
]


@router.post(
    "",
    status_code=202,
    response_model=ImportAsked,
    responses=ACCEPTED,
    summary="Importer un fichier venu d'ailleurs",
    dependencies=[UPLOADING],
)
def ask(
    permit: Writing,
    response: Response,
    file: Annotated[UploadFile, File(description="RNCP, CASE, Moodle, LHEO… : voyez /formats.")],
    standard: FormatForm = None,
    dry: Annotated[bool, Form(description="Dire ce qui changerait, sans rien changer.")] = False,
    strict: Annotated[bool, Form(description="Refuser tout le fichier à la première erreur.")] = False,
) -> Any:
    """Keep a file and ask that it be imported: what is wrong is told, and the rest goes in."""
    sent = Sent(safe_file_name(file.filename or ""), file.file, standard or None, dry, strict)
    request = looked_at(sent, permit.services.settings.import_bytes, standards_of(permit.actor))
    with permit.unit(writes=True) as unit:
        run, job = ask_for_import(unit, permit.actor, request, file.file)
    return _asked(response, run, job)


@router.post(
    "/{import_id}/confirm",
    status_code=202,
    response_model=ImportAsked,
    responses=ACCEPTED | CONFLICT,
    summary="Importer pour de bon le fichier d'un essai, ou reprendre un import arrêté",
)
def confirm(
    permit: Writing,
    response: Response,
    import_id: ImportName,
    strict: Annotated[bool, Query(description="Refuser tout le fichier à la première erreur.")] = False,
) -> Any:
    """Import the very file that was looked at; it waits a day."""
    with permit.unit(writes=True) as unit:
        run, job = go_on(unit, permit.actor, import_id, strict=strict)
    return _asked(response, run, job)


def _asked(response: Response, run: ImportRun, job: Job) -> ImportAsked:
    response.headers["Location"] = f"{router.prefix}/{run.id}"
    return ImportAsked(**row_of_job(job), arguments=job.arguments, result=None, import_id=run.id)


@router.get("", response_model=Listing[ImportRow], summary="Les imports, dans leur ordre")
def list_imports(permit: Reading, page: Pagination) -> Any:
    """Every import that the account may make or see."""
    with permit.reading() as room:
        found = room.imports.page(page.after, page.limit)
        return Listing(items=tuple(_row(room, run) for run in found.rows), next=sealed(found.next))


@router.get("/{import_id}", response_model=ImportRow, summary="Un import, et combien de quoi")
def read_import(permit: Reading, import_id: ImportName) -> Any:
    """One import; its job says how far it is."""
    with permit.reading() as room:
        return _row(room, room.imports.get(import_id))


@router.get("/{import_id}/lines", response_model=Listing[ImportLine], summary="Le compte rendu d'un import")
def list_lines(
    permit: Reading,
    import_id: ImportName,
    page: Pagination,
    outcome: Annotated[list[Outcome] | None, Query(description="Seulement ces lignes ; vide : toutes.")] = None,
) -> Any:
    """What is new, changed, no longer there or wrong, in the order of the file."""
    wanted = [one.value for one in outcome or Outcome]
    with permit.reading() as room:
        notes = room.imports.notes(import_id, wanted, _number(page.after), page.limit + 1)
    shown = notes[: page.limit]
    following = str(shown[-1].number) if len(notes) > page.limit else None
    return Listing(items=tuple(map(_line, shown)), next=sealed(following))


def _row(room: Room, run: ImportRun) -> ImportRow:
    names = ("id", "standard", "file_name", "size", "digest", "dry", "strict", "complete", "created_at", "finished_at")
    return ImportRow(
        **{name: getattr(run, name) for name in names},
        shared=run.organisation_id is None,
        state=room.imports.state_of(run),
        counts=told(run.counts),
        job=run.job_id,
    )


def _line(note: ImportNote) -> ImportLine:
    return ImportLine(
        number=note.number, outcome=Outcome(note.outcome), ref=note.ref, title=note.title, said=note.document
    )


def _number(after: str | None) -> int:
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        raise Problem("invalid", errors=[{"parameter": "cursor", "in": "query", "rule": "cursor", "detail": ""}])
    return int(after)
