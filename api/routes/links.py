"""Plans without an account (*liens*): kept because somebody asks for it, found again by a link that nobody can guess.

No page of these is for search engines, nor for the address that another site is told.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import Path, Response

from api import examples
from api.answers import Answering
from api.auth.permissions import Action
from api.contract import resource
from api.deps import COMPUTING, IfMatch, Permit, allowed, tag
from api.errors import showing
from api.etag import etag_of
from api.routes.plans import planning
from api.schemas_people import LinkAnswer, NewLinkAnswer
from api.services import links
from api.services.asking import PlanRequest
from api.store.tables.links import PlanLink

router = resource("/plans/links", "Plans sans compte")
Anybody = Annotated[Permit, allowed(Action.LINKS_USE)]
Secret = Annotated[str, Path(min_length=43, max_length=43, pattern=r"^[A-Za-z0-9_-]+$", description="La fin du lien.")]

DISCREET = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
"""What every answer that shows such a plan says, pages too."""


def _values(link: PlanLink, response: Response) -> dict[str, Any]:
    tag(response, link)
    response.headers.update(DISCREET)
    return {
        "etag": etag_of(link.revision),
        "created_at": link.created_at,
        "updated_at": link.updated_at,
        "expires_at": link.expires_at,
        "request": links.linked_request(link),
        "pathway": links.linked_pathway(link),
    }


def _lifetime(permit: Permit) -> timedelta:
    return timedelta(days=permit.services.settings.keep_links_days)


@router.post(
    "", status_code=201, response_model=NewLinkAnswer, summary="Garder un plan sans compte", dependencies=[COMPUTING]
)
def keep(
    permit: Anybody,
    solver: Answering,
    request: Annotated[PlanRequest, examples.shown(examples.PLAN)],
    response: Response,
) -> Any:
    """Compute a plan and keep it, with its profile and its question, for whoever has the link."""
    found = links.keep_link(
        permit.services.store, planning(permit, solver), permit.actor.name, request, _lifetime(permit)
    )
    response.headers["Location"] = f"{router.prefix}/{found.secret}"
    return NewLinkAnswer(secret=found.secret, **_values(found.link, response))


@router.get("/{secret}", response_model=LinkAnswer, summary="Retrouver un plan par son lien")
def read(permit: Anybody, secret: Secret, response: Response) -> Any:
    """The plan as it was kept; nothing is computed."""
    return LinkAnswer(**_values(links.open_link(permit.services.store, secret), response))


@router.put("/{secret}", response_model=LinkAnswer, summary="Changer le plan d'un lien", dependencies=[COMPUTING])
def rewrite(
    permit: Anybody, solver: Answering, secret: Secret, revision: IfMatch, request: PlanRequest, response: Response
) -> Any:
    """Compute another plan in its place, on the one that was read; it is kept as long again."""
    store = permit.services.store
    with showing(lambda link: link.question):
        link = links.rewrite_link(
            store, planning(permit, solver), permit.actor.name, secret, revision, request, _lifetime(permit)
        )
    return LinkAnswer(**_values(link, response))


@router.delete("/{secret}", status_code=204, summary="Supprimer le plan d'un lien")
def delete(permit: Anybody, secret: Secret) -> None:
    """Forget it at once; the link then leads nowhere."""
    links.delete_link(permit.services.store, permit.actor.name, secret)
