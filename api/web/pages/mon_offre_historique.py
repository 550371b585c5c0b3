"""The history of an offer (*historique*): what was done, by whom; the last operation undone, any state seen and put back."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Path, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.errors import showing
from api.services import offers as offering
from api.services.kept import Shelf
from api.services.offer_history import NotUndone, history, last_of, revert, state_before, undo
from api.store.conflict import Conflict
from api.store.rooms import Room
from api.store.tables.offer_changes import OfferChange
from api.web.messages import go
from api.web.own_offer import own_offer, own_row, revision_in
from api.web.page import Page, pages, show
from api.web.pages.mon_offre_changements import ShownFinding, shown_findings
from api.web.pages.offre import OfferName
from api.web.sent import Sent
from api.web.views.offer_diff import OfferChanges, offer_changes
from api.web.views.offer_history import HistoryLine, history_lines
from api.web.views.offers import offer_address
from api.web.views.said import Said
from referentials.findings import FileProblem, Finding
from referentials.offer import Offer

router = pages()
Writing = Annotated[Permit, allowed(Action.OFFERS_WRITE)]
Number = Annotated[int, Path(ge=1, le=1_000_000)]


class HistoryPage(Page):
    """Everything that was done to an offer, the last first."""

    template: ClassVar[str] = "pages/offre/historique.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    lines: tuple[HistoryLine, ...] = Field(description="Les changements, le dernier d'abord.")
    undoable: bool = Field(description="Vrai quand le dernier peut être annulé par qui demande.")
    revision: int = Field(description="La révision de l'offre.")


class StatePage(Page):
    """What one change did, and what putting back the state before it would do."""

    template: ClassVar[str] = "pages/offre/etat.html"
    here: ClassVar[str] = "offre"

    address: str = Field(description="L'adresse de l'offre.")
    name: Said = Field(description="Le nom de l'offre.")
    line: HistoryLine = Field(description="Le changement.")
    did: OfferChanges = Field(description="Ce qu'il a changé.")
    would: OfferChanges = Field(description="Ce que changerait un retour à l'état d'avant.")
    revision: int = Field(description="La révision de l'offre.")
    conflict: bool = Field(description="Vrai quand quelqu'un d'autre a enregistré entre-temps.")
    findings: tuple[ShownFinding, ...] = Field(description="Pourquoi le retour est refusé ; vide : il ne l'est pas.")


@router.get("/offre/{name}/historique")
def read_history(request: Request, permit: Writing, name: OfferName) -> Response:
    """What was done to an offer."""
    with permit.reading() as room:
        row = own_row(Shelf(room.offers), name)
        changes = history(room.offers, name)
        page = HistoryPage(
            address=offer_address(name),
            name=row.title,
            lines=history_lines(changes, _names(permit, changes)),
            undoable=last_of(row, changes, permit.actor.name) is not None,
            revision=row.revision,
        )
    return show(request, permit.services, permit.actor, page)


@router.post("/offre/{name}/annuler")
def undo_last(permit: Writing, name: OfferName, form: Sent) -> Response:
    """Undo the last operation of whoever asks; when somebody else was faster, the history says so."""
    library = permit.library
    try:
        with permit.writing() as room:
            undo(room.offers, library, name, revision_in(form))
    except (Conflict, NotUndone):
        return go(f"{offer_address(name)}/historique", permit.services, "offre-changee-ailleurs")
    return go(offer_address(name), permit.services, "offre-annulee")


@router.get("/offre/{name}/historique/{number}")
def read_state(request: Request, permit: Writing, name: OfferName, number: Number) -> Response:
    """What a change did."""
    return _state(request, permit, name, number)


@router.post("/offre/{name}/historique/{number}")
def put_back(request: Request, permit: Writing, name: OfferName, number: Number, form: Sent) -> Response:
    """Put back the state before a change."""
    library = permit.library
    own_offer(permit, name)
    try:
        with permit.writing() as room, showing(offering.offer_of):
            revert(room.offers, library, name, number, revision_in(form))
    except Conflict:
        return _state(request, permit, name, number, status=409)
    except FileProblem as problem:
        return _state(request, permit, name, number, problem.findings, status=422)
    return go(offer_address(name), permit.services, "offre-remise")


def _state(
    request: Request,
    permit: Permit,
    name: str,
    number: int,
    findings: tuple[Finding, ...] = (),
    *,
    status: int = 200,
) -> Response:
    library = permit.library
    with permit.reading() as room:
        row = own_row(Shelf(room.offers), name)
        change = room.offers.change(row.id, number)
        now, before = offering.offer_of(row), state_before(room.offers, row, number)
        after = _after(room, row.id, number, now)
        page = StatePage(
            address=offer_address(name),
            name=row.title,
            line=history_lines((change,), _names(permit, (change,)))[0],
            did=offer_changes(before, after, library),
            would=offer_changes(now, before, library),
            revision=row.revision,
            conflict=status == 409,
            findings=tuple(shown_findings(findings)),
        )
    return show(request, permit.services, permit.actor, page, status=status)


def _after(room: Room, identifier: str, number: int, now: Offer) -> Offer:
    """The offer as a change left it: as it stood before the next one, or as it stands."""
    later = [one.number for one in room.offers.changes(identifier) if one.number > number]
    row = room.offers.get(identifier)
    return state_before(room.offers, row, min(later)) if later else now


def _names(permit: Permit, changes: tuple[OfferChange, ...]) -> dict[str, str]:
    """The names of colleagues; of nobody else."""
    with permit.unit() as unit:
        found = (unit.directory.accounts.find(one) for one in sorted({one.by for one in changes}))
        return {
            one.id: one.name for one in found if one is not None and one.organisation_id == permit.actor.organisation
        }
