"""Plans (*plans de formation*): computed for anybody without keeping anything; kept for a person, compared, computed again, moved on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Path, Query, Response

from api import examples
from api.answers import REFUSED, Answering, FormatName, as_file, file_answer
from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import COMPUTING, IfMatch, Pagination, Permit, Speaking, allowed, sealed, tag
from api.errors import showing
from api.etag import etag_of
from api.schemas import Listing
from api.schemas_people import (
    PlanAnswer,
    PlanChangeRow,
    PlanComparison,
    PlanExport,
    PlanMove,
    PlanRow,
    Recomputation,
    RecomputedAnswer,
)
from api.services.asking import Demand, PlanRequest, kept_request
from api.services.documents import written
from api.services.people import name_of
from api.services.plan_difference import difference
from api.services.plans import Planning, keep_plan, pathway_of, plan_paper, positioning_paper, recompute
from api.services.solver import Solver
from api.store.conflict import WrongState
from api.store.repositories.plans import Wanted
from api.store.tables.plans import PlanState, StoredPlan
from pathways.pathway import Pathway
from reports.document import Document
from reports.language import Language
from reports.particulars import Particulars

router = resource("", "Plans")
Anybody = Annotated[Permit, allowed(Action.PLANS_COMPUTE)]
Reading = Annotated[Permit, allowed(Action.PLANS_READ)]
Writing = Annotated[Permit, allowed(Action.PLANS_WRITE)]
PlanName = Annotated[str, Path(max_length=32, description="L'identifiant du plan.")]


def planning(permit: Permit, solver: Solver) -> Planning:
    """What computing plans needs, for whoever asks."""
    return Planning(solver, permit.scope, permit.library, today(permit), permit.actor.organisation)


@router.post(
    "/plans",
    response_model=Pathway,
    responses=REFUSED,
    summary="Calculer un plan, sans rien garder",
    dependencies=[COMPUTING],
)
def compute(permit: Anybody, solver: Answering, request: Annotated[PlanRequest, examples.shown(examples.PLAN)]) -> Any:
    """The best pathway for a profile that comes with the request. No plan is an answer too: it says why, and the ways out."""
    return planning(permit, solver).compute(request)


# -- kept for a person ----------------------------------------------------------------------------------------------------


def _row(plan: StoredPlan) -> dict[str, Any]:
    names = ("id", "target", "status", "state", "replaces", "versions", "superseded", "created_at", "updated_at")
    return {
        **{name: getattr(plan, name) for name in names},
        "etag": etag_of(plan.revision),
        "person": plan.person_id,
        "on": plan.question.get("on"),
        "next": tuple(sorted(PlanState(plan.state).next)),
    }


def _answer(plan: StoredPlan, response: Response) -> PlanAnswer:
    tag(response, plan)
    request = kept_request(plan.question)
    history = [PlanChangeRow(state=PlanState(one.state), at=one.at, by=one.by, why=one.why) for one in plan.history]
    return PlanAnswer(
        **_row(plan),
        question=Demand(**{name: getattr(request, name) for name in Demand.model_fields}),
        profile=request.profile,
        pathway=pathway_of(plan),
        history=tuple(history),
    )


def _shown(plan: StoredPlan) -> Any:
    return PlanRow(**_row(plan)).model_dump(mode="json")


@router.get("/people/{person_id}/plans", response_model=Listing[PlanRow], summary="Les plans d'une personne")
def list_plans_of(permit: Reading, person_id: str, page: Pagination) -> Any:
    """The plans of a person, the oldest first."""
    with permit.reading() as room:
        rows, following = room.plans.of_person(room.people.get(person_id).id, page.after, page.limit)
        return Listing(items=tuple(PlanRow(**_row(row)) for row in rows), next=sealed(following))


@router.post(
    "/people/{person_id}/plans",
    status_code=201,
    response_model=PlanAnswer,
    summary="Calculer un plan et le garder",
    dependencies=[COMPUTING],
)
def keep(permit: Writing, solver: Answering, person_id: str, demand: Demand, response: Response) -> Any:
    """Compute a plan from the profile of a person, and keep it as a draft."""
    plan = keep_plan(permit.services.store, planning(permit, solver), permit.actor.name, person_id, demand)
    response.headers["Location"] = f"/api/v1/plans/{plan.id}"
    return _answer(plan, response)


@router.get("/plans", response_model=Listing[PlanRow], summary="Les plans que l'on suit")
def list_plans(
    permit: Reading,
    page: Pagination,
    state: Annotated[PlanState | None, Query(description="Seulement dans cet état.")] = None,
    using: Annotated[
        str | None, Query(min_length=1, max_length=400, description="Seulement ceux qui reposent sur cette version.")
    ] = None,
    superseded: Annotated[
        bool | None,
        Query(description="Seulement ceux dont une version a été remplacée depuis (true), ou aucune (false)."),
    ] = None,
) -> Any:
    """Every plan of the people that the actor may see, or those that answer every condition."""
    with permit.reading() as room:
        rows, following = room.plans.wanted(Wanted(state, using, superseded), page.after, page.limit)
        return Listing(items=tuple(PlanRow(**_row(row)) for row in rows), next=sealed(following))


@router.get("/plans/{plan_id}", response_model=PlanAnswer, summary="Un plan")
def read_plan(permit: Reading, plan_id: PlanName, response: Response) -> Any:
    """One plan: its question, its answer, and how it went."""
    with permit.reading() as room:
        return _answer(room.plans.get(plan_id), response)


@router.get("/plans/{plan_id}/comparison", response_model=PlanComparison, summary="Comparer deux plans")
def compare(
    permit: Reading,
    plan_id: PlanName,
    other: Annotated[str, Query(min_length=1, max_length=32, description="L'identifiant de l'autre plan.")],
) -> Any:
    """What differs from one plan to another."""
    with permit.reading() as room:
        first, second = (pathway_of(room.plans.get(one)) for one in (plan_id, other))
    versions = tuple(sorted({*first.versions, *second.versions}))
    return PlanComparison(first=plan_id, second=other, versions=versions, changes=difference(first, second))


@router.post("/plans/{plan_id}/state", response_model=PlanAnswer, summary="Faire passer un plan à un autre état")
def move(permit: Writing, plan_id: PlanName, revision: IfMatch, wanted: PlanMove, response: Response) -> Any:
    """Draft, proposed, agreed, under way, done or abandoned; who, when and why are written down."""
    with permit.writing() as room, showing(_shown):
        return _answer(room.plans.move(plan_id, wanted.state, wanted.why, revision), response)


@router.post(
    "/plans/{plan_id}/recomputation",
    response_model=RecomputedAnswer,
    summary="Recalculer un plan, et dire ce qui change",
    dependencies=[COMPUTING],
)
def compute_again(
    permit: Writing,
    solver: Answering,
    plan_id: PlanName,
    revision: IfMatch,
    wanted: Recomputation,
    response: Response,
) -> Any:
    """Ask the same question again. A draft takes the new answer; any other plan stays as it is, and a new draft replaces it."""
    with showing(_shown):
        found = recompute(
            permit.services.store,
            planning(permit, solver),
            permit.actor.name,
            plan_id,
            revision,
            on=wanted.on,
            current_profile=wanted.profile == "current",
        )
    tag(response, found.plan)
    return RecomputedAnswer(plan=PlanRow(**_row(found.plan)), changes=found.changes)


@router.delete("/plans/{plan_id}", status_code=204, summary="Supprimer un plan qui n'est qu'un brouillon")
def delete_plan(permit: Writing, plan_id: PlanName, revision: IfMatch) -> None:
    """Delete a draft; what was proposed is abandoned instead, so that its history stays."""
    with permit.writing() as room, showing(_shown):
        state = room.plans.get(plan_id).state
        if state != PlanState.DRAFT:
            raise WrongState(state)
        room.plans.delete(plan_id, revision)


# -- as documents ---------------------------------------------------------------------------------------------------------


@router.get(
    "/plans/{plan_id}/documents/{format_name}",
    response_class=Response,
    responses=as_file(),
    summary="Un plan en document",
)
def plan_file(permit: Reading, plan_id: PlanName, format_name: FormatName, language: Speaking) -> Response:
    """A plan as a document to read, to complete and to sign, in the language that is asked for."""
    return _file(permit, plan_id, format_name, language, Particulars())


@router.post(
    "/plans/{plan_id}/documents/{format_name}",
    response_class=Response,
    responses=as_file(),
    summary="Un plan en document, avec ce que les parties y ajoutent",
)
def plan_file_with(
    permit: Reading, plan_id: PlanName, format_name: FormatName, language: Speaking, added: PlanExport
) -> Response:
    """The same, with particulars: who signs, follows, pays. They are not kept."""
    return _file(permit, plan_id, format_name, language, added.particulars)


@router.get(
    "/plans/{plan_id}/positioning/{format_name}",
    response_class=Response,
    responses=as_file(),
    summary="La trace du positionnement d'un plan (Qualiopi, indicateur 8)",
)
def positioning_file(permit: Reading, plan_id: PlanName, format_name: FormatName, language: Speaking) -> Response:
    """What the person was asked, what proved it, the results and what they change; with room to write what nobody said."""
    return _file(permit, plan_id, format_name, language, Particulars(), positioning_paper)


@router.post(
    "/plans/{plan_id}/positioning/{format_name}",
    response_class=Response,
    responses=as_file(),
    summary="La trace du positionnement d'un plan, avec ce que l'organisme en dit",
)
def positioning_file_with(
    permit: Reading, plan_id: PlanName, format_name: FormatName, language: Speaking, added: PlanExport
) -> Response:
    """The same, with particulars: the day, the method, the procedure, what follows. They are not kept."""
    return _file(permit, plan_id, format_name, language, added.particulars, positioning_paper)


def _file(
    permit: Permit,
    plan_id: str,
    format_name: str,
    language: Language,
    added: Particulars,
    drawn: Callable[..., Document] = plan_paper,
) -> Response:
    with permit.reading() as room:
        plan = room.plans.get(plan_id)
        name = name_of(room.people.identity(plan.person_id))
        pathway, request, revision = pathway_of(plan), kept_request(plan.question), plan.revision
    if name and not added.person.name:
        added = added.model_copy(update={"person": added.person.model_copy(update={"name": name})})
    paper = drawn(
        pathway,
        request,
        permit.library,
        reference=plan_id,
        revision=revision,
        particulars=added,
        language=language,
    )
    return file_answer(written(paper, format_name, language))
