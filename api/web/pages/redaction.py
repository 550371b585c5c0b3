"""« Référentiels en rédaction » (*brouillons*): those of the organisation, a new one from nothing, from a version or from a file, the end of one.

Whoever has not signed in reads what this is for; an account of another role is refused.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, ClassVar

from fastapi import Query, Request, UploadFile
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action, authorize
from api.days import today
from api.deps import UPLOADING, Permit, allowed, opened, sealed
from api.errors import showing
from api.services import drafts as drafting
from api.services.evidence import safe_file_name
from api.store.conflict import Conflict, Taken
from api.store.tables import Role
from api.store.tables.drafts import Draft
from api.web.messages import go
from api.web.own_draft import own_draft, revision_in
from api.web.page import Page, pages, show
from api.web.sent import Form, Sent
from api.web.views.choosing import choice, choices, chosen
from api.web.views.moments import moment
from api.web.views.said import Said
from referentials.document import MAX_BYTES
from referentials.findings import FileProblem
from referentials.json_source import read_json
from referentials.model import Kind
from referentials.provenance import Confidence, Value
from referentials.reference import IDENTIFIER
from referentials.yaml_source import decoded, read_bytes
from reports.bundle import safe_name
from reports.language import say
from reports.library_wording import label

router = pages()
Anybody = Annotated[Permit, allowed(Action.SIGN_IN)]
Writing = Annotated[Permit, allowed(Action.DRAFTS_WRITE)]
PER_PAGE = 50
_TYPED = ("titre", "identifiant", "version", "nature", "base", "nouvelle-version")


class DraftPage(Page):
    """A page of a designer."""

    here: ClassVar[str] = "redaction"


class DoorPage(DraftPage):
    """What this part is for, to somebody who has not signed in."""

    template: ClassVar[str] = "pages/redaction/porte.html"


class DraftRow(Value):
    """A draft in the list."""

    href: str = Field(description="Son adresse.")
    title: Said = Field(description="Son intitulé ; vide : il n'en a pas encore.")
    key: str = Field(description="Sa clé.")
    base: str = Field(description="La version dont il part ; vide : aucune.")
    changed: Said = Field(description="Quand il a changé.")


class DraftsPage(DraftPage):
    """The drafts of the organisation."""

    template: ClassVar[str] = "pages/redaction/liste.html"

    drafts: tuple[DraftRow, ...] = Field(description="Les brouillons de cette page.")
    later: str = Field(description="L'adresse de la page suivante ; vide : aucune.")
    writes: bool = Field(description="Vrai pour qui peut en commencer un.")


class NewDraftPage(DraftPage):
    """Three ways to begin a draft."""

    template: ClassVar[str] = "pages/redaction/nouveau.html"

    typed: dict[str, str] = Field(description="Ce que montrent les champs, par leur nom.")
    kinds: tuple[tuple[str, Said], ...] = Field(description="Les natures.")
    choices: tuple[str, ...] = Field(description="Les versions de la liste.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/redaction")
def read(request: Request, permit: Anybody, suite: Annotated[str | None, Query(max_length=400)] = None) -> Response:
    """The drafts, in the order in which they were begun; or the door."""
    if not permit.actor.is_known:
        return show(request, permit.services, permit.actor, DoorPage())
    authorize(permit.actor, Action.DRAFTS_READ)
    reading = Permit(permit.actor, Action.DRAFTS_READ, permit.services)
    with reading.reading() as room:
        rows, following = room.drafts.page(opened(suite) if suite else None, PER_PAGE)
        found = tuple(_row(one) for one in rows)
    later = f"/redaction?suite={sealed(following)}" if following else ""
    return show(
        request,
        permit.services,
        permit.actor,
        DraftsPage(drafts=found, later=later, writes=permit.actor.has(Role.DESIGNER)),
    )


def _row(row: Draft) -> DraftRow:
    return DraftRow(
        href=f"/redaction/{row.id}",
        title=row.title,
        key=row.key,
        base=row.base or "",
        changed=moment(row.updated_at),
    )


# -- a new one ------------------------------------------------------------------------------------------------------------------


@router.get("/redaction/nouveau")
def ask(request: Request, permit: Writing, base: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Ask what to begin with; ``base`` names a version that was chosen elsewhere."""
    found = chosen(permit.library, base, today(permit)) if base else None
    text = choice(found.version) if found and found.version else base
    return _asked(request, permit, dict.fromkeys(_TYPED, "") | {"base": text}, {})


@router.post("/redaction/nouveau")
def begin(request: Request, permit: Writing, form: Sent) -> Response:
    """Begin from nothing or from a version."""
    typed, base = form.typed(*_TYPED), None
    if form.text("depuis") == "version":
        found = chosen(permit.library, typed["base"], today(permit))
        version = found.version if found else None
        if version is None:
            form.errors["base"] = say("Choisissez une version de la liste.")
        if not typed["nouvelle-version"]:
            form.errors["nouvelle-version"] = say("Écrivez le numéro de la nouvelle version, par exemple 2027.")
        if version is None or form.errors:
            return _asked(request, permit, typed, form.errors)
        base = version.key
        values = drafting.values_like(permit.library, base, typed["nouvelle-version"])
    else:
        values = _from_nothing(form, typed)
    return _asked(request, permit, typed, form.errors) if form.errors else _kept(request, permit, typed, values, base)


def _from_nothing(form: Form, typed: dict[str, str]) -> dict[str, Any]:
    if not typed["titre"]:
        form.errors["titre"] = say("Écrivez l'intitulé.")
    if typed["nature"] not in set(Kind):
        form.errors["nature"] = say("Choisissez dans la liste.")
    if not typed["version"]:
        form.errors["version"] = say("Écrivez la version : le plus souvent l'année du texte.")
    name = typed["identifiant"] or safe_name(typed["titre"])[:80].strip("-")
    return {
        "id": name,
        "version": typed["version"],
        "title": typed["titre"],
        "kind": typed["nature"],
        "confidence": Confidence.TO_CONFIRM.value,
        "blocks": [],
    }


@router.post("/redaction/nouveau/fichier", dependencies=[UPLOADING])
def begin_from_file(request: Request, permit: Writing, fichier: UploadFile | None = None) -> Response:
    """Begin from a YAML or JSON file; what is wrong in it is kept all the same, and told on its page."""
    typed = dict.fromkeys(_TYPED, "")
    if fichier is None or not fichier.filename:
        return _asked(request, permit, typed, {"fichier": say("Choisissez d'abord un fichier.")})
    name, raw = safe_file_name(fichier.filename), fichier.file.read(MAX_BYTES + 1)
    try:
        is_json = name.lower().endswith(".json")
        document = read_json(decoded(raw, file=name), name) if is_json else read_bytes(raw, file=name)
        values, _found = drafting.read_draft(document)
    except FileProblem as problem:
        return _asked(request, permit, typed, {"fichier": _told(problem)})
    return _kept(request, permit, typed, json.loads(json.dumps(values)), None, field="fichier")


def _kept(
    request: Request,
    permit: Permit,
    typed: dict[str, str],
    values: dict[str, Any],
    base: str | None,
    field: str = "version",
) -> Response:
    try:
        key = drafting.key_of(values)
        with permit.writing() as room:
            identifier = room.drafts.write_plain(key, values, drafting.title_of(values), base=base).id
    except FileProblem as problem:
        place = "nouvelle-version" if base else field if field == "fichier" else _wrong(values)
        return _asked(request, permit, typed, {place: _told(problem)})
    except Taken:
        message = say("Un brouillon de cette version existe déjà : ouvrez-le, ou choisissez un autre numéro.")
        return _asked(request, permit, typed, {"nouvelle-version" if base else field: message})
    return go(f"/redaction/{identifier}", permit.services, "brouillon-commence")


def _wrong(values: dict[str, Any]) -> str:
    return "version" if re.fullmatch(IDENTIFIER, str(values["id"])) else "identifiant"


def _told(problem: FileProblem) -> str:
    first = problem.findings[0]
    where = say("Ligne {line} : ", line=first.where.line) if first.where.line else ""
    return f"{where}{first.message} {first.remedy}"


def _asked(request: Request, permit: Permit, typed: dict[str, str], errors: dict[str, str]) -> Response:
    page = NewDraftPage(
        typed=typed,
        kinds=tuple((one.value, label(one)) for one in Kind),
        choices=choices(permit.library),
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


@router.post("/redaction/{draft_id}/supprimer")
def discard(permit: Writing, draft_id: str, form: Sent) -> Response:
    """Throw a draft away, once the box is ticked."""
    draft = own_draft(permit, draft_id)
    if not form.has("certain"):
        return go(f"{draft.address}#supprimer", permit.services, "brouillon-pas-certain")
    try:
        with permit.writing() as room, showing(lambda row: row.document):
            room.drafts.delete(draft_id, revision_in(form))
    except Conflict:
        return go(f"{draft.address}#supprimer", permit.services, "brouillon-change")
    return go("/redaction", permit.services, "brouillon-supprime")
