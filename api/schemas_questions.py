"""What HTTP gives and takes for questions of which nothing is kept: gaps, bridges, orientation, coverage."""

from __future__ import annotations

from pydantic import Field

from api.schemas import Listing
from api.services.nearest import GroupOrientation
from pathways.bridges import Bridge
from pathways.coverage import Coverage
from pathways.matrix import Matrix
from pathways.national_map import Chain, Passage
from pathways.objectives import Objective
from pathways.orientation import Orientation
from pathways.policy import PRUDENT, Policy
from pathways.profile import CanGive, Profile
from referentials.provenance import Day, Value

_REFERENCE = 200
_PEOPLE = 500


class GapRequest(Value):
    """A person and a target."""

    profile: Profile = Field(description="La personne, sans identité.")
    target: str = Field(min_length=1, max_length=_REFERENCE, description="Un diplôme, un bloc ou une compétence.")
    on: Day | None = Field(None, description="Le jour de la question ; vide : aujourd'hui.")
    policy: Policy = Field(PRUDENT, description="Ce que valent les preuves, et comment se lisent les droits.")


class BridgePlanRequest(Value):
    """A bridge with the best plan for what remains."""

    start: str = Field(min_length=1, max_length=_REFERENCE, description="Ce qui est détenu, seul.")
    target: str = Field(min_length=1, max_length=_REFERENCE, description="Ce qui est visé.")
    on: Day | None = Field(None, description="Le jour de la question ; vide : aujourd'hui.")
    can_give: CanGive = Field(CanGive(), description="Ce que la personne peut donner.")
    minimise: tuple[Objective, ...] = Field((Objective.HOURS,), min_length=1, max_length=5)
    illustrative: bool = Field(False, description="Choisir aussi parmi les modules inventés.")


class BridgeAnswer(Bridge):
    """A bridge, and the engine that worked it out."""

    engine: str


class MatrixAnswer(Matrix):
    """The map of bridges, with every version that it is about."""

    versions: tuple[str, ...]
    engine: str


class NationalPassages(Listing[Passage]):
    """A page of the national map: what each title gives of the others, by start and target."""

    on: Day
    starts: int = Field(description="Combien de titres détenus ont été considérés.")
    targets: int = Field(description="Combien de cibles.")
    engine: str


class NationalChains(Listing[Chain]):
    """A page of the chains of rights that nobody wrote, by start and target; no text says that one opens the other."""

    on: Day
    engine: str


class OrientationRequest(Value):
    """A person against every target."""

    profile: Profile = Field(description="La personne, sans identité.")
    on: Day | None = Field(None, description="Le jour de la question ; vide : aujourd'hui.")
    everything: bool = Field(False, description="Viser aussi les versions qui ne sont pas en vigueur.")
    limit: int = Field(15, ge=1, le=200, description="Combien de cibles donner, les plus proches.")
    plans: int = Field(0, ge=0, le=5, description="Vers combien des plus proches calculer aussi le parcours.")
    illustrative: bool = Field(False, description="Choisir aussi parmi les modules inventés.")
    policy: Policy = Field(PRUDENT, description="Ce que valent les preuves, et comment se lisent les droits.")


class GroupOrientationRequest(Value):
    """Many people against every target."""

    people: tuple[Profile, ...] = Field(
        min_length=1, max_length=_PEOPLE, description="Les personnes, sans identité, chacune avec son identifiant."
    )
    on: Day | None = Field(None, description="Le jour de la question ; vide : aujourd'hui.")
    nearest: int = Field(5, ge=1, le=50, description="Combien de cibles donner à chacune, les plus proches.")
    policy: Policy = Field(PRUDENT, description="Ce que valent les preuves, et comment se lisent les droits.")


class GroupOrientationAnswer(GroupOrientation):
    """Everybody's nearest targets, and the targets that most are near."""

    engine: str


class OrientationAnswer(Orientation):
    """Targets ranked, with the versions that the ranking rests on."""

    versions: tuple[str, ...]
    engine: str


class CoverageAnswer(Coverage):
    """What offers cover of a referential, with the versions that the answer rests on."""

    versions: tuple[str, ...]
    engine: str
