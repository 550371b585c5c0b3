"""What HTTP gives and takes about cohorts (*cohortes*)."""

from __future__ import annotations

from pydantic import Field, model_validator

from api.schemas_jobs import JobRow
from api.services.asking import Demand
from pathways.profile import Profile
from referentials.provenance import Value
from reports.cohort_rows import Row, Sums

MOST_PEOPLE, MOST_PROFILES = 5_000, 1_000


class CohortRequest(Value):
    """One demand for many people, of whom nothing is kept."""

    people: tuple[str, ...] = Field((), max_length=MOST_PEOPLE, description="Les identifiants de leurs dossiers.")
    profiles: tuple[Profile, ...] = Field(
        (), max_length=MOST_PROFILES, description="Des profils qui n'ont pas de dossier, chacun avec son identifiant."
    )
    demand: Demand = Field(description="Ce qui est demandé pour chaque personne.")

    @model_validator(mode="after")
    def _somebody(self) -> CohortRequest:
        if not self.people and not self.profiles:
            raise ValueError("donnez au moins une personne ou un profil")
        names = [one.id for one in self.profiles]
        if len(set(names)) < len(names):
            raise ValueError("deux profils ont le même identifiant")
        return self


class CohortAnswer(JobRow):
    """A cohort, as far as it is computed."""

    target: str = Field(description="Ce qui est visé.")
    failed: int = Field(description="Personnes pour qui rien n'a pu être calculé.")
    sums: Sums


class CohortRow(Value):
    """One person of a cohort."""

    number: int = Field(description="Son rang.")
    person: str | None = Field(description="Le dossier ; vide : un profil venu avec la demande.")
    profile: str | None = Field(description="L'identifiant du profil venu avec la demande.")
    row: Row | None = Field(description="Ce qui a été calculé ; vide : rien, ou pas encore.")
    error: str | None = Field(None, description="Pourquoi rien n'a pu être calculé.")
