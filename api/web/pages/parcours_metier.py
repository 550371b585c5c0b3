"""The trade of a job (*métier d'une expérience*): the person takes one of those that the name of the job suggests."""

from __future__ import annotations

import re
from typing import Annotated

from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action
from api.deps import Permit, allowed
from api.web.journey import Answers
from api.web.page import pages
from api.web.sent import Sent
from api.web.stages import go_on

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
_HERE = "/parcours/acquis/metier"
_JOBS = "/parcours/acquis#experience"
_CODE = r"[A-Z][0-9]{4}"


@router.get(_HERE)
def back(permit: Anybody) -> Response:
    """The trades are proposed on the page of what somebody has."""
    return RedirectResponse(_JOBS, 303)


@router.post(_HERE)
def choose(permit: Anybody, answers: Answers, form: Sent) -> Response:
    """Write a code beside a job; one that does not exist changes nothing."""
    code, rank = form.text("rome"), form.text("rang")
    jobs = answers.profile.experience
    if not re.fullmatch(_CODE, code, re.ASCII) or rank not in map(str, range(len(jobs))):
        return go_on(_JOBS, permit, answers)
    changed = [job.model_copy(update={"rome": code}) if str(at) == rank else job for at, job in enumerate(jobs)]
    return go_on(_JOBS, permit, answers.with_profile(experience=[job.model_dump() for job in changed]), "acquis-ajoute")
