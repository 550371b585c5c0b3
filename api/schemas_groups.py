"""What HTTP takes to decide for a group: people by their files, or with their profiles, and what there is to share."""

from __future__ import annotations

from pydantic import Field, model_validator

from api.services.group_surveys import MOST_PEOPLE, GroupPerson
from pathways.group.budget_answer import Criterion
from pathways.policy import PRUDENT, Policy
from referentials.provenance import Day, Value

_MOST = 10**9


class GroupBudgetRequest(Value):
    """A budget that may not pay for everybody."""

    people: tuple[str, ...] = Field(
        (), max_length=MOST_PEOPLE, description="Les dossiers que l'organisation suit, par leur identifiant."
    )
    profiles: tuple[GroupPerson, ...] = Field(
        (), max_length=MOST_PEOPLE, description="D'autres personnes, avec leur profil ; rien n'en est gardé."
    )
    target: str | None = Field(None, max_length=200, description="La même cible pour toutes ; vide : la leur.")
    budget: float | None = Field(None, ge=0, le=_MOST, description="Ce qu'il y a à partager, en euros.")
    hours: float | None = Field(None, ge=0, le=_MOST, description="Des heures à partager, à la place.")
    by: Criterion = Field(
        Criterion.TITLES,
        description="titles : le plus de personnes au bout ; blocks : le plus de blocs ; fairness : équité entre services.",
    )
    front: bool = Field(False, description="Donner tous les compromis entre le budget et les personnes, et les blocs.")
    on: Day | None = Field(None, description="Le jour de la question ; vide : aujourd'hui.")
    offers: tuple[str, ...] | None = Field(
        None, max_length=200, description="Les offres parmi lesquelles choisir ; vide : toutes."
    )
    illustrative: bool = Field(False, description="Choisir aussi parmi les modules inventés.")
    policy: Policy = Field(PRUDENT, description="Ce que valent les preuves, et comment se lisent les droits.")

    @model_validator(mode="after")
    def _one_thing_to_share(self) -> GroupBudgetRequest:
        if (self.budget is None) == (self.hours is None):
            raise ValueError("donnez « budget » ou « hours », l'un des deux")
        if not 0 < len(self.people) + len(self.profiles) <= MOST_PEOPLE:
            raise ValueError(f"donnez de 1 à {MOST_PEOPLE} personnes, dans « people » et « profiles »")
        return self
