"""« Emporter » a version or an offer: every format that carries it, what each is good for, and what it leaves out, said before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar

from fastapi import Path, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import file_answer
from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.problem import Problem
from api.services.documents import File
from api.services.import_formats import writers
from api.services.knowledge import near
from api.services.versions import version_named
from api.web.page import Page, pages, show
from api.web.pages.offre import OfferName, offer_named
from api.web.views.names import address
from api.web.views.offers import offer_address
from api.web.views.said import Said
from api.web.views.standards import NAMES, TAKES, name_of
from referentials.formats.exchange import Standard
from referentials.library import Library
from referentials.loader import OFFER, REFERENTIAL
from referentials.provenance import Value

router = pages()
Reading = Annotated[Permit, allowed(Action.LIBRARY_READ)]
Name = Annotated[str, Path(max_length=200)]
FormName = Annotated[str, Path(max_length=40)]


class FormatRow(Value):
    """A format to take something away in."""

    href: str = Field(description="L'adresse du fichier.")
    name: Said = Field(description="Comment on l'appelle.")
    use: Said = Field(description="À quoi il sert.")
    suffix: str = Field(description="Comment finit le nom du fichier.")
    left_out: tuple[Said, ...] = Field(description="Ce qu'il ne porte pas.")


class TakeAwayPage(Page):
    """What something can be taken away in."""

    template: ClassVar[str] = "pages/importer/take_away.html"

    title: Said = Field(description="Ce qui est emporté.")
    back: str = Field(description="Son adresse.")
    formats: tuple[FormatRow, ...] = Field(description="Les formats.")


@router.get("/referentiels/{ref}/emporter")
def take_version(request: Request, permit: Reading, ref: Name) -> Response:
    """The formats that carry a version."""
    version = version_named(permit.library, ref)
    here = address(version.key)
    page = TakeAwayPage(
        title=version.title, back=here, formats=_rows(permit.library, version.key, here, carrying(REFERENTIAL.name))
    )
    return show(request, permit.services, permit.actor, page)


@router.get("/offre/{name}/emporter")
def take_offer(request: Request, permit: Reading, name: OfferName) -> Response:
    """The formats that carry an offer."""
    offer, here = offer_named(permit.library, name), offer_address(name)
    page = TakeAwayPage(
        title=offer.title, back=here, formats=_rows(permit.library, offer.id, here, carrying(OFFER.name))
    )
    return show(request, permit.services, permit.actor, page)


@router.get("/offre/{name}/fichiers/{form}")
def write_offer(permit: Reading, name: OfferName, form: FormName) -> Response:
    """An offer as a file."""
    offer = offer_named(permit.library, name)
    chosen = next((one for one in carrying(OFFER.name) if one.id == form), None)
    if chosen is None or chosen.write is None:
        raise Problem("not-found")
    written = chosen.write(permit.library, (offer.id,))
    return file_answer(File(written.name, chosen.media_type, written.content))


def carrying(kind: str) -> list[Standard]:
    """The formats that something of a kind can be written in, those that people know first."""
    rank = {one: number for number, one in enumerate((*TAKES, *NAMES))}
    return sorted(
        (one for one in writers() if kind in one.writes), key=lambda one: (rank.get(one.id, len(rank)), one.id)
    )


def _rows(library: Library, ref: str, here: str, formats: Iterable[Standard]) -> tuple[FormatRow, ...]:
    around = near(library, [ref], [ref])
    return tuple(_row(around, ref, here, one) for one in formats)


def _row(library: Library, ref: str, here: str, standard: Standard) -> FormatRow:
    assert standard.write is not None
    written = standard.write(library, (ref,))
    return FormatRow(
        href=f"{here}/fichiers/{standard.id}",
        name=name_of(standard.id, standard.title),
        use=TAKES.get(standard.id, ""),
        suffix=f".{written.name.rpartition('.')[2]}",
        left_out=tuple(one.message for one in written.left_out),
    )
