"""Who gets what out of one purse (*multiple-choice knapsack*), for every purse at once.

Takes, for each person, ways to spend: so many titles (0 or 1), so many blocks, so much. One way is chosen for each; to choose
nothing is always one of them. Gives, for each number of titles and blocks, the least that all of it takes:

    f_i(t, b) = min over ways (t', b', c) of person i of  c + f_{i+1}(t - t', b - b'),      f_end(0, 0) = 0

Every budget is answered by the same table, and so is every compromise between budget and titles, or blocks. It is exact, in whole
numbers, and takes no solver: people × titles × blocks × ways additions. Among choices that do as well, the first person gets the
first of their ways that keeps the optimum, then the second, and so on: the order of people and of their ways settles ties.

References
----------
Dudziński & Walukiewicz (1987), *Exact methods for the knapsack problem and its generalizations*, European Journal of Operational
Research; Bellman (1957), *Dynamic programming*.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NEVER = 1 << 60
"""What it takes when no choice gives so many titles and blocks."""

CELLS = 250_000_000
"""How many ways are written down at most, one byte each: some 450 people of five blocks."""


class Way(NamedTuple):
    """One way to spend for one person."""

    titles: int
    blocks: int
    spent: int


NOTHING = Way(0, 0, 0)


class Purse:
    """The least that every number of titles and blocks takes.

    Parameters
    ----------
    people : sequence of sequence of Way
        In the order that settles ties, and so are the ways of each; :data:`NOTHING` is added at their end. So few that they fit: see :func:`fits`.

    Examples
    --------
    >>> purse = Purse([[Way(1, 2, 900), Way(0, 1, 300)], [Way(1, 2, 500)]])
    >>> purse.least(1, 2), purse.least(1, 3), purse.least(2, 4)
    (500, 800, 1400)
    >>> purse.chosen(1, 3)
    (1, 0)
    """

    def __init__(self, people: Sequence[Sequence[Way]]) -> None:
        import numpy as np

        self.people = [(*ways, NOTHING) for ways in people]
        self._choices: list[npt.NDArray[np.int8]] = []
        self.table: npt.NDArray[np.int64] = np.zeros((1, 1), np.int64)
        for ways in reversed(self.people):
            self.table, choice = _with_one_more(self.table, ways)
            self._choices.append(choice)

    def least(self, titles: int, blocks: int) -> int | None:
        """What so many titles and blocks take at least; ``None`` when nothing gives just as many."""
        found = int(self.table[titles, blocks])
        return None if found >= NEVER else found

    def chosen(self, titles: int, blocks: int) -> tuple[int, ...]:
        """The rank of the way of each person, in a choice that takes the least; the last rank is nothing."""
        ranks = []
        for ways, choice in zip(self.people, reversed(self._choices), strict=True):
            rank = int(choice[titles, blocks])
            ranks.append(rank)
            titles, blocks = titles - ways[rank].titles, blocks - ways[rank].blocks
        return tuple(ranks)

    def most(self, limit: int, *, blocks_first: bool = False) -> tuple[int, int]:
        """The most titles that a limit pays for, then the most blocks; or the other way round."""
        titles, blocks = (self.table <= limit).nonzero()
        pairs = zip(blocks, titles, strict=True) if blocks_first else zip(titles, blocks, strict=True)
        first, second = max((int(one), int(other)) for one, other in pairs)
        return (second, first) if blocks_first else (first, second)

    def beyond(self, titles: int, blocks: int) -> int | None:
        """The least that so many titles and blocks take, or more of them; ``None`` when nothing gives as many."""
        found = self.table[titles:, blocks:]
        least = int(found.min()) if found.size else NEVER
        return None if least >= NEVER else least

    def by_blocks(self) -> tuple[int, ...]:
        """What each number of blocks takes at least, from none; :data:`NEVER` where no choice gives just as many."""
        return tuple(int(one) for one in self.table.min(axis=0))


def fits(people: Sequence[Sequence[Way]]) -> bool:
    """Whether a table holds so many people, and each has few enough ways."""
    titles = blocks = 1
    cells = 0
    for ways in people:
        titles += max((way.titles for way in ways), default=0)
        blocks += max((way.blocks for way in ways), default=0)
        cells += titles * blocks
    return cells <= CELLS and all(len(ways) < 127 for ways in people)


def _with_one_more(table: Any, ways: Sequence[Way]) -> tuple[Any, Any]:
    """The table with one more person in front, and the rank of the way that each of its cells takes."""
    import numpy as np

    shape = (table.shape[0] + max(way.titles for way in ways), table.shape[1] + max(way.blocks for way in ways))
    found = np.full(shape, NEVER, np.int64)
    choice = np.zeros(shape, np.int8)
    for rank, way in enumerate(ways):
        here = (slice(way.titles, way.titles + table.shape[0]), slice(way.blocks, way.blocks + table.shape[1]))
        value = table + way.spent
        better = value < found[here]
        found[here] = np.where(better, value, found[here])
        choice[here][better] = rank
    np.minimum(found, NEVER, out=found)
    return found, choice
