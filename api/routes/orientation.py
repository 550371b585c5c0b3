"""Orientation: one person, or many, against every target, the nearest first; nothing of anybody is kept."""

from __future__ import annotations

from typing import Annotated, Any

from api import examples
from api.answers import REFUSED, Answering
from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.schemas_questions import (
    GroupOrientationAnswer,
    GroupOrientationRequest,
    OrientationAnswer,
    OrientationRequest,
)
from api.services.positions import with_plans
from api.services.surveys import GroupRanking, Ranking
from pathways.orientation import Orientation
from pathways.profile import Profile
from pathways.question import Question
from pathways.telling import engine_version

router = resource("/orientation", "Orientation")
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]


@router.post(
    "",
    response_model=OrientationAnswer,
    responses=REFUSED,
    summary="Les cibles les plus proches",
    dependencies=[COMPUTING],
)
def orient(
    permit: Anybody, solver: Answering, asked: Annotated[OrientationRequest, examples.shown(examples.ORIENTATION)]
) -> Any:
    """Every target ranked by what is already there; with ``plans``, the nearest are ranked by the hours of their plan."""
    library, on = permit.library, asked.on or today(permit)
    wanted = Ranking(profile=asked.profile, on=on, everything=asked.everything, limit=asked.limit, policy=asked.policy)
    found = solver.survey(wanted, library, permit.actor.organisation)
    if asked.plans:
        question = Question(asked.profile, "", on, real_only=not asked.illustrative, policy=asked.policy, explain=False)
        found = with_plans(found, question, library, asked.plans, solver, permit.actor.organisation)
    return OrientationAnswer(**dict(found), versions=_versions(found, asked.profile), engine=engine_version())


@router.post(
    "/group",
    response_model=GroupOrientationAnswer,
    responses=REFUSED,
    summary="Les cibles les plus proches de chacun, et de la plupart",
    dependencies=[COMPUTING],
)
def orient_group(
    permit: Anybody, solver: Answering, asked: Annotated[GroupOrientationRequest, examples.shown(examples.GROUP)]
) -> Any:
    """Each person has their nearest targets; the whole, the targets that most are near. A wrong profile stops nobody."""
    wanted = GroupRanking(people=asked.people, on=asked.on or today(permit), nearest=asked.nearest, policy=asked.policy)
    found = solver.survey(wanted, permit.library, permit.actor.organisation)
    return GroupOrientationAnswer(**dict(found), engine=engine_version())


def _versions(found: Orientation, profile: Profile) -> tuple[str, ...]:
    """The targets that are told, and the versions that the profile names."""
    holds = profile.holds
    refs = [item.ref for item in (*holds.qualifications, *holds.blocks)] + [one.ref for one in holds.competencies]
    named = {ref.partition("/")[0] for ref in refs if "@" in ref}
    return tuple(sorted({one.target for one in found.prospects} | named))
