"""How dates are written (*dates*): in figures, in letters, in little room, and from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from reports.language import NO_BREAK, Words, in_french, say, to_say

MONTHS = Words(
    {
        1: to_say("janvier"),
        2: to_say("février"),
        3: to_say("mars"),
        4: to_say("avril"),
        5: to_say("mai"),
        6: to_say("juin"),
        7: to_say("juillet"),
        8: to_say("août"),
        9: to_say("septembre"),
        10: to_say("octobre"),
        11: to_say("novembre"),
        12: to_say("décembre"),
    }
)
"""The months, by number."""

_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


class _ShortMonths(Mapping[int, str]):
    """English cuts the names of months to three letters; French has its own ways."""

    def __getitem__(self, number: int) -> str:
        return _SHORT[number - 1] if in_french() else MONTHS[number][:3]

    def __iter__(self) -> Iterator[int]:
        return iter(MONTHS)

    def __len__(self) -> int:
        return len(MONTHS)


SHORT_MONTHS: Mapping[int, str] = _ShortMonths()
"""The months where there is little room, by number."""

WEEKDAYS = Words(
    {
        0: to_say("lundi"),
        1: to_say("mardi"),
        2: to_say("mercredi"),
        3: to_say("jeudi"),
        4: to_say("vendredi"),
        5: to_say("samedi"),
        6: to_say("dimanche"),
    }
)
"""The days of the week, Monday first."""


def plain_date(day: date) -> str:
    """A day in the middle of a sentence: in figures in French, with its month in English, where figures can be misread.

    Examples
    --------
    >>> plain_date(date(2019, 7, 13))
    '13/07/2019'
    """
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}" if in_french() else date_in_letters(day)


date_fr = plain_date


def date_in_letters(day: date, *, weekday: bool = False) -> str:
    """A day with its month in letters, and the day of the week where asked; the first of a month is « 1er ».

    Examples
    --------
    >>> date_in_letters(date(2027, 1, 12), weekday=True).replace(NO_BREAK, " ")
    'mardi 12 janvier 2027'
    >>> date_in_letters(date(2027, 2, 1)).replace(NO_BREAK, " ")
    '1er février 2027'
    """
    named = f"{_day_number(day)}{NO_BREAK}{MONTHS[day.month]} {day.year:04d}"
    return f"{WEEKDAYS[day.weekday()]} {named}" if weekday else named


def short_date(day: date, *, year: bool = True) -> str:
    """A day where there is little room, as on a chart.

    Examples
    --------
    >>> short_date(date(2027, 1, 12)).replace(NO_BREAK, " "), short_date(date(2027, 2, 1), year=False).replace(NO_BREAK, " ")
    ('12 janv. 2027', '1er févr.')
    """
    named = f"{_day_number(day)}{NO_BREAK}{SHORT_MONTHS[day.month]}"
    return f"{named}{NO_BREAK}{day.year:04d}" if year else named


def _day_number(day: date) -> str:
    return "1er" if day.day == 1 and in_french() else str(day.day)


def month(day: date, *, short: bool = False) -> str:
    """The month of a day, with its year.

    Examples
    --------
    >>> month(date(2027, 8, 3)).replace(NO_BREAK, " "), month(date(2027, 12, 3), short=True).replace(NO_BREAK, " ")
    ('août 2027', 'déc. 2027')
    """
    return f"{(SHORT_MONTHS if short else MONTHS)[day.month]}{NO_BREAK}{day.year:04d}"


def from_to(start: date, end: date) -> str:
    """A stretch of days.

    Examples
    --------
    >>> from_to(date(2027, 1, 12), date(2027, 1, 12)), from_to(date(2027, 1, 12), date(2027, 2, 1))
    ('le 12/01/2027', 'du 12/01/2027 au 01/02/2027')
    """
    if start == end:
        return say("le {day}", day=plain_date(start))
    return say("du {start} au {end}", start=plain_date(start), end=plain_date(end))


def period(start: date | None, end: date | None, seen: date | None = None) -> str:
    """A period of validity in words; an unknown bound is said to be unknown.

    Examples
    --------
    >>> period(date(2019, 7, 13), date(2025, 7, 12))
    'du 13/07/2019 au 12/07/2025'
    >>> period(date(2008, 12, 24), None)
    'depuis le 24/12/2008, sans fin connue'
    >>> period(None, None, date(2016, 12, 31))
    'vu en vigueur le 31/12/2016, début non connu, sans fin connue'
    """
    if start and end:
        return say("du {start} au {end}", start=plain_date(start), end=plain_date(end))
    if start:
        return say("depuis le {start}, sans fin connue", start=plain_date(start))
    begins = say("début non connu")
    if seen:
        begins = say("vu en vigueur le {seen}, début non connu", seen=plain_date(seen))
    if end:
        return say("{begins}, jusqu'au {end}", begins=begins, end=plain_date(end))
    return say("{begins}, sans fin connue", begins=begins)
