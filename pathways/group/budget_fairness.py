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
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple


class Beginning(NamedTuple):
    """How many people of the first services, and what it comes to."""

    spent: int
    shares: tuple[Fraction, ...]
    titles: int
    served: tuple[int, ...]


class Service(NamedTuple):
    """How many people a share is counted on, and what the title of each of them takes, where that is known."""

    people: int
    prices: tuple[int, ...]

    @property
    def sums(self) -> list[int]:
        """What none of them takes, then the one who takes least, then two, and so on."""
        return [0, *accumulate(sorted(self.prices))]


def fairest(services: Mapping[str, Service], limit: int) -> dict[str, int]:
    """How many people of each service complete their target; no service is empty.

    Examples
    --------
    >>> services = {"accueil": Service(4, (5, 5, 5, 5)), "cuisine": Service(2, (90, 90))}
    >>> fairest(services, 110)
    {'accueil': 4, 'cuisine': 1}
    >>> fairest(services, 80)
    {'accueil': 4, 'cuisine': 0}
    """
    names = sorted(services)
    least = _least([services[name] for name in names], limit)
    spare = limit - sum(services[name].sums[count] for name, count in zip(names, least, strict=True))
    found = [Beginning(0, (), 0, ())]
    for name, low in zip(names, least, strict=True):
        found = _with_one_more(found, services[name], low, spare)
    best = max(found, key=lambda one: (one.shares, one.titles, -one.spent, one.served))
    return dict(zip(names, best.served, strict=True))


def _least(services: Sequence[Service], limit: int) -> list[int]:
    """The least number of people of each service, when the smallest share is as large as it can be."""
    sums = [one.sums for one in services]
    shares = sorted({Fraction(count, one.people) for one in services for count in range(len(one.prices) + 1)})

    def counts(share: Fraction) -> list[int]:
        return [-(-share.numerator * one.people // share.denominator) for one in services]

    def can(share: Fraction) -> bool:
        pairs = [*zip(sums, counts(share), strict=True)]
        return all(count < len(some) for some, count in pairs) and sum(some[count] for some, count in pairs) <= limit

    low, high = 0, len(shares) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if can(shares[middle]) else (low, middle - 1)
    return counts(shares[low])


def _with_one_more(found: list[Beginning], service: Service, low: int, spare: int) -> list[Beginning]:
    """The beginnings with one more service, within what is left beyond the least of all; the beaten ones go.

    ``spent`` counts what is spent beyond the least.
    """
    sums = service.sums
    longer: list[Beginning] = []
    for count in range(low, len(sums)):
        more = sums[count] - sums[low]
        if more > spare:
            break
        share = Fraction(count, service.people)
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
