"""An offer, edited by its training body (*mon offre, en écriture*): a new offer, and its modules by a form.

The form holds the revision that it was made from. When somebody else has saved since, nothing is written over: the page says what
differs, keeps what was typed, and holds the new revision.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, NamedTuple

from fastapi import Path, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.services import offers as offering
from api.store.conflict import Conflict, Taken
from api.store.repositories.offers import What
from api.web.messages import go
from api.web.own_offer import change, own_offer, revision_in
from api.web.page import Page, pages, show
from api.web.pages.offre import OfferName, referential
from api.web.sent import Form, Sent
from api.web.views.choosing import choice, choices
from api.web.views.module_form import (
    BlockTicks,
    Difference,
    Tick,
    Typed,
    applied,
    differences,
    other_sessions,
    read,
    ticked_elsewhere,
    ticks,
    typed_in,
    typed_of,
)
from api.web.views.module_needs import Before, before, is_richer, needs_in, needs_typed, read_needs, with_needs
from api.web.views.names import Line, lines
from api.web.views.offers import offer_address
from api.web.views.said import Said
from referentials.findings import FileProblem
from referentials.offer import Body, Modality, Module, Offer
from referentials.provenance import Confidence
from referentials.reference import IDENTIFIER
from reports.bundle import safe_name
from reports.language import say
from reports.library_wording import label

router = pages()
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]
ModuleName = Annotated[str, Path(max_length=100, pattern=rf"^{IDENTIFIER}$")]


class NewOfferPage(Page):
    """A new offer: its name, and whose it is."""

    template: ClassVar[str] = "pages/offre/nouvelle.html"
    here: ClassVar[str] = "offre"

    typed: dict[str, str] = Field(description="Ce que montrent les champs, par leur nom.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class ModulePage(Page):
    """The form of a module."""

    template: ClassVar[str] = "pages/offre/module.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    action: str = Field(description="Où le formulaire est envoyé.")
    module: str = Field(description="L'identifiant du module ; vide : il est nouveau.")
    revision: int = Field(description="La révision de l'offre sur laquelle porte le formulaire.")
    typed: dict[str, Any] = Field(description="Ce que montrent les champs, par leur nom.")
    modalities: tuple[tuple[str, Said], ...] = Field(description="Les modalités : champ, mots.")
    target: str = Field(description="Le référentiel dont les compétences sont montrées, tel qu'il a été écrit.")
    groups: tuple[BlockTicks, ...] = Field(description="Ses blocs et ses compétences, à cocher.")
    blocks: tuple[Tick, ...] = Field(description="Les blocs déjà choisis ailleurs.")
    competencies: tuple[Tick, ...] = Field(description="Les compétences déjà choisies ailleurs.")
    assessed: tuple[Tick, ...] = Field(description="Les blocs d'autres référentiels dont l'évaluation est comprise.")
    choices: tuple[str, ...] = Field(description="Les référentiels de la liste.")
    before: tuple[Before, ...] = Field(description="Les autres modules de l'offre, qui peuvent devoir venir avant.")
    asked: tuple[Line, ...] = Field(description="Un prérequis que le formulaire ne sait pas dire ; rien : il le sait.")
    conflict: bool = Field(description="Vrai quand quelqu'un d'autre a enregistré entre-temps.")
    gone: bool = Field(description="Vrai quand le module a été supprimé entre-temps.")
    differences: tuple[Difference, ...] = Field(description="Ce qui diffère de ce qui est gardé.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class Editing(NamedTuple):
    """The module of an offer that a form is about; ``module`` is empty for a new one."""

    offer: Offer
    revision: int
    module: str


class Values(NamedTuple):
    """What a form gives a module: what is its own, and what it needs."""

    own: Typed
    needs: Typed


class Stale(NamedTuple):
    """What somebody else saved in the meantime."""

    gone: bool
    differences: tuple[Difference, ...]


# -- a new offer --------------------------------------------------------------------------------------------------------------


@router.get("/offre/nouvelle")
def ask_offer(request: Request, permit: Writing) -> Response:
    """Ask for the name of a new offer."""
    with permit.unit() as unit:
        organisation = permit.actor.organisation and unit.directory.organisations.get(permit.actor.organisation).name
    return _new(request, permit, {"nom": "", "organisme": organisation or ""}, {})


@router.post("/offre/nouvelle")
def add_offer(request: Request, permit: Writing, form: Sent) -> Response:
    """Keep a new offer, which has no module yet."""
    typed = form.typed("nom", "organisme")
    if not typed["nom"]:
        form.errors["nom"] = say("Écrivez le nom de l'offre.")
    if not typed["organisme"]:
        form.errors["organisme"] = say("Écrivez le nom de l'organisme.")
    if form.errors:
        return _new(request, permit, typed, form.errors)
    name = _free(typed["nom"], {"nouvelle", *(one.id for one in permit.library.offers)})
    offer = Offer(
        id=name,
        title=typed["nom"],
        body=Body(name=typed["organisme"]),
        modules=(),
        confidence=Confidence.TO_CONFIRM,
    )
    try:
        with permit.writing() as room:
            offering.keep_offer(room.offers, offer)
    except Taken:
        return _new(request, permit, typed, {"nom": say("Ce nom est déjà pris : choisissez-en un autre.")})
    return go(offer_address(name), permit.services, "offre-ajoutee")


def _new(request: Request, permit: Permit, typed: dict[str, str], errors: dict[str, str]) -> Response:
    page = NewOfferPage(typed=typed, errors=errors)
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


def _free(title: str, taken: set[str]) -> str:
    """An identifier of letters, figures and hyphens that nothing else has."""
    name = safe_name(title)[:80].strip("-")
    names = (name, *(f"{name}-{rank}" for rank in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


# -- a module -----------------------------------------------------------------------------------------------------------------


@router.get("/offre/{name}/nouveau-module")
def ask_module(request: Request, permit: Writing, name: OfferName) -> Response:
    """The form of a new module."""
    found = _editing(permit, name, "")
    return _shown(request, permit, found, _typed_of(found))


@router.get("/offre/{name}/modules/{module}")
def read_module(request: Request, permit: Writing, name: OfferName, module: ModuleName) -> Response:
    """The form of a module."""
    found = _editing(permit, name, module)
    offering.module_of(found.offer, module)
    return _shown(request, permit, found, _typed_of(found))


@router.post("/offre/{name}/nouveau-module")
def add_module(request: Request, permit: Writing, name: OfferName, form: Sent) -> Response:
    """Add a module, or show the form again with what was asked."""
    return _written(request, permit, name, "", form)


@router.post("/offre/{name}/modules/{module}")
def write_module(request: Request, permit: Writing, name: OfferName, module: ModuleName, form: Sent) -> Response:
    """Write a module again, or show the form again with what was asked."""
    return _written(request, permit, name, module, form)


@router.post("/offre/{name}/modules/{module}/supprimer")
def delete_module(request: Request, permit: Writing, name: OfferName, module: ModuleName, form: Sent) -> Response:
    """Take a module out of its offer, once the box is ticked."""
    found = _editing(permit, name, module)
    gone, typed = offering.module_of(found.offer, module), _typed_of(found)
    if not form.has("certain"):
        form.errors["certain"] = say("Cochez la case : la suppression est définitive.")
        return _shown(request, permit, found, typed, form)
    try:
        what = What("module-removed", {"title": gone.title})
        change(permit, name, revision_in(form), lambda offer: offering.without_module(offer, module), what)
    except Conflict:
        return _shown(request, permit, _editing(permit, name, module), typed, stale=Stale(False, ()))
    return go(offer_address(name), permit.services, "module-supprime")


def _editing(permit: Permit, name: str, module: str) -> Editing:
    return Editing(*own_offer(permit, name), module)


def _typed_of(found: Editing) -> Typed:
    module = next((one for one in found.offer.modules if one.id == found.module), None)
    return typed_of(module) | needs_typed(found.offer, module)


def _written(request: Request, permit: Permit, name: str, module: str, form: Form) -> Response:
    found = _editing(permit, name, module)._replace(revision=revision_in(form))
    typed, act = typed_in(form) | needs_in(form), form.text("faire")
    if act != "enregistrer":
        return _shown(request, permit, found, other_sessions(typed, act), form)
    values = Values(read(form, typed), read_needs(form, typed))
    if not form.errors and not (typed["blocs"] or typed["competences"] or typed["remarque"] or _noted(found)):
        form.errors["cible"] = say("Choisissez au moins un bloc ou une compétence.")
    if form.errors:
        return _shown(request, permit, found, typed, form)
    try:
        what = What("module-changed" if module else "module-added", {"title": typed["titre"]})
        change(permit, name, found.revision, lambda offer: _with(offer, module, values), what)
    except Conflict as conflict:
        return _refused(request, permit, found, typed, values, conflict, form)
    except FileProblem as problem:
        for one in problem.findings:
            form.errors.setdefault(_field(one.where.path), f"{one.message} {one.remedy}")
        return _shown(request, permit, found, typed, form)
    return go(offer_address(name), permit.services, "module-garde")


def _noted(found: Editing) -> bool:
    return any(one.note for one in found.offer.modules if one.id == found.module)


def _field(path: str) -> str:
    """The field of the form where a finding is told."""
    for part, field in (("develops", "cible"), ("prepares", "cible"), ("price", "prix"), ("hours", "heures-onsite")):
        if part in path:
            return field
    return "titre"


def _with(offer: Offer, module: str, values: Values) -> Offer:
    return offering.with_module(offer, _filled(offer, _base(offer, module, values), values))


def _filled(offer: Offer, module: Module, values: Values) -> Module:
    return with_needs(offer, applied(module, values.own), values.needs)


def _base(offer: Offer, module: str, values: Values) -> Module:
    """The module as it stands, or a new one: one that was deleted in the meantime keeps its name."""
    title = values.own["title"]
    name = module or _free(title, {one.id for one in offer.modules})
    known = (one for one in offer.modules if one.id == name)
    return next(known, None) or Module(id=name, title=title)


def _refused(
    request: Request, permit: Permit, found: Editing, typed: Typed, values: Values, conflict: Conflict, form: Form
) -> Response:
    """The form as it was typed, on what stands now."""
    offer: Offer = conflict.shown  # type: ignore[attr-defined]
    base = _base(offer, found.module, values)
    known = any(one.id == base.id for one in offer.modules)
    told = differences(base, _filled(offer, base, values), permit.library) if known else ()
    stale = Stale(bool(found.module) and not known, told)
    now = Editing(offer, conflict.current.revision, found.module)
    return _shown(request, permit, now, typed, form, stale)


def _shown(
    request: Request, permit: Permit, found: Editing, typed: Typed, form: Form | None = None, stale: Stale | None = None
) -> Response:
    errors = form.errors if form else {}
    asked = form.text("cible") if form else _first(typed)
    version = referential(permit, asked, errors)
    groups = ticks(version, typed) if version else ()
    address = offer_address(found.offer.id)
    kept = next((one for one in found.offer.modules if one.id == found.module), None)
    page = ModulePage(
        address=address,
        name=found.offer.title,
        action=f"{address}/modules/{found.module}" if found.module else f"{address}/nouveau-module",
        module=found.module,
        revision=found.revision,
        typed=typed,
        modalities=tuple((f"heures-{one.value}", label(one)) for one in Modality),
        target=choice(version) if version else asked,
        groups=groups,
        blocks=ticked_elsewhere(permit.library, typed["blocs"], groups),
        competencies=ticked_elsewhere(permit.library, typed["competences"], groups),
        assessed=ticked_elsewhere(permit.library, typed["evaluations"], groups),
        choices=choices(permit.library),
        before=before(found.offer, found.module, typed),
        asked=lines(permit.library, kept.requires) if kept and is_richer(found.offer, kept) else (),
        conflict=stale is not None,
        gone=stale is not None and stale.gone,
        differences=stale.differences if stale else (),
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=409 if stale else 422 if errors else 200)


def _first(typed: Typed) -> str:
    """The referential of the first thing that a module brings."""
    refs: tuple[str, ...] = (*typed["blocs"], *typed["competences"])
    return refs[0].partition("/")[0] if refs else ""
