"""Passerelles, orientation and coverage in French words: one line each (*fiches et listes*)."""

from __future__ import annotations

from collections.abc import Iterator

from pathways.bridges import Bridge
from pathways.coverage import BlockCoverage, CompetencyCoverage, Covered
from pathways.matrix import Cell
from pathways.orientation import Prospect
from pathways.pathway import Status
from reports.pathway_wording import sums
from reports.reason_wording import code_of, enumeration
from reports.wording import number, plural

COVERED = {
    Covered.WHOLE: "● couvert en entier",
    Covered.PARTIAL: "◐ couvert en partie",
    Covered.NONE: "○ non couvert",
}

_HOW = {"prepares": "prépare le bloc", "assesses": "évalue"}


def bridge(value: Bridge) -> str:
    """A passerelle in one sentence.

    Rights are told first; what is to confirm is told apart; no right at all is said so.
    """
    if value.acquired:
        return "La cible entière est acquise."
    told = [_blocks(value.by_right, "acquis de droit"), _blocks(value.to_confirm, "possible, à confirmer")]
    known = " ; ".join(part for part in told if part) or "aucun bloc n'est acquis de droit"
    left = len(value.remaining)
    every = len(value.gap.blocks)
    rest = "les blocs de la cible ne sont pas connus" if not every else f"restent {plural(left, 'bloc')} sur {every}"
    return f"{known[0].upper()}{known[1:]} ; {rest}."


def _blocks(refs: tuple[str, ...], words: str) -> str:
    return f"{words} : {enumeration([code_of(ref) for ref in refs])}" if refs else ""


def cell(value: Cell) -> str:
    """What a pair of the matrix gives, in one line.

    Examples
    --------
    >>> cell(Cell(start="deme@2007", target="bpjeps-tic@2002", by_right=4, blocks=10)).replace("\\u00a0", " ")
    '4 blocs sur 10 de droit'
    """
    return ", ".join(_cell(value)) or "mention, sans droit"


def _cell(value: Cell) -> Iterator[str]:
    if value.whole:
        yield "la cible entière"
    elif value.by_right:
        yield f"{plural(value.by_right, 'bloc')} sur {value.blocks} de droit"
    elif value.competencies:
        yield f"{plural(value.competencies, 'compétence')} de droit"
    if value.to_confirm:
        yield f"{plural(value.to_confirm, 'bloc')} à confirmer"
    if value.entry_waived:
        yield "dispense d'entrée"
    if value.exemptions and not value.entry_waived:
        yield "dispense"
    if value.reductions:
        yield "allègement"
    if value.expected:
        yield "texte attendu, non lu"
    if value.absences:
        yield "« Néant »"
    if value.preparations:
        yield "préparation, sans droit"


def prospect(value: Prospect) -> str:
    """Where a person stands in front of a target, in one line."""
    if value.acquired:
        return "déjà acquis"
    told = []
    if value.blocks.total:
        gained = value.blocks.by_right + value.blocks.by_proof
        told.append(f"{plural(gained, 'bloc acquis', 'blocs acquis')} sur {value.blocks.total}")
    if value.blocks.to_confirm:
        told.append(f"{plural(value.blocks.to_confirm, 'bloc')} à confirmer")
    if value.remaining.competencies:
        told.append(f"{plural(value.remaining.competencies, 'compétence')} à acquérir")
    if not value.known:
        told.append("cible non connue en entier")
    if value.reductions:
        told.append("allègement")
    return ", ".join(told)


def planned(value: Prospect) -> str:
    """The plan towards a target, in one line; empty when none was asked for."""
    if value.plan is None:
        return ""
    if value.plan.status in (Status.OPTIMAL, Status.FEASIBLE):
        return f"parcours : {sums(value.plan.totals)}"
    return "rien à faire" if value.plan.status is Status.HELD else "aucun parcours avec ces offres et ces limites"


def share(value: float) -> str:
    """A part of one, as a percentage.

    Examples
    --------
    >>> share(0.4).replace("\\u00a0", " ")
    '40 %'
    """
    return f"{number(int(100 * value))}\u00a0%"


def covered(value: BlockCoverage) -> str:
    """How a block is covered, in one line."""
    unknown = "" if value.known else ", compétences non connues en entier"
    return COVERED[value.covered] + unknown


def contributions(value: BlockCoverage | CompetencyCoverage) -> str:
    """The modules that bring something, in one line; those that bring a whole block are told on its own line."""
    alone = isinstance(value, CompetencyCoverage)
    shown: dict[str, list[str]] = {}
    for one in value.modules:
        if not (alone and one.how == "prepares"):
            shown.setdefault(one.module, []).append("" if one.level is None else f"niveau {one.level}")
            shown[one.module].append("" if one.how == "develops" else _HOW[one.how])
    told = [_module(name, words) for name, words in shown.items()]
    return ", ".join(told) or ("avec le bloc entier" if value.modules else "aucun module")


def _module(name: str, words: list[str]) -> str:
    said = ", ".join(dict.fromkeys(word for word in words if word))
    return f"{name} ({said})" if said else name
