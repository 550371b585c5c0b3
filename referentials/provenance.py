"""Where a statement comes from and how sure it is (*provenance*): sources, confidence, periods of validity."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iso(value: Any) -> Any:
    """Refuse what would be read as a number of seconds or as an hour: ``2019`` is not a day."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("date_not_iso", "a day is written YYYY-MM-DD")
    return value


Day = Annotated[date, BeforeValidator(_iso)]
"""A day, written ``AAAA-MM-JJ`` and no other way."""


class Value(BaseModel):
    """Base of every value of a file: frozen, and closed to fields that no one declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Confidence(StrEnum):
    """How sure a statement is (*niveau de confiance*), from the surest down."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    TO_CONFIRM = "to_confirm"


class Source(Value):
    """A text or a page that says so."""

    id: str | None = Field(None, description="Identifiant court, pour citer la source ailleurs dans le fichier.")
    title: str = Field(min_length=1, description="Nom du texte ou de la page.")
    reference: str | None = Field(None, description="Numéro officiel : NOR, JORFTEXT, numéro de fiche…")
    article: str | None = Field(None, description="Article, annexe ou passage lu.")
    url: str | None = Field(None, description="Adresse où le texte se lit.")
    checked_on: Day | None = Field(None, description="Jour où quelqu'un a relu la source (AAAA-MM-JJ).")
    note: str | None = Field(None, description="Ce qui a été lu, ce qui ne l'a pas été.")


class Origin(Value):
    """What another system calls a referential, or a part of it (*identifiant d'origine*): written back as it came."""

    part: str = Field(
        "", description="La partie : B1, B1/C1, B1/C1~2 pour le deuxième savoir ou critère ; vide : l'ensemble."
    )
    identifier: str = Field(min_length=1, max_length=100, description="Son identifiant dans ce système.")
    uri: str | None = Field(None, description="Son adresse dans ce système.")


class Window(Value):
    """A period (*période*), both days included. An unknown day stays empty.

    ``seen`` is the first day on which the text was read in force, for a text whose real first day is not known: nothing
    follows from the text before that day, and the missing ``from`` counts as a hole.
    """

    start: Day | None = Field(None, alias="from", description="Premier jour ; vide : non connu.")
    end: Day | None = Field(None, alias="to", description="Dernier jour ; vide : pas de fin connue.")
    seen: Day | None = Field(None, description="Faute de premier jour connu : jour où le texte a été vu en vigueur.")

    def contains(self, day: date) -> bool:
        """Whether ``day`` lies in the period; an unknown bound does not exclude.

        Examples
        --------
        >>> Window(**{"from": "2008-12-24"}).contains(date(2008, 12, 23))
        False
        """
        start = self.start or self.seen
        return (start is None or start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: Window) -> bool:
        """Whether two periods share a day."""
        mine, theirs = self.start or self.seen or date.min, other.start or other.seen or date.min
        return mine <= (other.end or date.max) and theirs <= (self.end or date.max)


class Code(Value):
    """A code of an outside nomenclature (RNCP, RS, NSF, ROME, Formacode), with its dates when it changed.

    In a file, the code alone is enough: ``nsf: ["320t"]``.
    """

    code: str = Field(min_length=1, description="Le code, tel qu'il s'écrit.")
    start: Day | None = Field(None, alias="from", description="Premier jour où le code désigne ce texte.")
    end: Day | None = Field(None, alias="to", description="Dernier jour.")
    confidence: Confidence | None = Field(None, description="Confiance propre à ce code.")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "description": "Le code seul."}, handler(core)]}

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"code": value} if isinstance(value, str) else value

    def contains(self, day: date) -> bool:
        """Whether the code named the text on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Stated(Value):
    """A statement with its own sources and confidence; empty ones are those of what contains it."""

    confidence: Confidence | None = Field(
        None, description="official, secondary ou to_confirm ; vide : celle du niveau au-dessus."
    )
    sources: tuple[str, ...] = Field(
        (), description="Identifiants de sources du fichier ; vide : celles du niveau au-dessus."
    )
    note: str | None = Field(None, description="Remarque pour qui relit : ambiguïté, lecture, correction.")
