"""Groups (*décider pour un groupe*): a budget that does not pay for everybody; nothing of the decision is kept."""

from __future__ import annotations

from typing import Annotated, Any

from api import examples
from api.answers import REFUSED, Answering
from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.schemas_groups import GroupBudgetRequest
from api.services.asking import known_offers
from api.services.catalogue import named
from api.services.group_budget import GroupBudget
from api.services.group_people import everybody
from api.services.group_surveys import SharedBudget, seconds_of_a_decision
from pathways.objectives import Objective, cents, minutes

router = resource("/groups", "Groupes")
Reading = Annotated[Permit, allowed(Action.PEOPLE_READ)]


@router.post(
    "/budget",
    response_model=GroupBudget,
    responses=REFUSED,
    summary="Décider avec un budget qui ne suffit pas à tous",
    dependencies=[COMPUTING],
)
def share_out(
    permit: Reading,
    solver: Answering,
    asked: Annotated[GroupBudgetRequest, examples.shown(examples.GROUP_BUDGET)],
) -> Any:
    """Who completes their target, who gets blocks, who waits, and why; proved, or with what nothing is above."""
    on, library = asked.on or today(permit), permit.library
    with permit.reading() as room:
        people = everybody(room, asked.people, asked.profiles)
    wanted = SharedBudget(
        people=people,
        target=named(library, asked.target, on) if asked.target else "",
        on=on,
        limit=cents(asked.budget or 0) if asked.hours is None else minutes(asked.hours),
        criterion=asked.by,
        resource=Objective.COST if asked.hours is None else Objective.HOURS,
        front=asked.front,
        illustrative=asked.illustrative,
        offers=known_offers(asked.offers, library),
        policy=asked.policy,
        seconds=seconds_of_a_decision(permit.services.settings.plan_seconds),
    )
    return solver.survey(wanted, library, permit.actor.organisation)
