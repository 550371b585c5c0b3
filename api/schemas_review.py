"""What the review of drafts receives and gives: comments, opinions, links, effects."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.store.tables.draft_reviews import Opinion
from referentials.editing.places import Place
from referentials.provenance import Value
from referentials.rights import Relation


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


class TouchedPlans(Value):
    """How many kept plans aim at something, in a state; nothing says whose they are."""

    target: str
    state: str
    plans: int = Field(description="Combien reposent sur ce que la publication remplace.")
    marked: int = Field(description="Combien sont déjà à recalculer.")


class SampleOutcome(Value):
    """What somebody made up has of a target, and what a plan takes."""

    by_right: tuple[str, ...] = Field(description="Ce qui est acquis par un droit.")
    acquired: tuple[str, ...] = Field(description="Tout ce qui est acquis.")
    eased: tuple[tuple[str, str], ...] = Field(
        description="Ce qui est épargné : assessment, training, entry ou reduction, et de quoi."
    )
    left: int = Field(description="Blocs encore à obtenir.")
    possible: bool | None = Field(description="Faux quand aucun parcours n'y mène.")
    hours: float | None = Field(description="Heures connues du parcours.")
    weeks: int | None


class SampleEffect(Value):
    """What changes for somebody made up; a side is empty when what they hold is no more."""

    holds: tuple[str, ...] = Field(description="Ce que cette personne détient ; vide : rien.")
    target: str
    before: SampleOutcome | None
    after: SampleOutcome | None


class Effects(Value):
    """What publishing a draft would touch."""

    plans: tuple[TouchedPlans, ...]
    people: tuple[SampleEffect, ...] = Field(description="Des personnes inventées, sans le brouillon puis avec lui.")


class LinkRow(Value):
    """A link from an old competency to what takes its place."""

    start: str = Field(description="L'ancienne compétence, en entier.")
    end: str = Field(description="La nouvelle, par sa place dans le brouillon.")
    why: str = Field(description="same, reworded, successor, near ou chosen.")
    relation: str | None = Field(description="La relation confirmée ; « » : refusé ; vide : rien n'est décidé.")
    by: str = Field(description="L'identifiant du compte qui a décidé ; vide : personne.")


class Links(Value):
    """The links of a draft with the version it starts from."""

    items: tuple[LinkRow, ...]


class LinkDecision(Value):
    """What is decided about a pair."""

    start: str = Field(min_length=1, max_length=400, description="L'ancienne compétence, en entier.")
    end: str = Field(min_length=1, max_length=200, description="La nouvelle, par sa place dans le brouillon.")
    relation: Relation | None = Field(None, description="La relation à confirmer ; vide : refuser.")
    reopen: bool = Field(False, description="Vrai pour revenir sur ce qui avait été décidé.")
