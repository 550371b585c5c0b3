"""What is published of a territory (*chiffres publiés*): how many people are counted somewhere, how many of them lack a competency.

A figure is about one or several places put together, each a trade of an area. Of the people themselves it keeps marks only: which
groups of an area and a trade it puts together, so that a later edition is never compared with something else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

FEWEST = 5
"""Nothing is published of fewer people, nor of a difference of fewer."""


class Group(NamedTuple):
    """The people of one trade in one area; an empty label is one that was not said."""

    area: str
    trade: str

    @property
    def mark(self) -> str:
        """A name of the group that does not say which it is: a rare trade would speak of somebody."""
        return hashlib.sha256(f"{self.area}\0{self.trade}".encode()).hexdigest()[:16]


class Place(NamedTuple):
    """Where a figure is: None for several areas, or several trades, put together."""

    area: str | None
    trade: str | None

    @property
    def rank(self) -> tuple[bool, str, bool, str]:
        """The order of places: by area and trade, those that are put together last."""
        return (self.area is None, self.area or "", self.trade is None, self.trade or "")


class Figure(NamedTuple):
    """How many people are counted in some places; with a competency, how many of them lack it.

    ``since`` is the first edition in which it stood as it is.
    """

    competency: str | None
    places: tuple[Place, ...]
    marks: frozenset[str]
    people: int
    lacking: int | None
    since: int

    @property
    def counts(self) -> tuple[int, ...]:
        """The sizes of the groups that it tells: everybody; or those who lack the competency, and the others."""
        return (self.people,) if self.lacking is None else (self.lacking, self.people - self.lacking)

    @property
    def is_safe(self) -> bool:
        """Whether none of these groups has from one to four people.

        Examples
        --------
        >>> [Figure("t@1/B/C", (), frozenset(), 12, lacking, 1).is_safe for lacking in (0, 4, 5, 7, 8, 12)]
        [True, False, True, True, False, True]
        """
        return all(safe(count) for count in self.counts)


def safe(count: int) -> bool:
    """Whether a number of people, or a difference of two, isolates nobody: none at all, or enough."""
    return count == 0 or abs(count) >= FEWEST


class Edition(NamedTuple):
    """What is published of one target at one time: the people in each place, and each competency in places put together as it needs."""

    number: int
    cells: tuple[Figure, ...]
    figures: tuple[Figure, ...]


def together(figures: Iterable[Figure], since: int) -> Figure:
    """Several figures of one competency, of places apart, put together."""
    parts = tuple(figures)
    return Figure(
        parts[0].competency,
        tuple(sorted((place for one in parts for place in one.places), key=lambda place: place.rank)),
        frozenset[str]().union(*(one.marks for one in parts)),
        sum(one.people for one in parts),
        None if parts[0].lacking is None else sum(one.lacking or 0 for one in parts),
        since,
    )
