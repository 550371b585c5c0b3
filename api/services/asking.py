"""What a program asks for, as one value (*demande*) → a question that the engine answers.

The same value is what HTTP receives, what a worker process is given, and what the store keeps beside an answer so that the same
question can be asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import Field

from api.services.catalogue import named
from api.services.planning import NotPlannable, check_limits
from pathways.objectives import Objective
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.question import Question
from referentials.library import Library
from referentials.provenance import Day, Value

MOST_SECONDS = 60
MOST_ALTERNATIVES = 20
MOST_OFFERS = 200


class Demand(Value):
    """A plan that somebody wants, whoever it is for."""

    target: str = Field(
        min_length=1,
        max_length=200,
        description="Ce qui est visé : un diplôme, un bloc ou une compétence, par sa référence ou son numéro RNCP.",
    )
    on: Day | None = Field(None, description="Le jour de la question ; vide : aujourd'hui.")
    minimise: tuple[Objective, ...] = Field(
        (Objective.HOURS,), min_length=1, max_length=5, description="Quoi réduire, dans l'ordre."
    )
    offers: tuple[str, ...] | None = Field(
        None, max_length=MOST_OFFERS, description="Les offres parmi lesquelles choisir ; vide : toutes."
    )
    illustrative: bool = Field(False, description="Choisir aussi parmi les modules inventés pour la démonstration.")
    policy: Policy = Field(PRUDENT, description="Ce que valent les preuves, et comment se lisent les droits.")
    alternatives: int = Field(0, ge=0, le=MOST_ALTERNATIVES, description="Combien d'autres parcours donner, au plus.")
    front: tuple[Objective, Objective] | None = Field(
        None, description="Deux objectifs dont donner tous les compromis ; vide : aucun."
    )
    explain: bool = Field(True, description="Chiffrer ce que vaut chaque module et chaque confirmation.")
    time_limit: float | None = Field(
        None, gt=0, le=MOST_SECONDS, description="Secondes de recherche au plus ; vide : ce que le serveur permet."
    )


class PlanRequest(Demand):
    """A plan for somebody whose profile comes with the request, and is not kept."""

    profile: Profile = Field(description="La personne, sans identité.")

    def plain(self) -> dict[str, Any]:
        """The request as plain values, each set in its order."""
        values = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        if "policy" in values and "acquired" in values["policy"]:
            values["policy"]["acquired"].sort()
        return values


def request_for(demand: Demand, profile: Profile) -> PlanRequest:
    """The demand, made for that person."""
    asked = {name: getattr(demand, name) for name in Demand.model_fields}
    return PlanRequest(profile=profile, **asked)


def kept_request(values: Mapping[str, Any]) -> PlanRequest:
    """The request that was kept beside an answer."""
    return PlanRequest.model_validate(dict(values))


def question(request: PlanRequest, library: Library, today: date) -> Question:
    """The question that a request asks.

    Raises
    ------
    NotPlannable
        Something in it can't be met, or names what is not there.
    UnknownReference
        The target or an offer is not in the library.
    """
    on = request.on or today
    check_limits(request.profile.can_give, on, library)
    _check_front(request)
    return Question(
        profile=request.profile,
        target=named(library, request.target, on),
        on=on,
        minimise=request.minimise,
        offers=known_offers(request.offers, library),
        real_only=not request.illustrative,
        policy=request.policy,
        alternatives=request.alternatives,
        front=request.front,
        explain=request.explain,
        time_limit=request.time_limit,
    )


def within(asked: Question, seconds: float) -> Question:
    """The same question, in no more than so many seconds."""
    wanted = asked.time_limit
    return replace(asked, time_limit=seconds if wanted is None else min(wanted, seconds))


def _check_front(request: PlanRequest) -> None:
    if request.front is not None and request.front[0] is request.front[1]:
        raise NotPlannable("« front » attend deux objectifs différents.")


def known_offers(offers: tuple[str, ...] | None, library: Library) -> tuple[str, ...] | None:
    """The same offers, once it is sure that they are there; an empty list chooses among none.

    Raises
    ------
    NotPlannable
        There is no such offer; near names are given.
    """
    if offers is None:
        return None
    known = [offer.id for offer in library.offers]
    for identifier in offers:
        if identifier not in known:
            near = get_close_matches(identifier, known, n=3)
            raise NotPlannable(f"L'offre « {identifier} » n'existe pas dans la bibliothèque.", near)
    return tuple(dict.fromkeys(offers))
