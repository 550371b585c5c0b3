"""Jobs (*travaux*): long work, with its progress; what was done survives the process that did it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Edited, Instant, Json, Words


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen any more."""
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Job(Edited, Base):
    """One job.

    ``worker`` works on it until ``leased_until``; after that, whoever asks takes over from ``checkpoint``. ``arguments``,
    ``checkpoint`` and ``result`` may be about people (:class:`JobPerson`), and are emptied when one of them is deleted.
    """

    __tablename__ = "jobs"

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Words(60))
    state: Mapped[str] = mapped_column(Words(20), index=True)
    arguments: Mapped[Any] = mapped_column(Json)
    checkpoint: Mapped[Any] = mapped_column(Json, nullable=True, deferred=True)
    result: Mapped[Any] = mapped_column(Json, nullable=True, deferred=True)
    error: Mapped[str | None] = mapped_column(Words(2000))
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None] = mapped_column()
    worker: Mapped[str | None] = mapped_column(Words(100))
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant, index=True)


class JobPerson(Base):
    """A person whom a job is about."""

    __tablename__ = "job_people"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)


class StepState(StrEnum):
    """Where one step of a job stands."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class JobStep(Base):
    """One step of a job: what it found is committed with what it changed, so that it is never done twice.

    A step about a person goes with the person; the job goes on with the others.
    """

    __tablename__ = "job_steps"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(Words(20))
    arguments: Mapped[Any] = mapped_column(Json)
    result: Mapped[Any] = mapped_column(Json, nullable=True)
    error: Mapped[str | None] = mapped_column(Words(2000))
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
