"""Versions that were replaced (*versions remplacées*): a publication marks the plans that lean on what it takes the place of.

What a publication replaces is the same version as it was before, and the versions that the new one says it replaces. Only the
plans of those who read that library are marked; a plan that is computed again leans on what it finds then, and its marks are gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, update
from sqlalchemy.orm import Session

from api.store.tables.accounts import Account
from api.store.tables.people import Person
from api.store.tables.plans import PlanVersion, StoredPlan
from api.store.tables.published import PublishedVersion
from referentials.model import Referential


class Touched(NamedTuple):
    """How many plans with one target (empty: not told) and in one state lean on some versions; nothing says whose they are."""

    target: str
    state: str
    plans: int
    marked: int


def touched_plans(session: Session, versions: Iterable[str], organisation: str | None) -> tuple[Touched, ...]:
    """The plans that lean on some versions, counted by target and by state; ``marked`` are those that one of them was replaced under.

    Parameters
    ----------
    organisation : str or None
        As for :func:`mark_plans`.
    """
    refs = sorted(set(versions))
    marked = func.count(func.distinct(PlanVersion.plan_id)).filter(PlanVersion.superseded_by.is_not(None))
    counted = (StoredPlan.target, StoredPlan.state, func.count(func.distinct(StoredPlan.id)), marked)
    query = select(*counted).join(PlanVersion, PlanVersion.plan_id == StoredPlan.id)
    query = query.where(PlanVersion.ref.in_(refs)).group_by(StoredPlan.target, StoredPlan.state)
    if organisation is not None:
        query = query.where(StoredPlan.id.in_(_plans_of(organisation)))
    else:
        query = query.join(Person, Person.id == StoredPlan.person_id).where(~_own_in_its_place())
    rows = session.execute(query.order_by(StoredPlan.target, StoredPlan.state))
    found = (Touched(*row) for row in rows)
    return tuple(found) if organisation is not None else _without_others_targets(found, refs)


def _own_in_its_place() -> ColumnElement[bool]:
    """Whether the organisation of a plan reads a version of its own under that name."""
    named = PublishedVersion.identifier + "@" + PublishedVersion.version
    own = (PublishedVersion.organisation_id == Person.organisation_id) & PublishedVersion.current
    return exists().where(own, named == PlanVersion.ref)


def _without_others_targets(found: Iterable[Touched], refs: Iterable[str]) -> tuple[Touched, ...]:
    """The same counts; a target that is no part of those versions may be private to an organisation, and is not told."""
    starts = tuple(f"{ref}/" for ref in refs)
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for one in found:
        key = (one.target if f"{one.target}/".startswith(starts) else "", one.state)
        plans, marked = counts.get(key, (0, 0))
        counts[key] = (plans + one.plans, marked + one.marked)
    return tuple(Touched(*key, *counts[key]) for key in sorted(counts))


def mark_plans(session: Session, item: Referential, organisation: str | None) -> None:
    """Mark the plans that lean on what a publication replaces.

    Parameters
    ----------
    organisation : str or None
        Whose library it was published in; None for the one that all read.
    """
    replaced = PlanVersion.ref.in_([item.key, *item.replaces])
    query = update(PlanVersion).where(replaced)
    if organisation is not None:
        query = query.where(PlanVersion.plan_id.in_(_plans_of(organisation)))
    session.execute(query.values(superseded_by=item.key), execution_options={"synchronize_session": False})


def _plans_of(organisation: str) -> Select[str]:
    """The plans of those who read the library of an organisation: the people it follows, and its own accounts."""
    accounts = select(Account.id).where(Account.organisation_id == organisation)
    people = select(Person.id).where(or_(Person.organisation_id == organisation, Person.account_id.in_(accounts)))
    return select(StoredPlan.id).where(StoredPlan.person_id.in_(people))
