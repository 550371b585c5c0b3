"""One edition after another (*d'une édition à la suivante*): a figure is replaced when the difference tells nothing of fewer than five people.

::

    compared(a, b) = the smallest sets of groups that are a sum of figures of a, and of b
    replaced       : nobody who is still there is lost from what was shown, and in everything it is compared with, in every edition before,
                     each count is the same, or five more or less at least
    else           the figure that was shown stays, with the edition that it comes from

Two editions that put people together otherwise can be subtracted only on such sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pathways.territory.figures import Figure, safe


class Compared(NamedTuple):
    """Figures before and figures now that are about the same groups, or overlap."""

    before: tuple[Figure, ...]
    now: tuple[Figure, ...]

    @property
    def is_safe(self) -> bool:
        """Whether subtracting them isolates nobody; what stands on one side alone is subtracted from nothing."""
        if not self.before or not self.now:
            return True
        return all(safe(now - before) for before, now in zip(_sums(self.before), _sums(self.now), strict=True))


def _marks(figures: Iterable[Figure]) -> frozenset[str]:
    return frozenset[str]().union(*(one.marks for one in figures))


def _sums(figures: Iterable[Figure]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(one.counts for one in figures), strict=True)))


def settled(
    fresh: Sequence[Figure], editions: Sequence[Sequence[Figure]], gone: frozenset[str] = frozenset()
) -> tuple[Figure, ...]:
    """The figures to show now: fresh ones where they may replace those that were shown, else these.

    Parameters
    ----------
    fresh : sequence of Figure
        Each about other groups than the others.
    editions : sequence of sequence of Figure
        All that was shown before, the last edition last; all of one competency, or of none.
    gone : frozenset of str
        The marks of groups that have nobody any more: what was shown of them is lost without harm.
    """
    if not editions:
        return tuple(fresh)
    pairs = compared(editions[-1], fresh)
    kept = [not pair.now or not _marks(pair.before) - gone <= _marks(pair.now) for pair in pairs]
    while True:
        shown = tuple(
            one for pair, stays in zip(pairs, kept, strict=True) for one in (pair.before if stays else pair.now)
        )
        wrong = {mark for edition in editions for mark in _isolating(edition, shown)}
        late = [
            not stays and any(wrong & one.marks for one in pair.now) for pair, stays in zip(pairs, kept, strict=True)
        ]
        if not any(late):
            return _as_shown(shown, editions[-1])
        kept = [stays or too for stays, too in zip(kept, late, strict=True)]


def _isolating(edition: Sequence[Figure], shown: Sequence[Figure]) -> frozenset[str]:
    """The groups on which an edition before and what would be shown now may not be subtracted."""
    wrong = (one.marks for pair in compared(edition, shown) if not pair.is_safe for one in pair.now)
    return frozenset[str]().union(*wrong)


def _as_shown(now: Iterable[Figure], before: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures in order, each with the edition since which it has been the same."""
    since = {(one.places, one.counts): one.since for one in before}
    dated = (one._replace(since=since.get((one.places, one.counts), one.since)) for one in now)
    return tuple(sorted(dated, key=lambda one: [place.rank for place in one.places]))


class _Part:
    """Figures of two sides that overlap, one with the next."""

    def __init__(self) -> None:
        self.marks: set[str] = set()
        self.sides: tuple[list[Figure], list[Figure]] = ([], [])

    def take(self, other: _Part) -> None:
        self.marks |= other.marks
        for mine, more in zip(self.sides, other.sides, strict=True):
            mine += more


def compared(before: Sequence[Figure], now: Sequence[Figure]) -> tuple[Compared, ...]:
    """The figures of two editions, in parts that have no group in common."""
    of: dict[str, _Part] = {}
    for side, figures in enumerate((before, now)):
        for one in figures:
            part = _Part()
            for other in {id(of[mark]): of[mark] for mark in sorted(one.marks) if mark in of}.values():
                part.take(other)
            part.marks |= one.marks
            part.sides[side].append(one)
            of |= dict.fromkeys(part.marks, part)
    parts = {id(part): part for part in of.values()}.values()
    return tuple(Compared(tuple(part.sides[0]), tuple(part.sides[1])) for part in parts)
