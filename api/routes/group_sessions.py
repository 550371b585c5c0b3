"""Sessions that a group opens for itself (*sessions communes*): which, and who sits in each; nothing of the decision is kept."""

from __future__ import annotations

from typing import Annotated, Any

from api import examples
from api.answers import REFUSED, Answering
from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.schemas_group_sessions import GroupSessionsRequest
from api.services.asking import known_offers
from api.services.catalogue import named
from api.services.group_people import everybody
from api.services.group_session_surveys import OpenedSessions
from api.services.group_sessions import GroupSessions, unusable
from api.services.planning import NotPlannable

router = resource("/groups", "Groupes")
Reading = Annotated[Permit, allowed(Action.PEOPLE_READ)]


@router.post(
    "/sessions",
    response_model=GroupSessions,
    responses=REFUSED,
    summary="Décider quelles sessions communes ouvrir, et pour qui",
    dependencies=[COMPUTING],
)
def open_sessions(
    permit: Reading,
    solver: Answering,
    asked: Annotated[GroupSessionsRequest, examples.shown(examples.GROUP_SESSIONS)],
) -> Any:
    """Everybody to their target at the least cost in all; proved, or with what no decision is below."""
    on, library = asked.on or today(permit), permit.library
    with permit.reading() as room:
        people = everybody(room, asked.people, asked.profiles)
    if wrong := [f"{one.message} {one.remedy}" for one in unusable(asked.sessions, library)]:
        raise NotPlannable(" ".join(wrong))
    wanted = OpenedSessions(
        people=people,
        sessions=asked.sessions,
        target=named(library, asked.target, on) if asked.target else "",
        on=on,
        as_many=asked.as_many_as_possible,
        explain=asked.explain,
        illustrative=asked.illustrative,
        offers=known_offers(asked.offers, library),
        policy=asked.policy,
    )
    return solver.survey(wanted, library, permit.actor.organisation)
