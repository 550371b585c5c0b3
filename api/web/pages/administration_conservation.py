"""Retention (*durées de conservation*): how long things are kept, what has been kept for longer, and its deletion."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.store.retention import Forgotten, forget_old, would_forget
from api.web.messages import go
from api.web.page import pages, show
from api.web.pages.administration import AdministrationPage
from api.web.sent import Sent
from api.web.views.said import Said
from reports.language import say

router = pages()
Running = Annotated[Permit, allowed(Action.SERVICE_RUN)]
_HERE = "/administration/conservation"


class RetentionPage(AdministrationPage):
    """What is kept for how long, and what would go."""

    template: ClassVar[str] = "pages/administration/conservation.html"

    people_days: int = Field(description="Jours sans activité après lesquels un dossier s'en va ; 0 : jamais.")
    jobs_days: int = Field(description="Jours après lesquels un travail fini s'en va ; 0 : jamais.")
    links_days: float = Field(description="Jours pendant lesquels un plan gardé sans compte peut être retrouvé.")
    old: Forgotten = Field(description="Ce qui a passé sa durée, maintenant.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_HERE)
def read_retention(request: Request, permit: Running) -> Response:
    """What would go; nothing is deleted."""
    return _shown(request, permit, {})


@router.post(_HERE)
def forget(request: Request, permit: Running, form: Sent) -> Response:
    """Delete what has passed its time, so many at once; the page then says whether any is left."""
    if not form.has("certain"):
        return _shown(request, permit, {"certain": say("Cochez la case : la suppression est définitive.")})
    with permit.unit(writes=True) as unit:
        forget_old(unit, **_days(permit), bulk_days=permit.services.settings.keep_bulk_days)
    return go(_HERE, permit.services, "anciens-supprimes")


def _days(permit: Permit) -> dict[str, int]:
    given = permit.services.settings
    return {"people_days": given.keep_people_days, "jobs_days": given.keep_jobs_days}


def _shown(request: Request, permit: Permit, errors: dict[str, str]) -> Response:
    with permit.unit() as unit:
        old = would_forget(unit, **_days(permit))
    links = permit.services.settings.keep_links_days
    page = RetentionPage(**_days(permit), links_days=links, old=old, errors=errors)
    return show(request, permit.services, permit.actor, page, status=422 if errors else 200)
