"""« Administration »: the way to organisations, accounts, tokens, jobs, the audit trail and retention; each sees what is theirs to administer."""

from __future__ import annotations

from typing import Annotated, ClassVar
from urllib.parse import urlencode

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action, permitted
from api.deps import Permit, allowed, sealed
from api.web.page import Page, pages, show
from api.web.views.said import Said
from referentials.provenance import Value
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.ADMINISTRATION_READ)]


class AdministrationPage(Page):
    """A page of an administrator."""

    here: ClassVar[str] = "administration"


class Room(Value):
    """A part of the administration."""

    href: str = Field(description="L'adresse.")
    name: Said = Field(description="Son nom.")
    what: Said = Field(description="Ce qu'on y fait.")


class AdministrationHome(AdministrationPage):
    """Where everything is."""

    template: ClassVar[str] = "pages/administration/accueil.html"

    organisation: str = Field(description="Le nom de l'organisme administré ; vide : tout le service.")
    rooms: tuple[Room, ...] = Field(description="Les parties, dans l'ordre où on s'en sert.")


@router.get("/administration")
def read_home(request: Request, permit: Reading) -> Response:
    """The parts that whoever asks may enter."""
    own = permit.actor.organisation
    name = ""
    if own is not None:
        with permit.unit() as unit:
            name = unit.directory.organisations.get(own).name
    page = AdministrationHome(organisation=name, rooms=(*_rooms(own), *(_of_the_service() if runs(permit) else ())))
    return show(request, permit.services, permit.actor, page)


def runs(permit: Permit) -> bool:
    """Whether somebody administers the whole service."""
    return Action.SERVICE_RUN in permitted(permit.actor)


def later_address(here: str, filters: dict[str, str], following: str | None) -> str:
    """The address of the page that follows; empty when there is none."""
    if following is None:
        return ""
    kept = {name: value for name, value in filters.items() if value}
    return f"{here}?{urlencode(kept | {'suite': sealed(following)})}"


def _rooms(own: str | None) -> tuple[Room, ...]:
    organisations = (
        Room(
            href="/administration/organismes",
            name=say("Organismes"),
            what=say("Les ajouter, les renommer, les supprimer avec ce qu'ils gardent."),
        )
        if own is None
        else Room(
            href=f"/administration/organismes/{own}",
            name=say("Mon organisme"),
            what=say("Son nom et son numéro SIRET."),
        )
    )
    return (
        organisations,
        Room(
            href="/administration/comptes",
            name=say("Comptes"),
            what=say("Qui se connecte, avec quels rôles ; mots de passe, sessions et jetons."),
        ),
        Room(
            href="/administration/jetons",
            name=say("Jetons"),
            what=say("Ce que des programmes montrent à la place d'une personne."),
        ),
        Room(
            href="/administration/travaux",
            name=say("Travaux"),
            what=say("Imports et calculs en cours ou finis ; les arrêter, les reprendre, lire leurs erreurs."),
        ),
        Room(
            href="/importer",
            name=say("Importer"),
            what=say("Envoyer un fichier, et revoir les imports déjà faits."),
        ),
        Room(
            href="/administration/journal",
            name=say("Journal"),
            what=say("Qui a fait quoi, et quand."),
        ),
    )


def _of_the_service() -> tuple[Room, ...]:
    return (
        Room(
            href="/administration/conservation",
            name=say("Durées de conservation"),
            what=say("Ce qui a passé sa durée, et sa suppression."),
        ),
    )
