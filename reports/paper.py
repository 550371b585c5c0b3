"""A paper (*document imprimable*): a title and sections of a few plain kinds of blocks, with every word already chosen.

This is all that a format has to draw: each exporter draws these blocks and nothing else, so the same words and the same
figures stand in the page, the PDF, the text document and the workbook. A cell has its words, and the number or the day
behind them for formats that can count.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from referentials.provenance import Value
from reports.drawing import Drawing
from reports.language import Language
from reports.plain_text import Plain


class ColumnKind(StrEnum):
    """What a column holds, for its alignment and its number format."""

    TEXT = "text"
    HOURS = "hours"
    EUROS = "euros"
    COUNT = "count"
    DAY = "day"
    SHARE = "share"


class Tone(StrEnum):
    """What a cell or a notice says at a glance; always beside its words, never instead of them."""

    NEUTRAL = "neutral"
    BY_RIGHT = "by_right"
    BY_PROOF = "by_proof"
    TO_CONFIRM = "to_confirm"
    PARTIAL = "partial"
    MISSING = "missing"
    WARNING = "warning"


class Cell(Value):
    """One cell: its words, and what a workbook counts with. ``value`` is empty for a text and for what is not known."""

    text: Plain = Field("", description="Les mots de la case, déjà choisis.")
    value: float | date | None = Field(
        None, description="Le nombre ou le jour que disent ces mots : heures, euros, part…"
    )
    tone: Tone = Field(Tone.NEUTRAL, description="Le ton : un état, une alerte, ou rien.")


class Column(Value):
    """One column. ``weight`` is its share of the width beside the others."""

    title: Plain = Field(description="Titre de la colonne.")
    kind: ColumnKind = Field(ColumnKind.TEXT, description="Ce que la colonne contient.")
    weight: float = Field(1.0, gt=0, description="Largeur relative.")


class Table(Value):
    """A table whose first column names its rows. ``name`` is that of its sheet in a workbook."""

    block: Literal["table"] = "table"
    name: Plain = Field(description="Nom court, unique dans le document : celui de la feuille du classeur.")
    caption: Plain = Field(description="Ce que la table montre, en une ligne.")
    columns: tuple[Column, ...] = Field(description="Les colonnes.")
    rows: tuple[tuple[Cell, ...], ...] = Field(description="Les lignes, une case par colonne.")
    total: tuple[Cell, ...] = Field((), description="La ligne du total ; vide : il n'y en a pas.")
    note: Plain = Field("", description="Remarque sous la table.")


class Text(Value):
    """A paragraph. ``strong`` opens a document: its main sentence."""

    block: Literal["text"] = "text"
    text: Plain = Field(description="Le paragraphe.")
    strong: bool = Field(False, description="Vrai pour la phrase principale.")


class Items(Value):
    """A list; ``boxes`` puts a box to tick before each item."""

    block: Literal["items"] = "items"
    items: tuple[Plain, ...] = Field(description="Les lignes.")
    boxes: bool = Field(False, description="Vrai pour des cases à cocher.")


class Fact(Value):
    """A name and what it is, on one line."""

    name: Plain = Field(description="De quoi il s'agit.")
    cell: Cell = Field(description="Ce qu'il en est.")


class Facts(Value):
    """Names and what they are: an identity, the key figures. ``large`` for the three numbers that open a plan."""

    block: Literal["facts"] = "facts"
    facts: tuple[Fact, ...] = Field(description="Les lignes.")
    large: bool = Field(False, description="Vrai pour les chiffres clés.")


class Notice(Value):
    """A sentence that must not be missed."""

    block: Literal["notice"] = "notice"
    text: Plain = Field(description="La phrase.")
    tone: Tone = Field(Tone.NEUTRAL, description="warning pour une alerte.")


class Figure(Value):
    """A drawing with its text alternative and its table; a format that can't draw shows the table, unless it is ``told``."""

    block: Literal["figure"] = "figure"
    name: Plain = Field(description="Nom court, unique dans le document.")
    caption: Plain = Field(description="Ce que le dessin montre.")
    alternative: Plain = Field(description="Le dessin en mots, pour qui ne le voit pas.")
    svg: Drawing = Field(description="Le dessin, en SVG.")
    table: Table = Field(description="Les données du dessin.")
    told: bool = Field(False, description="Vrai quand une table du document dit déjà ces données.")


class Signature(Value):
    """Who signs."""

    role: Plain = Field(description="En quelle qualité.")
    name: Plain = Field("", description="Nom ; vide : à écrire à la main.")


class Signatures(Value):
    """Boxes to sign in."""

    block: Literal["signatures"] = "signatures"
    signatures: tuple[Signature, ...] = Field(description="Les signataires.")


Block = Annotated[
    Text | Items | Facts | Table | Figure | Notice | Signatures,
    Field(discriminator="block"),
]


class Section(Value):
    """A titled part. ``id`` names it in links; a ``new_page`` starts one on paper."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="Identifiant, unique dans le document.")
    title: Plain = Field(description="Titre.")
    blocks: tuple[Block, ...] = Field((), description="Ce qu'elle contient, dans l'ordre.")
    sections: tuple[Section, ...] = Field((), description="Ses sous-parties.")
    new_page: bool = Field(False, description="Vrai pour commencer une page.")


class Paper(Value):
    """A whole document, ready to be drawn."""

    kind: Plain = Field(description="La nature du document, en haut de chaque page : Plan individuel de formation…")
    title: Plain = Field(description="Titre.")
    subtitle: Plain = Field("", description="Sous-titre : la personne, le jour.")
    language: Language = Field(description="Langue des mots du document.")
    day: date = Field(description="Le jour que le document porte.")
    reference: Plain = Field(description="Référence du document, en pied de page.")
    illustrative: bool = Field(False, description="Vrai si une partie des données est inventée : dit sur chaque page.")
    opening: tuple[Block, ...] = Field((), description="Ce qui vient avant la première partie : phrase et chiffres.")
    sections: tuple[Section, ...] = Field(description="Les parties, dans l'ordre.")

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table with rows, in the order of reading; those of figures too."""
        tables = (*_tables(self.opening), *(table for section in self.sections for table in _tables_of(section)))
        return tuple(table for table in tables if table.rows)


def _tables_of(section: Section) -> tuple[Table, ...]:
    return _tables(section.blocks) + tuple(table for part in section.sections for table in _tables_of(part))


def _tables(blocks: tuple[Block, ...]) -> tuple[Table, ...]:
    return tuple(
        block if isinstance(block, Table) else block.table for block in blocks if isinstance(block, Table | Figure)
    )
