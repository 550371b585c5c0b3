"""Fairness between services (*équité entre services*): the service that fares worst fares as well as it can, then the next one.

The share of a service is the number of its people who complete their target, over those of its people who could (they lack it, and
some plan of known price leads there). Decisions are compared on their shares from the smallest up, as fractions, never as decimals: the
first difference decides (*leximin*). What is still equal is told apart by titles, then by the least spent.

Inside a service, j people cost least when they are the j whose titles cost least. So a service is a list of prices, F_g(0) < F_g(1) < …,
and the decision is one number j_g for each, with Σ F_g(j_g) ≤ budget. Services come in one after the other; of the beginnings of a
decision only those stay that no other one beats both in what it takes and in what it gives. That loses nothing: the order of sorted
shares stays the same when the same share is put into both lists (it compares how many shares are below each threshold, and those
numbers add up). Before that, the smallest share that everybody can have narrows each service to a few numbers.

References
----------
Sen (1970), *Collective choice and social welfare*, chapter 9 (leximin); Dudziński & Walukiewicz (1987), on multiple choice.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from pathways.optimise.budget import OutOfTime


class Beginning(NamedTuple):
    """How many people of the first services, and what it comes to."""

    spent: int
    shares: tuple[Fraction, ...]
    titles: int
    served: tuple[int, ...]


def fairest(
    services: Mapping[str, Sequence[int]], limit: int, should_stop: Callable[[], bool] = lambda: False
) -> dict[str, int]:
    """How many people of each service complete their target.

    Parameters
    ----------
    services : mapping of str to sequence of int
        What the title of each person of the service takes; no service is empty.

    Raises
    ------
    OutOfTime
        The work was stopped.

    Examples
    --------
    >>> fairest({"accueil": [5, 5, 5, 5], "cuisine": [90, 90]}, 110)
    {'accueil': 4, 'cuisine': 1}
    >>> fairest({"accueil": [5, 5, 5, 5], "cuisine": [90, 90]}, 80)
    {'accueil': 4, 'cuisine': 0}
    """
    names = sorted(services)
    prices = [[0, *accumulate(sorted(services[name]))] for name in names]
    least = _least(prices, limit)
    spare = limit - sum(price[count] for price, count in zip(prices, least, strict=True))
    found = [Beginning(0, (), 0, ())]
    for price, low in zip(prices, least, strict=True):
        if should_stop():
            raise OutOfTime
        found = _with_one_more(found, price, low, spare)
    best = max(found, key=lambda one: (one.shares, one.titles, -one.spent, one.served))
    return dict(zip(names, best.served, strict=True))


def _least(prices: Sequence[Sequence[int]], limit: int) -> list[int]:
    """The least number of people of each service, when the smallest share is as large as it can be."""
    shares = sorted({Fraction(count, len(price) - 1) for price in prices for count in range(len(price))})

    def counts(share: Fraction) -> list[int]:
        return [-(-share.numerator * (len(price) - 1) // share.denominator) for price in prices]

    low, high = 0, len(shares) - 1
    while low < high:
        middle = (low + high + 1) // 2
        spent = sum(price[count] for price, count in zip(prices, counts(shares[middle]), strict=True))
        low, high = (middle, high) if spent <= limit else (low, middle - 1)
    return counts(shares[low])


def _with_one_more(found: list[Beginning], price: Sequence[int], low: int, spare: int) -> list[Beginning]:
    """The beginnings with one more service, within what is left beyond the least of all; the beaten ones go.

    ``spent`` counts what is spent beyond the least.
    """
    people = len(price) - 1
    longer: list[Beginning] = []
    for count in range(low, people + 1):
        more = price[count] - price[low]
        if more > spare:
            break
        share = Fraction(count, people)
        longer += [_put(one, more, share, count) for one in found if one.spent + more <= spare]
    longer.sort(key=lambda one: (one.spent, *_backwards(one)))
    kept: list[Beginning] = []
    for one in longer:
        if not kept or (one.shares, one.titles) > (kept[-1].shares, kept[-1].titles):
            kept.append(one)
    return kept


def _put(one: Beginning, more: int, share: Fraction, count: int) -> Beginning:
    shares = list(one.shares)
    insort(shares, share)
    return Beginning(one.spent + more, tuple(shares), one.titles + count, (*one.served, count))


def _backwards(one: Beginning) -> tuple[tuple[Fraction, ...], int, tuple[int, ...]]:
    """What gives more comes first."""
    return tuple(-share for share in one.shares), -one.titles, tuple(-count for count in one.served)
