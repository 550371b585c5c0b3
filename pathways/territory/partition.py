"""People put together until nobody can be told apart (*regroupement*): the cells of a territory, then those of each competency.

::

    cell        = a trade of an area, of five people at least
    small ones  -> « other trades » of their area, with its smallest trades until they are five
    small areas -> « other areas » together; what is still under five is nowhere
    competency  : cells of an area in order, put together until they are twenty; published when lacking and not lacking are each 0, or
                  five at least

The cells are apart, and each figure of a competency is a sum of whole cells: whatever is added or subtracted is such a sum again. What is put together
depends on the number of people alone, which everybody reads: were it done until the figure can be published, its very extent would
tell how many lack the competency in the cells that are not enough by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from pathways.territory.figures import FEWEST, Figure, Group, Place, together

ENOUGH = 20
"""As many people as a competency is counted among, where an area has them: among fewer, most numbers could not be published."""


def cells(groups: Mapping[Group, int], edition: int) -> tuple[Figure, ...]:
    """The places where people are counted; every group is in one, or in none.

    Examples
    --------
    >>> found = cells({Group("29", "A"): 9, Group("29", "B"): 3, Group("29", "C"): 6, Group("35", "A"): 4}, 1)
    >>> [(one.places[0].area, one.places[0].trade, one.people) for one in found]
    [('29', 'A', 9), ('29', None, 9)]
    """
    found: list[Figure] = []
    left: list[Group] = []
    there = sorted(group for group, people in groups.items() if people)
    for area, trades in groupby(there, key=lambda group: group.area):
        alone, others = _parted(list(trades), groups)
        found += (_cell([group], groups, Place(area, group.trade), edition) for group in alone)
        if _people(others, groups) >= FEWEST:
            found.append(_cell(others, groups, Place(area, None), edition))
        else:
            left += others
    if _people(left, groups) >= FEWEST:
        found.append(_cell(left, groups, Place(None, None), edition))
    return tuple(sorted(found, key=lambda one: one.places[0].rank))


def _parted(trades: list[Group], groups: Mapping[Group, int]) -> tuple[list[Group], list[Group]]:
    """Those of an area that stand alone, and those that are put together: too few, with the smallest others as far as needed."""
    ranked = sorted(trades, key=lambda group: (groups[group], group))
    few = sum(groups[group] < FEWEST for group in ranked)
    while few and few < len(ranked) and _people(ranked[:few], groups) < FEWEST:
        few += 1
    return ranked[few:], ranked[:few]


def _people(wanted: Iterable[Group], groups: Mapping[Group, int]) -> int:
    return sum(groups[group] for group in wanted)


def _cell(wanted: Sequence[Group], groups: Mapping[Group, int], place: Place, edition: int) -> Figure:
    return Figure(None, (place,), frozenset(group.mark for group in wanted), _people(wanted, groups), None, edition)


def figures(counted: Sequence[Figure], edition: int) -> tuple[Figure, ...]:
    """What may be published of one competency.

    Parameters
    ----------
    counted : sequence of Figure
        What each cell has of it.

    Examples
    --------
    >>> def cell(trade, people, lacking):
    ...     return Figure("t@1/B/C", (Place("29", trade),), frozenset({trade}), people, lacking, 1)
    >>> [(one.people, one.lacking) for one in figures([cell("A", 9, 2), cell("B", 12, 4), cell("C", 40, 3)], 1)]
    [(21, 6)]
    """
    ranked = sorted(counted, key=lambda one: one.places[0].rank)
    areas = (list(inside) for _area, inside in groupby(ranked, key=lambda one: one.places[0].area))
    return tuple(one for inside in areas for one in _runs(inside, edition) if one.is_safe)


def _runs(inside: Iterable[Figure], edition: int) -> list[Figure]:
    """Cells of one area, put together until there are enough people; too few at the end go with those before."""
    runs: list[list[Figure]] = []
    for one in inside:
        if runs and sum(part.people for part in runs[-1]) < ENOUGH:
            runs[-1].append(one)
        else:
            runs.append([one])
    if len(runs) > 1 and sum(part.people for part in runs[-1]) < ENOUGH:
        runs[-2:] = [runs[-2] + runs[-1]]
    return [together(parts, edition) for parts in runs]
