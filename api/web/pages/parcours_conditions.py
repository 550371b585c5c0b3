"""Conditions that only the person can confirm (*conditions à confirmer*): those of the target, and of the rights that lead to it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.services.self_assessment import ConditionAsked, conditions
from api.web.journey import Answers
from api.web.page import pages, show
from api.web.sent import Sent
from api.web.stages import HELD, JourneyPage, go_on, name_of_target, stages
from api.web.views.said import Said
from pathways.holdings import ProfileProblem
from referentials.absence import NotInForce, UnknownReference

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
_HERE = "/parcours/acquis/conditions"


class ConditionsPage(JourneyPage):
    """What somebody can confirm."""

    template: ClassVar[str] = "pages/parcours/conditions.html"

    name: Said = Field(description="Ce qui est visé.")
    conditions: tuple[ConditionAsked, ...] = Field(description="Les conditions.")
    confirmed: tuple[str, ...] = Field(description="Celles qui sont confirmées.")


@router.get(_HERE)
def read(request: Request, permit: Anybody, answers: Answers) -> Response:
    """The conditions, and those that are confirmed."""
    if answers.target is None:
        return RedirectResponse("/parcours/cible", 303)
    try:
        asked = conditions(answers.profile, answers.target, permit.library, today(permit))
    except ProfileProblem:
        return RedirectResponse("/parcours/acquis", 303)
    except (UnknownReference, NotInForce):
        return RedirectResponse("/parcours/cible", 303)
    page = ConditionsPage(
        stages=stages(answers, HELD, permit.library),
        name=name_of_target(answers.target, permit.library),
        conditions=asked,
        confirmed=answers.profile.confirms,
    )
    return show(request, permit.services, permit.actor, page)


@router.post(_HERE)
def write(permit: Anybody, answers: Answers, form: Sent) -> Response:
    """Keep what is confirmed; what other targets ask for stays as it is."""
    if answers.target is None:
        return RedirectResponse("/parcours/cible", 303)
    asked = {one.id for one in conditions(answers.profile, answers.target, permit.library, today(permit))}
    others = tuple(one for one in answers.profile.confirms if one not in asked)
    mine = tuple(one for one in form.texts("confirme") if one in asked)
    return go_on("/parcours/acquis", permit, answers.with_profile(confirms=(*others, *mine)), "conditions-gardees")
