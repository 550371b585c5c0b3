"""The last plan of each person of a team, in what a budget needs (*plans de l'équipe*), read some hundreds at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.services.people import name_of
from api.services.person_wording import STATES, word
from api.services.team_gaps import MOST_PEOPLE
from api.store.repositories.people_wanted import WantedPeople
from api.store.rooms import Room
from api.store.tables.plans import PlanState
from reports.language import say
from reports.team_plans import TeamBlock, TeamPlan, TeamStep


def team_plans(room: Room, wanted: WantedPeople) -> tuple[TeamPlan, ...]:
    """The last plans of those who are wanted, but those that were abandoned, in the order in which the files were opened."""
    people = room.people.all_wanted(wanted, MOST_PEOPLE)
    names = room.people.identities(people)
    return tuple(
        _plan(one.person, name_of(names.get(one.person)) or say("Dossier sans nom"), one.plan, one.state, one.pathway)
        for one in room.plans.latest_answers(people)
        if one.state != PlanState.ABANDONED
    )


def _plan(person: str, name: str, plan: str, state: str, pathway: Mapping[str, Any]) -> TeamPlan:
    return TeamPlan(
        person=person,
        name=name,
        plan=plan,
        target=pathway["title"] or pathway["target"],
        state=word(STATES, state),
        answered=pathway["status"],
        steps=tuple(TeamStep.model_validate(_some(TeamStep, one)) for one in pathway["steps"]),
        blocks=tuple(TeamBlock.model_validate(_some(TeamBlock, one)) for one in pathway["gap"]["blocks"]),
    )


def _some(kind: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in kind.model_fields if name in values}
