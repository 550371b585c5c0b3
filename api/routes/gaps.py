"""Gaps (*écarts*): what remains for a person towards a target; nothing of the person is kept."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Response

from api import examples
from api.answers import REFUSED, file_answer
from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.schemas_questions import GapRequest
from api.services.documents import File
from api.services.positions import measured
from pathways.gap import Gap

router = resource("/gaps", "Écarts")
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]

_CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "Le fichier.", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


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


@router.post(
    "/moodle",
    response_class=Response,
    responses=_CSV | REFUSED,
    summary="Ce qui reste, en plan de formation Moodle (CSV)",
    dependencies=[COMPUTING],
)
def learn(permit: Anybody, asked: Annotated[GapRequest, examples.shown(examples.GAP)]) -> Response:
    """What is not acquired yet, for the plugin of Moodle that imports templates of learning plans."""
    from reports.learning_plan import learning_plan

    found = measured(asked.profile, asked.target, permit.library, asked.on or today(permit), asked.policy)
    return file_answer(File("plan-moodle.csv", "text/csv; charset=utf-8", learning_plan(found, permit.library)))
