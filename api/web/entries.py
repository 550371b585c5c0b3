"""What people type in a form (*saisie*) → numbers and days, as French people write them; what can't be read is told in a sentence.

« 1 500 », « 1500 € », « 7,5 », « 7 h 30 » are numbers; « 31/12/2027 » and « 2027-12-31 » are days.
"""

from __future__ import annotations

import re
from datetime import date

from reports.language import say

_HOURS = re.compile(r"(\d+)\s*h\s*(\d{1,2})?\s*(?:min)?")
_DAY = re.compile(r"(\d{1,2})[/.\s-](\d{1,2})[/.\s-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LONGEST = 40


class Unreadable(ValueError):
    """What was typed can't be read; the message is the sentence to show at the field."""


def number(text: str) -> float | None:
    """A number that somebody typed; None for nothing.

    Examples
    --------
    >>> [number(text) for text in ("", " 1 500 € ", "7,5", "7 h 30", "8h")]
    [None, 1500.0, 7.5, 7.5, 8.0]
    """
    plain = re.sub(r"\s+", " ", text.strip())[:_LONGEST]
    if not plain:
        return None
    if found := _HOURS.fullmatch(plain.lower()):
        minutes = int(found.group(2) or 0)
        if minutes < 60:
            return int(found.group(1)) + minutes / 60
    bare = re.sub(r"[\s€]|euros?$", "", plain).replace(",", ".")
    if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", bare):
        raise Unreadable(say("Écrivez un nombre, par exemple 6 ou 7,5."))
    return float(bare)


def day(text: str) -> date | None:
    """A day that somebody typed or chose; None for nothing.

    Examples
    --------
    >>> day("31/12/2027"), day("2027-12-31"), day(" ")
    (datetime.date(2027, 12, 31), datetime.date(2027, 12, 31), None)
    """
    plain = text.strip()[:_LONGEST]
    if not plain:
        return None
    try:
        if found := _ISO.fullmatch(plain):
            return date(*(int(part) for part in found.groups()))
        if found := _DAY.fullmatch(plain):
            return date(*(int(part) for part in reversed(found.groups())))
    except ValueError:
        raise Unreadable(say("Ce jour n'existe pas : vérifiez le jour et le mois.")) from None
    raise Unreadable(say("Écrivez un jour, par exemple 31/12/2027."))
