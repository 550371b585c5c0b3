"""What HTTP gives and takes about long work (*travaux*)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from api.services.asking import Demand
from api.store.tables.jobs import JobState, JobStep, StepState
from referentials.provenance import Value

MOST_PEOPLE = 500


class Batch(Value):
    """One demand for many people."""

    people: tuple[str, ...] = Field(
        min_length=1, max_length=MOST_PEOPLE, description="Les identifiants de leurs dossiers ; chacun compte une fois."
    )
    demand: Demand = Field(description="Ce qui est demandé pour chaque personne.")


class Again(Value):
    """A version of which plans are to be computed again."""

    version: str | None = Field(
        None,
        min_length=1,
        max_length=400,
        description="La version qui a changé, comme dans « versions » d'un plan ; vide : toutes celles qui ont été remplacées.",
        examples=["tp-mn@2025"],
    )


class JobRow(Value):
    """A job in a list."""

    id: str
    kind: str = Field(description="Sa nature : plans, plans-again…")
    state: JobState
    done: int = Field(description="Étapes faites.")
    total: int | None = Field(description="Étapes en tout ; vide : pas encore connu.")
    stopping: bool = Field(description="Vrai quand un arrêt a été demandé et n'est pas encore venu.")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: str | None = Field(description="Pourquoi il n'a pas pu être fait.")


class JobAnswer(JobRow):
    """A job, with what was asked for and what came of it."""

    arguments: dict[str, Any]
    result: dict[str, Any] | None = Field(description="Combien d'étapes ont abouti, une fois le travail fini.")


class StepRow(Value):
    """One step of a job."""

    number: int
    state: StepState
    person: str | None = Field(None, description="Le dossier dont il s'agit, pour qui peut le voir.")
    result: dict[str, Any] | None = Field(None, description="Ce qu'elle a donné, par exemple le plan gardé.")
    error: str | None = Field(None, description="Pourquoi elle n'a pas abouti.")
    finished_at: datetime | None = None

    @classmethod
    def of(cls, row: JobStep, visible: bool) -> StepRow:
        """A step as it is told to somebody who may see its person, or may not."""
        if not visible:
            return cls(number=row.number, state=StepState(row.state), finished_at=row.finished_at)
        return cls(
            number=row.number,
            state=StepState(row.state),
            person=row.person_id,
            result=row.result,
            error=row.error,
            finished_at=row.finished_at,
        )
