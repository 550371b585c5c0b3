"""Likenesses written by a designer (*proximités*): two competencies, how near, who says so. They grant nothing, and look unlike rights."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, NamedTuple
from urllib.parse import quote

from fastapi import Query, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.services.effects import caused_by, refuse_errors
from api.services.kept import Shelf
from api.services.reference_choice import Found, references_for
from api.store.conflict import Absent, Conflict, Taken
from api.web.messages import go
from api.web.own_draft import revision_in
from api.web.page import Page, pages, show
from api.web.sent import Form, Sent
from api.web.views.draft_findings import Told
from api.web.views.right_form import at_fields
from api.web.views.rights import LikenessView, likeness_view
from api.web.views.said import Said
from referentials.document import Document
from referentials.findings import FileProblem, Severity
from referentials.loader import CORRESPONDENCES, load_document
from referentials.rights import Correspondence, CorrespondenceState, Relation
from reports.language import say
from reports.library_wording import label

router = pages()
Writing = Annotated[Permit, allowed(Action.RIGHTS_WRITE)]
Name = Annotated[str, Query(max_length=200)]
_HERE, _LONGEST = "/redaction/proximites", 4_000
_FIELDS = {
    "id": "id",
    "de": "from",
    "vers": "to",
    "relation": "relation",
    "auteur": "author",
    "etat": "state",
    "raison": "reason",
    "source-titre": "source.title",
    "source-reference": "source.reference",
    "source-adresse": "source.url",
}


class LikenessPage(Page):
    """A likeness being written."""

    template: ClassVar[str] = "pages/redaction/proximite.html"
    here: ClassVar[str] = "redaction"

    new: bool = Field(description="Vrai tant qu'elle n'est pas enregistrée ici.")
    identifier: str = Field(description="Son identifiant ; vide : à choisir.")
    revision: int = Field(description="Sa révision ; 0 : elle n'est pas enregistrée ici.")
    action: str = Field(description="Où le formulaire est envoyé.")
    typed: dict[str, str] = Field(description="Ce qui est tapé, champ par champ.")
    relations: tuple[tuple[str, Said], ...] = Field(description="Les relations : valeur, mots.")
    states: tuple[tuple[str, Said], ...] = Field(description="Les états : valeur, mots.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")
    findings: tuple[Told, ...] = Field(description="Ce que les contrôles en disent.")
    reads: LikenessView | None = Field(description="Ce qu'elle dit, en mots ; vide : elle ne se lit pas encore.")
    stands: LikenessView | None = Field(description="Ce que quelqu'un d'autre a enregistré ; vide : personne.")
    query: str = Field(description="La référence qui est cherchée.")
    found: tuple[Found, ...] = Field(description="Ce qui répond.")


class _State(NamedTuple):
    identifier: str
    revision: int
    typed: dict[str, str]
    item: Correspondence | None
    errors: dict[str, str]
    stands: Correspondence | None = None
    query: str = ""


@router.get(f"{_HERE}/nouvelle")
def ask(request: Request, permit: Writing, de: Name = "", vers: Name = "") -> Response:
    """A likeness to write; ``de`` and ``vers`` are what it is about."""
    typed = dict.fromkeys(_FIELDS, "") | {"de": de, "vers": vers, "relation": "close", "etat": "suggested"}
    return _shown(request, permit, _State("", 0, typed, None, {}))


@router.post(f"{_HERE}/nouvelle")
def add(request: Request, permit: Writing, form: Sent) -> Response:
    """Look at a likeness, or keep it."""
    return _received(request, permit, form, "")


@router.get(f"{_HERE}/{{identifier}}")
def read(request: Request, permit: Writing, identifier: str) -> Response:
    """A likeness as it stands."""
    item, revision = _kept(permit, identifier)
    return _shown(request, permit, _State(identifier, revision, _typed_of(item), item, {}))


@router.post(f"{_HERE}/{{identifier}}")
def change(request: Request, permit: Writing, identifier: str, form: Sent) -> Response:
    """Look at a changed likeness, or keep it."""
    _kept(permit, identifier)
    return _received(request, permit, form, identifier)


@router.post(f"{_HERE}/{{identifier}}/supprimer")
def delete(request: Request, permit: Writing, identifier: str, form: Sent) -> Response:
    """Take a likeness out of what the organisation has written."""
    item, revision = _kept(permit, identifier)
    state = _State(identifier, revision, _typed_of(item), item, {})
    if not form.has("certain"):
        return _shown(request, permit, state._replace(errors={"certain": say("Cochez la case pour confirmer.")}), 422)
    try:
        with permit.writing() as room:
            Shelf(room.correspondences).remove(identifier, revision_in(form))
    except Conflict:
        return _shown(request, permit, state._replace(stands=item), 409)
    return go("/redaction/droits", permit.services, "proximite-supprimee")


def _kept(permit: Permit, identifier: str) -> tuple[Correspondence, int]:
    """A likeness of the library, and its revision here; 0 for one that others keep."""
    item = next((one for one in permit.library.correspondences if one.id == identifier), None)
    if item is None:
        raise Absent("correspondence", identifier)
    with permit.reading() as room:
        row = Shelf(room.correspondences).row(identifier)
        own = row is not None and row.organisation_id == permit.actor.organisation
        return item, row.revision if row is not None and own else 0


def _typed_of(item: Correspondence) -> dict[str, str]:
    source = item.source
    return {
        "id": item.id,
        "de": item.start,
        "vers": item.end,
        "relation": item.relation.value,
        "auteur": item.author,
        "etat": item.state.value,
        "raison": item.reason or "",
        "source-titre": source.title if source else "",
        "source-reference": (source.reference or "") if source else "",
        "source-adresse": (source.url or "") if source else "",
    }


def _received(request: Request, permit: Permit, form: Form, identifier: str) -> Response:
    typed = {name: form.whole_text(name, _LONGEST).strip() for name in _FIELDS} | (
        {"id": identifier} if identifier else {}
    )
    added, parts = form.text("ajouter"), form.text("parties")
    state = _State(identifier, max(revision_in(form), 0), typed, None, {}, query=parts or form.text("cherche"))
    if added or parts or form.text("faire") == "chercher":
        where, _space, ref = added.partition(" ")
        more = {where: ref} if where in ("de", "vers") and ref else {}
        return _shown(request, permit, state._replace(typed=typed | more))
    try:
        item: Correspondence = load_document(Document([_values(typed)]), CORRESPONDENCES).items[0]
    except FileProblem as problem:
        errors = at_fields(problem.findings, _FIELDS, "de")
        return _shown(request, permit, state._replace(errors=errors), 200 if form.text("faire") == "voir" else 422)
    state = state._replace(item=item)
    return _shown(request, permit, state) if form.text("faire") == "voir" else _kept_now(request, permit, state, item)


def _values(typed: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, path in _FIELDS.items():
        if typed[name]:
            group, _dot, last = path.rpartition(".")
            (values.setdefault(group, {}) if group else values)[last] = typed[name]
    return values


def _kept_now(request: Request, permit: Permit, state: _State, item: Correspondence) -> Response:
    taken = {"id": say("Une proximité porte déjà cet identifiant : choisissez-en un autre.")}
    if not state.identifier and any(one.id == item.id for one in permit.library.correspondences):
        return _shown(request, permit, state._replace(errors=taken), 422)
    try:
        refuse_errors(item, permit.library)
        with permit.writing() as room:
            if state.revision:
                Shelf(room.correspondences).replace(item.id, state.revision, item, "")
            else:
                room.correspondences.write(item)
    except FileProblem as problem:
        return _shown(request, permit, state._replace(errors=at_fields(problem.findings, _FIELDS, "de")), 422)
    except Taken:
        return _shown(request, permit, state._replace(errors=taken), 422)
    except Conflict:
        stands, revision = _kept(permit, item.id)
        return _shown(request, permit, state._replace(stands=stands, revision=revision), 409)
    return go(f"{_HERE}/{quote(item.id)}", permit.services, "proximite-gardee")


def _shown(request: Request, permit: Permit, state: _State, status: int = 0) -> Response:
    library, item = permit.library, state.item
    page = LikenessPage(
        new=not state.revision,
        identifier=state.identifier,
        revision=state.revision,
        action=f"{_HERE}/{quote(state.identifier)}" if state.identifier else f"{_HERE}/nouvelle",
        typed=state.typed,
        relations=tuple((one.value, label(one)) for one in Relation),
        states=tuple((one.value, label(one)) for one in CorrespondenceState),
        errors=state.errors,
        findings=_told(item, permit) if item else (),
        reads=likeness_view(item, library) if item else None,
        stands=likeness_view(state.stands, library) if state.stands else None,
        query=state.query,
        found=_found(permit, state.query),
    )
    return show(request, permit.services, permit.actor, page, status=status or (422 if state.errors else 200))


def _told(item: Correspondence, permit: Permit) -> tuple[Told, ...]:
    return tuple(
        Told(error=one.severity is Severity.ERROR, message=one.message, remedy=one.remedy)
        for one in caused_by(item, permit.library)
    )


def _found(permit: Permit, query: str) -> tuple[Found, ...]:
    if not query:
        return ()
    with permit.reading() as room:
        return references_for(room.search, permit.library, query, today(permit))
