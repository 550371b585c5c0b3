"""Step 1, what I have (*ce que j'ai*): diplomas and blocks, jobs, and the ways to the rest."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar

from fastapi import Query, Request
from pydantic import Field, ValidationError
from starlette.responses import RedirectResponse, Response

from api.auth.permissions import Action
from api.days import today
from api.deps import Permit, allowed
from api.services.brought import suffixes
from api.services.choosing import Choice, choices
from api.services.people import check_profile
from api.services.planning import NotPlannable
from api.services.self_assessment import conditions
from api.web.journey import Answers, Journey
from api.web.page import pages, show
from api.web.sent import Form, Sent
from api.web.stages import HELD, JourneyPage, go_on, name_of_target, stages
from api.web.views.holdings import Held, Mentioned, held_in, jobs_in, mentions_in, skills_in
from api.web.views.said import Said
from api.web.views.suggestions import Asked, JobTrades, questions_in, trades_in
from pathways.holdings import ProfileProblem
from pathways.profile import ExperienceDone, Profile
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from reports.language import say

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
_HERE = "/parcours/acquis"
_MOST = 10
_JOBS = 30
_ROME = r"[A-Z][0-9]{4}"


class HeldPage(JourneyPage):
    """What somebody has."""

    template: ClassVar[str] = "pages/parcours/held.html"

    held: tuple[Held, ...] = Field(description="Les diplômes et les blocs.")
    skills: tuple[Held, ...] = Field(description="Les compétences.")
    jobs: tuple[Held, ...] = Field(description="Les expériences.")
    trades: tuple[JobTrades, ...] = Field(description="Les métiers que sont peut-être les expériences sans code.")
    asked: tuple[Asked, ...] = Field(description="Les compétences visées dont un fichier parle peut-être.")
    mentions: tuple[Mentioned, ...] = Field(description="Ce que dit un fichier, encore à reconnaître.")
    problems: tuple[Said, ...] = Field(description="Ce qui ne peut pas servir, une phrase chacun.")
    query: str = Field(description="Ce qui est cherché.")
    searched: bool = Field(description="Vrai quand quelque chose est cherché.")
    found: tuple[Choice, ...] = Field(description="Ce qui y répond.")
    more: bool = Field(description="Vrai quand d'autres y répondent encore.")
    target: Said = Field(description="Le nom de ce qui est visé ; vide : pas encore choisi.")
    conditions: int = Field(description="Combien de conditions la personne peut confirmer.")
    suffixes: str = Field(description="Les fins de noms de fichiers qui se lisent.")
    typed: dict[str, str] = Field(description="Ce que montrent les champs, par leur nom.")
    errors: dict[str, Said] = Field(description="Ce qui est à revoir, champ par champ.")


@router.get(_HERE)
def read(
    request: Request, permit: Anybody, answers: Answers, q: Annotated[str, Query(max_length=300)] = ""
) -> Response:
    """What was told so far, and a search."""
    return _shown(request, permit, answers, q)


@router.post(f"{_HERE}/retirer")
def remove(permit: Anybody, answers: Answers, form: Sent) -> Response:
    """Take something back."""
    kind, _colon, rank = form.text("quoi").partition(":")
    profile = answers.profile
    if kind == "experience":
        return go_on(
            _HERE, permit, answers.with_profile(experience=_without(profile.experience, rank)), "acquis-retire"
        )
    if kind == "mentions":
        return go_on(_HERE, permit, answers.with_profile(mentions=_without(profile.mentions, rank)), "acquis-retire")
    if kind not in type(profile.holds).model_fields:
        return go_on(_HERE, permit, answers)
    holds = profile.holds.model_dump() | {kind: _without(getattr(profile.holds, kind), rank)}
    return go_on(_HERE, permit, answers.with_profile(holds=holds), "acquis-retire")


def _without(items: tuple[Any, ...], rank: str) -> tuple[Any, ...]:
    return tuple(one for index, one in enumerate(items) if str(index) != rank)


@router.get(f"{_HERE}/experience")
def back(permit: Anybody) -> Response:
    """The form is on the page itself."""
    return RedirectResponse(f"{_HERE}#experience", 303)


@router.post(f"{_HERE}/experience")
def add_job(request: Request, permit: Anybody, answers: Answers, form: Sent) -> Response:
    """Add a job."""
    job = _job(form)
    if job is not None and len(answers.profile.experience) >= _JOBS:
        form.errors["metier"] = say("C'est déjà beaucoup : retirez une expérience, ou regroupez-les.")
    if job is None or form.errors:
        return _shown(request, permit, answers, "", form)
    changed = answers.with_profile(experience=(*answers.profile.experience, job))
    return go_on(f"{_HERE}#experience", permit, changed, "acquis-ajoute")


def _job(form: Form) -> ExperienceDone | None:
    years, extra = form.number("annees", most=60), form.number("mois", most=720)
    share, rome = form.number("temps", least=1, most=100), _rome(form)
    length = 12 * (years or 0) + (extra or 0)
    if not form.has("metier"):
        form.errors["metier"] = say("Écrivez le nom du métier ou du poste.")
    if length <= 0 and not {"annees", "mois"} & form.errors.keys():
        form.errors["annees"] = say("Dites combien de temps, en années ou en mois.")
    if form.errors:
        return None
    try:
        return ExperienceDone(
            title=form.text("metier")[:200],
            rome=rome,
            months=length,
            share=(share or 100) / 100,
        )
    except ValidationError:
        form.errors["metier"] = say("Cette expérience ne peut pas être lue : vérifiez-la.")
        return None


def _rome(form: Form) -> str | None:
    code = form.text("rome").upper().replace(" ", "")
    if code and not re.fullmatch(_ROME, code):
        form.errors["rome"] = say("Un code ROME est une lettre et quatre chiffres, par exemple K2111.")
        return None
    return code or None


# -- to the page ----------------------------------------------------------------------------------------------------------


def _shown(request: Request, permit: Permit, answers: Journey, words: str, form: Form | None = None) -> Response:
    library, profile = permit.library, answers.profile
    found: tuple[Choice, ...] = ()
    with permit.reading() as room:
        if words.strip():
            found = choices(room.search, library, words, today(permit), _MOST + 1)
        trades = trades_in(profile, room.imported)
        asked = questions_in(profile, answers.target, library, room.imported)
    fields = ("metier", "annees", "mois", "temps", "rome")
    page = HeldPage(
        stages=stages(answers, HELD, library),
        held=held_in(profile, library),
        skills=skills_in(profile, library),
        jobs=jobs_in(profile),
        trades=trades,
        asked=asked,
        mentions=mentions_in(profile, library),
        problems=problems_of(profile, library),
        query=words,
        searched=bool(words.strip()),
        found=found[:_MOST],
        more=len(found) > _MOST,
        target=name_of_target(answers.target, library) if answers.target else "",
        conditions=_conditions(permit, answers),
        suffixes=", ".join(sorted(suffixes())),
        typed=form.typed(*fields) if form else dict.fromkeys(fields, ""),
        errors=form.errors if form else {},
    )
    return show(request, permit.services, permit.actor, page, status=422 if page.errors else 200)


def problems_of(profile: Profile, library: Library) -> tuple[str, ...]:
    """What a profile names that can't be used, one sentence each."""
    try:
        check_profile(profile, library)
    except ProfileProblem as problem:
        return problem.messages
    except NotPlannable as problem:
        return (str(problem),)
    return ()


def _conditions(permit: Permit, answers: Journey) -> int:
    if answers.target is None:
        return 0
    try:
        return len(conditions(answers.profile, answers.target, permit.library, today(permit)))
    except (ProfileProblem, UnknownReference, NotInForce, FileProblem, ValueError):
        return 0
