"""Who gets which of their ways (*choix*): ways and a limit in, one way or none for each person out, best for a criterion.

- ``titles``: most titles, then most blocks, then the least spent;
- ``blocks``: most blocks, then most titles, then the least spent;
- ``fairness``: shares of services first (:mod:`pathways.group.budget_fairness`), then titles, then the least spent.

People come sorted by identifier, and that order settles what is still equal: the order in which they were given changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from pathways.group.budget_answer import Criterion
from pathways.group.budget_fairness import Service, fairest
from pathways.optimise.budget import Budget
from pathways.optimise.knapsack import NEVER, Purse, fits
from pathways.optimise.knapsack import Way as Choice
from pathways.optimise.knapsack_of_many import among_many

_SECONDS = 120.0
"""The time for a choice among more people than a table holds."""

WITHOUT = ""
"""The service of those who say none."""


class Purchase(NamedTuple):
    """A way that somebody may be given: its rank among those of the person, and what it gives and takes."""

    title: bool
    blocks: int
    spent: int


@dataclass(frozen=True, slots=True)
class Seeker:
    """A person who may be given something.

    Parameters
    ----------
    ways : tuple of Purchase
        In the order that settles ties.
    may_complete : bool
        Whether they count in the share of their service: some way to their target has a price, or is not ruled out.
    """

    person: str
    service: str
    ways: tuple[Purchase, ...]
    may_complete: bool = True

    @property
    def title(self) -> int | None:
        """The rank of the least way to the target; ``None`` without one."""
        ranks = [rank for rank, way in enumerate(self.ways) if way.title]
        return min(ranks, key=lambda rank: (self.ways[rank].spent, rank), default=None)


class Found(NamedTuple):
    """The rank of the way that each person is given (who gets nothing is left out), and how many titles and blocks nothing is above."""

    chosen: dict[str, int]
    titles: int
    blocks: int
    proved: bool


@dataclass
class Group:
    """People who share a limit: so many fit in a table that answers every limit; beyond, each limit is a programme of its own."""

    seekers: Sequence[Seeker]

    @cached_property
    def ways(self) -> list[list[Choice]]:
        """The ways of each person, as whole numbers."""
        return [[Choice(int(way.title), way.blocks, way.spent) for way in one.ways] for one in self.seekers]

    @cached_property
    def fits(self) -> bool:
        """Whether there is a table."""
        return fits(self.ways)

    @cached_property
    def purse(self) -> Purse:
        """What every number of titles and blocks takes."""
        return Purse(self.ways)

    @cached_property
    def by_blocks(self) -> tuple[int, ...]:
        """What each number of blocks takes at least, whatever the titles."""
        return Purse([[way._replace(titles=0) for way in ways] for ways in self.ways]).by_blocks()

    @cached_property
    def by_titles(self) -> tuple[int, ...]:
        """What each number of titles takes at least: those that take least."""
        return (0, *accumulate(self.prices))

    @cached_property
    def prices(self) -> tuple[int, ...]:
        """What the title of each person who can reach it takes, the least first."""
        return tuple(sorted(one.ways[one.title].spent for one in self.seekers if one.title is not None))

    @cached_property
    def services(self) -> dict[str, list[Seeker]]:
        """The people of each service who count in its share."""
        found: dict[str, list[Seeker]] = defaultdict(list)
        for one in self.seekers:
            if one.may_complete:
                found[one.service].append(one)
        return {name: found[name] for name in sorted(found)}

    def chosen(self, criterion: Criterion, limit: int) -> dict[str, int]:
        """The rank of the way that each person is given; those who get nothing are left out."""
        return self.found(criterion, limit).chosen

    def found(self, criterion: Criterion, limit: int) -> Found:
        """The best choice for a criterion, and its bound."""
        if criterion is Criterion.FAIRNESS:
            fair = self._fair(limit)
            return Found(fair, self.titles(fair), self.blocks(fair), proved=True)
        blocks_first = criterion is Criterion.BLOCKS
        if not self.fits:
            many = among_many(self.ways, limit, Budget(_SECONDS), blocks_first=blocks_first)
            return Found(self._given(many.ranks), many.titles, many.blocks, many.proved)
        titles, blocks = self.purse.most(limit, blocks_first=blocks_first)
        return Found(self._given(self.purse.chosen(titles, blocks)), titles, blocks, proved=True)

    def _given(self, ranks: Sequence[int]) -> dict[str, int]:
        pairs = zip(self.seekers, ranks, strict=True)
        return {one.person: rank for one, rank in pairs if rank < len(one.ways)}

    def _fair(self, limit: int) -> dict[str, int]:
        found: dict[str, int] = {}
        able = {name: sorted(filter(_has_title, some), key=_price) for name, some in self.services.items()}
        asked = {name: Service(len(self.services[name]), tuple(_price(one)[0] for one in able[name])) for name in able}
        for name, count in (fairest(asked, limit) if asked else {}).items():
            found |= {one.person: one.title for one in able[name][:count] if one.title is not None}
        return found

    def shares(self, chosen: dict[str, int]) -> dict[str, tuple[int, int]]:
        """How many people of each service are served, of how many."""
        by_name = self.services.items()
        return {name: (sum(_completes(one, chosen) for one in people), len(people)) for name, people in by_name}

    def worst_first(self, chosen: dict[str, int]) -> list[Fraction]:
        """The shares of the services from the smallest up: what fairness compares."""
        return sorted(Fraction(*pair) for pair in self.shares(chosen).values())

    def spent(self, chosen: dict[str, int]) -> int:
        """What a choice takes in all."""
        return sum(one.ways[chosen[one.person]].spent for one in self.seekers if one.person in chosen)

    def titles(self, chosen: dict[str, int]) -> int:
        """How many people complete their target."""
        return sum(_completes(one, chosen) for one in self.seekers)

    def blocks(self, chosen: dict[str, int]) -> int:
        """How many blocks a choice gives."""
        return sum(one.ways[chosen[one.person]].blocks for one in self.seekers if one.person in chosen)

    def with_title(self, person: str) -> Group:
        """The same group, where the target of one person is paid for already: they complete it, whatever the others get."""
        return Group([_paid(one) if one.person == person else one for one in self.seekers])


def _has_title(one: Seeker) -> bool:
    return one.title is not None


def _price(one: Seeker) -> tuple[int, str]:
    assert one.title is not None
    return one.ways[one.title].spent, one.person


def _completes(one: Seeker, chosen: dict[str, int]) -> bool:
    return one.person in chosen and one.ways[chosen[one.person]].title


def _paid(one: Seeker) -> Seeker:
    """The person with their least way to the target alone, at no cost."""
    assert one.title is not None
    return replace(one, ways=(one.ways[one.title]._replace(spent=0),))


def compromises(least: Iterable[int]) -> list[tuple[int, int]]:
    """The pairs (so many, the least it takes) of which no other gives as many for less.

    Examples
    --------
    >>> compromises([0, 300, 200, 900])
    [(0, 0), (2, 200), (3, 900)]
    """
    found: list[tuple[int, int]] = []
    for count, needed in enumerate(least):
        if needed >= NEVER:
            continue
        while found and found[-1][1] >= needed:
            found.pop()
        found.append((count, needed))
    return found
