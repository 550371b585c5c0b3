"""Offers and modules (*offres de formation*): all may be read; a training body edits its own, whole or module by module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import File, Path, Response, UploadFile

from api import examples
from api.answers import CONFLICT
from api.auth.permissions import Action
from api.contract import resource
from api.deps import UPLOADING, IfMatch, Pagination, Permit, allowed, sealed, tag
from api.errors import showing
from api.etag import etag_of
from api.schemas import FindingsAnswer, Listing, OfferAnswer, OfferRow
from api.services import offers as offering
from api.services.effects import caused_by, refuse_errors
from api.services.evidence import safe_file_name
from api.services.kept import Shelf, kept_row, page_of, shown
from api.services.planning import NotPlannable
from api.store.tables.offers import StoredOffer
from referentials.findings import Severity
from referentials.offer import Module, Offer, Session
from referentials.reference import IDENTIFIER

router = resource("/offers", "Offres et modules")
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]
_NAME = rf"^{IDENTIFIER}$"
Name = Annotated[str, Path(max_length=100, pattern=_NAME, examples=["atelier-demo"])]
ModuleName = Annotated[str, Path(max_length=100, pattern=_NAME, examples=["reperes"])]
SessionName = Annotated[str, Path(max_length=100, pattern=_NAME, examples=["s1"])]


def _row(offer: Offer, row: StoredOffer | None) -> OfferRow:
    return OfferRow(
        etag=None if row is None else etag_of(row.revision),
        own=row is not None and row.organisation_id is not None,
        offer=offer.id,
        title=offer.title,
        body=offer.body.name,
        modules=len(offer.modules),
        illustrative=offer.illustrative,
    )


def _answer(offer: Offer, row: StoredOffer | None, response: Response) -> OfferAnswer:
    if row is None:
        return OfferAnswer(item=offer)
    tag(response, row)
    return OfferAnswer(etag=etag_of(row.revision), own=row.organisation_id is not None, item=offer)


@router.get("", response_model=Listing[OfferRow], summary="Les offres, par identifiant")
def list_offers(permit: Reading, page: Pagination) -> Any:
    """Every offer of the library."""
    items, following = page_of(permit.library.offers, page.after, page.limit)
    with permit.reading() as room:
        shelf = Shelf(room.offers)
        return Listing(items=tuple(_row(item, shelf.row(item.id)) for item in items), next=sealed(following))


@router.get("/{name}", response_model=OfferAnswer, summary="Une offre, avec ses modules")
def read_offer(permit: Reading, name: Name, response: Response) -> Any:
    """One offer; it has an ETag when it is kept in the database."""
    with permit.reading() as room:
        offer, row = kept_row(permit.library.offers, room.offers, name)
        return _answer(offer, row, response)


@router.post("", status_code=201, response_model=OfferAnswer, responses=CONFLICT, summary="Ajouter une offre")
def add_offer(permit: Writing, offer: Annotated[Offer, examples.shown(examples.OFFER)], response: Response) -> Any:
    """Add an offer of the organisation."""
    refuse_errors(offer, permit.library)
    with permit.writing() as room:
        row = offering.keep_offer(room.offers, offer)
    response.headers["Location"] = f"{router.prefix}/{offer.id}"
    return _answer(offer, row, response)


@router.post(
    "/file",
    status_code=201,
    response_model=OfferAnswer,
    responses=CONFLICT,
    summary="Ajouter l'offre d'un fichier",
    dependencies=[UPLOADING],
)
def add_offer_file(
    permit: Writing,
    file: Annotated[UploadFile, File(description="Une offre en YAML ou en JSON, comme dans la bibliothèque.")],
    response: Response,
) -> Any:
    """Add the offer that a file holds; whatever is wrong in it is told with its line."""
    return add_offer(permit, offering.offer_in(file.file, safe_file_name(file.filename or "")), response)


@router.post("/findings", response_model=FindingsAnswer, summary="Ce qui ne va pas dans une offre, sans la garder")
def check_offer(permit: Reading, offer: Annotated[Offer, examples.shown(examples.OFFER)]) -> Any:
    """Everything that is wrong with an offer inside the library."""
    found = tuple(caused_by(offer, permit.library))
    errors = any(finding.severity is Severity.ERROR for finding in found)
    return FindingsAnswer(key=offer.id, versions=(), publishable=not errors, findings=found)


@router.put("/{name}", response_model=OfferAnswer, summary="Remplacer une offre")
def replace_offer(permit: Writing, name: Name, revision: IfMatch, offer: Offer, response: Response) -> Any:
    """Write an offer again, whole."""
    return _changed(permit, name, revision, lambda _old: offer, response)


@router.delete("/{name}", status_code=204, summary="Retirer une offre")
def delete_offer(permit: Writing, name: Name, revision: IfMatch) -> None:
    """Take an offer out of the database."""
    with permit.writing() as room, showing(shown):
        Shelf(room.offers).remove(name, revision)


# -- one module, one session ------------------------------------------------------------------------------------------------


@router.get("/{name}/modules/{module_name}", response_model=Module, summary="Un module")
def read_module(permit: Reading, name: Name, module_name: ModuleName, response: Response) -> Any:
    """One module; its ETag is that of its offer."""
    with permit.reading() as room:
        offer, row = kept_row(permit.library.offers, room.offers, name)
        _answer(offer, row, response)
    return offering.module_of(offer, module_name)


@router.put("/{name}/modules/{module_name}", response_model=OfferAnswer, summary="Écrire un module d'une offre")
def write_module(
    permit: Writing, name: Name, module_name: ModuleName, revision: IfMatch, module: Module, response: Response
) -> Any:
    """Write one module: in place of the one of that name, else after the others."""
    _same(module_name, module.id)
    return _changed(permit, name, revision, lambda old: offering.with_module(old, module), response)


@router.delete("/{name}/modules/{module_name}", response_model=OfferAnswer, summary="Retirer un module d'une offre")
def delete_module(permit: Writing, name: Name, module_name: ModuleName, revision: IfMatch, response: Response) -> Any:
    """Take one module out of its offer."""
    return _changed(permit, name, revision, lambda old: offering.without_module(old, module_name), response)


@router.put(
    "/{name}/modules/{module_name}/sessions/{session_name}",
    response_model=OfferAnswer,
    summary="Écrire une session d'un module",
)
def write_session(
    permit: Writing,
    name: Name,
    module_name: ModuleName,
    session_name: SessionName,
    revision: IfMatch,
    session: Session,
    response: Response,
) -> Any:
    """Write one dated run of a module."""
    _same(session_name, session.id)

    def change(old: Offer) -> Offer:
        module = offering.with_session(offering.module_of(old, module_name), session)
        return offering.with_module(old, module)

    return _changed(permit, name, revision, change, response)


@router.delete(
    "/{name}/modules/{module_name}/sessions/{session_name}",
    response_model=OfferAnswer,
    summary="Retirer une session d'un module",
)
def delete_session(
    permit: Writing,
    name: Name,
    module_name: ModuleName,
    session_name: SessionName,
    revision: IfMatch,
    response: Response,
) -> Any:
    """Take one dated run out of a module."""

    def change(old: Offer) -> Offer:
        module = offering.without_session(offering.module_of(old, module_name), session_name)
        return offering.with_module(old, module)

    return _changed(permit, name, revision, change, response)


def _same(in_the_address: str, in_the_body: str) -> None:
    if in_the_address != in_the_body:
        raise NotPlannable(f"L'identifiant ne change pas : écrivez « {in_the_address} » dans « id ».")


def _changed(
    permit: Permit, name: str, revision: int, change: Callable[[Offer], Offer], response: Response
) -> OfferAnswer:
    """The offer after a change that breaks nothing, made on the revision that was read."""

    def same(old: Offer) -> Offer:
        offer = change(old)
        _same(name, offer.id)
        return offer

    library = permit.library
    with permit.writing() as room, showing(shown):
        row = offering.change_offer(room.offers, library, name, revision, same)
        offer = offering.offer_of(row)
    return _answer(offer, row, response)
