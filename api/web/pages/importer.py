"""« Importer »: a file from another system is sent, and looked at before anything changes; below, the imports made so far.

Whoever may not import reads what this is for, and who may.
"""

from __future__ import annotations

from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import Form, Query, Request, UploadFile
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action, permitted
from api.deps import UPLOADING, Permit, allowed, opened, sealed
from api.jobs.imports import Sent, ask_for_import, kinds_of, looked_at, standards_of
from api.services.evidence import safe_file_name
from api.services.planning import NotPlannable
from api.store.rooms import Room
from api.store.tables.imported import ImportRun
from api.web.messages import go
from api.web.page import Page, pages, show
from api.web.views.imports import STATES, standing
from api.web.views.said import Said
from api.web.views.standards import StandardWords, in_words, name_of
from referentials.loader import REFERENTIAL
from referentials.provenance import Value
from reports.language import say
from reports.wording import plain_date

router = pages()
Anybody = Annotated[Permit, allowed(Action.SIGN_IN)]
Writing = Annotated[Permit, allowed(Action.IMPORTS_WRITE)]
LOOK, TAKE, REFUSE = "regarder", "prendre", "refuser"
_PER_PAGE, _MILLION = 20, 1_000_000
_WORD = 40


class ImportDoorPage(Page):
    """What imports are for, to whoever may not make any."""

    template: ClassVar[str] = "pages/importer/door.html"

    standards: tuple[StandardWords, ...] = Field(description="Les formats qui se lisent.")


class PastImport(Value):
    """An import made before."""

    id: str = Field(description="Son identifiant.")
    name: str = Field(description="Le nom du fichier.")
    standard: Said = Field(description="Le format.")
    day: Said = Field(description="Le jour.")
    dry: bool = Field(description="Vrai pour un essai.")
    state: Said = Field(description="Où il en est.")


class ImportPage(Page):
    """A file to send, and the imports made before."""

    template: ClassVar[str] = "pages/importer/send.html"

    standards: tuple[StandardWords, ...] = Field(description="Les formats que le compte peut importer.")
    templates: tuple[tuple[str, Said], ...] = Field(description="Les classeurs vides à remplir : nom, mots.")
    most: int = Field(description="La taille d'un fichier, au plus, en Mo.")
    shared: bool = Field(description="Vrai quand tous les organismes liront ce qui est importé.")
    standard: str = Field(description="Le format choisi ; vide : celui du fichier.")
    act: str = Field(description="Ce qui est demandé : « regarder », « prendre » ou « refuser ».")
    imports: tuple[PastImport, ...] = Field(description="Les imports faits, le dernier d'abord.")
    later: str = Field(description="L'adresse de la page suivante ; vide : aucune.")
    first: bool = Field(description="Vrai pour la première page.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/importer")
def read_imports(
    request: Request, permit: Anybody, suite: Annotated[str | None, Query(max_length=400)] = None
) -> Response:
    """A file to send; for whoever may send none, what this is for."""
    if Action.IMPORTS_WRITE not in permitted(permit.actor):
        from api.services.import_formats import readers

        return show(request, permit.services, permit.actor, ImportDoorPage(standards=in_words(readers())))
    return _shown(request, permit, suite)


@router.post("/importer", dependencies=[UPLOADING])
def send(
    request: Request,
    permit: Writing,
    fichier: UploadFile | None = None,
    sorte: Annotated[str, Form(max_length=_WORD)] = "",
    faire: Annotated[str, Form(max_length=_WORD)] = LOOK,
) -> Response:
    """Keep a file, and look at it beside the requests, or import it at once."""
    if fichier is None or not fichier.filename:
        return _shown(request, permit, None, sorte, faire, {"fichier": say("Choisissez d'abord un fichier.")})
    sent = Sent(safe_file_name(fichier.filename), fichier.file, sorte or None, faire == LOOK, faire == REFUSE)
    try:
        asked = looked_at(sent, permit.services.settings.import_bytes, standards_of(permit.actor))
    except NotPlannable as problem:
        return _shown(request, permit, None, sorte, faire, {"fichier": str(problem)})
    with permit.unit(writes=True) as unit:
        run, _job = ask_for_import(unit, permit.actor, asked, fichier.file)
        address = f"/importer/{run.id}"
    return go(address, permit.services)


def _shown(
    request: Request,
    permit: Permit,
    after: str | None,
    standard: str = "",
    act: str = LOOK,
    errors: dict[str, str] | None = None,
) -> Response:
    scope = permit.scope_for(Action.IMPORTS_WRITE)
    with permit.unit() as unit:
        room = unit.of(scope)
        found = room.imports.latest(opened(after) if after else None, _PER_PAGE)
        past = tuple(_past(room, run) for run in found.rows)
    page = ImportPage(
        standards=in_words(standards_of(permit.actor)),
        templates=_templates(permit),
        most=permit.services.settings.import_bytes // _MILLION,
        shared=scope.publisher() is None,
        standard=standard,
        act=act if act in (LOOK, TAKE, REFUSE) else LOOK,
        imports=past,
        later=f"/importer?{urlencode({'suite': sealed(found.next)})}#faits" if found.next else "",
        first=after is None,
        errors=errors or {},
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _templates(permit: Permit) -> tuple[tuple[str, str], ...]:
    found = [("offre", say("Une offre de formation"))]
    if REFERENTIAL.name in kinds_of(permit.actor):
        found += [("referentiel", say("Un référentiel")), ("passerelles", say("Des passerelles"))]
    return tuple(found)


def _past(room: Room, run: ImportRun) -> PastImport:
    return PastImport(
        id=run.id,
        name=run.file_name,
        standard=name_of(run.standard),
        day=plain_date(run.created_at.date()),
        dry=run.dry,
        state=STATES[standing(run, room.imports.state_of(run), room.imports.job_of(run))],
    )
