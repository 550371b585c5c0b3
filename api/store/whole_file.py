"""Everything that is kept about a person (*dossier complet*), as plain values: what the person may ask for, and take elsewhere."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from sqlalchemy import select

from api.store.rooms import Room
from api.store.tables.jobs import Job, JobPerson, JobStep
from api.store.tables.plans import StoredPlan
from api.store.unit_of_work import UnitOfWork

_EVERYTHING = 200


def whole_file(unit: UnitOfWork, room: Room, person_id: str) -> dict[str, Any]:
    """Everything about one person of a room: who they are, what they agreed to, profile, plans, evidence, jobs, and who did what.

    Raises
    ------
    Absent
        There is no such person here.
    """
    person = room.people.get(person_id)
    identity, profile = room.people.identity(person_id), room.profiles.find(person_id)
    consents = room.people.consents(person_id)
    return {
        "person": _columns(person),
        "identity": _columns(identity) if identity else None,
        "consents": [_columns(row) for row in consents],
        "organisations": _names(unit, {person.organisation_id, *(row.organisation_id for row in consents)}),
        "profile": _columns(profile) if profile else None,
        "plans": [_plan(row) for row in _all(room.plans, person_id)],
        "evidence": [_columns(row) for row in _all(room.evidence, person_id)],
        "jobs": [_columns(row) for row in unit.session.scalars(_jobs(person_id))],
        "steps": [_columns(row) for row in unit.session.scalars(_steps(person_id))],
        "trail": [_columns(row) for row in unit.directory.trail.about(f"person:{person_id}")],
    }


def _names(unit: UnitOfWork, organisations: set[str | None]) -> dict[str, str]:
    """The names of the organisations that follow or have followed the person, as far as they are still there."""
    found = (unit.directory.organisations.find(one) for one in sorted(one for one in organisations if one))
    return {one.id: one.name for one in found if one is not None}


def _jobs(person_id: str) -> Any:
    about = select(JobPerson.job_id).where(JobPerson.person_id == person_id)
    return select(Job).where(Job.id.in_(about)).order_by(Job.id)


def _steps(person_id: str) -> Any:
    return select(JobStep).where(JobStep.person_id == person_id).order_by(JobStep.job_id, JobStep.number)


def _all(repository: Any, person_id: str) -> list[Any]:
    found: list[Any] = []
    after = None
    while True:
        rows, after = repository.of_person(person_id, after, _EVERYTHING)
        found += rows
        if after is None:
            return found


def _plan(row: StoredPlan) -> dict[str, Any]:
    return {**_columns(row), "versions": list(row.versions), "history": [_columns(change) for change in row.history]}


def _columns(row: Any) -> dict[str, Any]:
    return {column.key: _plain(getattr(row, column.key)) for column in row.__mapper__.column_attrs}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
