"""Whose file it is (*accord et remise*): an agreement that ends, a file that is offered to the person it is about."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import FOLLOW_UP, Action
from api.deps import Permit, allowed
from api.services import sharing
from api.services.team import Member, followed
from api.store.conflict import WrongState
from api.web.following import team_room
from api.web.messages import go
from api.web.page import pages, show
from api.web.pages.equipes import TeamPage, name_in_words
from api.web.pages.equipes_personne import PersonName, show_person
from api.web.sent import Sent
from reports.language import say
from reports.wording import plain_date

router = pages()
Writing = Annotated[Permit, allowed(Action.PEOPLE_WRITE)]
_ONE = "/equipes/personnes/{person_id}"


class HandedPage(TeamPage):
    """The code that makes a file somebody's own, shown once."""

    template: ClassVar[str] = "pages/equipes/remise.html"

    id: str = Field(description="L'identifiant du dossier.")
    name: str = Field(description="Le nom de la personne.")
    secret: str = Field(description="Le code, qui n'est plus montré ensuite.")
    until: str = Field(description="Le dernier jour où il vaut.")


@router.post(f"{_ONE}/retrait")
def withdraw(request: Request, permit: Writing, person_id: PersonName, form: Sent) -> Response:
    """Note that the person no longer agrees: the file leaves the pages of the team at once."""
    if not form.has("retrait"):
        sentence = say("Cochez pour confirmer : vous ne verrez plus ce dossier.")
        return show_person(request, permit, person_id, errors={"retrait": sentence})
    with team_room(permit, writes=True) as room:
        room.people.withdraw(room.people.get(person_id).id, FOLLOW_UP)
    return go("/equipes", permit.services, "accord-retire")


@router.post(f"{_ONE}/remise")
def hand_over(request: Request, permit: Writing, person_id: PersonName) -> Response:
    """Offer the file to the person: a code that is shown once."""
    lifetime = timedelta(days=permit.services.settings.handover_days)
    try:
        with team_room(permit, writes=True) as room:
            found, offered = followed(room, person_id), sharing.hand_over(room, person_id, lifetime)
    except WrongState:
        sentence = say("Cette personne tient déjà son dossier elle-même.")
        return show_person(request, permit, person_id, errors={"remise": sentence})
    page = HandedPage(
        id=person_id,
        name=name_in_words(Member(found.person, found.name, None)),
        secret=offered.secret,
        until=plain_date(offered.expires_at.date()),
    )
    return show(request, permit.services, permit.actor, page, headers={"Cache-Control": "no-store"})
