"""Plans computed, kept, computed again (*plans de formation*): nothing is kept unless somebody asks for it.

A plan that is kept has its question beside it, so that it can be computed again when a version it leans on has changed. Computing
takes a while: it happens between two transactions, never inside one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from api.services.asking import Demand, PlanRequest, kept_request, question, request_for
from api.services.knowledge import held_by, near
from api.services.plan_difference import PlanDifference, difference
from api.services.solver import Solver
from api.store.conflict import Conflict
from api.store.scope import Scope
from api.store.tables.plans import PlanState, StoredPlan
from api.store.unit_of_work import Store
from pathways.pathway import Pathway
from pathways.profile import Profile
from referentials.library import Library
from reports.document import Document
from reports.language import Language
from reports.particulars import Particulars

if TYPE_CHECKING:
    from reports.plan_document import PlanDocument


class Planning(NamedTuple):
    """What computing plans needs: who answers, for which scope, in whose library, on which day."""

    solver: Solver
    scope: Scope
    library: Library
    today: date
    organisation: str | None = None

    def compute(self, request: PlanRequest) -> Pathway:
        """The best pathway for a request; nothing is kept."""
        asked = question(request, self.library, self.today)
        return self.solver.solve(asked, self.library, self.organisation)

    def dated(self, request: PlanRequest) -> PlanRequest:
        """The request as it is kept: it says its day."""
        return request.model_copy(update={"on": request.on or self.today})


def pathway_of(plan: StoredPlan) -> Pathway:
    """The answer that was kept."""
    return Pathway.model_validate(plan.pathway)


def profile_of(store: Store, scope: Scope, person_id: str) -> Profile:
    """The profile of a person, who must be there; empty as long as nobody wrote one."""
    with store.read() as unit:
        room = unit.of(scope)
        found = room.profiles.find(room.people.get(person_id).id)
    return Profile() if found is None else Profile.model_validate(found.document)


def keep_plan(store: Store, planning: Planning, actor: str, person_id: str, demand: Demand) -> StoredPlan:
    """Compute a plan for a person, and keep it as a draft.

    Raises
    ------
    Absent
        There is no such person in the scope.
    """
    request = planning.dated(request_for(demand, profile_of(store, planning.scope, person_id)))
    found = planning.compute(request)
    with store.write(actor) as unit:
        return unit.of(planning.scope).plans.add(person_id, request.plain(), found.model_dump(mode="json"))


class Recomputed(NamedTuple):
    """The plan that stands now, what it was before, and what changed."""

    plan: StoredPlan
    changes: PlanDifference


def recompute(
    store: Store,
    planning: Planning,
    actor: str,
    plan_id: str,
    revision: int,
    *,
    on: date | None = None,
    current_profile: bool = False,
) -> Recomputed:
    """Ask the question of a plan again. A draft takes the new answer; any other plan stays, and a new draft replaces it.

    Parameters
    ----------
    on : date, optional
        Another day for the question; empty: today.
    current_profile : bool
        Take the person's profile as it is now, and not as it was when the plan was made.
    """
    with store.read() as unit:
        plan = unit.of(planning.scope).plans.get(plan_id)
        before, request, is_draft = pathway_of(plan), kept_request(plan.question), plan.state == PlanState.DRAFT
    changes: dict[str, object] = {"on": on or planning.today}
    if current_profile:
        changes["profile"] = profile_of(store, planning.scope, plan.person_id)
    request = request.model_copy(update=changes)
    found = planning.compute(request)
    values = (request.plain(), found.model_dump(mode="json"))
    with store.write(actor) as unit:
        plans = unit.of(planning.scope).plans
        if is_draft:
            plan = plans.recompute(plan_id, *values, revision=revision)
        else:
            current = plans.get(plan_id)
            if current.revision != revision:
                raise Conflict(current)
            plan = plans.add(plan.person_id, *values, replaces=plan_id)
    return Recomputed(plan, difference(before, found))


def plan_paper(
    pathway: Pathway,
    request: PlanRequest,
    library: Library,
    *,
    reference: str,
    revision: int = 0,
    particulars: Particulars | None = None,
    language: Language = Language.FRENCH,
) -> Document:
    """A plan as a document that any format draws."""
    from reports.plan_paper import document

    return document(_written(pathway, request, library, reference, revision, particulars, language))


def positioning_paper(
    pathway: Pathway,
    request: PlanRequest,
    library: Library,
    *,
    reference: str,
    revision: int = 0,
    particulars: Particulars | None = None,
    language: Language = Language.FRENCH,
) -> Document:
    """The trace of the positioning that a plan rests on, as a document that any format draws."""
    from reports.positioning_document import positioning_document

    return positioning_document(_written(pathway, request, library, reference, revision, particulars, language))


def _written(
    pathway: Pathway,
    request: PlanRequest,
    library: Library,
    reference: str,
    revision: int,
    particulars: Particulars | None,
    language: Language,
) -> PlanDocument:
    from reports.plan_writing import plan_document

    asked = question(request, library, pathway.on)
    about = near(library, [asked.target], held_by(asked.profile))
    return plan_document(pathway, asked, about, particulars, reference=reference, revision=revision, language=language)
