"""The texts of a passerelle on paper (*textes, article par article*): what each takes, gives and says, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pathways.bridges import Bridge
from pathways.clauses import Clause
from pathways.reasons import Caution, Reason, cautions
from referentials.library import Library
from referentials.rights import Effect, Recognition
from reports import cells
from reports.charts.bridge_map import Link
from reports.language import say
from reports.library_wording import effect, granted, label, source, window
from reports.names import called, in_words, requirement
from reports.paper import Fact, Facts, Notice, Section, Text, Tone
from reports.reason_wording import caution
from reports.wording import enumeration

_OF_EFFECT = {Effect.AWARD: Link.AWARD, Effect.EXEMPT: Link.EXEMPT, Effect.REDUCE: Link.REDUCE}


class Numbered(NamedTuple):
    """A text with its rank in the whole sheet, and what it does here."""

    number: int
    clause: Clause
    link: Link | None

    @property
    def title(self) -> str:
        """The text in one line."""
        return self.clause.title or self.clause.id

    @property
    def cited(self) -> str:
        """The text and its article, after its rank."""
        told = ", ".join(part for part in (self.clause.source.title, self.clause.source.article) if part)
        return f"{self.number}. {told}"


def numbered(bridge: Bridge) -> tuple[Numbered, ...]:
    """Every text of a passerelle: those that play, that would, that are expected, that give nothing."""
    groups = (
        *((one, _OF_EFFECT.get(one.effect)) for one in bridge.clauses),
        *((one, Link.POSSIBLE) for one in bridge.possible),
        *((one, Link.EXPECTED) for one in bridge.expected),
        *((one, Link.NONE) for one in bridge.absences),
        *((one, None) for one in bridge.preparations),
    )
    return tuple(Numbered(number, clause, link) for number, (clause, link) in enumerate(groups, start=1))


def sections(bridge: Bridge, library: Library) -> Iterator[Section]:
    """A section per role that has texts, a part per text; the rights always have theirs."""
    texts = {one.id: one for one in library.recognitions}
    every = numbered(bridge)

    def those(clauses: tuple[Clause, ...]) -> tuple[Section, ...]:
        names = {one.id for one in clauses}
        return tuple(_text(one, texts[one.clause.id], bridge, library) for one in every if one.clause.id in names)

    yield Section(
        id="droits", title=say("Les droits, texte par texte"), blocks=_no_right(bridge), sections=those(bridge.clauses)
    )
    for identifier, title, warning, clauses in (
        (
            "a-confirmer",
            say("Ce qui est à confirmer"),
            say(
                "Ces textes joueraient si ce qu'ils demandent de plus était confirmé : rien n'en est compté comme acquis."
            ),
            bridge.possible,
        ),
        (
            "attendus",
            say("Textes attendus, non lus"),
            say(
                "On sait que ces textes existent, ou qu'ils sont annoncés ; personne ne les a lus, et rien n'en découle."
            ),
            bridge.expected,
        ),
        ("neant", say("« Néant »"), say("Ces textes disent eux-mêmes que rien n'est accordé."), bridge.absences),
        (
            "preparations",
            say("Préparations, sans aucun droit"),
            say("Suivre l'un prépare à l'autre, sans rien en donner."),
            bridge.preparations,
        ),
    ):
        if clauses:
            opening = (Notice(text=warning, tone=Tone.WARNING if identifier == "attendus" else Tone.NEUTRAL),)
            yield Section(id=identifier, title=title, blocks=opening, sections=those(clauses))


def _no_right(bridge: Bridge) -> tuple[Text, ...]:
    if bridge.clauses:
        return ()
    return (
        Text(
            text=say(
                "Aucun texte lu ne donne de droit dans ce sens. Cela ne prouve pas qu'il n'en existe pas : "
                "seuls comptent ici les textes que quelqu'un a lus."
            )
        ),
    )


def _text(one: Numbered, recognition: Recognition, bridge: Bridge, library: Library) -> Section:
    return Section(
        id=f"texte-{one.number}",
        title=f"{one.number}. {one.title}",
        blocks=(Facts(facts=tuple(_facts(recognition, bridge, library))),),
    )


def _facts(item: Recognition, bridge: Bridge, library: Library) -> Iterator[Fact]:
    told = {
        say("Effet"): effect(item),
        say("Il faut"): "\n".join("\u2003" * depth + line for depth, line in requirement(item.given, library)),
        say("Donne") if item.effect.is_right else say("Vers"): _granted(item, bridge, library),
        say("Texte"): source(item.source),
        say("Passage lu"): item.source.note or "",
        say("Dates"): window(item.in_force),
        say("Confiance"): label(item.confidence),
        say("Formule"): label(item.wording) if item.wording else "",
        say("Pièce"): item.proof or "",
        say("Attention"): _cautions(item, bridge),
        say("Remarque"): item.note or "",
    }
    return (cells.fact(name, text) for name, text in told.items() if text)


def _granted(item: Recognition, bridge: Bridge, library: Library) -> str:
    """What it says of the target; that it speaks of others is said without naming them all."""
    key = bridge.target.partition("/")[0]
    every = [(text, library.expand(text)) for text in item.grants]
    here = [full for _text, fulls in every for full in fulls if full.partition("/")[0] == key]
    others = {text.partition("/")[0] for text, fulls in every if not any(full in here for full in fulls)}
    told = in_words(granted(here), library)
    if not others:
        return told
    return say(
        "{here} ; et de même pour {others}",
        here=told,
        others=enumeration(sorted(called(one, library) for one in others)),
    )


def _cautions(item: Recognition, bridge: Bridge) -> str:
    """What a careful reader should know; the piece to give has its own line."""
    reason = next((one for one in _reasons(bridge) if one.by == item.id), None)
    found = reason.cautions if reason else cautions(item)
    return "\n".join(caution(one) for one in found if one is not Caution.DOCUMENT_NEEDED)


def _reasons(bridge: Bridge) -> Iterator[Reason]:
    for block in bridge.gap.blocks:
        yield from block.because
        for competency in block.competencies:
            yield from competency.because
    yield from bridge.gap.entry.because


def cited(bridge: Bridge) -> Mapping[str, str]:
    """Each text by its identifier, as the sheet cites it."""
    return {one.clause.id: one.cited for one in numbered(bridge)}
