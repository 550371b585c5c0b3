"""The national map in words (*carte nationale*): what a passage gives, what remains, and what a chain of rights is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pathways.national_map import Chain, Passage
from reports.language import say, say_n
from reports.reason_wording import caution, code_of
from reports.wording import enumeration, listed


def passage(value: Passage) -> str:
    """What holding the start gives of the target, in one line.

    Examples
    --------
    >>> passage(Passage(start="a@1", target="b@1", blocks=("b@1/A",), remaining_blocks=2)).replace("\\u00a0", " ")
    '1 bloc de droit, restent 2 blocs'
    """
    return ", ".join((*_given(value), *_left(value)))


def _given(value: Passage) -> Iterator[str]:
    if value.whole:
        yield say("la cible entière")
    elif value.blocks:
        yield say_n("{count} bloc de droit", "{count} blocs de droit", len(value.blocks))
    elif value.competencies:
        yield say_n("{count} compétence de droit", "{count} compétences de droit", value.competencies)
    if value.chained:
        yield say_n("dont {count} par enchaînement", "dont {count} par enchaînement", len(value.chained))
    if value.entry_waived:
        yield say("dispense d'entrée")
    if value.exemptions and not value.entry_waived:
        yield say("dispense")
    if value.reductions:
        yield say("allègement")


def _left(value: Passage) -> Iterator[str]:
    if value.remaining_blocks:
        yield say_n("reste {count} bloc", "restent {count} blocs", value.remaining_blocks)


def chain(value: Chain, named: Callable[[str], str] = str) -> str:
    """What only a chain gives, and through which titles, each by its name."""
    told = say("{items} seulement par enchaînement", items=enumeration([code_of(fact) for fact in value.facts]))
    if value.through:
        told += ", " + say("en passant par {items}", items=enumeration([named(one) for one in value.through]))
    return listed([told, _beside(value)])


def _beside(value: Chain) -> str:
    if not value.direct:
        return say("aucun texte ne le donne directement")
    return say("directement : {items}", items=enumeration([code_of(ref) for ref in value.direct]))


def cautions(value: Chain) -> tuple[str, ...]:
    """What a careful reader should know of a chain, each thing once."""
    return tuple(dict.fromkeys(caution(one, step.document) for step in value.steps for one in step.cautions))
