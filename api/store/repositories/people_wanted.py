"""Which people of a list are wanted (*filtres d'une liste de personnes*): by their name, and by their last plan."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Select, false, func, select

from api.store.search import PEOPLE, condition
from api.store.tables.people import Person
from api.store.tables.plans import PlanState, PlanVersion, StoredPlan
from api.store.tables.search import SearchEntry


class WantedPeople(NamedTuple):
    """Which people: whom words of the name find; whose last plan has a target, a state, or a version that was replaced; who has none."""

    words: str = ""
    target: str | None = None
    state: PlanState | None = None
    without_plan: bool = False
    again: bool = False

    @property
    def needs_plan(self) -> bool:
        """Whether the last plan must be looked at."""
        return bool(self.target or self.state or self.without_plan or self.again)


def last_plan() -> Any:
    """The last plan of the person of the query around."""
    return select(func.max(StoredPlan.id)).where(StoredPlan.person_id == Person.id).correlate(Person).scalar_subquery()


def narrowed(query: Select[Person], wanted: WantedPeople, dialect: str) -> Select[Person]:
    """A query of people with every condition."""
    if wanted.words.strip():
        query = query.where(Person.id.in_(_named(wanted.words, dialect)))
    if wanted.needs_plan:
        query = query.outerjoin(StoredPlan, StoredPlan.id == last_plan())
    if wanted.target:
        query = query.where(StoredPlan.target == wanted.target)
    if wanted.state:
        query = query.where(StoredPlan.state == wanted.state.value)
    if wanted.without_plan:
        query = query.where(StoredPlan.id.is_(None))
    if wanted.again:
        replaced = select(PlanVersion.plan_id).where(PlanVersion.superseded_by.is_not(None))
        query = query.where(StoredPlan.id.in_(replaced))
    return query


def _named(words: str, dialect: str) -> Any:
    """The people whom words of their name find; nobody when the words say nothing."""
    asked = condition(words, dialect)
    query = select(SearchEntry.person_id).where(SearchEntry.part == PEOPLE)
    return query.where(false() if asked is None else asked.anywhere)
