"""Who an offer leads to a target (*quels publics puis-je amener vers ce titre ?*), and what one more module would open."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.answers import Answering, FormatName, file_answer
from api.auth.permissions import Action
from api.deps import Permit, Speaking, allowed
from api.services.documents import written
from api.services.maps import kept_survey
from api.services.solver import Solver
from api.services.surveys import Reached
from api.web.days import asked_day
from api.web.page import Page, pages, show
from api.web.pages.bridges import FORMATS
from api.web.pages.offre import Asked, OfferName, offer_named, referential
from api.web.views.choosing import choice, choices
from api.web.views.offers import offer_address
from api.web.views.said import Anchor, Said
from reports.document import Document
from reports.exporters import formats
from reports.paper import Paper

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]


class PublicsPage(Page):
    """The publics of an offer in front of a target."""

    template: ClassVar[str] = "pages/offre/publics.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    target: str = Field(description="Le référentiel tel qu'il a été écrit.")
    day: str = Field(description="Le jour, tel qu'il a été écrit.")
    paper: Paper | None = Field(description="Les publics, en parties ; rien : il n'y a pas de référentiel choisi.")
    files: tuple[Anchor, ...] = Field(description="Les documents à emporter.")
    choices: tuple[str, ...] = Field(description="Les référentiels de la liste.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get("/offre/{name}/publics")
def read_publics(
    request: Request, permit: Reading, solver: Answering, name: OfferName, cible: Asked = "", le: Asked = ""
) -> Response:
    """Who an offer leads to a target; each answer is the planner's."""
    offer = offer_named(permit.library, name)
    on, errors = asked_day(le, permit)
    version = referential(permit, cible, errors)
    paper: Paper | None = None
    if version and not errors:
        paper = _document(permit, solver, name, version.key, on).paper
    page = PublicsPage(
        address=offer_address(name),
        name=offer.title,
        target=choice(version) if version else cible,
        day=le,
        paper=paper,
        files=tuple(_files(name, version.key, le)) if paper and version else (),
        choices=choices(permit.library),
        errors=errors,
    )
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)


@router.get("/offre/{name}/publics/documents/{format_name}")
def take_publics(
    permit: Reading,
    solver: Answering,
    language: Speaking,
    name: OfferName,
    format_name: FormatName,
    cible: Asked,
    le: Asked = "",
) -> Response:
    """The publics as a document."""
    offer_named(permit.library, name)
    on, _errors = asked_day(le, permit)
    return file_answer(written(_document(permit, solver, name, cible, on), format_name, language))


def _document(permit: Permit, solver: Solver, name: str, ref: str, on: date) -> Document:
    from reports.audience_document import audience_document

    library = permit.library
    found = kept_survey(Reached(offer=name, target=ref, on=on), library, solver, permit.actor.organisation)
    return audience_document(found, library)


def _files(name: str, ref: str, day: str) -> list[Anchor]:
    asked = urlencode({"cible": ref} | ({"le": day} if day else {}))
    here = f"{offer_address(name)}/publics/documents"
    return [Anchor(href=f"{here}/{one}?{asked}", label=FORMATS[one]) for one in FORMATS if one in formats()]
