"""What publishing a draft would touch (*effets*), and the links of a new version with the old one (*remplacé par*)."""

from __future__ import annotations

from typing import Annotated, Any

from api.auth.permissions import Action
from api.contract import resource
from api.days import today
from api.deps import COMPUTING, Permit, allowed
from api.problem import Problem
from api.schemas_review import Effects, LinkDecision, LinkRow, Links, SampleEffect, SampleOutcome, TouchedPlans
from api.services import draft_links, outcomes
from api.services import drafts as drafting
from api.services.draft_links import REOPENED
from api.services.outcomes import Outcome
from api.services.planning import NotPlannable
from api.services.versions import version_named
from api.store.rooms import Room
from api.store.tables.drafts import Draft
from referentials.model import Referential
from reports.language import say

router = resource("/drafts", "Brouillons")
Reading = Annotated[Permit, allowed(Action.DRAFTS_READ)]
Writing = Annotated[Permit, allowed(Action.DRAFTS_WRITE)]


@router.get(
    "/{draft_id}/effects", response_model=Effects, dependencies=[COMPUTING], summary="Ce qu'un brouillon toucherait"
)
def read_effects(permit: Reading, draft_id: str) -> Any:
    """Kept plans in numbers, and people made up, planned with the base and then with the draft in its place."""
    with permit.reading() as room:
        row = room.drafts.get(draft_id)
        values = dict(row.document)
        touched = room.published.touched(row.key, *drafting.replaced_in(values))
        base = row.base
    people = outcomes.of_draft(permit.library, base, values, today(permit)) if base else ()
    return Effects(
        plans=tuple(TouchedPlans(**one._asdict()) for one in touched),
        people=tuple(
            SampleEffect(holds=one.holds, target=one.target, before=_side(one.before), after=_side(one.after))
            for one in people
        ),
    )


def _side(one: Outcome | None) -> SampleOutcome | None:
    return None if one is None else SampleOutcome(**one._asdict())


@router.get("/{draft_id}/links", response_model=Links, summary="Ce qui remplace quoi, dans une nouvelle version")
def list_links(permit: Reading, draft_id: str) -> Any:
    """The links that are proposed, and those that were confirmed or refused."""
    with permit.reading() as room:
        return _links(permit, room, room.drafts.get(draft_id))


@router.post("/{draft_id}/links", status_code=201, response_model=Links, summary="Confirmer ou refuser un lien")
def decide(permit: Writing, draft_id: str, wanted: LinkDecision) -> Any:
    """Confirm a link or refuse it; confirmed links become validated correspondences when the draft is published."""
    with permit.writing() as room:
        row = room.drafts.get(draft_id)
        old, new = _sides(permit, row)
        if wanted.start not in {ref for ref, _ in old.competencies()}:
            raise Problem("request", say("L'ancienne version n'a pas de compétence « {ref} ».", ref=wanted.start))
        if f"{new.key}/{wanted.end}" not in {ref for ref, _ in new.competencies()}:
            raise Problem("request", say("Le brouillon n'a pas de compétence « {ref} ».", ref=wanted.end))
        relation = REOPENED if wanted.reopen else wanted.relation.value if wanted.relation else ""
        room.draft_links.add(draft_id, wanted.start, wanted.end, relation)
        return _links(permit, room, row)


def _sides(permit: Permit, row: Draft) -> tuple[Referential, Referential]:
    if row.base is None:
        raise NotPlannable(say("Ce brouillon ne part d'aucune version : il n'y a rien à relier."))
    return version_named(permit.library, row.base), drafting.referential_of(row.document)


def _links(permit: Permit, room: Room, row: Draft) -> Links:
    found = draft_links.links(*_sides(permit, row), room.drafts.changes(row.id), room.draft_links.of_draft(row.id))
    return Links(
        items=tuple(
            LinkRow(start=one.start, end=one.end, why=one.why.value, relation=one.relation, by=one.by) for one in found
        )
    )
