"""Trades of an outside nomenclature (*métiers*: ROME, ESCO): their code, the names they go by, the skills that they take.

The few that ship (``data/occupations/rome.yaml``) are those that our certifications cite, and those that refine them in the version of the
ROME that was read: enough for a job title to lead to a code. A trade proves nothing; it tells what to ask.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from referentials.provenance import Source, Value
from referentials.yaml_source import read_file

SHIPPED = Path(__file__).parent / "data" / "occupations" / "rome.yaml"


class Skill(Value):
    """A skill that a nomenclature lists under a trade."""

    code: str = Field(min_length=1, description="Code ou adresse dans la nomenclature.")
    title: str = Field(min_length=1, description="Intitulé.")
    essential: bool | None = Field(None, description="Vrai si elle est dite essentielle ; vide : non dit.")


class Occupation(Value):
    """A trade (*métier*)."""

    nomenclature: str = Field("rome", description="rome ou esco.")
    code: str = Field(min_length=1, description="Code du métier.")
    title: str = Field(min_length=1, description="Intitulé.")
    names: tuple[str, ...] = Field((), description="Appellations : les noms que ce métier porte.")
    broader: str | None = Field(None, description="Code qu'il précise : d'une version plus ancienne, ou d'un groupe.")
    skills: tuple[Skill, ...] = Field((), description="Compétences que la nomenclature lui donne.")


class Occupations(Value):
    """Trades, with where they were read."""

    source: Source = Field(description="Le fichier lu.")
    occupations: tuple[Occupation, ...] = Field(description="Les métiers.")


@cache
def shipped() -> Occupations:
    """The trades that come with the program.

    Examples
    --------
    >>> [one.title for one in shipped().occupations if one.code == "K2111"]
    ['Formateur / Formatrice']
    """
    return Occupations.model_validate(read_file(SHIPPED).value)
