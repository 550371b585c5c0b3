"""How numbers, dates and counts are written in French (*mise en mots*): the one place that knows the typography.

Spaces inside a figure never break over two lines: U+00A0 before a unit, U+202F between thousands, as French printing does.
"""

from __future__ import annotations

import re
from datetime import date

NO_BREAK = "\u00a0"
THIN = "\u202f"

_BEFORE = re.compile(r" (?=[:;!?»%€])")
_AFTER = re.compile(r"(?<=«) ")


def date_fr(day: date) -> str:
    """A day as people write it.

    Examples
    --------
    >>> date_fr(date(2019, 7, 13))
    '13/07/2019'
    """
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def number(value: float) -> str:
    """A number with its decimal comma, and a thin space between thousands.

    Examples
    --------
    >>> number(0.5), number(1234.0).replace(THIN, "_")
    ('0,5', '1_234')
    """
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", THIN).replace(".", ",")


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
    return f"{number(whole)}{NO_BREAK}h{NO_BREAK}{rest:02d}" if whole else f"{rest}{NO_BREAK}min"


def euros(value: float) -> str:
    """An amount in euros, with two decimals unless it is whole.

    Examples
    --------
    >>> euros(1234.5).replace(THIN, "_").replace(NO_BREAK, "~"), euros(840).replace(NO_BREAK, "~")
    ('1_234,50~€', '840~€')
    """
    text = f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"
    return text.replace(",", THIN).replace(".", ",") + f"{NO_BREAK}€"


def plural(count: int, singular: str, several: str | None = None) -> str:
    """A count and its noun, in agreement; French counts zero as one.

    Examples
    --------
    >>> [plural(count, "bloc").replace(NO_BREAK, " ") for count in (0, 1, 3)]
    ['0 bloc', '1 bloc', '3 blocs']
    >>> plural(2, "est trop court", "sont trop courts").replace(NO_BREAK, " ")
    '2 sont trop courts'
    """
    noun = singular if count < 2 else several or " ".join(f"{word}s" for word in singular.split(" "))
    return f"{number(count)}{NO_BREAK}{noun}"


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
        return f"du {date_fr(start)} au {date_fr(end)}"
    if start:
        return f"depuis le {date_fr(start)}, sans fin connue"
    begins = f"vu en vigueur le {date_fr(seen)}, début non connu" if seen else "début non connu"
    return f"{begins}, jusqu'au {date_fr(end)}" if end else f"{begins}, sans fin connue"


def typeset(text: str) -> str:
    """French text whose punctuation stays with its word at the end of a line.

    Examples
    --------
    >>> typeset("Il reste : « deux blocs » !").replace(NO_BREAK, "_")
    'Il reste_: «_deux blocs_»_!'
    """
    return _AFTER.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, text))
