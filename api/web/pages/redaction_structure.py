"""What changes the tree of a draft (*actes de structure*): add, recode, split, merge, retire; the last act undone, done again."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from fastapi import Query, Request
from pydantic import Field, ValidationError
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.services import editing
from api.store.conflict import WrongState
from api.web.messages import go
from api.web.own_draft import OwnDraft, own_draft, revision_in
from api.web.page import pages, show
from api.web.pages.redaction import DraftPage
from api.web.pages.redaction_conflit import Wanted, conflict
from api.web.pages.redaction_element import done, shown
from api.web.sent import Form, Sent
from api.web.views.draft_fields import depth_of
from api.web.views.draft_form import item_of
from api.web.views.draft_tree import listed, named, places
from api.web.views.said import Said
from referentials.editing.acts import Act, Add, Clashing, Merge, Recode, Rekey, Retire, Split
from referentials.editing.entries import name_in_list
from referentials.editing.places import code_of, parent_of, within
from referentials.findings import FileProblem, error
from referentials.provenance import Value
from reports.language import say

router = pages()
Writing = Annotated[Permit, allowed(Action.DRAFTS_WRITE)]
Element = Annotated[str, Query(max_length=200)]


class Choice(Value):
    """Something that can be chosen: a place, a code, a text."""

    value: str = Field(description="Ce qui est envoyé.")
    label: Said = Field(description="Ses mots.")
    chosen: bool = Field(False, description="Vrai quand c'est choisi.")


class Choices(Value):
    """Several of one sort."""

    name: str = Field(description="Le nom de leurs contrôles.")
    legend: Said = Field(description="De quoi il s'agit.")
    options: tuple[Choice, ...] = Field(description="Chacun.")


class ActPage(DraftPage):
    """The form of one act on one item."""

    address: str = Field(description="L'adresse du brouillon.")
    name: Said = Field(description="Son intitulé.")
    back: str = Field(description="L'adresse de l'élément.")
    revision: int = Field(description="La révision sur laquelle porte le formulaire.")
    place: str = Field(description="La place de l'élément.")
    heading: Said = Field(description="Ses mots.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class SplitPage(ActPage):
    """What each of two items keeps."""

    template: ClassVar[str] = "pages/redaction/scinder.html"

    typed: dict[str, str] = Field(description="Ce que montrent les champs, par leur nom.")
    given: tuple[Choices, ...] = Field(description="Ce qui peut passer au second.")


class MergePage(ActPage):
    """Which item another goes into."""

    template: ClassVar[str] = "pages/redaction/fusionner.html"

    options: tuple[Choice, ...] = Field(description="Ceux de la même liste.")


class RetirePage(ActPage):
    """What takes the place of an item that is no more."""

    template: ClassVar[str] = "pages/redaction/retirer.html"

    options: tuple[Choice, ...] = Field(description="Ce qui peut le remplacer.")


# -- at once, from the page of the item -------------------------------------------------------------------------------------------


@router.post("/redaction/{draft_id}/ajouter")
def add(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Add a block or a competency, before or after an item, or inside it."""
    draft, place, where = own_draft(permit, draft_id), form.text("element"), form.text("ou")
    parent = place if where == "dedans" else parent_of(place)
    act = act_of(form, lambda: Add(parent=parent, code=form.text("code") or None, title=form.text("titre") or None))
    if not isinstance(act, Add):
        return shown(request, permit, draft, place, form)
    if where in ("avant", "apres"):
        siblings = siblings_of(draft, place)
        rank = siblings.index(code_of(place)) + (where == "apres") if code_of(place) in siblings else len(siblings)
        act = act.model_copy(update={"before": siblings[rank] if rank < len(siblings) else None})
    before = set(places(draft.values))
    answer = done(request, permit, draft_id, form, act, "")
    if answer.status_code != 303:
        return answer
    now = own_draft(permit, draft_id)
    new = [one for one in places(now.values) if one not in before]
    return go(f"{now.at(new[0] if new else place)}#element", permit.services, "brouillon-ajoute")


@router.post("/redaction/{draft_id}/code")
def recode(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Give an item another code; whatever names it follows."""
    place, code = form.text("element"), form.text("code")
    act = act_of(form, lambda: Recode(at=place, code=code))
    if act is None:
        return shown(request, permit, own_draft(permit, draft_id), place, form)
    return done(request, permit, draft_id, form, act, within(parent_of(place), code))


@router.post("/redaction/{draft_id}/cle")
def rekey(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Give the draft another identifier or version."""
    act = act_of(form, lambda: Rekey(id=form.text("identifiant"), version=form.text("version")), "identifiant")
    if act is None:
        return shown(request, permit, own_draft(permit, draft_id), "", form)
    return done(request, permit, draft_id, form, act, "")


@router.post("/redaction/{draft_id}/annuler")
def undo(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Undo one's own last act; what others have done since stays."""
    return _taken_back(request, permit, draft_id, form, "annuler")


@router.post("/redaction/{draft_id}/retablir")
def redo(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Do again what one has undone last."""
    return _taken_back(request, permit, draft_id, form, "retablir")


def _taken_back(request: Request, permit: Permit, draft_id: str, form: Form, sort: str) -> Response:
    doing = editing.undo if sort == "annuler" else editing.redo
    try:
        with permit.writing() as room:
            doing(room, draft_id)
    except WrongState:
        return go(own_draft(permit, draft_id).address, permit.services, "brouillon-rien")
    except Clashing:
        return conflict(request, permit, draft_id, Wanted(sort, revision_in(form)))
    draft, place = own_draft(permit, draft_id), form.text("element")
    there = place if place in set(places(draft.values)) else ""
    return go(draft.at(there), permit.services, "brouillon-annule" if sort == "annuler" else "brouillon-retabli")


# -- splitting, merging, retiring -------------------------------------------------------------------------------------------------


@router.get("/redaction/{draft_id}/scinder")
def ask_split(request: Request, permit: Writing, draft_id: str, element: Element) -> Response:
    """Ask what each of the two keeps."""
    return _split_page(request, permit, own_draft(permit, draft_id), element, None)


@router.post("/redaction/{draft_id}/scinder")
def split(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Make two items of one."""
    draft, place = own_draft(permit, draft_id), form.text("element")
    given = {name: form.whole_texts(name) for name in ("elements", "criteria", "competencies") if form.names(name)}
    if not form.has("second"):
        form.errors["second"] = say("Écrivez l'intitulé du second.")
        return _split_page(request, permit, draft, place, form)
    act = act_of(
        form,
        lambda: Split(
            at=place,
            code=form.text("code") or None,
            title=form.text("titre") or None,
            second=form.text("second"),
            given=given,
        ),
    )
    if act is None:
        return _split_page(request, permit, draft, place, form)
    return done(request, permit, draft_id, form, act, place)


def _split_page(request: Request, permit: Permit, draft: OwnDraft, place: str, form: Form | None) -> Response:
    item = item_of(draft.values, place).own
    lists = {
        "competencies": (say("Compétences qui passent au second"), _pairs(draft, place)),
        "elements": (say("Savoirs et savoir-faire qui passent au second"), _texts(item, "elements")),
        "criteria": (say("Critères qui passent au second"), _texts(item, "criteria")),
    }
    given = (
        Choices(name=name, legend=legend, options=_options(pairs, form.whole_texts(name) if form else ()))
        for name, (legend, pairs) in lists.items()
        if pairs
    )
    typed = (
        form.typed("titre", "second", "code")
        if form
        else {"titre": str(item.get("title") or ""), "second": "", "code": ""}
    )
    errors = form.errors if form else {}
    page = SplitPage(**common(draft, place, errors), typed=typed, given=tuple(given))
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _pairs(draft: OwnDraft, place: str) -> list[tuple[str, str]]:
    if "/" in place:
        return []
    return [(code, named(draft.values, f"{place}/{code}")) for code in siblings_of(draft, f"{place}/")]


def _texts(item: Any, name: str) -> list[tuple[str, str]]:
    found = item.get(name)
    return [(one, one) for one in found if isinstance(one, str)] if isinstance(found, list) else []


def _options(pairs: list[tuple[str, str]], chosen: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(value=value, label=words, chosen=value in chosen) for value, words in pairs)


@router.get("/redaction/{draft_id}/fusionner")
def ask_merge(request: Request, permit: Writing, draft_id: str, element: Element) -> Response:
    """Ask which item it goes into."""
    return _merge_page(request, permit, own_draft(permit, draft_id), element, {})


@router.post("/redaction/{draft_id}/fusionner")
def merge(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Make one item of two."""
    draft, place, into = own_draft(permit, draft_id), form.text("element"), form.text("avec")
    act = act_of(form, lambda: Merge(at=place, into=into), "avec") if into else None
    if act is None:
        return _merge_page(request, permit, draft, place, {"avec": say("Choisissez celui qui reste.")})
    return done(request, permit, draft_id, form, act, within(parent_of(place), into))


def _merge_page(request: Request, permit: Permit, draft: OwnDraft, place: str, errors: dict[str, str]) -> Response:
    parent = parent_of(place)
    others = [one for one in siblings_of(draft, place) if one != code_of(place)]
    options = _options([(one, named(draft.values, within(parent, one))) for one in others], ())
    page = MergePage(**common(draft, place, errors), options=options)
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


@router.get("/redaction/{draft_id}/retirer")
def ask_retire(request: Request, permit: Writing, draft_id: str, element: Element) -> Response:
    """Ask what takes its place, and whether one is sure."""
    return _retire_page(request, permit, own_draft(permit, draft_id), element, {})


@router.post("/redaction/{draft_id}/retirer")
def retire(request: Request, permit: Writing, draft_id: str, form: Sent) -> Response:
    """Take an item away, once the box is ticked."""
    draft, place, successors = own_draft(permit, draft_id), form.text("element"), form.texts("successeur")
    if not form.has("certain"):
        errors = {"certain": say("Cochez la case pour retirer cet élément.")}
        return _retire_page(request, permit, draft, place, errors, successors)
    act = act_of(form, lambda: Retire(at=place, successors=successors))
    if act is None:
        return _retire_page(request, permit, draft, place, form.errors, successors)
    return done(request, permit, draft_id, form, act, parent_of(place))


def _retire_page(
    request: Request,
    permit: Permit,
    draft: OwnDraft,
    place: str,
    errors: dict[str, str],
    chosen: tuple[str, ...] = (),
) -> Response:
    same = [one for one in places(draft.values) if depth_of(one) == depth_of(place) and one != place]
    options = _options([(one, named(draft.values, one)) for one in same], chosen)
    page = RetirePage(**common(draft, place, errors), options=options)
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


# -- places -----------------------------------------------------------------------------------------------------------------------


def common(draft: OwnDraft, place: str, errors: dict[str, str]) -> dict[str, Any]:
    """What every form of one act on one item shows.

    Raises
    ------
    FileProblem
        There is no such item.
    """
    if not place:
        raise FileProblem([error("redaction-absent", say("Choisissez un bloc ou une compétence."), "")])
    item_of(draft.values, place)
    return {
        "address": draft.address,
        "name": draft.name,
        "back": draft.at(place),
        "revision": draft.revision,
        "place": place,
        "heading": named(draft.values, place),
        "errors": errors,
    }


def act_of(form: Form, making: Any, field: str = "code") -> Act | None:
    """The act that a form asks for; None, and a sentence at a field, when a code can't be written so."""
    try:
        found: Act = making()
    except ValidationError:
        form.errors[field] = say(
            "Un code s'écrit avec des lettres sans accent, des chiffres, des points et des tirets."
        )
        return None
    return found


def siblings_of(draft: OwnDraft, place: str) -> list[str]:
    """The codes of the list that a place stands in; of ``CCP1/``, those that the block holds."""
    parent = parent_of(place)
    holder: Any = draft.values
    if parent:
        holder = next((one for one in listed(draft.values, "blocks") if name_in_list(one) == parent), {})
    names = (name_in_list(one) for one in listed(holder, "competencies" if parent else "blocks"))
    return [one for one in names if one]
