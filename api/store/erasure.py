"""Erasure (*effacement*): a person deleted everywhere; the audit trail keeps a pseudonym, which then leads nowhere.

The database deletes the identity, the consents, the profile, the plans, the evidence and the search entries with the person. What
jobs were given or found about them is emptied here, and a job that runs is asked to stop. A backup made before keeps the person until it
is destroyed; PostgreSQL frees the bytes at its next ``VACUUM``, SQLite overwrites them at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from api.store.search import tidy
from api.store.tables.jobs import Job, JobPerson, JobState
from api.store.tables.people import Person

AT_ONCE = 200
"""How many people one deletion names."""

_IN_THE_DATABASE = {"synchronize_session": False}
_NOTHING: dict[str, Any] = {"arguments": {}, "checkpoint": None, "result": None, "error": None, "cancel_asked": True}


def erase(session: Session, people: Sequence[Person], now: datetime) -> None:
    """Delete people."""
    session.flush()
    identifiers = [person.id for person in people]
    about = Job.id.in_(select(JobPerson.job_id).where(JobPerson.person_id.in_(identifiers)))
    session.execute(update(Job).where(about).values(_NOTHING), execution_options=_IN_THE_DATABASE)
    session.execute(
        update(Job)
        .where(about, Job.state == JobState.WAITING.value)
        .values(state=JobState.CANCELLED.value, finished_at=now),
        execution_options=_IN_THE_DATABASE,
    )
    session.execute(delete(Person).where(Person.id.in_(identifiers)), execution_options=_IN_THE_DATABASE)
    for person in people:
        session.expunge(person)
    tidy(session)


def leave(session: Session, mine: ColumnElement[bool], column: str, now: datetime) -> list[str]:
    """Erase the people whom an owner leaves behind, and let go of those who have another owner.

    Parameters
    ----------
    mine : condition
        Which people the owner has.
    column : str
        ``organisation_id`` or ``account_id``: the one that names this owner.

    Returns
    -------
    list of str
        The identifiers of those who were erased.
    """
    other = "account_id" if column == "organisation_id" else "organisation_id"
    alone: list[Person] = []
    for person in session.scalars(select(Person).where(mine).order_by(Person.id)):
        if getattr(person, other) is None:
            alone.append(person)
        else:
            setattr(person, column, None)
    for start in range(0, len(alone), AT_ONCE):
        erase(session, alone[start : start + AT_ONCE], now)
    return [person.id for person in alone]
