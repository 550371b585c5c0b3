"""A file that an organisation offers (*dossier remis*): the code that it gave makes the file one's own."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.services.sharing import take_over
from api.store.conflict import Absent
from api.web.messages import go
from api.web.page import Page, pages, show
from api.web.sent import Sent
from api.web.views.said import Said
from reports.language import say

router = pages()
Own = Annotated[Permit, allowed(Action.PEOPLE_SHARE)]
_HERE = "/compte/dossier-remis"


class TakingPage(Page):
    """A form for the code."""

    template: ClassVar[str] = "pages/compte_dossier_remis.html"

    code: str = Field(description="Le code, tel que tapé.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_HERE)
def ask(request: Request, permit: Own) -> Response:
    """Ask for the code."""
    return show(request, permit.services, permit.actor, TakingPage(code="", errors={}))


@router.post(_HERE)
def take(request: Request, permit: Own, form: Sent) -> Response:
    """Make the file of a code one's own; the organisation stays in, as long as one agrees."""
    code = form.text("code")
    try:
        with permit.unit(writes=True) as unit:
            take_over(unit, unit.directory.accounts.get(permit.actor.account or ""), code)
    except Absent:
        sentence = say("Ce code ne vaut pas, ou ne vaut plus : demandez-en un autre à l'organisme.")
        page = TakingPage(code=code, errors={"code": sentence})
        return show(request, permit.services, permit.actor, page, status=422)
    return go("/compte", permit.services, "dossier-recu")
