"""Passerelles, orientation and coverage in words: one line each (*fiches et listes*)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathways.bridges import Bridge
from pathways.coverage import BlockCoverage, CompetencyCoverage, Covered
from pathways.gap import Gap
from pathways.matrix import Cell
from pathways.orientation import Prospect
from pathways.pathway import Status
from reports.language import Words, say, say_n, to_say
from reports.pathway_wording import sums
from reports.reason_wording import code_of
from reports.wording import enumeration, labelled, listed, percent

COVERED: Mapping[Covered, str] = Words(
    {
        Covered.WHOLE: to_say("● couvert en entier"),
        Covered.PARTIAL: to_say("◐ couvert en partie"),
        Covered.NONE: to_say("○ non couvert"),
    }
)
"""How much of something an offer covers, with a sign."""

_HOW = Words({"prepares": to_say("prépare le bloc"), "assesses": to_say("évalue")})


def bridge(value: Bridge) -> str:
    """A passerelle in one sentence.

    Rights are told first; what is to confirm is told apart; no right at all is said so.
    """
    if value.acquired:
        return say("La cible entière est acquise.")
    told = [_blocks(value.by_right, say("acquis de droit")), _blocks(value.to_confirm, say("possible, à confirmer"))]
    known = listed(told) or say("aucun bloc n'est acquis de droit")
    return f"{listed([f'{known[0].upper()}{known[1:]}', _rest(value.gap)])}."


def _rest(gap: Gap) -> str:
    left, among, every = gap.remaining.blocks, gap.remaining.among, len(gap.blocks)
    if not every:
        return say("les blocs de la cible ne sont pas connus")
    if among is not None:
        return say_n(
            "reste {count} bloc, au choix parmi {among}",
            "restent {count} blocs, au choix parmi {among}",
            left,
            among=among,
        )
    return say_n("reste {count} bloc sur {every}", "restent {count} blocs sur {every}", left, every=every)


def _blocks(refs: tuple[str, ...], words: str) -> str:
    return labelled(words, enumeration([code_of(ref) for ref in refs])) if refs else ""


def cell(value: Cell) -> str:
    """What a pair of the matrix gives, in one line.

    Examples
    --------
    >>> cell(Cell(start="deme@2007", target="bpjeps-tic@2002", by_right=4, blocks=10)).replace("\\u00a0", " ")
    '4 blocs sur 10 de droit'
    """
    return ", ".join(_cell(value)) or say("mention, sans droit")


def _cell(value: Cell) -> Iterator[str]:
    if value.whole:
        yield say("la cible entière")
    elif value.by_right:
        yield say_n(
            "{count} bloc sur {every} de droit",
            "{count} blocs sur {every} de droit",
            value.by_right,
            every=value.blocks,
        )
    elif value.competencies:
        yield say_n("{count} compétence de droit", "{count} compétences de droit", value.competencies)
    if value.to_confirm:
        yield say_n("{count} bloc à confirmer", "{count} blocs à confirmer", value.to_confirm)
    elif value.possible:
        yield say("un droit possible, à confirmer")
    if value.entry_waived:
        yield say("dispense d'entrée")
    if value.exemptions and not value.entry_waived:
        yield say("dispense")
    if value.reductions:
        yield say("allègement")
    if value.expected:
        yield say("texte attendu, non lu")
    if value.absences:
        yield say("« Néant »")
    if value.preparations:
        yield say("préparation, sans droit")


def prospect(value: Prospect) -> str:
    """Where a person stands in front of a target, in one line."""
    return say("déjà acquis") if value.acquired else ", ".join(_prospect(value))


def _prospect(value: Prospect) -> Iterator[str]:
    if value.blocks.total:
        gained = value.blocks.by_right + value.blocks.by_proof
        yield say_n(
            "{count} bloc acquis sur {every}", "{count} blocs acquis sur {every}", gained, every=value.blocks.total
        )
    if value.blocks.to_confirm:
        yield say_n("{count} bloc à confirmer", "{count} blocs à confirmer", value.blocks.to_confirm)
    if value.remaining.competencies:
        left = value.remaining.competencies
        yield say_n("{count} compétence à acquérir", "{count} compétences à acquérir", left)
    if not value.known:
        yield say("cible non connue en entier")
    if value.reductions:
        yield say("allègement")


def planned(value: Prospect) -> str:
    """The plan towards a target, in one line; empty when none was asked for."""
    if value.plan is None:
        return ""
    if value.plan.status in (Status.OPTIMAL, Status.FEASIBLE):
        return say("parcours : {totals}", totals=sums(value.plan.totals))
    if value.plan.status is Status.HELD:
        return say("rien à faire")
    return say("aucun parcours avec ces offres et ces limites")


def share(value: float) -> str:
    """A part of one, as a percentage.

    Examples
    --------
    >>> share(0.4).replace("\\u00a0", " ")
    '40 %'
    """
    return percent(int(100 * value))


def covered(value: BlockCoverage) -> str:
    """How a block is covered, in one line."""
    told = COVERED[value.covered]
    return told if value.known else f"{told}, {say('compétences non connues en entier')}"


def contributions(value: BlockCoverage | CompetencyCoverage, titles: Mapping[str, str] | None = None) -> str:
    """The modules that bring something, in one line; those that bring a whole block are told on its own line.

    Parameters
    ----------
    titles : mapping or None
        The titles of modules by reference; one without a title keeps its reference.
    """
    alone = isinstance(value, CompetencyCoverage)
    shown: dict[str, list[str]] = {}
    for one in value.modules:
        if not (alone and one.how == "prepares"):
            shown.setdefault(one.module, []).append("" if one.level is None else say("niveau {level}", level=one.level))
            shown[one.module].append("" if one.how == "develops" else _HOW[one.how])
    named = titles or {}
    told = [_module(named.get(name, name), words) for name, words in shown.items()]
    return listed(told) or (say("avec le bloc entier") if value.modules else say("aucun module"))


def _module(name: str, words: list[str]) -> str:
    said = ", ".join(dict.fromkeys(word for word in words if word))
    return f"{name} ({said})" if said else name
