"""A right, and a likeness, as a page shows them (*droits et proximités*): they never look alike, and a right says its text and its dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from api.web.views.names import Line, anchor, granted, lines
from api.web.views.said import Anchor, Fact, Said
from referentials.library import Library
from referentials.provenance import Confidence, Source, Value, Window
from referentials.registers import as_published
from referentials.requirement import references
from referentials.rights import Correspondence, Effect, Recognition
from reports.language import Words, say, to_say
from reports.library_wording import effect, label, window
from reports.wording import date_in_letters, plain_date

Tone = Literal["by_right", "partial", "to_confirm", "missing"]

_TONES: dict[Effect, Tone] = {Effect.AWARD: "by_right", Effect.EXEMPT: "by_right", Effect.REDUCE: "partial"}

_SHORT = Words(
    {
        Effect.AWARD: to_say("Acquis de droit"),
        Effect.EXEMPT: to_say("Dispense"),
        Effect.REDUCE: to_say("Allègement"),
        Effect.PREPARE: to_say("Préparation, sans droit"),
        Effect.NONE: to_say("« Néant »"),
        Effect.EXPECTED: to_say("Texte attendu, non lu"),
    }
)
"""What each effect is called in two words."""


class SourceView(Value):
    """A text that was read."""

    number: int = Field(0, description="Son rang dans la page ; 0 : aucun.")
    title: Said = Field(description="Nom du texte ou de la page.")
    place: Said = Field(description="Numéro, article, passage.")
    href: str = Field(description="Où il se lit ; vide : adresse non connue.")
    read: Said = Field(description="Quand il a été relu.")
    note: Said = Field(description="Ce qui a été lu, ce qui ne l'a pas été.")


class RightView(Value):
    """A right, whole."""

    id: str = Field(description="Son identifiant.")
    title: Said = Field(description="La passerelle en une phrase.")
    tone: Tone = Field(description="L'état qu'elle donne, pour sa couleur et son signe.")
    effect: Said = Field(description="Ce qu'elle fait, en deux mots.")
    counts: bool = Field(description="Vrai quand elle joue ce jour-là.")
    standing: Said = Field(description="Si elle joue ce jour-là.")
    given: tuple[Line, ...] = Field(description="Ce qu'il faut avoir.")
    grants: tuple[Anchor, ...] = Field(description="Ce qu'elle donne, ou vers quoi elle va.")
    is_right: bool = Field(description="Faux quand rien n'en découle.")
    source: SourceView = Field(description="Le texte.")
    facts: tuple[Fact, ...] = Field(description="Le reste : dates, confiance, formule, pièce, attention, remarque.")


class LikenessView(Value):
    """A likeness, which gives nothing."""

    start: Anchor = Field(description="La première compétence.")
    end: Anchor = Field(description="La seconde.")
    relation: Said = Field(description="Proches, identiques, plus large…")
    said_by: Said = Field(description="Qui le dit, et si quelqu'un l'a confirmé.")
    reason: Said = Field(description="Pourquoi.")


def source_view(value: Source, number: int = 0) -> SourceView:
    """A text, with where and when it was read."""
    return SourceView(
        number=number,
        title=value.title,
        place=", ".join(part for part in (value.reference, value.article) if part),
        href=value.url if value.url and value.url.startswith(("https://", "http://")) else "",
        read=say("relu le {day}", day=plain_date(value.checked_on)) if value.checked_on else "",
        note=value.note or "",
    )


def right_views(rights: Iterable[Recognition], library: Library, on: date) -> tuple[RightView, ...]:
    """Rights, those that play first."""
    found = [right_view(one, library, on) for one in rights]
    return tuple(sorted(found, key=lambda one: (not one.counts, not one.is_right, one.id)))


def right_view(value: Recognition, library: Library, on: date) -> RightView:
    """One right."""
    counts = value.effect.is_right and value.in_force.contains(on)
    return RightView(
        id=value.id,
        title=value.title or _untitled(value),
        tone=_TONES.get(value.effect, "missing"),
        effect=_SHORT[value.effect],
        counts=counts,
        standing=_standing(value, on),
        given=lines(library, value.given),
        grants=granted(library, value.grants),
        is_right=value.effect.is_right,
        source=source_view(value.source),
        facts=tuple(_facts(value)),
    )


def _untitled(value: Recognition) -> str:
    """What a right that nobody named asks for, and what it gives."""
    given, granted = (", ".join(map(as_published, side)) for side in (references(value.given), value.grants))
    return f"{given} → {granted}" if given and granted else value.source.title


def _standing(value: Recognition, on: date) -> str:
    if value.effect is Effect.EXPECTED:
        return say("rien n'en découle")
    return in_force_or_not(value.in_force, on)


def in_force_or_not(value: Window, on: date) -> str:
    """Whether a text is in force on a day."""
    day = date_in_letters(on)
    if value.contains(on):
        return say("en vigueur le {day}", day=day)
    if value.end is not None and value.end < on:
        return say("plus en vigueur le {day}", day=day)
    return say("pas encore en vigueur le {day}", day=day)


def _facts(value: Recognition) -> Iterator[Fact]:
    told = {
        say("Effet"): effect(value),
        say("Dates"): window(value.in_force),
        say("Formule"): label(value.wording) if value.wording else "",
        say("Pièce"): value.proof or "",
        say("Attention"): _cautions(value),
        say("Confiance"): label(value.confidence),
        say("Remarque"): value.note or "",
    }
    return (Fact(name=name, lines=(text,)) for name, text in told.items() if text)


def _cautions(value: Recognition) -> str:
    told = []
    if value.discretionary:
        told.append(say("accordé au cas par cas, par l'organisme ou le jury : ce n'est pas automatique"))
    if value.confidence is Confidence.TO_CONFIRM:
        told.append(say("ce texte reste à confirmer : il n'a pas été lu"))
    return " ; ".join(told)


def likeness_view(value: Correspondence, library: Library) -> LikenessView:
    """One likeness."""
    return LikenessView(
        start=anchor(library, value.start),
        end=anchor(library, value.end),
        relation=label(value.relation),
        said_by=say("{state}, selon {author}", state=label(value.state), author=value.author),
        reason=value.reason or "",
    )
