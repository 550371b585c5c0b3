"""Words that a page shows (*textes de page*): set in good type when they are chosen, so that data reads like the rest."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, Field

from referentials.provenance import Value
from reports.language import in_french
from reports.typesetting import text_in_type

_in_type = lru_cache(maxsize=20_000)(text_in_type)
"""The same sentences stand on many pages."""

Said = Annotated[str, AfterValidator(lambda text: _in_type(text, in_french()))]
"""A text for people; names, codes and addresses are plain ``str``."""


class Anchor(Value):
    """A link: where it leads, and its words."""

    href: str = Field(description="L'adresse ; vide : rien où mener.")
    label: Said = Field(description="Ses mots.")


class Fact(Value):
    """A name and what it is, on a line or several."""

    name: Said = Field(description="De quoi il s'agit.")
    lines: tuple[Said, ...] = Field(description="Ce qu'il en est.")
    cites: tuple[int, ...] = Field((), description="Numéros des sources qui le disent.")
    sure: Said = Field("", description="La confiance, quand elle n'est pas celle de l'ensemble.")
    note: Said = Field("", description="Une remarque de qui a lu.")
    unknown: bool = Field(False, description="Vrai quand personne ne l'a lu.")
