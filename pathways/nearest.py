"""Many people against every target (*vers quoi chacun est le plus proche*): the nearest targets of each, and those that most are near.

One person costs their closures and a few passes over what they have something of, whatever the number of targets; those who hold
the same things share one answer. Ranks are those of :mod:`pathways.orientation`, and only the first ones are told.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from pathways.gap import what_remains
from pathways.holdings import Held, held
from pathways.orientation import in_order, place_of
from pathways.policy import PRUDENT, Policy
from pathways.profile import Profile
from pathways.recognition import Rights
from pathways.standing import Standing
from pathways.target_index import Tally, TargetIndex
from referentials.provenance import Value

_KEPT = 20_000
"""Answers kept, for whoever holds the same things."""


class Near(Value):
    """A target, and how near somebody is."""

    target: str
    title: str
    acquired: bool
    share: float = Field(description="Part acquise, de 0 à 1.")
    possible_share: float = Field(description="Part acquise si tout ce qui est à confirmer l'était.")
    remaining_blocks: int = Field(description="Blocs qu'il faut encore, au moins.")
    remaining_competencies: int = Field(description="Compétences connues qui restent dans ces blocs.")


class Nearest(Value):
    """The nearest targets of one person, the nearest first; none of which nothing is acquired nor likely."""

    person: str
    near: tuple[Near, ...]


class Drawing(Value):
    """A target that people are near: how many, and how far."""

    target: str
    title: str
    people: int = Field(description="Personnes dont elle est l'une des plus proches.")
    acquired: int = Field(0, description="Parmi elles, celles qui l'ont déjà.")
    one_block: int = Field(0, description="Parmi elles, celles à qui il manque un bloc.")
    share: float = Field(description="Part acquise, en moyenne.")


class Targets:
    """The targets of a day, ready for many people.

    Parameters
    ----------
    index : TargetIndex, optional
        The numbered library, when it was built before.
    """

    def __init__(self, rights: Rights, on: date, index: TargetIndex | None = None, policy: Policy = PRUDENT) -> None:
        self.rights, self.on, self.policy = rights, on, policy
        self.index = index or TargetIndex(rights.library)
        self.in_force = self.index.in_force(on)
        self._told: OrderedDict[tuple[frozenset[str], frozenset[str], int], tuple[Near, ...]] = OrderedDict()

    @property
    def count(self) -> int:
        """How many targets there are that day."""
        return int(self.in_force.sum())

    def nearest(self, profile: Profile, limit: int) -> Nearest:
        """The nearest targets of a person, so many at most.

        Raises
        ------
        ProfileProblem
            The profile names something that can't be used.
        """
        asked = (*self.rights.experiences, *self.index.experiences)
        known = held(profile, self.rights.library, self.on, self.policy, asked)
        key = known.sure, known.hopeful, limit
        if (near := self._told.get(key)) is None:
            near = self._told[key] = self._nearest(known, limit)
            if len(self._told) > _KEPT:
                self._told.popitem(last=False)
        return Nearest(person=profile.id, near=near)

    def _nearest(self, known: Held, limit: int) -> tuple[Near, ...]:
        standing = Standing(known, self.rights, self.on, self.policy, self.index.conditions)
        places, tally = self.index.near(self.index.person(standing.everywhere.states()))
        something = self.in_force[places] & (tally.acquired | (tally.share > 0) | (tally.possible_share > 0))
        places, tally = places[something], Tally._make(array[something] for array in tally)
        self._choose(standing, places, tally)
        rows = in_order(tally, places)[:limit]
        return tuple(self._near(int(places[row]), tally, int(row)) for row in rows)

    def _choose(self, standing: Standing, places: NDArray[np.intp], tally: Tally) -> None:
        """Count again what remains of the targets whose award leaves a choice."""
        rows = {int(place): row for row, place in enumerate(places)}
        for i in self.index.with_a_choice(rows):
            left = what_remains(place_of(self.index.keys[i], standing, None))
            tally.remaining_blocks[rows[i]], tally.remaining_competencies[rows[i]] = left.blocks, left.competencies

    def _near(self, place: int, tally: Tally, row: int) -> Near:
        version = self.index.versions[place]
        return Near(
            target=version.key,
            title=version.title,
            acquired=bool(tally.acquired[row]),
            share=float(tally.share[row]),
            possible_share=float(tally.possible_share[row]),
            remaining_blocks=int(tally.remaining_blocks[row]),
            remaining_competencies=int(tally.remaining_competencies[row]),
        )


def drawing(lines: Iterable[Nearest]) -> tuple[Drawing, ...]:
    """The targets that people are near, those of most people first; the lines are gone through once and not kept."""
    sums: dict[str, list[float]] = {}
    titles: dict[str, str] = {}
    for line in lines:
        for one in line.near:
            titles[one.target] = one.title
            found = sums.setdefault(one.target, [0, 0, 0, 0.0])
            for place, value in enumerate((1, one.acquired, one.remaining_blocks == 1 and not one.acquired, one.share)):
                found[place] += value
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1][0], -pair[1][3], pair[0]))
    return tuple(
        Drawing(
            target=target,
            title=titles[target],
            people=int(people),
            acquired=int(acquired),
            one_block=int(one_block),
            share=round(share / people, 9),
        )
        for target, (people, acquired, one_block, share) in ranked
    )
