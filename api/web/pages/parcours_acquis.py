"""Step 1, what I have (*ce que j'ai*): diplomas and blocks, jobs, and the ways to the rest."""

from __future__ import annotations

import re
from datetime import date
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
from pathways.holdings import ProfileProblem
from pathways.profile import EvidenceKind, ExperienceDone, Profile
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.provenance import Value
from reports.language import say, say_n
from reports.library_wording import at_level
from reports.reason_wording import EVIDENCE
from reports.wording import months, percent, plain_date

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
_HERE = "/parcours/acquis"
_MOST = 10
_JOBS = 30
_ROME = r"[A-Z][0-9]{4}"


class Held(Value):
    """Something that somebody has said to have."""

    key: str = Field(description="De quoi la retirer : la liste, et le rang.")
    title: str = Field(description="Ce que c'est.")
    told: str = Field(description="Depuis quand, et par quelle preuve.")
    sure: bool = Field(description="Vrai quand une pièce le montre.")


class HeldPage(JourneyPage):
    """What somebody has."""

    template: ClassVar[str] = "pages/parcours/held.html"

    held: tuple[Held, ...] = Field(description="Les diplômes et les blocs.")
    skills: tuple[Held, ...] = Field(description="Les compétences.")
    jobs: tuple[Held, ...] = Field(description="Les expériences.")
    problems: tuple[str, ...] = Field(description="Ce qui ne peut pas servir, une phrase chacun.")
    words: str = Field(description="Ce qui est cherché.")
    searched: bool = Field(description="Vrai quand quelque chose est cherché.")
    found: tuple[Choice, ...] = Field(description="Ce qui y répond.")
    more: bool = Field(description="Vrai quand d'autres y répondent encore.")
    target: str = Field(description="Le nom de ce qui est visé ; vide : pas encore choisi.")
    conditions: int = Field(description="Combien de conditions la personne peut confirmer.")
    suffixes: str = Field(description="Les fins de noms de fichiers qui se lisent.")
    typed: dict[str, str] = Field(description="Ce que montrent les champs, par leur nom.")
    errors: dict[str, str] = Field(description="Ce qui est à revoir, champ par champ.")


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
    share = form.number("temps", least=1, most=100)
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
            rome=_rome(form),
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
    if words.strip():
        with permit.reading() as room:
            found = choices(room.search, library, words, today(permit), _MOST + 1)
    fields = ("metier", "annees", "mois", "temps", "rome")
    page = HeldPage(
        stages=stages(answers, HELD, library),
        held=tuple(_held(profile, library)),
        skills=tuple(_skills(profile, library)),
        jobs=tuple(_jobs(profile)),
        problems=problems_of(profile, library),
        words=words,
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


def _held(profile: Profile, library: Library) -> list[Held]:
    found = []
    for kind in ("qualifications", "blocks"):
        for rank, one in enumerate(getattr(profile.holds, kind)):
            found.append(
                Held(
                    key=f"{kind}:{rank}",
                    title=title_of(one.ref, library),
                    told=_since(one.on, one.evidence),
                    sure=one.evidence is EvidenceKind.CERTIFIED,
                )
            )
    return found


def _skills(profile: Profile, library: Library) -> list[Held]:
    return [
        Held(
            key=f"competencies:{rank}",
            title=at_level(title_of(one.ref, library), one.level),
            told=EVIDENCE[one.evidence],
            sure=one.evidence in (EvidenceKind.CERTIFIED, EvidenceKind.ASSESSED),
        )
        for rank, one in enumerate(profile.holds.competencies)
    ]


def _jobs(profile: Profile) -> list[Held]:
    return [
        Held(
            key=f"experience:{rank}",
            title=one.title or one.rome or say("Métier non dit"),
            told=job_in_words(one),
            sure=True,
        )
        for rank, one in enumerate(profile.experience)
    ]


def job_in_words(job: ExperienceDone) -> str:
    """How long a job lasted, at what share of full time, under which code."""
    years, rest = divmod(job.months, 12)
    length = [say_n("{count} an", "{count} ans", years)] if years else []
    length += [months(rest)] if rest or not years else []
    part = "" if job.share == 1 else say("à {share} du temps plein", share=percent(job.share * 100))
    code = say("métier {code}", code=job.rome) if job.rome and job.title else ""
    return ", ".join(filter(None, (" ".join(length), part, code)))


def _since(on: date | None, evidence: EvidenceKind) -> str:
    dated = say("obtenu le {day}", day=plain_date(on)) if on else ""
    return ", ".join(filter(None, (dated, EVIDENCE[evidence])))


def title_of(ref: str, library: Library) -> str:
    """What a qualification, a block or a competency is called, with the certification it belongs to."""
    try:
        item = library.find(ref)
    except (UnknownReference, FileProblem, ValueError):
        return ref
    title = getattr(item, "title", None)
    if "/" not in ref:
        return f"{title}" if title else ref
    name = name_of_target(ref, library)
    return f"{title} ({name})" if title else name
