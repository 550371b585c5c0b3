"""One module, or one competency, with its suggestions (*suggestions*): full texts, reasons, accept or refuse one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.errors import showing
from api.services import offers as offering
from api.services.kept import Shelf
from api.services.mapping import Suggestion, brought, modules_near, suggestions
from api.services.mapping_changes import Changes, Pair, decide, last_act, refused, write_mapping
from api.store.conflict import Absent, Conflict
from api.store.tables.mapping_decisions import Verdict
from api.web.messages import go
from api.web.own_offer import own_row, revision_in
from api.web.page import Page, pages, show
from api.web.pages.mon_offre import ModuleName
from api.web.pages.mon_offre_correspondances import act_in_words
from api.web.pages.offre import Asked, OfferName, referential
from api.web.sent import Sent
from api.web.views.choosing import choice
from api.web.views.mapping import (
    PairLine,
    competency_address,
    matrix_address,
    module_address,
    pair_in,
    pair_lines,
    problems,
    reason,
)
from api.web.views.names import called
from api.web.views.offers import offer_address
from api.web.views.said import Anchor, Said
from referentials.findings import FileProblem
from referentials.library import Library, UnknownReference
from referentials.model import Competency, Referential
from referentials.offer import Module, Offer

router = pages()
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]


class SheetPage(Page):
    """What is suggested about one thing, what is there already, what was refused."""

    template: ClassVar[str] = "pages/offre/suggestions.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    revision: int = Field(description="La révision de l'offre sur laquelle portent les boutons.")
    of_module: bool = Field(description="Vrai pour un module, faux pour une compétence.")
    title: Said = Field(description="Le module, ou la compétence.")
    texts: tuple[Said, ...] = Field(description="Ce qui en est dit de plus.")
    key: str = Field(description="La version du référentiel.")
    target: Said = Field(description="Le référentiel.")
    matrix: str = Field(description="L'adresse de la matrice.")
    back_to: str = Field(description="Ce que les boutons disent de la page où revenir.")
    near: tuple[PairLine, ...] = Field(description="Les suggestions, la plus proche d'abord.")
    has: tuple[PairLine, ...] = Field(description="Ce qui est déjà apporté, compétence par compétence.")
    in_blocks: tuple[PairLine, ...] = Field(description="Ce qui est apporté par des blocs entiers.")
    refused: tuple[PairLine, ...] = Field(description="Ce qui a été refusé.")
    others: tuple[Anchor, ...] = Field(description="Le module d'avant et celui d'après.")
    undo: Said = Field(description="La dernière opération, si qui demande peut l'annuler ; vide : aucune.")
    conflict: bool = Field(description="Vrai quand quelqu'un d'autre a enregistré entre-temps.")
    problem: Said = Field(description="Ce qui empêche d'enregistrer ; vide : rien.")


# -- to read ------------------------------------------------------------------------------------------------------------------


@router.get("/offre/{name}/correspondances/modules/{module}")
def read_module_suggestions(
    request: Request, permit: Writing, name: OfferName, module: ModuleName, cible: Asked
) -> Response:
    """A module and the competencies that it may bring."""
    version = referential(permit, cible, {})
    if version is None:
        return go(matrix_address(name, cible), permit.services)
    return _sheet(request, permit, name, version, module=module)


@router.get("/offre/{name}/correspondances/competence")
def read_competency_suggestions(request: Request, permit: Writing, name: OfferName, ref: Asked) -> Response:
    """A competency and the modules that come near it."""
    return _sheet(request, permit, name, _version_of(permit.library, ref), ref=ref)


def _version_of(library: Library, ref: str) -> Referential:
    """The version of a competency.

    Raises
    ------
    Absent
        The library has no such competency.
    """
    try:
        item, version = library.find(ref), library.find(ref.partition("/")[0])
    except (UnknownReference, FileProblem, ValueError):
        raise Absent("competency", ref) from None
    if not isinstance(item, Competency) or not isinstance(version, Referential) or library.expand(ref) != (ref,):
        raise Absent("competency", ref)
    return version


def _sheet(
    request: Request,
    permit: Permit,
    name: str,
    version: Referential,
    *,
    module: str = "",
    ref: str = "",
    conflict: bool = False,
    problem: str = "",
) -> Response:
    library = permit.library
    with permit.reading() as room:
        row = own_row(Shelf(room.offers), name)
        offer, no, last = offering.offer_of(row), refused(room, row.id), last_act(room, name, permit.actor.name)
    one = offering.module_of(offer, module) if module else None
    if one is not None:
        near = suggestions(library, version, one, {pair.ref for pair in no if pair.module == module})
    else:
        near = modules_near(library, version, offer, ref, {pair.module for pair in no if pair.ref == ref})
    about = (one,) if one else offer.modules
    item = None if one else library.find(ref)
    page = SheetPage(
        address=offer_address(name),
        name=offer.title,
        revision=row.revision,
        of_module=one is not None,
        title=one.title if one else called(library, ref),
        texts=(one.note,) if one and one.note else _texts(item),
        key=version.key,
        target=choice(version),
        matrix=matrix_address(name, version.key),
        back_to=f"module:{module}" if one else f"competence:{ref}",
        near=_near(library, offer, near),
        has=pair_lines((library, offer), _of(library, about, version, ref, whole=False)),
        in_blocks=pair_lines((library, offer), _of(library, about, version, ref, whole=True)),
        refused=pair_lines((library, offer), [pair for pair in no if _concerns(pair, version, module, ref)]),
        others=_others(offer, module, version.key),
        undo=act_in_words(last, library, offer),
        conflict=conflict,
        problem=problem,
    )
    return show(request, permit.services, permit.actor, page, status=409 if conflict else 422 if problem else 200)


def _texts(item: object) -> tuple[str, ...]:
    return (*item.elements, *item.criteria) if isinstance(item, Competency) else ()


def _near(library: Library, offer: Offer, some: Iterable[Suggestion]) -> tuple[PairLine, ...]:
    """In the order of the suggestions."""
    pairs = [(Pair(one.module, one.ref), reason(one)) for one in some]
    return tuple(line for pair, why in pairs for line in pair_lines((library, offer), [pair], {pair: why}))


def _of(library: Library, modules: Iterable[Module], version: Referential, ref: str, *, whole: bool) -> list[Pair]:
    """What modules bring of a version, or of one competency: one by one, or with whole blocks."""
    found = []
    for one in modules:
        has = brought(one, library)
        refs = has.in_blocks - has.alone if whole else has.alone
        found += [Pair(one.id, full) for full in refs if full.startswith(f"{version.key}/") and ref in ("", full)]
    return found


def _concerns(pair: Pair, version: Referential, module: str, ref: str) -> bool:
    return pair.ref.startswith(f"{version.key}/") and module in ("", pair.module) and ref in ("", pair.ref)


def _others(offer: Offer, module: str, key: str) -> tuple[Anchor, ...]:
    names = [one.id for one in offer.modules]
    if module not in names:
        return ()
    at = names.index(module)
    return tuple(
        Anchor(href=module_address(offer.id, names[rank], key), label=offer.modules[rank].title)
        if 0 <= rank < len(names)
        else Anchor(href="", label="")
        for rank in (at - 1, at + 1)
    )


# -- to decide ----------------------------------------------------------------------------------------------------------------


@router.post("/offre/{name}/correspondances/decision")
def decide_pair(request: Request, permit: Writing, name: OfferName, form: Sent) -> Response:
    """Accept a suggestion, refuse it, propose it again, or take a competency back."""
    library, pair, act = permit.library, pair_in(form.text("paire")), form.text("faire")
    if pair is None:
        return go(matrix_address(name), permit.services)
    version = _version_of(library, pair.ref)
    way, _colon, _what = form.text("retour").partition(":")
    try:
        with permit.writing() as room, showing(offering.offer_of):
            if act in ("accepter", "retirer"):
                changes = Changes(added=(pair,)) if act == "accepter" else Changes(removed=(pair,))
                write_mapping(room, library, name, revision_in(form), changes)
            else:
                decide(room, library, name, pair, Verdict.REFUSED if act == "refuser" else Verdict.REOPENED)
    except Conflict:
        return _again(request, permit, name, version, way, pair, conflict=True)
    except FileProblem as problem:
        told = problems(problem.findings)
        return _again(request, permit, name, version, way, pair, problem=told)
    if way == "module":
        to = module_address(name, pair.module, version.key)
    else:
        to = competency_address(name, pair.ref) if way == "competence" else matrix_address(name, version.key)
    return go(to, permit.services, _SAID.get(act, "correspondances-gardees"))


_SAID = {"refuser": "suggestion-refusee", "reouvrir": "suggestion-rouverte"}


def _again(
    request: Request,
    permit: Permit,
    name: str,
    version: Referential,
    way: str,
    pair: Pair,
    *,
    conflict: bool = False,
    problem: str = "",
) -> Response:
    """The page whose button was pressed, on what stands now."""
    if way == "competence":
        return _sheet(request, permit, name, version, ref=pair.ref, conflict=conflict, problem=problem)
    return _sheet(request, permit, name, version, module=pair.module, conflict=conflict, problem=problem)
