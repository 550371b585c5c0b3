"""What was said of a draft, in words (*commentaires et relectures*): who, when, of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import Field

from api.store.tables.draft_comments import DraftComment
from api.store.tables.draft_reviews import DraftReview
from api.web.own_draft import OwnDraft
from api.web.views.draft_tree import named
from api.web.views.moments import moment
from api.web.views.said import Said
from referentials.provenance import Value
from reports.language import say


class CommentView(Value):
    """A comment."""

    id: str = Field(description="Son identifiant.")
    about: Said = Field(description="De quoi il parle.")
    href: str = Field(description="Où cela s'écrit.")
    text: Said = Field(description="Ce qu'il dit.")
    by: str = Field(description="Qui le dit.")
    at: Said = Field(description="Quand.")
    settled: Said = Field(description="Qui l'a dit réglé, et quand ; vide : il ne l'est pas.")


class OpinionView(Value):
    """What somebody said of a revision."""

    opinion: str = Field(description="« asked », « approved » ou « changes ».")
    words: Said = Field(description="Ce qui en est dit ; vide : rien de plus.")
    by: str = Field(description="Qui le dit.")
    at: Said = Field(description="Quand.")
    current: bool = Field(description="Vrai quand le brouillon n'a pas changé depuis.")


def who(account: str, names: Mapping[str, str]) -> str:
    """Whose account it is."""
    return names.get(account) or say("un compte qui n'existe plus")


def comment_views(some: Iterable[DraftComment], draft: OwnDraft, names: Mapping[str, str]) -> tuple[CommentView, ...]:
    """Comments, in their order."""
    return tuple(_comment(one, draft, names) for one in some)


def _comment(one: DraftComment, draft: OwnDraft, names: Mapping[str, str]) -> CommentView:
    settled = ""
    if one.resolved_at is not None:
        settled = say("réglé par {name}, le {at}", name=who(one.resolved_by or "", names), at=moment(one.resolved_at))
    return CommentView(
        id=one.id,
        about=named(draft.values, one.at) if one.at else say("le référentiel entier"),
        href=draft.at(one.at),
        text=one.text,
        by=who(one.by, names),
        at=moment(one.created_at),
        settled=settled,
    )


def opinion_views(some: Iterable[DraftReview], revision: int, names: Mapping[str, str]) -> tuple[OpinionView, ...]:
    """Opinions, the last one first."""
    found = [
        OpinionView(
            opinion=one.opinion,
            words=one.words,
            by=who(one.by, names),
            at=moment(one.created_at),
            current=one.reviewed == revision,
        )
        for one in some
    ]
    return tuple(reversed(found))
