"""From people to what is published (*publication*): counted by area, trade and competency, put together, then compared with all that was shown.

::

    lacks(person, competency) = the state of the competency is neither acquired by proof nor by right
    edition                   = cells, then for each competency the figures of the cells of this very time, and older ones that stay

What this holds against
-----------------------
Whoever reads everything that is published of a target (every edition, every page, every file, every total), knows how it is made and
adds and subtracts at will. The figures of one edition are sums over whole cells that are apart; so is whatever is computed from them, and
each tells of no group, nor of its remainder, of one to four people. Between two editions, whatever can be subtracted is unchanged or differs by five
at least: so many have joined, left or learnt, or more. Whoever is not in a cell is in no figure and no total.

What it does not hold against
-----------------------------
Whoever knows already what all the people of a cell but a few hold. Whoever knows that all who have one competency have another: the figures of two
competencies are of two questions, and are never made to agree; blocks are left out for that very reason where their competencies are
counted. Somebody who aims at several targets is counted for each apart: how many aim at both is nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pathways.cohort import Standing, parts
from pathways.positioning import ACQUIRED
from pathways.target import Target
from pathways.territory import partition
from pathways.territory.editions import settled
from pathways.territory.figures import Edition, Figure, Group


class Tally(NamedTuple):
    """How many people each group has, and of each competency how many lack it; nobody but the next step may read it."""

    people: Mapping[Group, int]
    lacking: Mapping[str, Mapping[Group, int]]


def measured(target: Target) -> tuple[str, ...]:
    """What is counted of a target: its competencies, and the blocks of which none is known."""
    made = parts(target)
    known = {ref.rpartition("/")[0] for ref in made.competencies}
    return (*made.competencies, *(ref for ref in made.blocks if ref not in known))


def tallied(target: Target, people: Iterable[tuple[Group, Standing]]) -> Tally:
    """Count people.

    Parameters
    ----------
    people : iterable of (Group, Standing)
        Each person once, where they are and where they stand.
    """
    made, wanted = parts(target), measured(target)
    there: Counter[Group] = Counter()
    lacking: dict[str, Counter[Group]] = {ref: Counter() for ref in wanted}
    alike: Counter[tuple[Group, Standing]] = Counter(people)
    for (group, standing), count in alike.items():
        there[group] += count
        states = dict(zip((*made.competencies, *made.blocks), (*standing.competencies, *standing.blocks), strict=True))
        for ref in wanted:
            if states[ref] not in ACQUIRED:
                lacking[ref][group] += count
    return Tally(there, lacking)


def published(tally: Tally, editions: Sequence[Edition] = ()) -> Edition:
    """What is published of a tally, after all that was published before, the last edition last."""
    number = editions[-1].number + 1 if editions else 1
    fresh = partition.cells(tally.people, number)
    there = {group.mark for group, people in tally.people.items() if people}
    gone = frozenset(mark for one in editions for cell in one.cells for mark in cell.marks if mark not in there)
    cells = settled(fresh, [one.cells for one in editions], gone)
    of_now = {(one.marks, one.people) for one in fresh}
    counting = [one for one in cells if (one.marks, one.people) in of_now]
    marked: defaultdict[str, list[Group]] = defaultdict(list)
    for group in tally.people:
        marked[group.mark].append(group)
    found: list[Figure] = []
    for ref, lacking in tally.lacking.items():
        counted = [_counted(ref, cell, lacking, marked, number) for cell in counting]
        before = [[figure for figure in one.figures if figure.competency == ref] for one in editions]
        shown = settled(partition.figures(counted, number), before, gone)
        found += (one for one in shown if _is_sum(one, cells, gone))
    return Edition(number, cells, tuple(found))


def _is_sum(figure: Figure, cells: Iterable[Figure], gone: frozenset[str]) -> bool:
    """Whether a figure is of whole cells of this edition: an older one that is not would tell, if it still holds, what a part of a cell is."""
    under = (cell.marks for cell in cells if not cell.marks.isdisjoint(figure.marks))
    return figure.marks - gone == frozenset[str]().union(*under) - gone


def _counted(
    ref: str, cell: Figure, lacking: Mapping[Group, int], marked: Mapping[str, Sequence[Group]], number: int
) -> Figure:
    """A cell, with those of it who lack a competency."""
    count = sum(lacking.get(group, 0) for mark in cell.marks for group in marked[mark])
    return cell._replace(competency=ref, lacking=count, since=number)
