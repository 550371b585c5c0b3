"""What was published of a territory, as it is looked at (*vue d'un territoire*): an edition, narrowed to an area or a trade, and how it came there.

Narrowing only chooses among published figures; a figure that mixes a trade with others is taken whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from api.services.team_gaps import aimed_at
from api.services.territory import Territory, told
from api.store.rooms import Room
from pathways.target import Target
from pathways.territory.figures import Edition, Figure
from referentials.absence import NotInForce, UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library

TOGETHER, UNSAID = "autres", "non-dit"
"""What stands in an address for several put together, and for what was not said."""


class Wanted(NamedTuple):
    """What somebody looks at; empty: the last edition, every area, every trade, no competency."""

    target: str
    edition: int | None = None
    area: str = ""
    trade: str = ""
    competency: str = ""


class Moment(NamedTuple):
    """The sums of one edition: among how many people, and how many of them lack what is looked at."""

    number: int
    day: date
    people: int
    lacking: int | None


class View(NamedTuple):
    """An edition of one target."""

    territory: Territory
    number: int
    days: Mapping[int, date]
    areas: tuple[str | None, ...]
    trades: tuple[str | None, ...]


def seen(room: Room, wanted: Wanted, library: Library, on: date, *, whole: bool = True) -> View | None:
    """What an edition says, with every figure or with those of the competency alone; None when nothing was published of that target, or there is no such edition."""
    days = room.territories.days(wanted.target)
    number = wanted.edition or max(days, default=0)
    target = _aimed(library, wanted.target, on)
    if number not in days or target is None:
        return None
    figures = room.territories.figures(wanted.target, number)
    places = {place for one in figures if one.competency is None for place in one.places}
    chosen = [one for one in figures if is_wanted(one, wanted)]
    edition = Edition(
        number,
        tuple(one for one in chosen if one.competency is None),
        tuple(one for one in chosen if one.competency is not None),
    )
    return View(
        told(edition, days, target, library, on, None if whole else wanted.competency),
        number,
        days,
        tuple(sorted({place.area for place in places}, key=_last)),
        tuple(sorted({place.trade for place in places}, key=_last)),
    )


def moments(room: Room, wanted: Wanted, most: int = 24) -> tuple[Moment, ...]:
    """The sums of each edition, the last ones, of a competency or of the people themselves."""
    figures = room.territories.history(wanted.target, wanted.competency or None)
    there = [(one, until) for one, until in figures if is_wanted(one, wanted)]
    days = sorted(room.territories.days(wanted.target).items())[-most:]
    return tuple(_moments(there, days))


def _moments(figures: Iterable[tuple[Figure, int | None]], days: Iterable[tuple[int, date]]) -> Iterator[Moment]:
    known = list(figures)
    for number, day in days:
        shown = [one for one, until in known if one.since <= number and (until is None or number <= until)]
        if shown:
            lacking = [one.lacking for one in shown if one.lacking is not None]
            yield Moment(number, day, sum(one.people for one in shown), sum(lacking) if lacking else None)


def is_wanted(figure: Figure, wanted: Wanted) -> bool:
    """Whether a figure is about the area and the trade that are looked at."""
    return any(
        (not wanted.area or named(place.area) == wanted.area)
        and (not wanted.trade or named(place.trade) == wanted.trade)
        for place in figure.places
    )


def named(label: str | None) -> str:
    """What stands for a label in an address.

    Examples
    --------
    >>> named("29"), named(""), named(None)
    ('29', 'non-dit', 'autres')
    """
    return TOGETHER if label is None else label or UNSAID


def _last(label: str | None) -> tuple[bool, str]:
    return (label is None, label or "")


def _aimed(library: Library, ref: str, on: date) -> Target | None:
    try:
        return aimed_at(library, [ref], on)[0]
    except (UnknownReference, NotInForce, FileProblem, ValueError):
        return None
