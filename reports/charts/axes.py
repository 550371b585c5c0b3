"""Scales (*échelles*): from a quantity or a day to a place on the drawing, with round marks and readable months."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reports.charts.lettering import SMALL, width
from reports.charts.svg import GRID, INK, LINE, MUTED, line, text
from reports.language import say
from reports.wording import SHORT_MONTHS

_SHORTEST = timedelta(weeks=4)
_WEEK_ROOM = 19
"""Pixels under which weeks are not numbered."""


def round_marks(highest: float, most: int = 5) -> tuple[float, ...]:
    """Round numbers from 0 up to the first one that is not below ``highest``, ``most`` steps at the most.

    Examples
    --------
    >>> round_marks(14), round_marks(3.2), round_marks(0)
    ((0, 5, 10, 15), (0, 1, 2, 3, 4), (0, 1))
    """
    step = next(one for one in _steps() if one * most >= highest)
    count = 1
    while step * count < highest:
        count += 1
    return tuple(step * index for index in range(count + 1))


def _steps() -> Iterator[float]:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


@dataclass(frozen=True, slots=True)
class Scale:
    """A quantity from 0 to ``highest``, drawn from ``start`` to ``end`` in pixels."""

    highest: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (self.end - self.start) * value / self.highest


@dataclass(frozen=True, slots=True)
class Weeks:
    """Whole weeks, from the Monday of one day to the Sunday of another, drawn from ``left`` to ``right``.

    Examples
    --------
    >>> weeks = Weeks.around(date(2027, 1, 6), date(2027, 2, 24), 0, 560)
    >>> weeks.first.isoformat(), weeks.after.isoformat(), weeks(date(2027, 1, 11))
    ('2027-01-04', '2027-03-01', 70.0)
    """

    first: date
    after: date
    left: float
    right: float

    @classmethod
    def around(cls, first: date, last: date, left: float, right: float) -> Weeks:
        """The weeks that hold two days and what lies between; four at least."""
        monday = first - timedelta(days=first.weekday())
        after = last + timedelta(days=7 - last.weekday())
        return cls(monday, max(after, monday + _SHORTEST), left, right)

    def __call__(self, day: date) -> float:
        return self.left + (self.right - self.left) * (day - self.first).days / (self.after - self.first).days

    def inside(self, day: date) -> date:
        """The day, or the nearest one that is drawn."""
        return min(max(day, self.first), self.after)

    @property
    def month_room(self) -> float:
        """Pixels of a month of thirty days."""
        return (self.right - self.left) * 30 / (self.after - self.first).days

    @property
    def mondays(self) -> Iterator[date]:
        """The first day of each week."""
        return (self.first + timedelta(days=days) for days in range(0, (self.after - self.first).days, 7))

    def months(self, step: int = 1) -> Iterator[tuple[date, date]]:
        """The months, or stretches of several, that are drawn: the first day of each that shows, and the day after it."""
        start = date(self.first.year, self.first.month - (self.first.month - 1) % step, 1)
        while start < self.after:
            following = _later(start, step)
            yield max(start, self.first), min(following, self.after)
            start = following

    def heading(self, top: float, bottom: float) -> str:
        """Years, months and weeks above a drawing that goes from ``top`` to ``bottom``, with their lines.

        What has no room is left out: months become initials, then quarters, then years alone.
        """
        return "".join([*self._weeks(top, bottom), *self._months(top, bottom), *self._years(top, bottom)])

    def _years(self, top: float, bottom: float) -> Iterator[str]:
        for start, after in self.months(12):
            left, right = self(start), self(after)
            if left > self.left:
                yield line(left, top - 36, left, bottom, stroke=LINE)
            if right - left >= 34:
                yield text(str(start.year), left + 4, top - 25, bold=True)
        yield line(self.left, top, self.right, top, stroke=LINE)

    def _months(self, top: float, bottom: float) -> Iterator[str]:
        names = self._names
        for start, after in self.months(3 if names is _quarter else 1):
            left, right = self(start), self(after)
            if left > self.left:
                yield line(left, top - 20, left, bottom)
            if width(names(start), SMALL) <= right - left - 2:
                yield text(names(start), (left + right) / 2, top - 7, size=SMALL, fill=MUTED, anchor="middle")

    @property
    def _names(self) -> Callable[[date], str]:
        """The longest names of months for which there is room everywhere."""
        widest = max(width(SHORT_MONTHS[number], SMALL) for number in SHORT_MONTHS)
        return _short if self.month_room >= widest + 4 else _initial if self.month_room >= 12 else _quarter

    def _weeks(self, top: float, bottom: float) -> Iterator[str]:
        if self.month_room * 7 / 30 < _WEEK_ROOM:
            return
        for monday in self.mondays:
            yield line(self(monday), top, self(monday), bottom, stroke=GRID, dashes="2 3")


def _short(day: date) -> str:
    return SHORT_MONTHS[day.month]


def _initial(day: date) -> str:
    return SHORT_MONTHS[day.month][0].upper()


def _quarter(day: date) -> str:
    return say("T{number}", number=(day.month + 2) // 3)


def _later(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def quantities(scale: Scale, marks: tuple[float, ...], left: float, right: float, words: tuple[str, ...]) -> str:
    """Marks of an upright scale: a line across and its words on the left."""
    drawn = []
    for mark, said in zip(marks, words, strict=True):
        y = scale(mark)
        drawn.append(line(left, y, right, y, stroke=LINE if mark == 0 else GRID))
        drawn.append(text(said, left - 6, y + 4, size=SMALL, anchor="end", fill=INK if mark == 0 else MUTED))
    return "".join(drawn)
