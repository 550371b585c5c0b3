"""How numbers, dates and counts are written (*mise en mots*): the one place that knows the typography of both languages.

Spaces inside a figure never break over two lines. French: U+00A0 before a unit, U+202F between thousands, « guillemets », and
a space before « : ; ! ? ». English: commas between thousands, a point before decimals, “quotes”, no space before a colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from reports.language import NO_BREAK, THIN, Words, figures, in_french, number, say, say_n, to_say

_BEFORE = re.compile(r" (?=[:;!?»%€])")
_AFTER = re.compile(r"(?<=«) ")

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

_LINKS = Words({"et": to_say("et"), "ou": to_say("ou"), "ni": to_say("ni")})


# -- dates ----------------------------------------------------------------------------------------------------------------


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


# -- quantities -----------------------------------------------------------------------------------------------------------


def hours(value: float) -> str:
    """Decimal hours as hours and minutes.

    Examples
    --------
    >>> [hours(value).replace(NO_BREAK, "_") for value in (12.5, 7, 0.25, 1.999, 1234)]
    ['12_h_30', '7_h', '15_min', '2_h', '1\\u202f234_h']
    """
    minutes = round(value * 60)
    whole, rest = divmod(minutes, 60)
    if rest == 0:
        return f"{number(whole)}{NO_BREAK}h"
    after = f"{NO_BREAK}{rest:02d}" if in_french() else f"{NO_BREAK}{rest}{NO_BREAK}min"
    return f"{number(whole)}{NO_BREAK}h{after}" if whole else f"{rest}{NO_BREAK}min"


def euros(value: float) -> str:
    """An amount in euros, with two decimals unless it is whole.

    Examples
    --------
    >>> euros(1234.5).replace(THIN, "_").replace(NO_BREAK, "~"), euros(840).replace(NO_BREAK, "~")
    ('1_234,50~€', '840~€')
    """
    text = f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"
    if in_french():
        return f"{figures(text)}{NO_BREAK}€"
    return f"-€{text[1:]}" if text.startswith("-") else f"€{text}"


def percent(value: float) -> str:
    """A number of hundredths.

    Examples
    --------
    >>> percent(4).replace(NO_BREAK, " ")
    '4 %'
    """
    return f"{number(value)}{NO_BREAK}%" if in_french() else f"{number(value)}%"


def weeks(count: float) -> str:
    """A number of weeks.

    Examples
    --------
    >>> [weeks(count).replace(NO_BREAK, " ") for count in (0, 1, 2)]
    ['0 semaine', '1 semaine', '2 semaines']
    """
    return say_n("{count} semaine", "{count} semaines", count)


def months(count: float) -> str:
    """A number of months."""
    return say_n("{count} mois", "{count} mois", count)


def quarters(count: float) -> str:
    """A number of quarters of a year (*trimestres*)."""
    return say_n("{count} trimestre", "{count} trimestres", count)


def semesters(count: float) -> str:
    """A number of halves of a year (*semestres*)."""
    return say_n("{count} semestre", "{count} semestres", count)


def plural(count: int, singular: str, several: str | None = None) -> str:
    """A count and its noun, in agreement; French counts zero as one, English does not.

    The nouns are already in the language that is spoken: where both languages are wanted, :func:`reports.language.say_n`.

    Examples
    --------
    >>> [plural(count, "bloc").replace(NO_BREAK, " ") for count in (0, 1, 3)]
    ['0 bloc', '1 bloc', '3 blocs']
    >>> plural(2, "est trop court", "sont trop courts").replace(NO_BREAK, " ")
    '2 sont trop courts'
    """
    alone = count < 2 if in_french() else count == 1
    noun = singular if alone else several or " ".join(f"{word}s" for word in singular.split(" "))
    return f"{number(count)}{NO_BREAK}{noun}"


# -- words together -------------------------------------------------------------------------------------------------------


def enumeration(words: Sequence[str], last: str = "et") -> str:
    """Words as people enumerate them; the last link is « et », « ou » or « ni ».

    Examples
    --------
    >>> enumeration(["UC1", "UC2", "UC3"])
    'UC1, UC2 et UC3'
    """
    link = _LINKS[last]
    return f" {link} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def listed(parts: Iterable[str]) -> str:
    """Parts of a line, apart from one another; those that are empty are left out.

    Examples
    --------
    >>> listed(["deux blocs", "", "une dispense"])
    'deux blocs ; une dispense'
    """
    return (" ; " if in_french() else "; ").join(part for part in parts if part)


def labelled(name: str, text: str) -> str:
    """A name and what is said of it.

    Examples
    --------
    >>> labelled("B1", "acquis")
    'B1 : acquis'
    """
    return f"{name} : {text}" if in_french() else f"{name}: {text}"


def quoted(text: str) -> str:
    """Someone's words, between the quotation marks of the language.

    Examples
    --------
    >>> quoted("est équivalent")
    '« est équivalent »'
    """
    return f"« {text} »" if in_french() else f"“{text}”"


def typeset(text: str) -> str:
    """Text whose punctuation stays with its word at the end of a line; English has none that could part.

    Examples
    --------
    >>> typeset("Il reste : « deux blocs » !").replace(NO_BREAK, "_")
    'Il reste_: «_deux blocs_»_!'
    """
    return _AFTER.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, text))


__all__ = [
    "MONTHS",
    "NO_BREAK",
    "SHORT_MONTHS",
    "THIN",
    "WEEKDAYS",
    "date_fr",
    "date_in_letters",
    "enumeration",
    "euros",
    "from_to",
    "hours",
    "labelled",
    "listed",
    "month",
    "months",
    "number",
    "percent",
    "period",
    "plain_date",
    "plural",
    "quarters",
    "quoted",
    "semesters",
    "short_date",
    "typeset",
    "weeks",
]
