"""What each budget pays for (*escalier*): the budget across, people or blocks upwards, one stair for each compromise.

Under the stairs there is nothing: no smaller budget pays for as many. A line stands at the budget of the question, a star at what is
decided with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reports.charts.axes import Scale, quantities, round_marks
from reports.charts.legend import Key, legend
from reports.charts.lettering import SMALL
from reports.charts.svg import GRID, LINE, MUTED, PANEL, WIDTH, disk, drawing, line, number, path, star, text
from reports.language import say
from reports.paper import Cell, Column, ColumnKind, Figure, Table
from reports.wording import number as figure

_LEFT, _RIGHT, _TOP, _BOTTOM = 66, WIDTH - 24, 40, 280
_STAIR, _HERE = "#12406f", "#a84300"
MOST_DISKS = 60
"""With more stairs than this, only the line is drawn."""


@dataclass(frozen=True, slots=True)
class Stair:
    """So many, and the least budget that pays for them."""

    count: int
    needed: float


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted and what is spent: their names, how an amount is said."""

    counted: str
    spent: str
    amount: Callable[[float], str]
    kind: ColumnKind = ColumnKind.EUROS


def staircase(
    stairs: Sequence[Stair], limit: float, measure: Measure, *, here: Stair | None = None, name: str = "escalier"
) -> Figure:
    """Every compromise between a budget and a count.

    Parameters
    ----------
    stairs : sequence of Stair
        At least one, the smallest first; each asks for more than the one before.
    limit : float
        The budget of the question.
    here : Stair, optional
        What is decided: so many, for what is spent.
    """
    caption = say("{counted}, selon le budget", counted=measure.counted)
    told = _told(stairs, limit, measure)
    keys = [Key(say("Le budget"), drawn=line(0, 0, 18, 0, stroke=_HERE, width=1.5, dashes="4 3"))]
    if here is not None:
        keys.append(Key(say("La décision"), drawn=star(9, 0, 8, fill=_HERE, stroke=PANEL)))
    drawn, deep = legend(name, keys, _LEFT, _RIGHT, _BOTTOM + 44)
    marks = (*_drawing(stairs, limit, measure, here), drawn)
    svg = drawing(name, _BOTTOM + 44 + deep + 8, caption, told, *marks)
    return Figure(name=name, caption=caption, alternative=told, svg=svg, table=_table(stairs, measure))


def _drawing(stairs: Sequence[Stair], limit: float, measure: Measure, here: Stair | None) -> Iterator[str]:
    across = Scale(round_marks(max(1.0, limit, stairs[-1].needed))[-1], _LEFT, _RIGHT - 20)
    up = Scale(round_marks(max(1, stairs[-1].count))[-1], _BOTTOM, _TOP + 10)
    levels = round_marks(up.highest)
    yield quantities(up, levels, _LEFT, _RIGHT, tuple(figure(mark) for mark in levels))
    yield text(measure.counted, _LEFT - 40, _TOP - 10, size=SMALL, bold=True)
    for mark in round_marks(across.highest):
        yield line(across(mark), _TOP, across(mark), _BOTTOM, stroke=LINE if mark == 0 else GRID)
        yield text(measure.amount(mark), across(mark), _BOTTOM + 16, size=SMALL, fill=MUTED, anchor="middle")
    yield text(measure.spent, _RIGHT, _BOTTOM + 32, size=SMALL, anchor="end", bold=True)
    yield line(across(limit), _TOP, across(limit), _BOTTOM, stroke=_HERE, width=1.5, dashes="4 3")
    yield path(_climbing(stairs, across, up), stroke=_STAIR, width=2)
    for one in stairs if len(stairs) <= MOST_DISKS else ():
        yield disk(across(one.needed), up(one.count), 4, fill=_STAIR, stroke=PANEL, width=1)
    if here is not None:
        yield star(across(here.needed), up(here.count), 10, fill=_HERE, stroke=PANEL)


def _climbing(stairs: Sequence[Stair], across: Scale, up: Scale) -> str:
    """Along each stair, then up to the next one; the last goes on to the edge."""
    steps = [f"M{number(across(stairs[0].needed))},{number(up(stairs[0].count))}"]
    for one in stairs[1:]:
        steps.append(f"H{number(across(one.needed))}V{number(up(one.count))}")
    return "".join([*steps, f"H{number(across(across.highest))}"])


def _told(stairs: Sequence[Stair], limit: float, measure: Measure) -> str:
    paid = [one for one in stairs if one.needed <= limit]
    opening = say(
        "{counted} : {count} avec {limit}, {most} au plus, avec {all}.",
        counted=measure.counted,
        count=figure(paid[-1].count if paid else 0),
        limit=measure.amount(limit),
        most=figure(stairs[-1].count),
        all=measure.amount(stairs[-1].needed),
    )
    following = next((one for one in stairs if one.needed > limit), None)
    if following is None:
        return opening
    needed = measure.amount(following.needed - limit)
    return f"{opening} {say('Pour {count}, il faut {more} de plus.', count=figure(following.count), more=needed)}"


def _table(stairs: Sequence[Stair], measure: Measure) -> Table:
    rows, before = [], 0.0
    for one in stairs:
        more = one.needed - before
        rows.append(
            (
                Cell(text=figure(one.count), value=one.count),
                Cell(text=measure.amount(one.needed), value=one.needed),
                Cell(text=measure.amount(more), value=more),
            )
        )
        before = one.needed
    columns = (
        Column(title=measure.counted, kind=ColumnKind.COUNT),
        Column(title=measure.spent, kind=measure.kind),
        Column(title=say("De plus que la ligne d'avant"), kind=measure.kind),
    )
    caption = say("{counted}, compromis par compromis", counted=measure.counted)
    return Table(name=measure.counted, caption=caption, columns=columns, rows=tuple(rows))
