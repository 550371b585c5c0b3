"""A count over time (*évolution*): at each date, among how many people, and how many of them lack something.

The bar is everybody who is counted; its full part, those who lack it. A date at which nothing changed is drawn like the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reports import cells
from reports.charts.axes import Scale, quantities, round_marks
from reports.charts.legend import Key, legend
from reports.charts.lettering import SMALL
from reports.charts.paints import STROKES, Paint, fill
from reports.charts.svg import MUTED, WIDTH, box, drawing, text
from reports.language import say
from reports.paper import ColumnKind, Figure, Table
from reports.wording import date_fr, number, plain_date

_LEFT, _RIGHT, _TOP, _BOTTOM = 66, WIDTH - 16, 16, 220
_WIDEST = 56
"""Pixels that a bar takes at most."""


class Count(NamedTuple):
    """A date: among how many people, how many lack it; None where only the people are counted."""

    day: date
    people: int
    lacking: int | None


def over_time(counts: Sequence[Count], title: str, *, name: str = "evolution") -> Figure:
    """The counts of each date, one after the other.

    Parameters
    ----------
    counts : sequence of Count
        In order; at least one.
    title : str
        What is counted.
    """
    caption = say("{what}, dans le temps", what=title)
    told, table = _told(counts), _table(counts)
    return Figure(
        name=table.name, caption=caption, alternative=told, svg=_svg(counts, name, caption, told), table=table
    )


def _svg(counts: Sequence[Count], name: str, title: str, told: str) -> str:
    marks = round_marks(max(one.people for one in counts))
    scale = Scale(marks[-1], _BOTTOM, _TOP)
    keys, deep = legend(name, _keys(counts), _LEFT, _RIGHT, _BOTTOM + 30)
    return drawing(
        name,
        _BOTTOM + 30 + deep + 8,
        title,
        told,
        quantities(scale, marks, _LEFT, _RIGHT, tuple(number(mark) for mark in marks)),
        *(_bar(one, rank, len(counts), scale, name) for rank, one in enumerate(counts)),
        *(_day(one, rank, len(counts)) for rank, one in enumerate(counts)),
        keys,
    )


def _bar(one: Count, rank: int, among: int, scale: Scale, name: str) -> str:
    room = (_RIGHT - _LEFT) / among
    wide = min(_WIDEST, room * 0.7)
    left = _LEFT + room * (rank + 0.5) - wide / 2
    whole = _box(left, wide, scale(one.people), Paint.EMPTY, name)
    return whole if not one.lacking else whole + _box(left, wide, scale(one.lacking), Paint.PLAIN, name)


def _box(left: float, wide: float, top: float, paint: Paint, name: str) -> str:
    return box(left, top, wide, _BOTTOM - top, fill=fill(name, paint), stroke=STROKES[paint])


def _day(one: Count, rank: int, among: int) -> str:
    """The day under its bar; of many, some only."""
    room = (_RIGHT - _LEFT) / among
    if rank % max(1, round(64 / room)):
        return ""
    return text(date_fr(one.day), _LEFT + room * (rank + 0.5), _BOTTOM + 16, size=SMALL, anchor="middle", fill=MUTED)


def _keys(counts: Sequence[Count]) -> list[Key]:
    keys = [Key(say("Personnes comptées"))]
    return keys if counts[-1].lacking is None else [*keys, Key(say("À qui elle manque"), Paint.PLAIN)]


def _told(counts: Sequence[Count]) -> str:
    last = counts[-1]
    values = {"people": number(last.people), "day": plain_date(last.day)}
    if last.lacking is None:
        return say("Le {day} : {people} personnes comptées.", **values)
    lacking = number(last.lacking)
    return say("Le {day} : elle manque à {lacking} personnes sur {people} comptées.", lacking=lacking, **values)


def _table(counts: Sequence[Count]) -> Table:
    columns = [cells.column(say("Date")), cells.column(say("Personnes comptées"), ColumnKind.COUNT)]
    if counts[-1].lacking is not None:
        columns.append(cells.column(say("À qui elle manque"), ColumnKind.COUNT))
    rows = (
        (cells.text(plain_date(one.day)), cells.count(one.people), cells.count(one.lacking))[: len(columns)]
        for one in counts
    )
    caption = say("Les chiffres de chaque édition")
    return Table(name=say("Évolution"), caption=caption, columns=tuple(columns), rows=tuple(rows))
