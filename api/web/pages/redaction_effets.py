"""What publishing a draft would touch (*effets*): kept plans, in numbers and never by name; people made up, planned with and without it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Depends, Request
from pydantic import Field
from starlette.responses import Response

from api.auth.permissions import Action
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.services import outcomes
from api.services.drafts import replaced_in
from api.services.outcomes import Change
from api.services.sample_people import Sample
from api.store.superseded import Touched
from api.web.desk import Desk, Gone, Task, key_of
from api.web.own_draft import OwnDraft, own_draft
from api.web.page import pages, show
from api.web.pages.parcours import sample_profile
from api.web.pages.redaction_relecture import AboutDraftPage
from api.web.views.names import called
from api.web.views.outcomes import EffectRow, effect_rows
from api.web.views.said import Said
from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.provenance import Value
from reports.language import say

router = pages()
Reading = Annotated[Permit, allowed(Action.DRAFTS_READ)]
_PATIENCE = 0.3
"""Seconds that a browser waits before it is told that this is being computed."""


class PlanCount(Value):
    """How many kept plans aim at something, in a state."""

    target: Said = Field(description="Ce qu'ils visent.")
    state: str = Field(description="Où ils en sont : « draft », « agreed »…")
    plans: int = Field(description="Combien.")
    marked: int = Field(description="Combien sont déjà à recalculer.")


class EffectsPage(AboutDraftPage):
    """The effects of a draft."""

    template: ClassVar[str] = "pages/redaction/effets.html"

    base: Said = Field(description="La version dont il est parti ; vide : aucune.")
    plans: tuple[PlanCount, ...] = Field(description="Les plans gardés qui reposent sur ce qu'il remplace.")
    total: int = Field(description="Combien de plans en tout.")
    computing: int = Field(description="Depuis combien de secondes les effets se calculent ; -1 : c'est fait.")
    readable: bool = Field(description="Faux quand le brouillon ne se lit pas assez pour être essayé.")
    people: tuple[EffectRow, ...] = Field(description="Les personnes d'essai.")


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


@router.get("/redaction/{draft_id}/effets")
def read_effects(request: Request, permit: Reading, draft_id: str, desk: Annotated[Desk, Depends(_desk)]) -> Response:
    """The effects; the page comes again by itself until they are computed."""
    draft, library = own_draft(permit, draft_id), permit.library
    with permit.reading() as room:
        touched = room.published.touched(draft.key, *replaced_in(draft.values))
    try:
        found, readable = _effects(request, permit, draft, desk), True
    except (FileProblem, UnknownReference):
        found, readable = (), False
    computing = int(found.seconds) if isinstance(found, Task) else -1
    page = EffectsPage(
        address=draft.address,
        name=draft.name,
        base=called(library, draft.base) if draft.base else "",
        plans=tuple(plan_count(one, library) for one in touched),
        total=sum(one.plans for one in touched),
        computing=computing,
        readable=readable,
        people=() if isinstance(found, Task) else effect_rows(found, library),
    )
    headers = {"Refresh": "2"} if computing >= 0 else {}
    return show(request, permit.services, permit.actor, page, headers=headers)


def _effects(
    request: Request, permit: Permit, draft: OwnDraft, desk: Desk
) -> tuple[Change, ...] | Task[tuple[Change, ...]]:
    """What changes for people made up, or the task that works it out."""
    base = draft.base
    if base is None:
        return ()
    library, on = permit.library, today(permit)

    def compute(gone: Gone) -> tuple[Change, ...]:
        return outcomes.of_draft(library, base, draft.values, on, shown_people(), gone)

    key = key_of("effects", str(id(library)), draft.id, str(draft.revision), str(on))
    if not desk.has(key):
        COMPUTING.dependency(request, permit.actor, permit.services)
    return desk.answer(key, compute, _PATIENCE)


def shown_people() -> tuple[Sample, ...]:
    """The person made up who comes with the program."""
    profile = sample_profile()
    holds = profile.holds
    held = tuple(one.ref for one in (*holds.qualifications, *holds.blocks)) + tuple(
        one.ref for one in holds.competencies
    )
    return (Sample(held, profile),)


def plan_count(one: Touched, library: Library) -> PlanCount:
    """Some plans, in numbers."""
    target = called(library, one.target) if one.target else say("autre chose")
    return PlanCount(target=target, state=one.state, plans=one.plans, marked=one.marked)
