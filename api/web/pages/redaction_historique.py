"""The history of a draft (*historique d'un brouillon*): every change in sentences, the state after each, and back to it; the whole as YAML."""

from __future__ import annotations

import json
from typing import Annotated, ClassVar

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.services import drafts as drafting
from api.services import editing
from api.store.conflict import Absent, Conflict
from api.store.tables import Role
from api.web.messages import go
from api.web.own_draft import as_seen, edit, findings_of, lines_of, names_of, own_draft, revision_in
from api.web.page import pages, show
from api.web.pages.redaction import DraftPage
from api.web.pages.redaction_conflit import Wanted, conflict
from api.web.sent import Form, Sent
from api.web.views.draft_words import act_told, sentences
from api.web.views.moments import moment
from api.web.views.said import Said
from referentials.editing.acts import Clashing, Replace
from referentials.editing.delta import between
from referentials.findings import FileProblem, Finding, Severity
from referentials.provenance import Value
from referentials.writer import values_to_yaml
from referentials.yaml_source import read_bytes
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.DRAFTS_READ)]
Writing = Annotated[Permit, allowed(Action.DRAFTS_WRITE)]
Number = Annotated[int, Path(ge=1, le=1_000_000_000)]
PER_PAGE = 50
_LONGEST = 2_000_000


class HistoryLine(Value):
    """One change."""

    number: int = Field(description="La révision après lui.")
    told: Said = Field(description="Ce qui a été fait, en peu de mots.")
    sentences: tuple[Said, ...] = Field(description="Ce qu'il a changé, champ par champ.")
    by: Said = Field(description="Qui ; vide : un programme, ou un compte qui n'existe plus.")
    at: Said = Field(description="Quand.")


class DraftHistoryPage(DraftPage):
    """Every change, the last first."""

    template: ClassVar[str] = "pages/redaction/historique.html"

    address: str = Field(description="L'adresse du brouillon.")
    name: Said = Field(description="Son intitulé.")
    lines: tuple[HistoryLine, ...] = Field(description="Les changements de cette page.")
    earlier: str = Field(description="L'adresse des changements plus récents ; vide : aucun.")
    later: str = Field(description="L'adresse des changements plus anciens ; vide : aucun.")


class DraftStatePage(DraftPage):
    """The draft as it stood after one change."""

    template: ClassVar[str] = "pages/redaction/etat.html"

    address: str = Field(description="L'adresse du brouillon.")
    name: Said = Field(description="Son intitulé.")
    line: HistoryLine = Field(description="Le changement.")
    would: tuple[Said, ...] = Field(description="Ce que changerait un retour à cet état.")
    yaml: str = Field(description="Cet état, en YAML.")
    revision: int = Field(description="La révision qui est là.")
    writes: bool = Field(description="Vrai pour qui peut écrire.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class Problem(Value):
    """Something wrong in the text."""

    line: int = Field(description="Sa ligne ; 0 : non connue.")
    error: bool = Field(description="Vrai pour une erreur.")
    message: Said = Field(description="Ce qui ne va pas.")
    remedy: Said = Field(description="Ce qu'on peut faire.")


class YamlPage(DraftPage):
    """The whole draft as a text."""

    template: ClassVar[str] = "pages/redaction/yaml.html"

    address: str = Field(description="L'adresse du brouillon.")
    name: Said = Field(description="Son intitulé.")
    revision: int = Field(description="La révision sur laquelle porte le texte.")
    writes: bool = Field(description="Vrai pour qui peut écrire.")
    text: str = Field(description="Le texte.")
    problems: tuple[Problem, ...] = Field(description="Ce qui ne va pas.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/redaction/{draft_id}/historique")
def read_history(
    request: Request, permit: Reading, draft_id: str, page: Annotated[int, Query(ge=1, le=100_000)] = 1
) -> Response:
    """What was done to a draft."""
    draft = own_draft(permit, draft_id)
    lines = _lines(permit, draft_id)
    shown = lines[(page - 1) * PER_PAGE : page * PER_PAGE]
    address = f"{draft.address}/historique?page="
    found = DraftHistoryPage(
        address=draft.address,
        name=draft.name,
        lines=shown,
        earlier=f"{address}{page - 1}" if page > 1 else "",
        later=f"{address}{page + 1}" if len(lines) > page * PER_PAGE else "",
    )
    return show(request, permit.services, permit.actor, found)


def _lines(permit: Permit, draft_id: str) -> tuple[HistoryLine, ...]:
    with permit.reading() as room:
        pairs = lines_of(room, draft_id)
    names, changes = names_of(permit, {one.by for one, _delta in pairs}), {one.revision: one for one, _delta in pairs}
    return tuple(
        HistoryLine(
            number=one.revision,
            told=act_told(one, changes),
            sentences=sentences(delta, permit.library) if one.kind != "start" else (),
            by=names.get(one.by, ""),
            at=moment(one.at),
        )
        for one, delta in reversed(pairs)
    )


@router.get("/redaction/{draft_id}/historique/{number}")
def read_state(request: Request, permit: Reading, draft_id: str, number: Number) -> Response:
    """The draft after a change."""
    return _state(request, permit, draft_id, number, {})


@router.post("/redaction/{draft_id}/historique/{number}")
def put_back(request: Request, permit: Writing, draft_id: str, number: Number, form: Sent) -> Response:
    """Put back the draft as it stood then, once the box is ticked; that is one more line of the history."""
    if not form.has("certain"):
        return _state(request, permit, draft_id, number, {"certain": say("Cochez la case pour revenir à cet état.")})
    try:
        with permit.writing() as room:
            editing.revert(room, draft_id, number, revision_in(form))
    except Conflict:
        told = say("Quelqu'un a modifié ce brouillon entre-temps : relisez ce que ce retour changerait.")
        return _state(request, permit, draft_id, number, {"certain": told}, status=409)
    return go(own_draft(permit, draft_id).address, permit.services, "brouillon-revenu")


def _state(
    request: Request, permit: Permit, draft_id: str, number: int, errors: dict[str, str], *, status: int = 422
) -> Response:
    draft, then = own_draft(permit, draft_id), as_seen(permit, draft_id, number)
    line = next((one for one in _lines(permit, draft_id) if one.number == number), None)
    if line is None:
        raise Absent("draft_change", str(number))
    page = DraftStatePage(
        address=draft.address,
        name=draft.name,
        line=line,
        would=sentences(between(draft.values, then.values), permit.library),
        yaml=values_to_yaml(dict(then.values)),
        revision=draft.revision,
        writes=permit.actor.has(Role.DESIGNER),
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=status if errors else 200)


# -- the whole as a text ----------------------------------------------------------------------------------------------------------


@router.get("/redaction/{draft_id}/yaml")
def read_text(request: Request, permit: Reading, draft_id: str) -> Response:
    """The whole draft as YAML."""
    draft = own_draft(permit, draft_id)
    text = values_to_yaml(dict(draft.values))
    return _text(request, permit, draft_id, text, draft.revision, _in_lines(text, findings_of(permit, draft)))


@router.post("/redaction/{draft_id}/yaml")
def write_text(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Keep the whole text, with what others have written since; what is wrong in it is told by line."""
    text, revision = _typed(form), revision_in(form)
    try:
        document = read_bytes(text.encode())
        values, found = drafting.read_draft(document)
        drafting.key_of(values)
        act = Replace(document=json.loads(json.dumps(values)))
    except FileProblem as problem:
        errors = {"texte": say("Ce texte ne se lit pas : rien n'est enregistré.")}
        return _text(request, permit, draft_id, text, revision, problem.findings, errors)
    try:
        edit(permit, draft_id, revision, act)
    except Clashing:
        return conflict(request, permit, draft_id, Wanted("acte", revision, act))
    if found:
        draft = own_draft(permit, draft_id)
        return _text(request, permit, draft_id, text, draft.revision, found)
    return go(f"/redaction/{draft_id}/yaml", permit.services, "brouillon-enregistre")


def _typed(form: Form) -> str:
    return form.whole_text("texte", _LONGEST).replace("\r\n", "\n")


def _in_lines(text: str, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings with the lines where the text has what they are about."""
    document = read_bytes(text.encode())
    return tuple(
        one.model_copy(update={"where": one.where.model_copy(update={"line": document.line(_path(one.where.path))})})
        for one in found
    )


def _path(text: str) -> tuple[str | int, ...]:
    parts: list[str | int] = []
    for step in filter(None, text.replace("[", ".[").split(".")):
        rank = step[1:-1]
        parts.append(int(rank) - 1 if step.startswith("[") and rank.isdecimal() else step)
    return tuple(parts)


def _text(
    request: Request,
    permit: Permit,
    draft_id: str,
    text: str,
    revision: int,
    found: tuple[Finding, ...],
    errors: dict[str, str] | None = None,
) -> Response:
    draft = own_draft(permit, draft_id)
    page = YamlPage(
        address=draft.address,
        name=draft.name,
        revision=revision,
        writes=permit.actor.has(Role.DESIGNER),
        text=text,
        problems=tuple(
            Problem(
                line=one.where.line or 0,
                error=one.severity is Severity.ERROR,
                message=one.message,
                remedy=one.remedy,
            )
            for one in found
        ),
        errors=errors or {},
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)
