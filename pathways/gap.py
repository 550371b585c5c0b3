"""What remains (*positionnement et écart*): for each block and competency of the target, its state and why.

States: ``by_right``, ``by_proof``, ``to_confirm``, ``missing``, and for a block ``partial`` when some of its competencies
are there. What is to confirm is never counted as acquired. Beside the states, the texts that waive or shorten something, those
that are known but give nothing yet, and what is still missing where something is asked first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pydantic import Field

from pathways.clauses import Clause
from pathways.door import EntryGap, entry, left_of
from pathways.positioning import ACQUIRED, Positioning, State, position
from pathways.reasons import Reason
from pathways.remaining import Remaining, remaining
from pathways.requirements import residual
from pathways.target import Target
from pathways.texts import NearRight, near_rights, only_hoped, reductions, without_right
from pathways.validity import last_day
from pathways.waivers import Waiver, waivers
from referentials.model import Block, Competency
from referentials.provenance import Value
from referentials.requirement import Requirement
from referentials.rights import Effect

__all__ = [
    "ACQUIRED",
    "BlockGap",
    "CompetencyGap",
    "EntryGap",
    "Gap",
    "Positioning",
    "Remaining",
    "State",
    "entry",
    "gap",
    "position",
    "what_remains",
]


class CompetencyGap(Value):
    """Where a person stands on a competency."""

    ref: str
    title: str | None
    level: int | None = None
    held: int | None = None
    state: State
    because: tuple[Reason, ...] = ()


class BlockGap(Value):
    """Where a person stands on a block. ``known`` is false when its competencies were not read."""

    ref: str
    title: str | None
    state: State
    because: tuple[Reason, ...] = ()
    competencies: tuple[CompetencyGap, ...] = ()
    known: bool = True
    waivers: tuple[Waiver, ...] = Field(
        (), description="Dispenses de formation ou d'évaluation, acquises ou à confirmer."
    )
    before: Requirement | None = Field(None, description="Ce qu'il faut encore avant l'évaluation du bloc.")


class Gap(Value):
    """The whole answer."""

    target: str
    on: date
    versions: tuple[str, ...] = Field(description="Référentiels, passerelles et offres dont la réponse dépend.")
    acquired: bool
    blocks: tuple[BlockGap, ...]
    entry: EntryGap
    remaining: Remaining
    besides: Requirement | None = Field(
        None, description="Ce que la cible demande encore, en dehors de ses propres blocs."
    )
    reductions: tuple[str, ...] = ()
    reductions_to_confirm: tuple[str, ...] = Field((), description="Allègements possibles, que rien n'assure encore.")
    near_rights: tuple[NearRight, ...] = Field((), description="Droits dont une partie de ce qu'ils demandent est là.")
    expected: tuple[Clause, ...] = Field((), description="Textes attendus, non lus : rien n'en découle.")
    absences: tuple[Clause, ...] = Field((), description="Absences de droit, écrites (« Néant »).")
    preparations: tuple[Clause, ...] = Field((), description="Ce qui prépare à la cible, sans donner de droit.")
    valid_from: date | None = Field(None, description="Premier jour où la cible s'obtient ; vide : non lu.")
    valid_until: date | None = Field(None, description="Dernier jour où la cible s'obtient ; vide : non lu.")
    notices: tuple[str, ...] = ()


def gap(positioning: Positioning) -> Gap:
    """What remains for the target of a positioning."""
    target, library = positioning.target, positioning.rights.library
    waived = waivers(positioning)
    blocks = tuple(_block(positioning, block, waived) for block in target.blocks)
    return Gap(
        target=target.ref,
        on=positioning.sure.on,
        versions=(target.version.key,),
        acquired=positioning.is_acquired,
        blocks=blocks,
        entry=entry(positioning),
        remaining=what_remains(positioning),
        besides=_besides(positioning),
        reductions=reductions(positioning, positioning.sure.reductions),
        reductions_to_confirm=reductions(positioning, only_hoped(positioning)),
        near_rights=tuple(near_rights(positioning)),
        expected=without_right(positioning, Effect.EXPECTED),
        absences=without_right(positioning, Effect.NONE),
        preparations=without_right(positioning, Effect.PREPARE),
        valid_from=target.version.valid.start or target.version.valid.seen,
        valid_until=last_day(library, target.version, positioning.sure.on),
        notices=target.notices,
    )


def what_remains(positioning: Positioning) -> Remaining:
    """How much is left of the whole, as its award asks for it, or of the part that is aimed at."""
    target, has = positioning.target, positioning.has
    if positioning.is_acquired:
        return Remaining(blocks=0, competencies=0)
    blocks = {f"{target.version.key}/{block.code}": block for block in target.blocks}
    left = {
        ref: sum(not has(f"{ref}/{one.code}") for one in block.known_competencies if _is_wanted(target, one))
        for ref, block in blocks.items()
        if not has(ref)
    }
    if target.local.block is not None:
        return Remaining(blocks=len(left), competencies=sum(left.values()))
    return remaining(positioning.rights.library, target.version, left, has)


def _besides(positioning: Positioning) -> Requirement | None:
    """What the award still asks for that is no part of the target itself: another title, experience, a condition."""
    target, library = positioning.target, positioning.rights.library
    if target.local.block is not None or target.version.award is None or positioning.is_acquired:
        return None
    left, own = left_of(positioning, target.version.award), f"{target.version.key}/"
    return None if left is None else residual(library, left, lambda fact: fact.startswith(own))


def _is_wanted(target: Target, competency: Competency) -> bool:
    return target.local.competency in (None, competency.code)


def _block(positioning: Positioning, block: Block, waived: Mapping[str, Sequence[Waiver]]) -> BlockGap:
    ref = f"{positioning.target.version.key}/{block.code}"
    competencies = tuple(
        CompetencyGap(
            ref=fact,
            title=competency.title,
            held=_highest(positioning, fact),
            state=positioning.state(fact),
            because=positioning.because(fact),
        )
        for competency in block.known_competencies
        if _is_wanted(positioning.target, competency)
        for fact in (f"{ref}/{competency.code}",)
    )
    state = of_block(positioning.state(ref), (item.state for item in competencies))
    return BlockGap(
        ref=ref,
        title=block.title,
        state=state,
        because=positioning.because(ref),
        competencies=competencies,
        known=block.competencies is not None and block.complete,
        waivers=tuple(waived.get(ref, ())),
        before=None if state in ACQUIRED or block.requires is None else left_of(positioning, block.requires),
    )


def of_block(state: State, competencies: Iterable[State]) -> State:
    """The state of a block, given that of the block itself and those of its competencies: one that has begun is partial."""
    begun = state is State.MISSING and any(one is not State.MISSING for one in competencies)
    return State.PARTIAL if begun else state


def _highest(positioning: Positioning, fact: str) -> int | None:
    if positioning.target.version.scale is None:
        return None
    levels = [int(other.rpartition("#")[2]) for other in positioning.sure.proofs if other.startswith(fact + "#")]
    return max(levels, default=None)
