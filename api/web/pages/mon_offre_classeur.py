"""The workbook of an offer (*classeur de l'offre*): taken away, filled in, sent back; what it would change is shown first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar

from fastapi import Request, UploadFile
from pydantic import Field
from starlette.responses import Response

from api.answers import file_answer
from api.auth.permissions import Action
from api.deps import UPLOADING, Permit, allowed
from api.services import offers as offering
from api.services.documents import File
from api.services.effects import refuse_errors
from api.services.evidence import safe_file_name
from api.services.offer_workbook import empty_workbook, proposed, standard, workbook_of
from api.store.conflict import Taken
from api.store.repositories.offers import What
from api.web.messages import go
from api.web.own_offer import OwnOffer, own_offer
from api.web.page import Page, pages, show
from api.web.pages.mon_offre_changements import (
    Proposed,
    ShownFinding,
    proposal_in,
    show_changes,
    shown_findings,
    what_in,
)
from api.web.pages.offre import OfferName, own_offers
from api.web.sent import Sent
from api.web.views.offers import offer_address
from api.web.views.said import Said
from referentials.findings import FileProblem, Finding, error
from referentials.formats.exchange import Upload, Written
from reports.language import say

router = pages()
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]
_NEW = "/offre/nouvelle/classeur"
_RESERVED = "nouvelle"


class WorkbookPage(Page):
    """The workbook, to take away and to send back."""

    template: ClassVar[str] = "pages/offre/classeur.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre ; celle des offres, pour une nouvelle.")
    name: Said = Field(description="Le nom de l'offre ; vide : une nouvelle.")
    action: str = Field(description="Où le formulaire est envoyé.")
    workbook: str = Field(description="Où prendre le classeur de l'offre ; vide : il n'y en a pas encore.")
    findings: tuple[ShownFinding, ...] = Field(description="Pourquoi le classeur envoyé n'a pas pu servir.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/offre/nouvelle/documents/modele.xlsx")
def take_template(permit: Writing) -> Response:
    """An empty workbook."""
    return _file(empty_workbook())


@router.get("/offre/{name}/documents/classeur.xlsx")
def take_workbook(permit: Writing, name: OfferName) -> Response:
    """The offer as a workbook."""
    own_offer(permit, name)
    return _file(workbook_of(permit.library, name))


def _file(written: Written) -> Response:
    return file_answer(File(written.name, standard().media_type, written.content))


@router.get(_NEW)
def ask_new(request: Request, permit: Writing) -> Response:
    """A workbook that makes a new offer."""
    return _asked(request, permit, None)


@router.post(_NEW, dependencies=[UPLOADING])
def read_new(request: Request, permit: Writing, fichier: UploadFile | None = None) -> Response:
    """Show the offer that a workbook makes."""
    return _read(request, permit, None, fichier)


@router.post("/offre/nouvelle/classeur/enregistrer")
def keep_new(request: Request, permit: Writing, form: Sent) -> Response:
    """Keep the offer that was shown."""
    offer, back = proposal_in(form), _NEW
    try:
        refuse_errors(offer, permit.library)
        with permit.writing() as room:
            offering.keep_offer(room.offers, offer)
    except FileProblem as problem:
        refused = Proposed(offer, what_in(form), back, problem.findings)
        return show_changes(request, permit, refused, None, status=422)
    except Taken:
        return _asked(request, permit, None, [_taken(offer.id)])
    return go(offer_address(offer.id), permit.services, "offre-ajoutee")


@router.get("/offre/{name}/classeur")
def ask_workbook(request: Request, permit: Writing, name: OfferName) -> Response:
    """The workbook of an offer, to take away and to send back."""
    return _asked(request, permit, own_offer(permit, name))


@router.post("/offre/{name}/classeur", dependencies=[UPLOADING])
def read_workbook(request: Request, permit: Writing, name: OfferName, fichier: UploadFile | None = None) -> Response:
    """Show what a workbook would change."""
    return _read(request, permit, own_offer(permit, name), fichier)


def _read(request: Request, permit: Permit, current: OwnOffer | None, file: UploadFile | None) -> Response:
    if file is None or not file.filename:
        return _asked(request, permit, current, [], {"fichier": say("Choisissez d'abord un fichier.")})
    name = safe_file_name(file.filename)
    try:
        found = proposed(Upload(name, file.file, file.size or 0), permit.library, current.offer if current else None)
        if current is None:
            _refuse_a_name_that_is_taken(permit, found.offer.id)
    except FileProblem as problem:
        return _asked(request, permit, current, problem.findings)
    back = f"{offer_address(current.offer.id)}/classeur" if current else _NEW
    shown = Proposed(found.offer, What("workbook", {"file": name}), back, found.findings)
    return show_changes(request, permit, shown, current)


def _refuse_a_name_that_is_taken(permit: Permit, name: str) -> None:
    if name == _RESERVED or name in own_offers(permit):
        raise FileProblem([_taken(name)])


def _taken(name: str) -> Finding:
    message = say("L'identifiant « {name} » est déjà pris.", name=name)
    remedy = say(
        "Écrivez-en un autre dans la feuille « Offre », ou renvoyez le classeur depuis la page de cette offre."
    )
    return error("offre-deja-la", message, remedy)


def _asked(
    request: Request,
    permit: Permit,
    current: OwnOffer | None,
    findings: Iterable[Finding] = (),
    errors: dict[str, str] | None = None,
) -> Response:
    address = offer_address(current.offer.id) if current else "/offre"
    told = tuple(shown_findings(findings))
    page = WorkbookPage(
        address=address,
        name=current.offer.title if current else "",
        action=f"{address}/classeur" if current else _NEW,
        workbook=f"{address}/documents/classeur.xlsx" if current else "",
        findings=told,
        errors=errors or {},
    )
    return show(request, permit.services, permit.actor, page, status=422 if told or errors else 200)
