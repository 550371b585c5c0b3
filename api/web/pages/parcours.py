"""« Mon parcours » (*étapes*): the door, a made-up person to try with, and forgetting everything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, ClassVar

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.services.planning import read_person
from api.web.journey import Answers, Journey, forget
from api.web.messages import go
from api.web.page import pages, show
from api.web.stages import JourneyPage, go_on, next_stage, stages
from pathways.profile import Profile

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]

_SAMPLE = Path(__file__).parent.parent / "samples" / "formatrice.yaml"
_SAMPLE_TARGET = "tp-fpa@2023"


class StartPage(JourneyPage):
    """What the path is, for somebody who begins."""

    template: ClassVar[str] = "pages/parcours/start.html"


@router.get("/parcours")
def begin(request: Request, permit: Anybody, answers: Answers) -> Response:
    """The first step that is not answered; a word of welcome for who has answered nothing."""
    if answers.begun:
        return RedirectResponse(next_stage(answers), 303)
    page = StartPage(stages=stages(answers, "", permit.library))
    return show(request, permit.services, permit.actor, page)


@router.post("/parcours/exemple")
def try_out(permit: Anybody) -> Response:
    """Take the answers of a made-up person, and see the plan."""
    return go_on(
        "/parcours/plan",
        permit,
        Journey(profile=sample_profile(), target=_SAMPLE_TARGET, illustrative=True),
        "exemple-charge",
    )


def sample_profile() -> Profile:
    """The person made up whom anybody may try."""
    return read_person(_SAMPLE).profile


@router.post("/parcours/effacer")
def erase(permit: Anybody) -> Response:
    """Forget every answer."""
    answer = go("/parcours", permit.services, "parcours-efface")
    forget(answer, permit.services)
    return answer
