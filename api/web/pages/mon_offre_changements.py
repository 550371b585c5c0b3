"""Changes of an offer, shown before they are made (*changements proposés*): from a workbook, from an operation on several modules.

The page holds the offer as it would be. When somebody else has saved since, it is shown again, against what stands now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, ClassVar, NamedTuple

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.services.planning import NotPlannable
from api.store.conflict import Conflict
from api.store.repositories.offers import CHANGED, What
from api.web.messages import go
from api.web.own_offer import OwnOffer, change, own_offer, revision_in
from api.web.packed import LONGEST, packed, unpacked
from api.web.page import Page, pages, show
from api.web.pages.offre import OfferName
from api.web.sent import Form, Sent
from api.web.views.offer_diff import OfferChanges, offer_changes
from api.web.views.offer_history import KNOWN
from api.web.views.offers import offer_address
from api.web.views.said import Said
from referentials.findings import FileProblem, Finding, Severity
from referentials.offer import Offer
from referentials.provenance import Value
from reports.language import say

router = pages()
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]
_MOST_FINDINGS = 200


class ShownFinding(Value):
    """Something wrong, or worth knowing, in what was sent."""

    error: bool = Field(description="Vrai pour une erreur, faux pour une remarque.")
    message: Said = Field(description="Ce qui ne va pas, et où.")
    remedy: Said = Field(description="Que faire.")


class ChangesPage(Page):
    """What would change, and the button that changes it."""

    template: ClassVar[str] = "pages/offre/changements.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    back: str = Field(description="Où corriger et recommencer.")
    action: str = Field(description="Où le formulaire est envoyé.")
    new: bool = Field(description="Vrai pour une offre qui n'existe pas encore.")
    changes: OfferChanges = Field(description="Ce qui changerait.")
    findings: tuple[ShownFinding, ...] = Field(description="Ce qui ne va pas, les erreurs d'abord.")
    wrong: int = Field(description="Combien d'erreurs.")
    conflict: bool = Field(description="Vrai quand quelqu'un d'autre a enregistré entre-temps.")
    proposal: str = Field(description="L'offre telle qu'elle serait, pour le formulaire.")
    revision: int = Field(description="La révision de l'offre sur laquelle portent les changements.")
    what: str = Field(description="Ce qui aura été fait, pour le formulaire.")


class Proposed(NamedTuple):
    """An offer as it would be, where it comes from, and what is wrong with what was sent."""

    offer: Offer
    what: What
    back: str
    findings: tuple[Finding, ...] = ()


def show_changes(
    request: Request, permit: Permit, proposed: Proposed, current: OwnOffer | None, *, status: int = 200
) -> Response:
    """The page of what an offer would become; of a new one when none stands yet. 409: somebody else has saved since."""
    address = offer_address(current.offer.id) if current else "/offre"
    found = tuple(shown_findings(proposed.findings))
    page = ChangesPage(
        address=address,
        name=current.offer.title if current else proposed.offer.title,
        back=proposed.back,
        action=f"{address}/changements" if current else "/offre/nouvelle/classeur/enregistrer",
        new=current is None,
        changes=offer_changes(current.offer if current else None, proposed.offer, permit.library),
        findings=found,
        wrong=sum(one.severity is Severity.ERROR for one in proposed.findings),
        conflict=status == 409,
        proposal=packed(proposed.offer),
        revision=current.revision if current else 0,
        what=json.dumps([proposed.what.key, dict(proposed.what.arguments)]),
    )
    return show(request, permit.services, permit.actor, page, status=status)


def shown_findings(findings: Iterable[Finding]) -> list[ShownFinding]:
    """Findings for a page, errors first."""
    ordered = sorted(findings, key=lambda one: one.severity is not Severity.ERROR)
    return [
        ShownFinding(error=one.severity is Severity.ERROR, message=one.message, remedy=one.remedy)
        for one in ordered[:_MOST_FINDINGS]
    ]


@router.get("/offre/{name}/changements")
def back_to_offer(permit: Writing, name: OfferName) -> Response:
    """Nothing waits here: changes are shown when they are asked for."""
    return go(offer_address(own_offer(permit, name).offer.id), permit.services)


@router.post("/offre/{name}/changements")
def keep_changes(request: Request, permit: Writing, name: OfferName, form: Sent) -> Response:
    """Make the changes that were shown."""
    current = own_offer(permit, name)
    proposed = Proposed(proposal_in(form), what_in(form), offer_address(name))
    if proposed.offer.id != name:
        raise NotPlannable(say("Ces changements sont ceux d'une autre offre."))
    try:
        change(permit, name, revision_in(form), lambda _old: proposed.offer, proposed.what)
    except Conflict:
        return show_changes(request, permit, proposed, own_offer(permit, name), status=409)
    except FileProblem as problem:
        return show_changes(request, permit, proposed._replace(findings=problem.findings), current, status=422)
    return go(offer_address(name), permit.services, "offre-changee")


def proposal_in(form: Form) -> Offer:
    """The offer that a page of changes holds.

    Raises
    ------
    FileProblem
        It did not come whole.
    """
    return unpacked(form.whole_text("proposition", LONGEST))


def what_in(form: Form) -> What:
    """What a page of changes says of them; something that nobody named when it can't be read."""
    try:
        key, arguments = json.loads(form.text("quoi"))
        known = key in KNOWN and isinstance(arguments, dict)
    except (ValueError, TypeError):
        return CHANGED
    plain = {name: value for name, value in arguments.items() if isinstance(value, str | int)} if known else {}
    return What(key, plain) if known else CHANGED
