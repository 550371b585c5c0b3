"""Weeks and periods (*calendrier*): dates ↔ numbered slots, and the minutes that a person can give in each.

A week slot runs from Monday to Sunday. A week that the person has only in part (the first, the last, a holiday) counts in
proportion of its working days, Monday to Friday.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pathways.objectives import minutes
from pathways.profile import CanGive, PeriodUnit

_WORKING_DAYS = 5
_DAYS_OF_A_WEEK = 7
_MINUTES_OF_A_DAY = 24 * 60
_MONTHS = {PeriodUnit.MONTH: 1, PeriodUnit.QUARTER: 3, PeriodUnit.SEMESTER: 6}


@dataclass(frozen=True, slots=True)
class Slots:
    """Consecutive slots by their first day, with the day after the last one.

    ``earliest`` and ``latest`` are the first and the last day that the person gives: a slot is told within them.
    """

    starts: tuple[date, ...]
    end: date
    capacity: tuple[int, ...]
    earliest: date = date.min
    latest: date = date.max

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def weekly(self) -> bool:
        """Whether each slot lasts seven days."""
        return self.end == self.starts[0] + timedelta(weeks=len(self.starts)) if self.starts else True

    def of(self, day: date) -> int | None:
        """The slot of a day; ``None`` outside.

        Examples
        --------
        >>> weeks = weeks_from(date(2027, 1, 4), 2, CanGive(weekly_hours=6))
        >>> weeks.of(date(2027, 1, 10)), weeks.of(date(2027, 1, 11)), weeks.of(date(2027, 1, 18))
        (0, 1, None)
        """
        if not self.starts or not self.starts[0] <= day < self.end:
            return None
        return bisect_right(self.starts, day) - 1

    def up_to(self, count: int) -> Slots:
        """The first slots only."""
        if count >= len(self):
            return self
        return Slots(self.starts[:count], self.starts[count], self.capacity[:count])

    def first_day(self, slot: int) -> date:
        """The first day of a slot that the person gives."""
        return max(self.starts[slot], self.earliest)

    def last_day(self, slot: int) -> date:
        """The last day of a slot that the person gives."""
        following = self.starts[slot + 1] if slot + 1 < len(self.starts) else self.end
        return min(following - timedelta(days=1), self.latest)


def weeks_from(start: date, count: int, give: CanGive) -> Slots:
    """Weeks from the one that holds ``start``, with what the person can give in each.

    Examples
    --------
    >>> weeks_from(date(2027, 1, 6), 2, CanGive(weekly_hours=5)).capacity  # 6 January 2027 is a Wednesday
    (180, 300)
    """
    monday = start - timedelta(days=start.weekday())
    starts = tuple(monday + timedelta(weeks=index) for index in range(count))
    weekly = _DAYS_OF_A_WEEK * _MINUTES_OF_A_DAY if give.weekly_hours is None else minutes(give.weekly_hours)
    capacity = tuple(weekly * _free_days(first, start, give) // _WORKING_DAYS for first in starts)
    return Slots(starts, monday + timedelta(weeks=count), capacity, start, give.deadline or date.max)


def weeks_until(start: date, deadline: date) -> int:
    """How many weeks from the one that holds ``start`` to the one that holds ``deadline``."""
    monday = start - timedelta(days=start.weekday())
    return max(0, (deadline - monday).days // 7 + 1)


def _free_days(monday: date, start: date, give: CanGive) -> int:
    days = (monday + timedelta(days=index) for index in range(_WORKING_DAYS))
    return sum(_is_free(day, start, give) for day in days)


def _is_free(day: date, start: date, give: CanGive) -> bool:
    in_time = start <= day and (give.deadline is None or day <= give.deadline)
    return in_time and not any(period.contains(day) for period in give.unavailable)


def periods_from(start: date, give: CanGive, most: int) -> Slots:
    """The periods of a coarse calendar; ``most`` is the capacity of a period that has no maximum, in minutes.

    A period that ends after the deadline, or that is wholly unavailable, is closed: nothing finer than a period is known.
    """
    calendar = give.calendar
    assert calendar is not None
    ends = tuple(_after(start, calendar.period, index) for index in range(calendar.count + 1))
    room = most if calendar.max_hours is None else minutes(calendar.max_hours)
    capacity = tuple(room * _is_open(first, after, give) for first, after in pairwise(ends))
    return Slots(ends[:-1], ends[-1], capacity)


def _is_open(first: date, after: date, give: CanGive) -> bool:
    last = after - timedelta(days=1)
    if give.deadline is not None and last > give.deadline:
        return False
    days = (first + timedelta(days=index) for index in range((after - first).days))
    return any(not any(period.contains(day) for period in give.unavailable) for day in days)


def _after(start: date, unit: PeriodUnit, count: int) -> date:
    if unit is PeriodUnit.WEEK:
        return start + timedelta(weeks=count)
    months = start.month - 1 + count * _MONTHS[unit]
    year, month = start.year + months // 12, months % 12 + 1
    day = start.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
