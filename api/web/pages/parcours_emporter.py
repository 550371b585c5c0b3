"""Step 5, to take away (*emporter*): documents, a link to come back, one's own account, this device, or a file of one's answers."""

from __future__ import annotations

import json
from typing import Annotated, ClassVar

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from api.answers import Answering, file_answer
from api.auth.permissions import Action, permitted
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.services.documents import File
from api.services.own_plans import keep_as_own, own_file, own_scope
from api.services.plans import Planning
from api.services.positions import measured
from api.web.journey import Answers, Journey
from api.web.messages import go
from api.web.page import pages, show
from api.web.pages.compte import mine
from api.web.sent import Sent
from api.web.stages import AWAY, JourneyPage, go_on, name_of_target, stages
from api.web.views.said import Said
from reports.exporters import formats

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
Keeping = Annotated[Permit, allowed(Action.PEOPLE_SHARE)]
_HERE = "/parcours/emporter"
_FIRST = ("pdf", "docx", "ics", "html", "xlsx")


class AwayPage(JourneyPage):
    """What can be taken away."""

    template: ClassVar[str] = "pages/parcours/away.html"

    target: Said = Field(description="Ce qui est visé ; vide : pas encore choisi.")
    formats: tuple[str, ...] = Field(description="Les formats de documents.")
    link_days: int = Field(description="Jours pendant lesquels un lien est gardé.")
    signed_in: bool = Field(description="Vrai pour qui s'est connecté.")
    can_keep: bool = Field(description="Vrai quand le compte peut garder un dossier à soi.")
    has_file: bool = Field(description="Vrai quand le compte a déjà un dossier, avec ce que la personne a.")
    remembered: bool = Field(description="Vrai quand cet appareil s'en souvient un mois.")


@router.get(_HERE)
def read(request: Request, permit: Anybody, answers: Answers) -> Response:
    """The ways to take the plan, or the answers, along."""
    page = AwayPage(
        stages=stages(answers, AWAY, permit.library),
        target=name_of_target(answers.target, permit.library) if answers.target else "",
        formats=tuple(sorted(formats(), key=_rank)),
        link_days=round(permit.services.settings.keep_links_days),
        signed_in=permit.actor.is_known,
        can_keep=Action.PEOPLE_SHARE in permitted(permit.actor),
        has_file=_has_file(permit),
        remembered=answers.remembered,
    )
    return show(request, permit.services, permit.actor, page)


def _rank(name: str) -> tuple[int, str]:
    """What people ask for most, first."""
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _has_file(permit: Permit) -> bool:
    if permit.actor.account is None:
        return False
    with permit.unit() as unit:
        found = own_file(unit.of(own_scope(permit.actor.account)))
    return found is not None and found.profile is not None


@router.post(f"{_HERE}/compte", dependencies=[COMPUTING])
def keep(permit: Keeping, solver: Answering, answers: Answers, form: Sent) -> Response:
    """Keep the plan in one's own account."""
    if answers.target is None:
        return go("/parcours/cible", permit.services)
    planning = Planning(solver, own_scope(mine(permit)), permit.library, today(permit), permit.actor.organisation)
    keep_as_own(permit.services.store, planning, mine(permit), answers.request(), replace_profile=form.has("dossier"))
    return go("/compte", permit.services, "parcours-garde")


@router.post(f"{_HERE}/appareil")
def remember(permit: Anybody, answers: Answers, form: Sent) -> Response:
    """Have this device remember the answers for a month, or only as long as the browser is open."""
    changed = answers.model_copy(update={"remembered": form.has("souvenir")})
    return go_on(_HERE, permit, changed, "appareil-note")


@router.get("/parcours/mes-reponses.json")
def answers_file(permit: Anybody, answers: Answers) -> Response:
    """The profile, as a file that this service reads again."""
    text = json.dumps(_profile(answers), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="mes-reponses.json"'}
    return Response(text + "\n", headers=headers, media_type="application/json")


@router.get("/parcours/plan-moodle.csv")
def learning_plan_file(permit: Anybody, answers: Answers) -> Response:
    """What remains, as a learning plan for Moodle."""
    from reports.learning_plan import learning_plan

    if answers.target is None:
        return go("/parcours/cible", permit.services)
    found = measured(answers.profile, answers.target, permit.library, today(permit))
    return file_answer(File("plan-moodle.csv", "text/csv; charset=utf-8", learning_plan(found, permit.library)))


def _profile(answers: Journey) -> dict[str, object]:
    values = answers.profile.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"id": answers.profile.id} | values
