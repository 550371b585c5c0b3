"""Offers (*mon offre*): one's own and those of others, their modules, and what each covers of a referential."""

from __future__ import annotations

from typing import Annotated, ClassVar
from urllib.parse import quote, urlencode

from fastapi import Path, Query, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.answers import FormatName, file_answer
from api.auth.permissions import Action, permitted
from api.days import today
from api.deps import Permit, Speaking, allowed
from api.services.documents import written
from api.services.kept import Shelf
from api.services.positions import covered
from api.store.conflict import Absent
from api.web.own_offer import undoable
from api.web.page import Page, pages, show
from api.web.pages.bridges import FORMATS
from api.web.views.choosing import choice, choices, chosen
from api.web.views.offer_history import told
from api.web.views.offers import ModuleSheet, OfferLine, module_sheets, offer_address, offer_lines
from api.web.views.said import Anchor, Said
from referentials.library import Library
from referentials.model import Referential
from referentials.offer import Offer
from referentials.reference import IDENTIFIER
from reports.document import Document
from reports.exporters import formats
from reports.language import say
from reports.paper import Paper

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
OfferName = Annotated[str, Path(max_length=100, pattern=rf"^{IDENTIFIER}$")]
Asked = Annotated[str, Query(max_length=300)]


class OffersPage(Page):
    """Every offer, and the choice of one in front of a referential."""

    template: ClassVar[str] = "pages/offre/liste.html"
    here: ClassVar[str] = "offre"

    offers: tuple[OfferLine, ...] = Field(description="Les offres, la sienne d'abord.")
    may_add: bool = Field(description="Vrai pour un organisme de formation, qui peut écrire la sienne.")
    offer: str = Field(description="L'offre choisie ; vide : aucune.")
    target: str = Field(description="Le référentiel tel qu'il a été écrit.")
    choices: tuple[str, ...] = Field(description="Les référentiels de la liste.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


class OfferPage(Page):
    """One offer: its modules and their sessions."""

    template: ClassVar[str] = "pages/offre/fiche.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    body: Said = Field(description="L'organisme.")
    illustrative: bool = Field(description="Vrai pour une offre inventée.")
    note: Said = Field(description="Une remarque ; vide : aucune.")
    own: bool = Field(description="Vrai quand qui demande peut la modifier.")
    undo: Said = Field(description="L'opération que qui demande peut annuler ; vide : aucune.")
    revision: int = Field(description="La révision de l'offre ; 0 pour celle d'un autre.")
    modules: tuple[ModuleSheet, ...] = Field(description="Les modules.")
    choices: tuple[str, ...] = Field(description="Les référentiels de la liste.")


class CoveragePage(Page):
    """What an offer covers of a referential."""

    template: ClassVar[str] = "pages/offre/couverture.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    target: str = Field(description="Le référentiel tel qu'il a été écrit.")
    paper: Paper | None = Field(description="La couverture, en parties ; rien : il n'y a pas de référentiel choisi.")
    files: tuple[Anchor, ...] = Field(description="Les documents à emporter.")
    choices: tuple[str, ...] = Field(description="Les référentiels de la liste.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/offre")
def read_offers(request: Request, permit: Reading, offre: Asked = "", cible: Asked = "") -> Response:
    """Every offer; once an offer and a referential are chosen, on to the coverage."""
    errors: dict[str, str] = {}
    version = referential(permit, cible, errors)
    known = any(one.id == offre for one in permit.library.offers)
    if (offre or cible) and not known:
        errors["offre"] = say("Choisissez une offre.")
    if offre and not cible:
        errors["cible"] = say("Choisissez un référentiel.")
    if version and known:
        return RedirectResponse(coverage_address(offre, version.key), 303)
    page = OffersPage(
        offers=offer_lines(permit.library, own_offers(permit)),
        may_add=may_write(permit),
        offer=offre,
        target=cible,
        choices=choices(permit.library),
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


@router.get("/offre/{name}")
def read_offer(request: Request, permit: Reading, name: OfferName) -> Response:
    """One offer and its modules."""
    offer, own = offer_named(permit.library, name), name in own_offers(permit) and may_write(permit)
    last = undoable(permit, name) if own else None
    page = OfferPage(
        address=offer_address(offer.id),
        name=offer.title,
        body=offer.body.name,
        illustrative=offer.illustrative,
        note=offer.note or "",
        own=own,
        undo=told(last.what, last.arguments) if last else "",
        revision=last.revision + 1 if last else 0,
        modules=module_sheets(offer, permit.library, own=own),
        choices=choices(permit.library),
    )
    return show(request, permit.services, permit.actor, page)


@router.get("/offre/{name}/couverture")
def read_coverage(request: Request, permit: Reading, name: OfferName, cible: Asked = "") -> Response:
    """What an offer covers of a referential, the holes and the overlaps."""
    offer, errors = offer_named(permit.library, name), dict[str, str]()
    version = referential(permit, cible, errors)
    page = CoveragePage(
        address=offer_address(name),
        name=offer.title,
        target=choice(version) if version else cible,
        paper=_document(permit, name, version.key).paper if version else None,
        files=tuple(_files(name, version.key)) if version else (),
        choices=choices(permit.library),
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


@router.get("/offre/{name}/couverture/documents/{format_name}")
def take_coverage(
    permit: Reading, language: Speaking, name: OfferName, format_name: FormatName, cible: Asked
) -> Response:
    """The coverage as a document."""
    offer_named(permit.library, name)
    return file_answer(written(_document(permit, name, cible), format_name, language))


def _document(permit: Permit, name: str, ref: str) -> Document:
    from reports.coverage_document import coverage_document

    return coverage_document(covered(permit.library, (name,), ref, today(permit)), permit.library)


def _files(name: str, ref: str) -> list[Anchor]:
    asked = urlencode({"cible": ref})
    here = f"{offer_address(name)}/couverture/documents"
    return [Anchor(href=f"{here}/{one}?{asked}", label=FORMATS[one]) for one in FORMATS if one in formats()]


def coverage_address(name: str, ref: str) -> str:
    """Where the coverage of a referential by an offer is shown."""
    return f"{offer_address(name)}/couverture?cible={quote(ref, safe='@')}"


def referential(permit: Permit, text: str, errors: dict[str, str], field: str = "cible") -> Referential | None:
    """The version that somebody named; when nothing has that name, the field says so."""
    if not text.strip():
        return None
    found = chosen(permit.library, text, today(permit))
    if found is None or found.version is None:
        errors[field] = say("Rien ne répond à « {words} » : choisissez dans la liste.", words=text[:80])
        return None
    return found.version


def offer_named(library: Library, name: str) -> Offer:
    """An offer of the library.

    Raises
    ------
    Absent
        For whoever asks, there is none.
    """
    found = next((one for one in library.offers if one.id == name), None)
    if found is None:
        raise Absent("offer", name)
    return found


def own_offers(permit: Permit) -> frozenset[str]:
    """The offers that the organisation of whoever asks keeps here."""
    if permit.actor.organisation is None:
        return frozenset()
    with permit.reading() as room:
        shelf = Shelf(room.offers)
        rows = ((one.id, shelf.row(one.id)) for one in permit.library.offers)
        return frozenset(key for key, row in rows if row is not None and row.organisation_id is not None)


def may_write(permit: Permit) -> bool:
    """Whether whoever asks belongs to a training body, which edits what is its own."""
    return permit.actor.organisation is not None and Action.OFFERS_WRITE in permitted(permit.actor)
