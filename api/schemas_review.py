"""What the review of drafts receives and gives: comments, opinions, links, effects."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.store.tables.draft_reviews import Opinion
from referentials.editing.places import Place
from referentials.provenance import Value


class NewComment(Value):
    """Something to say of a draft."""

    at: Place = Field("", description="L'élément : vide (le référentiel entier), CCP1 ou CCP1/C1.")
    text: str = Field(min_length=1, max_length=4000, pattern=r"\S", description="Ce qu'il y a à en dire.")


class CommentRow(Value):
    """A comment."""

    id: str
    at: str = Field(description="L'élément ; vide : le référentiel entier.")
    text: str
    by: str = Field(description="L'identifiant du compte.")
    created_at: datetime
    resolved_at: datetime | None = Field(description="Quand quelqu'un l'a dit réglé ; vide : il ne l'est pas.")
    resolved_by: str | None


class Comments(Value):
    """The comments on a draft, the oldest first."""

    items: tuple[CommentRow, ...]


class NewOpinion(Value):
    """What is said of the revision that ``If-Match`` names."""

    opinion: Opinion = Field(description="asked (relecture demandée), approved (approuvé) ou changes (à changer).")
    words: str = Field(
        "", max_length=4000, description="Ce que l'on en dit ; il le faut pour demander des changements."
    )


class OpinionRow(Value):
    """What somebody said of a revision."""

    revision: int = Field(description="La révision relue.")
    opinion: Opinion
    words: str
    by: str = Field(description="L'identifiant du compte.")
    created_at: datetime


class Review(Value):
    """Where the review of a draft stands."""

    revision: int = Field(description="La révision du brouillon.")
    approved: bool = Field(description="Vrai quand une seconde personne l'a approuvé tel qu'il est.")
    asked: bool = Field(description="Vrai quand une relecture en est demandée, sans réponse encore.")
    writers: tuple[str, ...] = Field(description="Les comptes qui y ont écrit, et ne peuvent donc pas l'approuver.")
    items: tuple[OpinionRow, ...] = Field(description="Tout ce qui en a été dit, du plus ancien au plus récent.")
