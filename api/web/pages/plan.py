"""The page of a plan (*mon plan*): computed from the answers, looked at from several sides, changed in place, taken away.

Whatever is tried stands in the address (``?heures=8``) and changes nothing until the person keeps it.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from fastapi import Depends, Query, Request
from pydantic import Field
from starlette.datastructures import FormData
from starlette.responses import Response

from api.answers import FormatName, file_answer
from api.auth.permissions import Action
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.jobs.attended import Attended
from api.routes.links import DISCREET, Secret
from api.services import links
from api.services.asking import PlanRequest, question
from api.services.documents import written
from api.services.knowledge import held_by, near
from api.services.planning import NotPlannable
from api.services.plans import Planning, plan_paper
from api.services.solver import Solver
from api.services.what_if import WhatIf
from api.web import plan_view
from api.web.desk import Desk, Gone, Task, key_of
from api.web.journey import Answers, Journey
from api.web.messages import go
from api.web.page import Page, pages, show
from api.web.stages import PLAN, JourneyPage, go_on, stages
from api.web.what_if_address import Asked, address, asked, pairs
from pathways.pathway import Pathway, Status
from pathways.profile import HeldItem
from referentials.absence import UnknownReference
from reports.exporters import formats
from reports.language import Language, say, spoken
from reports.paper import Figure
from reports.pathway_wording import figures
from reports.period_wording import unit_of
from reports.plan_document import PlanDocument
from reports.plan_pictures import blocks as blocks_picture
from reports.plan_pictures import choices, gantt, load
from reports.plan_writing import plan_document
from reports.wording import date_in_letters

router = pages()
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
Linking = Annotated[Permit, allowed(Action.LINKS_USE)]
_PATIENCE = 2.0
"""Seconds that a browser waits before it is told that the plan is being computed."""
_ALTERNATIVES = 3


class View(StrEnum):
    """How a plan is looked at."""

    LIST = "liste"
    CALENDAR = "calendrier"
    MAP = "carte"


class WaitingPage(Page):
    """While a plan is being computed; the browser asks again by itself."""

    template: ClassVar[str] = "pages/plan_waiting.html"
    here: ClassVar[str] = "parcours"
    passing: ClassVar[bool] = True

    seconds: int = Field(description="Depuis combien de secondes.")
    most: int = Field(description="Secondes au plus.")
    again: str = Field(description="L'adresse à redemander.")
    keys: tuple[str, ...] = Field(description="Les calculs en cours, pour les arrêter.")


class PlanPage(JourneyPage):
    """A plan, its reasons, and what else could be done."""

    template: ClassVar[str] = "pages/plan.html"

    plan: PlanDocument = Field(description="Le plan, comme dans le document à signer.")
    figures: tuple[tuple[str, str], ...] = Field(description="Les trois chiffres : leur nom, leur valeur.")
    held: bool = Field(description="Vrai quand il ne reste rien à faire.")
    possible: bool = Field(description="Vrai quand un parcours mène à la cible.")
    view: View = Field(description="Comment le plan est montré.")
    views: tuple[tuple[View, str, str], ...] = Field(description="Les vues : nom, mots, adresse.")
    blocks: tuple[plan_view.BlockView, ...] = Field(description="Les blocs de la cible.")
    steps: tuple[plan_view.StepView, ...] = Field(description="Les étapes.")
    drawings: tuple[Figure, ...] = Field(description="Les dessins de la vue.")
    confirmations: tuple[plan_view.Choice, ...] = Field(description="Ce qu'une confirmation épargnerait.")
    alternatives: tuple[plan_view.Choice, ...] = Field(description="Les autres parcours.")
    choice_drawings: tuple[Figure, ...] = Field(description="Coût et heures des parcours, à choisir.")
    ways_out: tuple[plan_view.Choice, ...] = Field(description="Ce qui rendrait un parcours possible.")
    tried: plan_view.Comparison | None = Field(description="Ce que change l'essai en cours ; vide : aucun essai.")
    tried_pairs: tuple[tuple[str, str], ...] = Field(description="L'essai en cours, en champs de formulaire.")
    typed: dict[str, str] = Field(description="Ce qui est écrit dans « Et si… ».")
    errors: dict[str, str] = Field(description="Ce qui ne va pas dans « Et si… », par champ.")
    now: dict[str, str] = Field(description="Ce que vous avez répondu, pour « Et si… ».")
    exports: tuple[tuple[str, str], ...] = Field(description="Les formats à emporter : nom, adresse.")
    made_up: bool = Field(description="Vrai quand la personne est inventée.")


class LinkPage(Page):
    """The link of a plan that was just kept, or the plan of a link."""

    template: ClassVar[str] = "pages/plan_link.html"
    here: ClassVar[str] = "parcours"

    href: str = Field(description="L'adresse à garder.")
    days: int = Field(description="Jours pendant lesquels elle mène au plan.")
    title: str = Field(description="L'intitulé de la cible.")
    kept_on: str = Field(description="Le jour où il a été gardé, en mots ; vide : à l'instant.")


# -- the computation ------------------------------------------------------------------------------------------------------


async def _form(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=400)


Form = Annotated[FormData, Depends(_form)]


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


At = Annotated[Desk, Depends(_desk)]


def _request(journey: Journey) -> PlanRequest:
    return journey.request(alternatives=_ALTERNATIVES)


def _key(permit: Permit, request: PlanRequest) -> str:
    return key_of(
        permit.actor.organisation or "", str(id(permit.library)), str(today(permit)), request.model_dump_json()
    )


def _planning(permit: Permit, solver: Solver) -> Planning:
    return Planning(solver, permit.scope, permit.library, today(permit), permit.actor.organisation)


def _answer(
    asked_by: Request, permit: Permit, desk: Desk, request: PlanRequest, patience: float | None = None
) -> Pathway | Task[Pathway]:
    """The answer to a question, or the task that looks for it; only a new question counts among those of a minute."""
    question(request, permit.library, today(permit))

    def compute(gone: Gone) -> Pathway:
        return _planning(permit, Attended(permit.services.solver, gone)).compute(request)

    key = _key(permit, request)
    if not desk.has(key):
        COMPUTING.dependency(asked_by, permit.actor, permit.services)
    return desk.answer(key, compute, _PATIENCE if patience is None else patience)


# -- the page -------------------------------------------------------------------------------------------------------------


@router.get("/parcours/plan")
def plan(
    request: Request,
    permit: Anybody,
    answers: Answers,
    desk: At,
    vue: Annotated[View, Query()] = View.LIST,
) -> Response:
    """The plan, or the one that is tried; where a target lacks, the step where it is chosen."""
    if answers.target is None:
        return go("/parcours/cible", permit.services)
    wish = asked(request.query_params)
    own = _request(answers)
    try:
        wanted = wish.change.applied(own)
        found = [_answer(request, permit, desk, one) for one in ([own, wanted] if wish.change.changes else [own])]
    except (NotPlannable, UnknownReference) as problem:
        if not wish.change.changes:
            raise
        wish = wish._replace(change=WhatIf(), errors={**wish.errors, "heures": str(problem)})
        wanted, found = own, [_answer(request, permit, desk, own)]
    waiting = [one for one in found if isinstance(one, Task)]
    if waiting:
        return _wait(request, permit, [own, wanted], waiting)
    pathways = [one for one in found if isinstance(one, Pathway)]
    page = _page(permit, answers, wanted, pathways, wish, vue)
    return show(request, permit.services, permit.actor, page, status=422 if wish.errors else 200)


def _wait(request: Request, permit: Permit, asked_for: list[PlanRequest], tasks: list[Task[Pathway]]) -> Response:
    page = WaitingPage(
        seconds=round(max(task.seconds for task in tasks)),
        most=round(permit.services.settings.plan_seconds),
        again=f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path,
        keys=tuple(dict.fromkeys(_key(permit, one) for one in asked_for)),
    )
    return show(request, permit.services, permit.actor, page, headers={"Refresh": "2"})


def _page(
    permit: Permit, answers: Journey, wanted: PlanRequest, pathways: list[Pathway], wish: Asked, vue: View
) -> PlanPage:
    change = wish.change
    shown = pathways[-1]
    asked_question = question(wanted, permit.library, today(permit))
    about = near(permit.library, [asked_question.target], held_by(asked_question.profile))
    written_plan = plan_document(shown, asked_question, about, reference="", language=spoken())
    give = asked_question.profile.can_give
    unit = unit_of(give)
    titles = {ref: module.title for ref, module in permit.library.modules.items()} if len(pathways) > 1 else {}
    return PlanPage(
        stages=stages(answers, PLAN, permit.library),
        plan=written_plan,
        figures=figures(written_plan.totals, unit),
        held=shown.status is Status.HELD,
        possible=shown.status in (Status.HELD, Status.OPTIMAL, Status.FEASIBLE),
        view=vue,
        views=tuple((one, _words(one), address(change, vue="" if one is View.LIST else one.value)) for one in View),
        blocks=plan_view.blocks(written_plan, shown),
        steps=plan_view.steps(written_plan, shown, change),
        drawings=_drawings(written_plan, vue),
        confirmations=plan_view.confirmations(shown, unit, change),
        alternatives=plan_view.alternatives(written_plan, shown, change),
        choice_drawings=choices(written_plan),
        ways_out=plan_view.ways_out(shown, give, change),
        tried=plan_view.comparison(pathways[0], shown, titles, unit) if len(pathways) > 1 else None,
        tried_pairs=tuple(pairs(change)),
        typed=dict(wish.typed),
        errors=dict(wish.errors),
        now=_now(answers),
        exports=tuple((name, address(change).replace("/plan", f"/plan/document/{name}", 1)) for name in formats()),
        made_up=answers.profile.illustrative,
    )


def _words(view: View) -> str:
    words = {View.LIST: say("En liste"), View.CALENDAR: say("En calendrier"), View.MAP: say("En blocs")}
    return words[view]


def _drawings(plan: PlanDocument, view: View) -> tuple[Figure, ...]:
    if view is View.CALENDAR:
        return (*gantt(plan), *load(plan))
    return blocks_picture(plan) if view is View.MAP else ()


def _now(answers: Journey) -> dict[str, str]:
    give = answers.profile.can_give
    found = {"heures": give.weekly_hours, "budget": give.budget, "total": give.hours}
    day = {"avant": give.deadline.isoformat()} if give.deadline else {}
    return {name: f"{value:g}" for name, value in found.items() if value is not None} | day


# -- what is done with it -------------------------------------------------------------------------------------------------


@router.post("/parcours/plan/garder")
def keep_change(permit: Anybody, answers: Answers, form: Form) -> Response:
    """Make what is tried one's own plan."""
    change = asked(form).change
    if answers.target is None:
        return go("/parcours/cible", permit.services)
    wanted = change.applied(_request(answers))
    return go_on("/parcours/plan", permit, answers.model_copy(update={"profile": wanted.profile}), "parcours-garde")


@router.post("/parcours/plan/fait")
def tick(permit: Anybody, answers: Answers, form: Form) -> Response:
    """Write down that a step is done: a module followed, a block obtained; the plan goes on from there."""
    ref = str(form.get("etape", ""))
    holds = answers.profile.holds
    if ":" in ref:
        changed = holds.model_copy(update={"modules": tuple(dict.fromkeys((*holds.modules, ref)))})
    else:
        kind = "blocks" if "/" in ref else "qualifications"
        before = [one for one in getattr(holds, kind) if one.ref != ref]
        changed = holds.model_copy(update={kind: (*before, HeldItem(ref=ref, on=today(permit)))})
    return go_on("/parcours/plan", permit, answers.with_profile(holds=changed.model_dump()), "etape-faite")


@router.post("/parcours/plan/arreter")
def stop(permit: Anybody, desk: At, form: Form) -> Response:
    """Stop computing, and go back to the answers."""
    for key in form.getlist("calcul"):
        desk.stop(str(key))
    return go("/parcours/possibilites", permit.services, "calcul-arrete")


@router.get("/parcours/plan/document/{name}")
def document(request: Request, permit: Anybody, answers: Answers, desk: At, name: FormatName) -> Response:
    """The plan as a file to take away."""
    if answers.target is None:
        return go("/parcours/cible", permit.services)
    wanted = asked(request.query_params).change.applied(_request(answers))
    found = _answer(request, permit, desk, wanted, permit.services.settings.plan_seconds + 5)
    if isinstance(found, Task):
        return _wait(request, permit, [wanted], [found])
    paper = plan_paper(found, wanted, permit.library, reference=say("sans compte"), language=Language(spoken()))
    return file_answer(written(paper, name, spoken()))


# -- a link to come back --------------------------------------------------------------------------------------------------


@router.post("/parcours/plan/lien", dependencies=[COMPUTING])
def link(request: Request, permit: Linking, answers: Answers) -> Response:
    """Keep the plan under a link that nobody can guess, because the person asks for it."""
    if answers.target is None:
        return go("/parcours/cible", permit.services)
    days = permit.services.settings.keep_links_days
    planning = _planning(permit, permit.services.solver)
    found = links.keep_link(permit.services.store, planning, permit.actor.name, _request(answers), timedelta(days=days))
    page = LinkPage(
        href=f"{str(request.base_url).rstrip('/')}/parcours/lien/{found.secret}",
        days=round(days),
        title=links.linked_pathway(found.link).title,
        kept_on="",
    )
    return show(request, permit.services, permit.actor, page, headers=DISCREET)


@router.get("/parcours/lien/{secret}")
def linked(request: Request, permit: Linking, secret: Secret) -> Response:
    """What a link leads to; nothing changes in this browser until the person takes it up."""
    kept = links.open_link(permit.services.store, secret)
    page = LinkPage(
        href="",
        days=max(0, (kept.expires_at - permit.services.now()).days),
        title=links.linked_pathway(kept).title,
        kept_on=date_in_letters(kept.updated_at.date()),
    )
    return show(request, permit.services, permit.actor, page, headers=DISCREET)


@router.post("/parcours/lien/{secret}")
def take_up(permit: Linking, secret: Secret, answers: Answers) -> Response:
    """Go on from the answers that a link keeps, in this browser."""
    kept = links.linked_request(links.open_link(permit.services.store, secret))
    values = {name: getattr(kept, name) for name in ("profile", "target", "minimise", "illustrative")}
    return go_on("/parcours/plan", permit, answers.model_copy(update=values), "lien-repris")


@router.post("/parcours/lien/{secret}/supprimer")
def unlink(permit: Linking, secret: Secret) -> Response:
    """Forget the plan of a link at once."""
    links.delete_link(permit.services.store, permit.actor.name, secret)
    return go("/", permit.services, "lien-supprime")
