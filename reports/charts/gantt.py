"""The plan in weeks (*frise, diagramme de Gantt*): one bar per step under its months, with its hours.

A frieze taller than a page is cut in several, each with its own months. Steps without dates are not drawn: they are not dated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from pathways.pathway import StepKind
from reports.charts.axes import Weeks
from reports.charts.legend import Key, legend
from reports.charts.lettering import SMALL, broken, width
from reports.charts.paints import STROKES, Paint, fill, patterns
from reports.charts.svg import GRID, HEIGHT, PANEL, WIDTH, box, diamond, disk, drawing, line, star, text
from reports.language import say, say_n
from reports.paper import Cell, Column, ColumnKind, Figure, Table
from reports.wording import date_in_letters, from_to, hours, plain_date, weeks

_LABELS, _LEFT, _RIGHT = 238, 256, WIDTH - 14
_HEAD, _FOOT = 56, 16
_ROW = {1: 24, 2: 36}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One step with its first and last day; ``hours`` is ``None`` when they are not known.

    ``number`` is its rank in the plan; 0 for its rank among the bars.
    """

    title: str
    kind: StepKind
    start: date
    end: date
    hours: float | None = None
    illustrative: bool = False
    number: int = 0

    @property
    def paint(self) -> Paint:
        """How it is filled."""
        return Paint.CROSS if self.illustrative and self.kind is StepKind.MODULE else _PAINTS[self.kind]


@dataclass(frozen=True, slots=True)
class Closed:
    """Days without training, both included."""

    start: date
    end: date


_PAINTS = {
    StepKind.MODULE: Paint.PLAIN,
    StepKind.ASSESSMENT: Paint.WARM,
    StepKind.VAE: Paint.STRIPES,
    StepKind.RIGHT: Paint.DARK,
    StepKind.AWARD: Paint.DARK,
}


def gantt(bars: Sequence[Bar], closed: Sequence[Closed] = (), *, name: str = "frise") -> tuple[Figure, ...]:
    """The steps over the weeks, in the order they are given; nothing where there is none.

    Parameters
    ----------
    closed : sequence of Closed
        Days when the person doesn't train.
    name : str
        Starts the identifiers of the drawings.
    """
    if not bars:
        return ()
    rows = [_Row(number, bar, broken(f"{number}. {bar.title}", _LABELS, 2, SMALL)) for number, bar in _numbered(bars)]
    pages = _pages(rows)
    return tuple(
        _figure(page, closed, f"{name}-{index}", index if len(pages) > 1 else 0, rows[-1].number)
        for index, page in enumerate(pages, start=1)
    )


def _numbered(bars: Sequence[Bar]) -> Iterator[tuple[int, Bar]]:
    return ((bar.number or rank, bar) for rank, bar in enumerate(bars, start=1))


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    bar: Bar
    words: tuple[str, ...]

    @property
    def height(self) -> float:
        return _ROW[max(1, len(self.words))]


def _pages(rows: Sequence[_Row]) -> list[list[_Row]]:
    """The rows in as few drawings as a page allows, about as long as one another."""
    room = HEIGHT - _HEAD - 40 - _FOOT
    total = sum(row.height for row in rows)
    count = -(-int(total) // room)
    pages: list[list[_Row]] = [[] for _page in range(count)]
    for row, done in zip(rows, accumulate(row.height for row in rows), strict=True):
        pages[min(count - 1, int((done - row.height / 2) * count / total))].append(row)
    return pages


# -- one drawing ----------------------------------------------------------------------------------------------------------


def _figure(rows: Sequence[_Row], closed: Sequence[Closed], name: str, part: int, every: int) -> Figure:
    table = _table(rows, part)
    caption = say("Les étapes dans le temps")
    if part:
        first, last = rows[0].number, rows[-1].number
        caption = say("Les étapes dans le temps : {first} à {last} sur {every}", first=first, last=last, every=every)
    told = _told(rows)
    return Figure(
        name=table.name, caption=caption, alternative=told, svg=_svg(rows, closed, name, caption, told), table=table
    )


def _svg(rows: Sequence[_Row], closed: Sequence[Closed], name: str, title: str, told: str) -> str:
    bars = [row.bar for row in rows]
    span = Weeks.around(min(bar.start for bar in bars), max(bar.end for bar in bars), _LEFT, _RIGHT)
    bottom = _HEAD + sum(row.height for row in rows)
    shut = [one for one in closed if one.end >= span.first and one.start < span.after]
    keys, deep = legend(name, _keys(rows, shut), 16, _RIGHT, bottom + 14)
    used = {row.bar.paint for row in rows} | ({Paint.CLOSED} if shut else set())
    return drawing(
        name,
        bottom + 14 + deep + 8,
        title,
        told,
        *(_shut(one, span, name, bottom) for one in shut),
        span.heading(_HEAD, bottom),
        *_lines(rows, span, name),
        keys,
        patterns=patterns(name, used),
    )


def _lines(rows: Sequence[_Row], span: Weeks, name: str) -> Iterator[str]:
    top: float = _HEAD
    for row in rows:
        middle = top + row.height / 2
        first = middle + 4 - (len(row.words) - 1) * 6.5
        for index, words in enumerate(row.words):
            yield text(words, 14, first + 13 * index, size=SMALL)
        yield _bar(row.bar, span, name, middle)
        top += row.height
        yield line(14, top, _RIGHT, top, stroke=GRID)


def _bar(bar: Bar, span: Weeks, name: str, y: float) -> str:
    left, right = span(bar.start), span(min(bar.end + _DAY, span.after))
    painted = fill(name, bar.paint)
    if bar.kind in (StepKind.MODULE, StepKind.VAE):
        right = max(right, left + 4)
        return box(left, y - 7, right - left, 14, fill=painted, stroke=STROKES[bar.paint], rx=2) + _beside(
            bar, left, right, y
        )
    middle = (left + right) / 2
    mark = box(left, y - 2, right - left, 4, fill=painted) + _mark(bar.kind, middle, y)
    return mark + _beside(bar, min(left, middle - 8), max(right, middle + 8), y)


def _mark(kind: StepKind, x: float, y: float) -> str:
    """What happens on a day: a diamond for an assessment, a star for an award, a disk for a right."""
    colour = STROKES[_PAINTS[kind]]
    if kind is StepKind.ASSESSMENT:
        return diamond(x, y, 7, fill=colour)
    return star(x, y, 9, fill=colour) if kind is StepKind.AWARD else disk(x, y, 6, fill=colour)


def _beside(bar: Bar, left: float, right: float, y: float) -> str:
    """The hours of a bar: after it; where the drawing ends, inside it or before it."""
    words = _load(bar)
    room = width(words, SMALL) + 10
    if right + room <= _RIGHT + 5:
        return text(words, right + 5, y + 4, size=SMALL)
    if right - left > room and bar.paint is Paint.PLAIN:
        return text(words, right - 6, y + 4, size=SMALL, fill=PANEL, anchor="end")
    return text(words, left - 5, y + 4, size=SMALL, anchor="end")


def _load(bar: Bar) -> str:
    if bar.hours is None:
        return say("durée non connue")
    return hours(bar.hours) if bar.hours else ""


def _shut(one: Closed, span: Weeks, name: str, bottom: float) -> str:
    left, right = span(span.inside(one.start)), span(span.inside(one.end + _DAY))
    return box(left, _HEAD, max(right - left, 1), bottom - _HEAD, fill=fill(name, Paint.CLOSED))


def _keys(rows: Sequence[_Row], shut: Sequence[Closed]) -> list[Key]:
    words = {
        (StepKind.RIGHT, Paint.DARK): say("Droit"),
        (StepKind.MODULE, Paint.PLAIN): say("Module"),
        (StepKind.MODULE, Paint.CROSS): say("Module illustratif, inventé"),
        (StepKind.VAE, Paint.STRIPES): say("Validation par l'expérience"),
        (StepKind.ASSESSMENT, Paint.WARM): say("Évaluation"),
        (StepKind.AWARD, Paint.DARK): say("Obtention"),
    }
    used = {(row.bar.kind, row.bar.paint) for row in rows}
    keys = [_key(kind, paint, said) for (kind, paint), said in words.items() if (kind, paint) in used]
    return [*keys, Key(say("Période sans formation"), Paint.CLOSED)] if shut else keys


def _key(kind: StepKind, paint: Paint, words: str) -> Key:
    if kind in (StepKind.MODULE, StepKind.VAE):
        return Key(words, paint)
    return Key(words, drawn=_mark(kind, 9, 0))


# -- in words -------------------------------------------------------------------------------------------------------------


def _told(rows: Sequence[_Row]) -> str:
    first, last = min(row.bar.start for row in rows), max(row.bar.end for row in rows)
    count = say_n("{count} étape", "{count} étapes", len(rows))
    stretch = weeks(-(-((last - first).days + 1) // 7))
    opening = say(
        "{count}, du {start} au {end}, soit {weeks}.",
        count=count,
        start=date_in_letters(first),
        end=date_in_letters(last),
        weeks=stretch,
    )
    return " ".join([opening, *(_one(row) for row in rows)])


def _one(row: _Row) -> str:
    told = say(
        "{number}. {title}, {dates}", number=row.number, title=row.bar.title, dates=from_to(row.bar.start, row.bar.end)
    )
    return f"{told}, {_load(row.bar)}." if _load(row.bar) else f"{told}."


def _table(rows: Sequence[_Row], part: int) -> Table:
    known = [row.bar.hours for row in rows if row.bar.hours is not None]
    return Table(
        name=say("Frise {part}", part=part) if part else say("Frise"),
        caption=say("Les étapes avec leurs dates"),
        columns=(
            Column(title=say("Nº"), kind=ColumnKind.COUNT, weight=0.4),
            Column(title=say("Étape"), weight=4),
            Column(title=say("Du"), kind=ColumnKind.DAY, weight=1.2),
            Column(title=say("Au"), kind=ColumnKind.DAY, weight=1.2),
            Column(title=say("Heures"), kind=ColumnKind.HOURS, weight=1.1),
        ),
        rows=tuple(_cells(row) for row in rows),
        total=(Cell(), Cell(text=say("Heures connues")), Cell(), Cell(), _hours(sum(known))),
    )


def _cells(row: _Row) -> tuple[Cell, ...]:
    bar = row.bar
    return (
        Cell(text=str(row.number), value=row.number),
        Cell(text=bar.title),
        Cell(text=plain_date(bar.start), value=bar.start),
        Cell(text=plain_date(bar.end), value=bar.end),
        _hours(bar.hours),
    )


def _hours(value: float | None) -> Cell:
    return Cell(text=say("non connue")) if value is None else Cell(text=hours(value), value=value)
