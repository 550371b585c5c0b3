"""Retention (*durées de conservation*): what nobody has used for long enough is deleted, as if somebody had asked for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, func, select

from api.store.erasure import AT_ONCE, erase
from api.store.repositories.people_lists import KEPT
from api.store.tables.imported import ImportPiece, ImportRun
from api.store.tables.jobs import Job
from api.store.tables.links import PlanLink
from api.store.tables.people import Person
from api.store.tables.people_lists import PeopleList
from api.store.unit_of_work import UnitOfWork


class Forgotten(NamedTuple):
    """How many people, jobs and links were deleted; ask again while ``more`` are left."""

    people: int
    jobs: int
    links: int
    more: bool


def forget_old(unit: UnitOfWork, *, people_days: int, jobs_days: int, bulk_days: int = 0) -> Forgotten:
    """Delete the files of people in which nothing happened for ``people_days``, jobs that ended ``jobs_days`` ago,
    bulk runs not used for ``bulk_days``, sessions and links that are over.

    Parameters
    ----------
    people_days, jobs_days, bulk_days : int
        0: nothing is ever too old.
    """
    unit.directory.sessions.forget_ended()
    unit.directory.handovers.forget_ended()
    links = unit.directory.links.forget_ended()
    jobs = _jobs(unit, jobs_days) if jobs_days else 0
    _files(unit)
    if bulk_days:
        unit.directory.bulk.forget_old(bulk_days)
    unit.session.execute(delete(PeopleList).where(PeopleList.created_at < unit.now - KEPT))
    found = _people(unit, people_days) if people_days else []
    old = found[:AT_ONCE]
    for person in old:
        unit.record("person.expire", "person", person.id, person.organisation_id)
    erase(unit.session, old, unit.now)
    return Forgotten(len(old), jobs, links, len(found) > AT_ONCE)


def would_forget(unit: UnitOfWork, *, people_days: int, jobs_days: int) -> Forgotten:
    """How many people, jobs and links :func:`forget_old` would delete now, in as many times as it takes; nothing is deleted."""

    def count(table: Any, condition: ColumnElement[bool]) -> int:
        return unit.session.scalar(select(func.count()).select_from(table).where(condition)) or 0

    people = count(Person, _idle(unit, people_days)) if people_days else 0
    jobs = count(Job, _ended(unit, jobs_days)) if jobs_days else 0
    return Forgotten(people, jobs, count(PlanLink, PlanLink.expires_at <= unit.now), people > AT_ONCE)


def _idle(unit: UnitOfWork, days: int) -> ColumnElement[bool]:
    return Person.active_at < unit.now - timedelta(days=days)


def _ended(unit: UnitOfWork, days: int) -> ColumnElement[bool]:
    return Job.finished_at < unit.now - timedelta(days=days)


def _people(unit: UnitOfWork, days: int) -> list[Person]:
    query = select(Person).where(_idle(unit, days)).order_by(Person.active_at, Person.id)
    return list(unit.session.scalars(query.limit(AT_ONCE + 1)))


FILES = timedelta(days=1)
"""How long a file that was looked at waits to be imported."""


def _files(unit: UnitOfWork) -> None:
    """The files of imports whose job ended a day ago or is forgotten: nobody goes on with them."""
    waiting = select(Job.id).where(Job.finished_at.is_(None) | (Job.finished_at > unit.now - FILES))
    left = select(ImportRun.id).where(ImportRun.job_id.is_(None) | ImportRun.job_id.not_in(waiting))
    old = delete(ImportPiece).where(ImportPiece.run_id.in_(left))
    unit.session.execute(old, execution_options={"synchronize_session": False})


def _jobs(unit: UnitOfWork, days: int) -> int:
    old = delete(Job).where(_ended(unit, days)).returning(Job.id)
    return len(unit.session.execute(old, execution_options={"synchronize_session": False}).all())
