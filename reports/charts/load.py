"""Load against what a person gives (*charge*): hours of each week, or period, under the line of what they can give.

More weeks than can be told apart are put together by months.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from pathways.profile import PeriodUnit
from reports.charts.axes import Scale, Weeks, quantities, round_marks
from reports.charts.legend import Key, legend
from reports.charts.paints import STROKES, Paint, fill, patterns
from reports.charts.svg import INK, WIDTH, box, drawing, line, number, path
from reports.language import Words, say, to_say
from reports.paper import Cell, Column, ColumnKind, Figure, Table
from reports.wording import date_in_letters, hours, plain_date
from reports.wording import number as figure

MOST = 110
"""More periods than this are put together by months."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 66, WIDTH - 16, 60, 260
_DAY = timedelta(days=1)
_WIDEST = 64
"""Pixels that a bar takes at most."""

_PER = Words(
    {
        PeriodUnit.WEEK: to_say("Heures par semaine"),
        PeriodUnit.MONTH: to_say("Heures par mois"),
        PeriodUnit.QUARTER: to_say("Heures par trimestre"),
        PeriodUnit.SEMESTER: to_say("Heures par semestre"),
    }
)


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a period with its last day, its hours, and those that the person can give; ``None``: no limit."""

    start: date
    end: date
    hours: float = 0
    capacity: float | None = None


def load(periods: Sequence[Period], unit: PeriodUnit = PeriodUnit.WEEK, *, name: str = "charge") -> Figure:
    """The hours of each period, one after the other.

    Parameters
    ----------
    periods : sequence of Period
        In order; at least one. A capacity of 0 is a period without training.
    """
    drawn, per = tuple(periods), unit
    if len(periods) > MOST:
        drawn, per = tuple(_by_month(periods)), PeriodUnit.MONTH
    caption = say("La charge, face à ce que vous pouvez donner") if _limits(drawn) else say("La charge")
    told = _told(drawn, per)
    table = _table(periods)
    return Figure(
        name=table.name, caption=caption, alternative=told, svg=_svg(drawn, per, name, caption, told), table=table
    )


def _by_month(periods: Sequence[Period]) -> Iterator[Period]:
    for _month, some in groupby(periods, key=lambda one: (one.start.year, one.start.month)):
        those = list(some)
        given = [one.capacity for one in those if one.capacity is not None]
        capacity = sum(given) if len(given) == len(those) else None
        yield Period(those[0].start, those[-1].end, sum(one.hours for one in those), capacity)


def _limits(periods: Sequence[Period]) -> list[float]:
    return [one.capacity for one in periods if one.capacity is not None]


# -- the drawing ----------------------------------------------------------------------------------------------------------


def _svg(periods: Sequence[Period], unit: PeriodUnit, name: str, title: str, told: str) -> str:
    span = Weeks.around(periods[0].start, periods[-1].end, _LEFT, _RIGHT)
    marks = round_marks(max([1, *(one.hours for one in periods), *_limits(periods)]))
    scale = Scale(marks[-1], _BOTTOM, _TOP + 8)
    keys, deep = legend(name, _keys(periods, unit), _LEFT, _RIGHT, _BOTTOM + 18)
    used = {Paint.CLOSED, Paint.HATCH} & {key.paint for key in _keys(periods, unit)}
    return drawing(
        name,
        _BOTTOM + 18 + deep + 8,
        title,
        told,
        *(_shut(one, span, name) for one in periods if one.capacity == 0),
        span.heading(_TOP, _BOTTOM),
        quantities(scale, marks, _LEFT, _RIGHT, tuple(hours(mark) for mark in marks)),
        *(_bar(one, span, scale, name) for one in periods if one.hours),
        _capacity(periods, span, scale),
        keys,
        patterns=patterns(name, used),
    )


def _edges(one: Period, span: Weeks) -> tuple[float, float]:
    return span(span.inside(one.start)), span(span.inside(one.end + _DAY))


def _shut(one: Period, span: Weeks, name: str) -> str:
    left, right = _edges(one, span)
    return box(left, _TOP, right - left, _BOTTOM - _TOP, fill=fill(name, Paint.CLOSED))


def _bar(one: Period, span: Weeks, scale: Scale, name: str) -> str:
    left, right = _edges(one, span)
    gap = max(min(3, (right - left) / 5), right - left - _WIDEST)
    paint = _paint(one)
    top = min(scale(one.hours), _BOTTOM - 1)
    return box(left + gap / 2, top, right - left - gap, _BOTTOM - top, fill=fill(name, paint), stroke=_outline(paint))


def _paint(one: Period) -> Paint:
    too_much = one.capacity is not None and one.hours > one.capacity + 1e-6
    return Paint.HATCH if too_much else Paint.PLAIN


def _outline(paint: Paint) -> str | None:
    return None if paint is Paint.PLAIN else STROKES[paint]


def _capacity(periods: Sequence[Period], span: Weeks, scale: Scale) -> str:
    """The line of what the person can give, broken where there is no limit."""
    steps: list[str] = []
    height: float | None = None
    for one in periods:
        left, right = _edges(one, span)
        if one.capacity is None:
            height = None
            continue
        at = scale(one.capacity)
        steps.append(f"{'M' if height is None else 'L'}{number(left)},{number(at)}L{number(right)},{number(at)}")
        height = at
    return path("".join(steps), stroke=INK, width=2, dashes="6 3") if steps else ""


def _keys(periods: Sequence[Period], unit: PeriodUnit) -> list[Key]:
    keys = [Key(_PER[unit], Paint.PLAIN)]
    if _limits(periods):
        keys.append(Key(say("Ce que vous pouvez donner"), drawn=line(0, 0, 18, 0, stroke=INK, width=2, dashes="6 3")))
    if any(_paint(one) is Paint.HATCH for one in periods):
        keys.append(Key(say("Plus que ce que vous pouvez donner"), Paint.HATCH))
    if any(one.capacity == 0 for one in periods):
        keys.append(Key(say("Période sans formation"), Paint.CLOSED))
    return keys


# -- in words -------------------------------------------------------------------------------------------------------------


def _told(periods: Sequence[Period], unit: PeriodUnit) -> str:
    most = max(periods, key=lambda one: one.hours)
    told = say(
        "{per}, du {start} au {end} : {total} en tout, {most} au plus.",
        per=_PER[unit],
        start=date_in_letters(periods[0].start),
        end=date_in_letters(periods[-1].end),
        total=hours(sum(one.hours for one in periods)),
        most=hours(most.hours),
    )
    limits = _limits(periods)
    if not limits:
        return told
    given = say("Vous pouvez donner {most} au plus.", most=hours(max(limits)))
    over = [one for one in periods if _paint(one) is Paint.HATCH]
    more = say("C'est dépassé à partir du {day}.", day=date_in_letters(over[0].start)) if over else ""
    return f"{told} {given} {more}".strip()


def _table(periods: Sequence[Period]) -> Table:
    """Periods that are alike and follow one another make one line."""
    runs = [list(some) for _alike, some in groupby(periods, key=lambda one: (one.hours, one.capacity))]
    return Table(
        name=say("Charge"),
        caption=say("Les heures de chaque période, et celles que vous pouvez donner"),
        columns=(
            Column(title=say("Du"), kind=ColumnKind.DAY),
            Column(title=say("Au"), kind=ColumnKind.DAY),
            Column(title=say("Périodes"), kind=ColumnKind.COUNT),
            Column(title=say("Heures chacune"), kind=ColumnKind.HOURS),
            Column(title=say("Possible"), kind=ColumnKind.HOURS),
            Column(title=say("Heures en tout"), kind=ColumnKind.HOURS),
        ),
        rows=tuple(_cells(run) for run in runs),
        total=(Cell(text=say("Total")), Cell(), _count(len(periods)), Cell(), Cell(), _hours(sum(_all(periods)))),
    )


def _all(periods: Sequence[Period]) -> list[float]:
    return [one.hours for one in periods]


def _cells(run: Sequence[Period]) -> tuple[Cell, ...]:
    first, last = run[0], run[-1]
    limit = Cell(text=say("sans limite")) if first.capacity is None else _hours(first.capacity)
    return (
        Cell(text=plain_date(first.start), value=first.start),
        Cell(text=plain_date(last.end), value=last.end),
        _count(len(run)),
        _hours(first.hours),
        limit,
        _hours(sum(_all(run))),
    )


def _count(value: int) -> Cell:
    return Cell(text=figure(value), value=value)


def _hours(value: float) -> Cell:
    return Cell(text=hours(value), value=value)
