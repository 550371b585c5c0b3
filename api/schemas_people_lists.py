"""What HTTP gives about people brought in by a workbook (*reprise d'un classeur*)."""

from __future__ import annotations

from pydantic import Field

from api.services.people_twins import Likeness
from referentials.findings import Finding
from referentials.provenance import Value


class TwinRow(Value):
    """A row of the workbook about somebody who may be there already."""

    row: int = Field(description="La ligne de la feuille Personnes.")
    person: str | None = Field(
        description="Le dossier de la personne suivie ; vide : c'est une autre ligne du classeur."
    )
    earlier_row: int | None = Field(description="L'autre ligne ; vide : c'est une personne suivie.")
    why: Likeness = Field(description="Ce qui est pareil : adresse, nom, ou code de qui n'a ni l'un ni l'autre.")


class PeopleBrought(Value):
    """What a workbook of people changed, or would change."""

    dry: bool = Field(description="Vrai quand rien n'a été changé.")
    people: int = Field(description="Personnes qui peuvent être reprises.")
    duplicates: tuple[TwinRow, ...] = Field(description="Celles qui sont peut-être déjà là.")
    opened: tuple[str, ...] = Field(description="Les dossiers ouverts.")
    updated: int = Field(description="Dossiers mis à jour.")
    unchanged: int = Field(description="Dossiers qui disaient déjà la même chose.")
    left: int = Field(description="Lignes laissées de côté, parce que la personne est déjà là.")
    findings: tuple[Finding, ...] = Field(description="Ce qui ne va pas, par feuille, ligne et colonne.")
