"""Plans to choose from (*coût et heures*): each plan is a point, its hours across and its cost upwards.

What isn't known is never drawn as zero: such a plan stands apart, in a band of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.charts.axes import Scale, quantities, round_marks
from reports.charts.legend import Key, legend
from reports.charts.lettering import SMALL, width
from reports.charts.svg import GRID, LINE, MUTED, PANEL, WIDTH, box, disk, drawing, line, number, path, star, text
from reports.language import say, say_n
from reports.paper import Cell, Column, ColumnKind, Figure, Table
from reports.wording import euros, hours
from reports.wording import number as figure

_LEFT, _RIGHT, _TOP, _BOTTOM = 92, WIDTH - 24, 40, 300
_CHOSEN, _OTHER = "#a84300", "#12406f"

MOST = 26
"""More plans than letters are not drawn; all stand in the table."""


@dataclass(frozen=True, slots=True)
class Option:
    """A plan: what it is called, its known sums, whether each leaves something out.

    ``apart`` is for a plan that can't be compared with the others: the hours or the price of a module are not known.
    """

    title: str
    hours: float
    cost: float
    weeks: int | None = None
    more_hours: bool = False
    more_cost: bool = False
    apart: bool = False
    chosen: bool = False


def front(options: Sequence[Option], *, whole: bool = False, name: str = "choix") -> Figure:
    """Plans by hours and cost.

    Parameters
    ----------
    options : sequence of Option
        At least one.
    whole : bool
        Whether these are all the plans that no other beats on both: a line then joins them.
    """
    table = _table(options)
    caption = say("Les parcours possibles : heures et coût")
    told = _told(options)
    svg = _svg(options, whole, name, caption, told)
    return Figure(name=table.name, caption=caption, alternative=told, svg=svg, table=table)


def _letter(index: int) -> str:
    """A, B, … Z, then A1, B1…"""
    return chr(ord("A") + index % 26) + (str(index // 26) if index >= 26 else "")


# -- the drawing ----------------------------------------------------------------------------------------------------------


def _svg(options: Sequence[Option], whole: bool, name: str, title: str, told: str) -> str:
    drawn = dict(enumerate(options[:MOST]))
    known = {index: one for index, one in drawn.items() if not one.apart}
    apart = {index: one for index, one in drawn.items() if one.apart}
    across = Scale(_highest(one.hours for one in known.values()), _LEFT, _RIGHT - 20)
    up = Scale(_highest(one.cost for one in known.values()), _BOTTOM, _TOP + 10)
    listed, foot = _listed(known, _BOTTOM + 44)
    band, foot = _apart(apart, foot + 6) if apart else ("", foot + 8)
    keys, deep = legend(name, _keys(list(drawn.values()), whole), _LEFT, _RIGHT, foot + 6)
    return drawing(
        name,
        foot + 6 + deep + 8,
        title,
        told,
        *_axes(across, up),
        _joined(known, across, up) if whole else "",
        *_points(known, across, up, whole=whole),
        listed,
        band,
        keys,
    )


def _highest(values: Iterator[float]) -> float:
    return round_marks(max([1.0, *values]))[-1]


def _axes(across: Scale, up: Scale) -> Iterator[str]:
    marks = round_marks(up.highest)
    yield quantities(up, marks, _LEFT, _RIGHT, tuple(euros(mark) for mark in marks))
    yield text(say("Coût"), _LEFT - 6, _TOP - 10, size=SMALL, anchor="end", bold=True)
    for mark in round_marks(across.highest):
        x = across(mark)
        yield line(x, _TOP, x, _BOTTOM, stroke=LINE if mark == 0 else GRID)
        yield text(hours(mark), x, _BOTTOM + 16, size=SMALL, fill=MUTED, anchor="middle")
    yield text(say("Heures"), _RIGHT, _BOTTOM + 32, size=SMALL, anchor="end", bold=True)


def _points(known: Mapping[int, Option], across: Scale, up: Scale, *, whole: bool) -> Iterator[str]:
    """Each place with the letters of the plans that are there, put where they hide no other."""
    places: dict[tuple[float, float], list[int]] = defaultdict(list)
    for index, one in known.items():
        places[(round(across(one.hours)), round(up(one.cost)))].append(index)
    taken: list[tuple[float, float, float]] = [(x, y, 18) for x, y in places]
    for (x, y), indices in sorted(places.items(), key=lambda place: any(known[index].chosen for index in place[1])):
        yield _mark(any(known[index].chosen for index in indices), x, y)
        words = ", ".join(_letter(index) for index in indices)
        left, base = _free(x, y, words, taken, whole=whole)
        taken.append((left + width(words) / 2, base - 4, width(words)))
        yield box(left - 1, base - 10, width(words, bold=True) - 1, 12, fill=PANEL)
        yield text(words, left, base, bold=True)


def _free(
    x: float, y: float, words: str, taken: Sequence[tuple[float, float, float]], *, whole: bool
) -> tuple[float, float]:
    """A place for letters beside a point, the first that hides nothing; under the line there is always room."""
    wide = width(words, bold=True)
    above, below = (x - wide / 2, y - 13), (x - wide / 2, y + 21)
    around = (above, (x + 11, y + 4), (x - 11 - wide, y + 4), below, (x + 8, y - 9))
    spots = ((x - 10 - wide, y + 14), *around) if whole else around
    return next((spot for spot in spots if not any(_covers(spot, wide, one) for one in taken)), spots[0])


def _covers(spot: tuple[float, float], wide: float, other: tuple[float, float, float]) -> bool:
    left, base = spot
    x, y, size = other
    return abs(left + wide / 2 - x) < (wide + size) / 2 and abs(base - 4 - y) < 13


def _mark(chosen: bool, x: float, y: float) -> str:
    if chosen:
        return star(x, y, 10, fill=_CHOSEN, stroke=PANEL)
    return disk(x, y, 6, fill=_OTHER, stroke=PANEL, width=1.5)


def _joined(known: Mapping[int, Option], across: Scale, up: Scale) -> str:
    """A staircase through the plans that no other beats: below it there is nothing."""
    corners = sorted({(one.hours, -one.cost) for one in known.values()})
    steps = [f"{'L' if rank else 'M'}{number(across(x))},{number(up(-y))}" for rank, (x, y) in enumerate(corners)]
    for rank in range(len(corners) - 1, 0, -1):
        x, y = corners[rank][0], corners[rank - 1][1]
        steps.insert(rank, f"L{number(across(x))},{number(up(-y))}")
    return path("".join(steps), stroke=LINE, width=1.5, dashes="4 3")


def _listed(some: Mapping[int, Option], top: float) -> tuple[str, float]:
    """A line for each plan under the drawing, and where the last one ends."""
    drawn = [_line(index, one, top + 20 * rank) for rank, (index, one) in enumerate(some.items())]
    return "".join(drawn), top + 20 * len(drawn)


def _line(index: int, one: Option, top: float) -> str:
    words = f"{_sums(one)} — {one.title}" if one.title else _sums(one)
    letter = text(_letter(index), _LEFT + 24, top + 14, bold=True)
    return (
        _mark(one.chosen, _LEFT + 10, top + 10)
        + letter
        + text(words, _LEFT + 46, top + 14, size=SMALL, room=_RIGHT - _LEFT - 52)
    )


def _apart(some: Mapping[int, Option], top: float) -> tuple[str, float]:
    """The plans whose sums are not complete, in a band under the others."""
    title = text(
        say("À part, car la durée ou le prix d'un module n'est pas connu :"), _LEFT + 3, top + 16, size=SMALL, bold=True
    )
    listed, foot = _listed(some, top + 22)
    return box(_LEFT - 6, top, _RIGHT - _LEFT + 12, foot - top + 6, stroke=LINE, rx=4) + title + listed, foot + 14


def _keys(options: Sequence[Option], whole: bool) -> list[Key]:
    keys = [Key(say("Le parcours choisi"), drawn=_mark(True, 9, 0))] if any(one.chosen for one in options) else []
    if any(not one.chosen for one in options):
        keys.append(Key(say("Un autre parcours"), drawn=_mark(False, 9, 0)))
    if whole:
        keys.append(Key(say("Rien de mieux en dessous"), drawn=line(0, 0, 18, 0, stroke=LINE, width=1.5, dashes="4 3")))
    return keys


# -- in words -------------------------------------------------------------------------------------------------------------


def _sums(one: Option) -> str:
    return f"{_sum(one.hours, hours, one.more_hours)}, {_sum(one.cost, euros, one.more_cost)}"


def _sum(value: float, told: Callable[[float], str], more: bool) -> str:
    """A sum that leaves some out says « au moins »; one that leaves all out is not known."""
    if not more:
        return told(value)
    return say("au moins {sum}", sum=told(value)) if value else say("non connu")


def _told(options: Sequence[Option]) -> str:
    opening = say_n("{count} parcours.", "{count} parcours.", len(options))
    return " ".join([opening, *(_one(index, one) for index, one in enumerate(options))])


def _one(index: int, one: Option) -> str:
    chosen = say(" (choisi)") if one.chosen else ""
    return say("{letter}{chosen} : {sums}.", letter=_letter(index), chosen=chosen, sums=_sums(one))


def _table(options: Sequence[Option]) -> Table:
    return Table(
        name=say("Choix"),
        caption=say("Les parcours possibles, avec leurs heures et leur coût"),
        columns=(
            Column(title=say("Repère"), weight=0.6),
            Column(title=say("Parcours"), weight=3),
            Column(title=say("Heures"), kind=ColumnKind.HOURS),
            Column(title=say("Coût"), kind=ColumnKind.EUROS),
            Column(title=say("Semaines"), kind=ColumnKind.COUNT, weight=0.8),
        ),
        rows=tuple(_cells(index, one) for index, one in enumerate(options)),
        note=_note(options),
    )


def _note(options: Sequence[Option]) -> str:
    if not any(one.more_hours or one.more_cost for one in options):
        return ""
    return say("« Au moins » : une durée ou un prix n'est pas connu, la somme le laisse de côté.")


def _cells(index: int, one: Option) -> tuple[Cell, ...]:
    title = say("{title} — choisi", title=one.title) if one.chosen else one.title
    return (
        Cell(text=_letter(index)),
        Cell(text=title),
        Cell(text=_sum(one.hours, hours, one.more_hours), value=one.hours if one.hours or not one.more_hours else None),
        Cell(text=_sum(one.cost, euros, one.more_cost), value=one.cost if one.cost or not one.more_cost else None),
        Cell(text=say("non daté")) if one.weeks is None else Cell(text=figure(one.weeks), value=one.weeks),
    )
