"""One person against every target (*orientation*): which ones are near, and what remains of each.

Targets are ranked by the share acquired (:mod:`pathways.target_index`), then by the share there would be if all that is to
confirm were, then by blocks and competencies that remain, then by reference. A target of which nothing is acquired and no
competency was read comes after all those: whether it is near is not known. Where plans were worked out, those with a plan
come first, by their hours.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from pathways.gap import Positioning, Remaining, State, entry, what_remains
from pathways.holdings import held
from pathways.pathway import Status, Totals
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.recognition import Rights
from pathways.standing import Closures, Standing
from pathways.target import aim
from pathways.target_index import Counts, Tally, TargetIndex
from referentials.model import Kind, Referential
from referentials.provenance import Value

if TYPE_CHECKING:
    from pathways.question import Question
    from pathways.solution import Limits


class StateCounts(Value):
    """How many parts of a target are in each state."""

    total: int
    by_right: int = 0
    by_proof: int = 0
    to_confirm: int = 0
    partial: int = 0
    missing: int = 0


class Planned(Value):
    """The best plan towards a target, in short."""

    status: Status
    totals: Totals = Totals()


class Prospect(Value):
    """Where a person stands in front of a target."""

    target: str
    title: str
    kind: Kind
    level: int | None = None
    acquired: bool
    share: float = Field(description="Part acquise, de 0 à 1.")
    possible_share: float = Field(description="Part acquise si tout ce qui est à confirmer l'était.")
    blocks: StateCounts
    competencies: StateCounts
    remaining: Remaining
    known: bool = Field(description="Faux quand des blocs ou des compétences de la cible n'ont pas été lus.")
    ranked: bool = Field(
        True, description="Faux quand rien n'est acquis de la cible et qu'aucune compétence n'a été lue."
    )
    entry: State | None = Field(None, description="Exigences à l'entrée ; vide : non lues.")
    reductions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    plan: Planned | None = None


class Orientation(Value):
    """Every target considered, the nearest first; ``considered`` counts those that a limit leaves out too."""

    on: date
    considered: int
    prospects: tuple[Prospect, ...]


# -- one person -------------------------------------------------------------------------------------------------------


def orient(
    profile: Profile,
    rights: Rights,
    on: date,
    *,
    index: TargetIndex | None = None,
    everything: bool = False,
    limit: int | None = None,
    policy: Policy = PRUDENT,
) -> Orientation:
    """A person against every target.

    Parameters
    ----------
    index : TargetIndex, optional
        The numbered library, when it was built before.
    everything : bool
        Consider every version, and not only those in force that day.
    limit : int, optional
        How many targets to tell, the nearest ones.

    Raises
    ------
    ProfileProblem
        The profile names something that can't be used.
    """
    index = index or TargetIndex(rights.library)
    known = held(profile, rights.library, on, policy, (*rights.experiences, *index.experiences))
    standing = Standing(known, rights, on, policy, index.conditions)
    tally = index.tally(index.person(standing.everywhere.states()))
    chosen = np.arange(len(index.keys)) if everything else np.flatnonzero(index.in_force(on))
    own = _of_their_own(standing, index, tally, chosen) if everything else {}
    left = {i: what_remains(place_of(index.keys[i], standing, own.get(i))) for i in index.with_a_choice(chosen)}
    for i, one in left.items():
        tally.remaining_blocks[i], tally.remaining_competencies[i] = one.blocks, one.competencies
    some = Tally._make(array[chosen] for array in tally)
    shown = [int(i) for i in chosen[in_order(some, chosen)]][:limit]
    return Orientation(
        on=on,
        considered=len(chosen),
        prospects=tuple(_prospect(place_of(index.keys[i], standing, own.get(i)), tally, i, left.get(i)) for i in shown),
    )


def _of_their_own(
    standing: Standing, index: TargetIndex, tally: Tally, chosen: NDArray[np.intp]
) -> dict[int, Closures]:
    """The closures of the closed targets that the person has something of; their rows of the tally are counted again."""
    found = {}
    for i in (int(i) for i in chosen):
        version = index.versions[i]
        if not standing.is_shared(version):
            found[i] = standing.towards(version)
            for array, again in zip(tally, index.tally(index.person(found[i].states())), strict=True):
                array[i] = again[i]
    return found


def in_order(tally: Tally, keys: NDArray[np.intp]) -> NDArray[np.intp]:
    """The order of the rows of a tally, the nearest target first; equal ones by their place in the index, ``keys``."""
    return np.lexsort(
        (
            keys,
            tally.remaining_competencies,
            tally.remaining_blocks,
            tally.competencies.sum(axis=1) == 0,
            -tally.possible_share,
            -tally.share,
            ~tally.acquired,
        )
    )


def place_of(key: str, standing: Standing, own: Closures | None) -> Positioning:
    target = aim(standing.rights.library, key, standing.on)
    return Positioning(target, standing.known, *(own or standing.everywhere), standing.rights, standing.policy)


def _prospect(place: Positioning, tally: Tally, i: int, left: Remaining | None) -> Prospect:
    version = place.target.version
    counted = Remaining(blocks=int(tally.remaining_blocks[i]), competencies=int(tally.remaining_competencies[i]))
    return Prospect(
        target=version.key,
        title=version.title,
        kind=version.kind,
        level=version.level,
        acquired=bool(tally.acquired[i]),
        share=float(tally.share[i]),
        possible_share=float(tally.possible_share[i]),
        blocks=_state_counts(tally.blocks[i]),
        competencies=_state_counts(tally.competencies[i]),
        remaining=left or counted,
        known=_is_known(version),
        ranked=bool(tally.acquired[i] or tally.possible_share[i] or tally.competencies[i].sum()),
        entry=entry(place).state,
        reductions=_reductions(place),
        notices=place.target.notices,
    )


def _state_counts(row: Counts) -> StateCounts:
    missing, to_confirm, by_proof, by_right, *partial = (int(one) for one in row)
    return StateCounts(
        total=int(row.sum()),
        missing=missing,
        to_confirm=to_confirm,
        by_proof=by_proof,
        by_right=by_right,
        partial=sum(partial),
    )


def _is_known(version: Referential) -> bool:
    blocks = version.known_blocks
    all_read = all(block.complete and block.competencies is not None for block in blocks)
    return version.complete and bool(blocks) and all_read


def _reductions(place: Positioning) -> tuple[str, ...]:
    """The reductions that apply to a target."""
    rights, key = place.rights, place.target.version.key
    return tuple(
        name
        for name in place.sure.reductions
        if any(
            full.partition("/")[0] == key for text in rights.by_id[name].grants for full in rights.library.expand(text)
        )
    )


# -- exact hours ------------------------------------------------------------------------------------------------------


def with_plans(
    orientation: Orientation, question: Question, rights: Rights, top: int, limits: Limits | None = None
) -> Orientation:
    """The nearest targets with their best plan, ranked by its hours; those without a plan, and the others, after.

    Parameters
    ----------
    question : Question
        The person, the limits and the offers; its target, its day, its alternatives and its explanations are left aside.
    top : int
        How many targets to plan for.
    limits : Limits, optional
        How long each plan may take.
    """
    near = [_with_plan(one, question, rights, orientation.on, limits) for one in orientation.prospects[:top]]
    near.sort(key=by_effort)
    return orientation.model_copy(update={"prospects": (*near, *orientation.prospects[top:])})


def _with_plan(one: Prospect, question: Question, rights: Rights, on: date, limits: Limits | None) -> Prospect:
    from pathways.planner import plan

    asked = replace(question, target=one.target, on=on, alternatives=0, explain=False)
    found = plan(asked, rights, limits)
    return one.model_copy(update={"plan": Planned(status=found.status, totals=found.totals)})


def by_effort(one: Prospect) -> tuple[bool, int, float]:
    """Targets with a plan first, those whose hours are all known before the others; equal ones keep their rank."""
    assert one.plan is not None
    planned = one.plan.status in (Status.HELD, Status.OPTIMAL, Status.FEASIBLE)
    totals = one.plan.totals
    return (not planned, totals.unknown_hours if planned else 0, totals.hours if planned else 0.0)
