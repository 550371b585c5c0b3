"""Gaps (*écarts*): what remains for a person towards a target; nothing of the person is kept."""

from __future__ import annotations

from typing import Annotated, Any

from api import examples
from api.answers import REFUSED
from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.schemas_questions import GapRequest
from api.services.positions import measured
from pathways.gap import Gap

router = resource("/gaps", "Écarts")
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]


@router.post(
    "",
    response_model=Gap,
    responses=REFUSED,
    summary="Ce qui reste à une personne pour une cible",
    dependencies=[COMPUTING],
)
def measure(permit: Anybody, asked: Annotated[GapRequest, examples.shown(examples.GAP)]) -> Any:
    """Block by block: by right, by proof, to confirm, missing; with the text behind each right."""
    return measured(asked.profile, asked.target, permit.library, asked.on or today(permit), asked.policy)
