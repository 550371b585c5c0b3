"""What training bodies offer (*offre de formation*): modules, their hours by modality, prices and sessions."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from referentials.provenance import Confidence, Day, Source, Value, Window
from referentials.reference import IDENTIFIER, ItemReference
from referentials.requirement import CompetencyAt, Requirement


class Modality(StrEnum):
    """Where and how a module is followed (*modalité*)."""

    ONSITE = "onsite"
    REMOTE = "remote"
    SELF_PACED = "self_paced"
    WORKPLACE = "workplace"
    PLACEMENT = "placement"
    UNSPECIFIED = "unspecified"


class ModuleHours(Value):
    """Learner hours by modality. A modality left out counts none; ``unspecified`` holds hours whose modality is not known."""

    onsite: float = Field(0, ge=0, description="Heures en présence.")
    remote: float = Field(0, ge=0, description="Heures à distance, en direct.")
    self_paced: float = Field(0, ge=0, description="Heures à distance, à son rythme.")
    workplace: float = Field(0, ge=0, description="Heures en situation de travail, chez l'employeur.")
    placement: float = Field(0, ge=0, description="Heures de stage, dans une autre structure.")
    unspecified: float = Field(0, ge=0, description="Heures dont la modalité n'est pas connue.")

    @property
    def total(self) -> float:
        """All hours together."""
        return self.onsite + self.remote + self.self_paced + self.workplace + self.placement + self.unspecified

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """The modalities that have hours."""
        return tuple(modality for modality in Modality if getattr(self, modality.value))


class Session(Value):
    """One dated run of a module."""

    id: str = Field(pattern=rf"^{IDENTIFIER}$", description="Identifiant dans le module.")
    start: Day = Field(description="Premier jour.")
    end: Day = Field(description="Dernier jour.")
    weekly_hours: float | None = Field(None, gt=0, description="Heures par semaine ; vide : réparties sur la période.")
    seats: int | None = Field(None, ge=0, description="Places ; vide : non connu.")
    modality: Modality | None = Field(None, description="Modalité, si elle diffère de celle du module.")
    place: str | None = Field(None, description="Ville ou lieu.")
    days: tuple[str, ...] = Field((), description="Jours de la semaine : lundi, mardi…")


class Funding(Value):
    """Ways to pay that the body declares."""

    cpf: bool | None = Field(None, description="Éligible au CPF ; vide : non connu.")
    note: str | None = Field(None, description="Autre financement, en une phrase.")


def _from_text(value: Any) -> Any:
    return {"competency": value} if isinstance(value, str) else value


Developed = Annotated[CompetencyAt, BeforeValidator(_from_text, json_schema_input_type=str | CompetencyAt)]
"""A competency that a module develops; in a file, its reference alone is enough."""


class Module(Value):
    """One training module (*module*)."""

    id: str = Field(pattern=rf"^{IDENTIFIER}$", description="Identifiant dans l'offre.")
    title: str = Field(min_length=1, description="Intitulé.")
    hours: ModuleHours | None = Field(None, description="Heures par modalité ; vide : non connues.")
    price: float | None = Field(None, ge=0, description="Prix par personne, en euros ; vide : non connu.")
    group_price: float | None = Field(None, ge=0, description="Prix par personne en groupe, en euros.")
    develops: tuple[Developed, ...] = Field(
        (), description="Compétences que le module fait acquérir : la référence seule, ou avec son niveau."
    )
    prepares: tuple[ItemReference, ...] = Field((), description="Blocs que le module prépare en entier.")
    requires: Requirement | None = Field(None, description="Ce qu'il faut avant le module.")
    includes_assessment: tuple[ItemReference, ...] = Field((), description="Blocs dont l'évaluation est comprise.")
    languages: tuple[str, ...] = Field(("fr",), description="Langues, en code de deux lettres.")
    sessions: tuple[Session, ...] = Field((), description="Sessions datées ; aucune : départ libre.")
    available: Window | None = Field(None, description="Période où le module est, ou était, proposé.")
    funding: Funding = Field(Funding(), description="Financement.")
    illustrative: bool = Field(False, description="Vrai pour un module inventé pour la démonstration.")
    confidence: Confidence | None = Field(None, description="Confiance ; vide : celle de l'offre.")
    note: str | None = Field(None, description="Remarque.")


class Location(Value):
    """Where a body is."""

    postcode: str | None = Field(None, description="Code postal.")
    city: str | None = Field(None, description="Ville.")


class Body(Value):
    """A training body (*organisme de formation*)."""

    name: str = Field(min_length=1, description="Nom.")
    siret: str | None = Field(None, pattern=r"^\d{14}$", description="SIRET, 14 chiffres.")
    location: Location | None = Field(None, description="Adresse.")


class Offer(Value):
    """The modules of one training body (*offre*)."""

    id: str = Field(pattern=rf"^{IDENTIFIER}$", description="Identifiant, unique dans la bibliothèque.")
    title: str = Field(min_length=1, description="Nom de l'offre.")
    body: Body = Field(description="L'organisme.")
    modules: tuple[Module, ...] = Field(description="Les modules.")
    sources: tuple[Source, ...] = Field((), description="Où l'offre a été lue.")
    confidence: Confidence = Field(description="official, secondary ou to_confirm.")
    illustrative: bool = Field(False, description="Vrai pour une offre inventée pour la démonstration.")
    note: str | None = Field(None, description="Remarque.")

    def is_illustrative(self, module: Module) -> bool:
        """Whether the module is made up for demonstration; it must say so wherever it shows."""
        return self.illustrative or module.illustrative
