"""How numbers, counts and lists are written (*mise en mots*): the one place that knows the typography of both languages.

Spaces inside a figure never break over two lines. French: U+00A0 before a unit, U+202F between thousands, « guillemets », and
a space before « : ; ! ? ». English: commas between thousands, a point before decimals, “quotes”, no space before a colon.
Dates, worded beside, are read from here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reports.date_wording import (
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    date_fr,
    date_in_letters,
    from_to,
    month,
    period,
    plain_date,
    short_date,
)
from reports.language import NO_BREAK, THIN, Words, figures, in_french, number, say, say_n, to_say

_BEFORE = re.compile(r" (?=[:;!?»%€])")
_AFTER = re.compile(r"(?<=«) ")

_LINKS = Words({"et": to_say("et"), "ou": to_say("ou"), "ni": to_say("ni")})


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


def bounded(amount: str, partial: object) -> str:
    """An amount already in words; when it leaves something out, it says so.

    Examples
    --------
    >>> bounded("7 h", partial=True), bounded("7 h", partial=False)
    ('au moins 7 h', '7 h')
    """
    return say("au moins {amount}", amount=amount) if partial else amount


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
