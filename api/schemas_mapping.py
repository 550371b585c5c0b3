"""What the mapping of modules to competencies receives and gives."""

from __future__ import annotations

from pydantic import Field

from api.store.tables.mapping_decisions import Verdict
from referentials.provenance import Value
from referentials.reference import ItemReference


class SuggestionRow(Value):
    """A competency that a module may bring."""

    competency: str = Field(description="La référence entière de la compétence.")
    title: str
    score: int = Field(ge=0, le=100, description="La proximité, sur 100 : un indice, pas une preuve.")
    words: tuple[str, ...] = Field(description="Les mots communs, tels que la compétence les écrit.")
    by_meaning: bool = Field(description="Vrai quand le sens a compté, et pas seulement les mots.")


class Suggestions(Value):
    """The suggestions for a module, the nearest first, and what was refused."""

    target: str = Field(description="La version dont les compétences sont proposées.")
    items: tuple[SuggestionRow, ...]
    brought: tuple[str, ...] = Field(description="Les compétences que le module apporte déjà.")
    refused: tuple[str, ...] = Field(description="Les compétences refusées pour ce module.")


class Decision(Value):
    """What is decided about a competency and a module."""

    competency: ItemReference = Field(description="La référence entière de la compétence.")
    verdict: Verdict = Field(
        description="accepted l'ajoute au module, refused ne la propose plus, reopened la propose de nouveau."
    )
