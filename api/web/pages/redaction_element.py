"""A draft, written item by item (*rédaction*): the tree on one side, the form of the chosen item on the other, what is wrong beside each field.

The form holds the revision that it was made from, and only the fields that were typed otherwise are written: two people who write side by
side clash on one field only, and a page then asks what to keep (:mod:`api.web.pages.redaction_conflit`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from fastapi import Query, Request
from pydantic import Field, ValidationError
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.store.tables import Role
from api.web.messages import go
from api.web.own_draft import OwnDraft, as_seen, edit, findings_of, own_draft, revision_in
from api.web.page import pages, show
from api.web.pages.redaction import DraftPage
from api.web.pages.redaction_conflit import Wanted, conflict
from api.web.sent import Form, Sent
from api.web.views.draft_findings import Told, by_field, counts, placed
from api.web.views.draft_form import Group, changed, groups, item_of
from api.web.views.draft_sources import SourceRow, source_rows, sources_in
from api.web.views.draft_tree import Node, named, tree
from api.web.views.draft_words import act_told
from api.web.views.moments import moment
from api.web.views.said import Said
from referentials.editing.acts import Act, Clashing, Replace, Write
from referentials.findings import FileProblem
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.DRAFTS_READ)]
Writing = Annotated[Permit, allowed(Action.DRAFTS_WRITE)]
_STRUCTURE = ("ou", "titre", "code", "identifiant", "version")


class TreePage(DraftPage):
    """The tree of a draft, and the form of one of its items."""

    template: ClassVar[str] = "pages/redaction/arbre.html"

    address: str = Field(description="L'adresse du brouillon.")
    name: Said = Field(description="Son intitulé.")
    key: str = Field(description="Sa clé.")
    base: str = Field(description="La version dont il part ; vide : aucune.")
    revision: int = Field(description="La révision sur laquelle porte le formulaire.")
    saved: Said = Field(description="Quand il a été enregistré.")
    tree: Node = Field(description="L'arbre.")
    errors_in_all: int = Field(description="Combien d'erreurs en tout.")
    warnings_in_all: int = Field(description="Combien de remarques en tout.")
    place: str = Field(description="La place de l'élément montré ; vide : l'ensemble.")
    heading: Said = Field(description="Ses mots.")
    groups: tuple[Group, ...] = Field(description="Ses champs.")
    whole: tuple[Told, ...] = Field(description="Ce que les contrôles disent de lui tout entier.")
    sources: tuple[SourceRow, ...] = Field(description="Les sources du fichier, et une ligne de plus.")
    of_sources: tuple[Told, ...] = Field(description="Ce que les contrôles disent des sources.")
    typed: dict[str, str] = Field(description="Ce que montrent les champs qui changent l'arbre.")
    writes: bool = Field(description="Vrai pour qui peut écrire, faux pour qui relit seulement.")
    undo: Said = Field(description="Ce qui peut être annulé ; vide : rien.")
    redo: Said = Field(description="Ce qui peut être rétabli ; vide : rien.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/redaction/{draft_id}")
def read(
    request: Request, permit: Reading, draft_id: str, element: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """The tree, and the form of an item."""
    return shown(request, permit, own_draft(permit, draft_id), element)


@router.post("/redaction/{draft_id}")
def write(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Keep the fields that were typed otherwise; those that can't be read are told, and the others kept all the same."""
    place, seen = form.text("element"), as_seen(permit, draft_id, revision_in(form))
    try:
        fields = changed(form, item_of(seen.values, place))
    except FileProblem as problem:
        return shown(request, permit, own_draft(permit, draft_id), "", refused(form, problem))
    if fields:
        try:
            edit(permit, draft_id, seen.revision, Write(at=place, fields=fields))
        except Clashing:
            wanted = Wanted("acte", seen.revision, Write(at=place, fields=fields))
            answer = conflict(request, permit, draft_id, wanted)
            if not form.errors or answer.status_code == 409:
                return answer
        except FileProblem as problem:
            refused(form, problem)
        except ValidationError:
            form.errors["code"] = say("Ce code ne s'écrit pas ainsi : corrigez-le d'abord en YAML.")
    now = own_draft(permit, draft_id)
    if form.errors:
        return shown(request, permit, now, place, form)
    return go(now.at(place), permit.services, "brouillon-enregistre" if form.has("faire") else "")


@router.post("/redaction/{draft_id}/sources")
def write_sources(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Keep the sources of the draft; two people who each add one lose nothing."""
    seen = as_seen(permit, draft_id, revision_in(form))
    found = sources_in(form, seen.values)
    if form.errors:
        return shown(request, permit, own_draft(permit, draft_id), "", form)
    document = {**seen.values, "sources": found}
    if not found:
        del document["sources"]
    return done(request, permit, draft_id, form, Replace(document=document), "")


def done(request: Request, permit: Permit, draft_id: str, form: Form, act: Act, place: str) -> Response:
    """Do an act and lead to an item; ask when it clashes, and show what can't be done where it was asked."""
    revision = revision_in(form)
    try:
        edit(permit, draft_id, revision, act)
    except Clashing:
        return conflict(request, permit, draft_id, Wanted("acte", revision, act))
    except FileProblem as problem:
        return shown(request, permit, own_draft(permit, draft_id), form.text("element"), refused(form, problem))
    return go(own_draft(permit, draft_id).at(place), permit.services, "brouillon-enregistre")


def refused(form: Form, problem: FileProblem) -> Form:
    """The form, which says why an act can't be done."""
    for one in problem.findings:
        name = one.where.path if one.where.path in ("code", "id", "version") else "element"
        form.errors.setdefault({"id": "identifiant"}.get(name, name), f"{one.message} {one.remedy}")
    return form


def shown(request: Request, permit: Permit, draft: OwnDraft, place: str, form: Form | None = None) -> Response:
    """The page, with what was typed when a form was refused: it then keeps the revision that it was made from."""
    missing = ""
    try:
        item = item_of(draft.values, place)
    except FileProblem as problem:
        item, missing = item_of(draft.values, ""), " ".join(f"{one.message} {one.remedy}" for one in problem.findings)
    errors: Mapping[str, str] = (form.errors if form else {}) | ({"element": missing} if missing else {})
    found = placed(draft.values, findings_of(permit, draft))
    here = by_field(found, item.place)
    page = TreePage(
        address=draft.address,
        name=draft.name,
        key=draft.key,
        base=draft.base or "",
        revision=revision_in(form) if form else draft.revision,
        saved=moment(draft.updated_at),
        tree=tree(draft.values, item.place, draft.address, counts(found)),
        errors_in_all=sum(one.told.error for one in found),
        warnings_in_all=sum(not one.told.error for one in found),
        place=item.place,
        heading=named(draft.values, item.place) if item.place else say("Le référentiel"),
        groups=groups(item, permit.library, here, form),
        whole=tuple(told for name in ("", "code", "id", "version") for told in here.get(name, ())),
        sources=source_rows(draft.values, form) if not item.place else (),
        of_sources=here.get("sources", ()) if not item.place else (),
        typed=_typed(draft, item.place, form),
        writes=permit.actor.has(Role.DESIGNER),
        undo=_told(draft, draft.undoable),
        redo=_told(draft, draft.redoable),
        errors=dict(errors),
    )
    return show(
        request, permit.services, permit.actor, page, status=404 if missing and not form else 422 if errors else 200
    )


def _told(draft: OwnDraft, change: Any) -> str:
    return act_told(change, {}) if change is not None else ""


def _typed(draft: OwnDraft, place: str, form: Form | None) -> dict[str, str]:
    typed = form.typed(*_STRUCTURE) if form else dict.fromkeys(_STRUCTURE, "")
    own = {"identifiant": str(draft.values.get("id", "")), "version": str(draft.values.get("version", ""))}
    return typed | {name: typed[name] or value for name, value in own.items()}
