"""One cell ↔ one value of our files (*cellule*): numbers, days and lists as people type them, and as a workbook holds them.

What a person types is read for what it says (« 1 500,00 € », « 7 h 30 », « 31/12/2027 », a real date, a real number); what has two
meanings is refused with the way to write it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from referentials.document import shown
from referentials.formats.text import clean
from referentials.formats.workbook_requirement import requirement_of, requirement_text
from referentials.formats.workbook_words import CONFIDENCE, MONTHS, YES_NO
from referentials.reference import parse

LONGEST = 32_000
"""Characters that a cell may hold, a little less than the 32,767 of the format."""

_LONGEST_WORD = 80


class Formula(str):
    """A cell that computes its value."""


class Fault(str):
    """A cell that shows an error of the spreadsheet."""


class CellProblem(ValueError):
    """A cell can't be read: the rule, what is wrong, what to do."""

    def __init__(self, rule: str, message: str, remedy: str) -> None:
        self.rule, self.message, self.remedy = rule, message, remedy
        super().__init__(message)


class Kind(NamedTuple):
    """How a column is read and written; ``number_format`` is the one of its cells."""

    read: Callable[[Any, Mapping[str, str]], Any]
    write: Callable[[Any, Mapping[str, str]], Any]
    number_format: str = "@"


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """A word without case, accents, spaces nor marks.

    Examples
    --------
    >>> folded(" Prérequis (strict) * ")
    'prerequisstrict'
    """
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("’", "'")).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


# -- texts


def text_of(raw: Any, _choices: Mapping[str, str]) -> str:
    """A text; a number that the spreadsheet made of it is written back as one, a date can't be.

    Examples
    --------
    >>> text_of(2019.0, {}), text_of(" Animer ", {})
    ('2019', 'Animer')
    """
    if isinstance(raw, bool):
        return "oui" if raw else "non"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, date | time | timedelta):
        message = f"le tableur a fait de ce texte une date ou une heure ({shown(str(raw))})"
        raise CellProblem("texte-change", message, "Mettez la cellule au format Texte, puis tapez-la de nouveau.")
    return _settled(str(raw))


def _settled(text: str) -> str:
    return clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _text(value: Any, _choices: Mapping[str, str]) -> str:
    return _settled(str(value))[:LONGEST]


def _lines_of(raw: Any, choices: Mapping[str, str]) -> list[str]:
    return [line.strip() for line in text_of(raw, choices).split("\n") if line.strip()]


def _lines(value: Any, choices: Mapping[str, str]) -> str:
    return _text("\n".join(map(str, value)), choices)


def _words_of(raw: Any, choices: Mapping[str, str]) -> list[str]:
    return [word for part in re.split(r"[;\n]", text_of(raw, choices)) if (word := part.strip())]


def _words(value: Any, choices: Mapping[str, str]) -> str:
    return _text(" ; ".join(map(str, value)), choices)


def _references_of(raw: Any, choices: Mapping[str, str]) -> list[str]:
    return [word for word in re.split(r"[;,\s]+", text_of(raw, choices)) if word]


def _checked_of(raw: Any, choices: Mapping[str, str]) -> str:
    text = text_of(raw, choices)
    try:
        parse(text)
    except ValueError as problem:
        raise CellProblem("reference", str(problem), "Corrigez la référence.") from None
    return text


def _short(raw: Any) -> str:
    """The text of a number, a day or a word, which is never long."""
    text = str(raw).strip()
    if len(text) > _LONGEST_WORD:
        raise CellProblem("trop-long", f"« {shown(text)} » est bien trop long", "Écrivez une seule valeur.")
    return text


# -- numbers

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_UNIT = re.compile(r"(?:€|eur|euros?|h|heures?|mois|%)$", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_DOTTED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?")
_CLOCK = re.compile(
    r"(?:(\d+)\s*(?:h|heures?|:)\s*(\d{1,2})?\s*(?:min|mn)?|(\d+)\s*(?:min|mn|minutes?))", re.IGNORECASE
)


def number_of(raw: Any, _choices: Mapping[str, str]) -> float:
    """A number, with a comma or a point, spaces between thousands, a unit behind.

    Examples
    --------
    >>> number_of("1 500,00 €", {}), number_of("7,5 h", {}), number_of("1.500,50", {}), number_of(12.0, {})
    (1500, 7.5, 1500.5, 12)
    """
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _whole_if_it_is(raw)
    text = _short(raw)
    bare = _UNIT.sub("", text).strip()
    if not isinstance(raw, str) or not any(form.fullmatch(bare) for form in (_PLAIN, _GROUPED, _DOTTED)):
        raise CellProblem("nombre", f"« {shown(text)} » n'est pas un nombre", "Écrivez un nombre seul : 12, ou 12,5.")
    if _DOTTED.fullmatch(bare):
        bare = bare.replace(".", "")
    number = float(_SPACES.sub("", bare).replace(",", "."))
    return _whole_if_it_is(number / 100 if text.endswith("%") else number)


def _whole_if_it_is(number: float) -> float:
    return int(number) if abs(number) < 1e15 and float(number).is_integer() else number


def hours_of(raw: Any, choices: Mapping[str, str]) -> float:
    """Hours in decimals, from a number or from a length of time.

    Examples
    --------
    >>> hours_of("7 h 30", {}), hours_of("45 min", {}), hours_of(timedelta(hours=30), {}), hours_of("14", {})
    (7.5, 0.75, 30, 14)
    """
    if isinstance(raw, time):
        raw = timedelta(hours=raw.hour, minutes=raw.minute, seconds=raw.second)
    if isinstance(raw, timedelta):
        return _whole_if_it_is(raw.total_seconds() / 3600)
    if isinstance(raw, str) and (found := _CLOCK.fullmatch(_short(raw))):
        hours, minutes, alone = found.groups()
        return _whole_if_it_is(int(hours or 0) + int(minutes or alone or 0) / 60)
    return number_of(raw, choices)


def _count_of(raw: Any, choices: Mapping[str, str]) -> int:
    number = number_of(raw, choices)
    if not isinstance(number, int):
        raise CellProblem("entier", f"« {shown(str(raw))} » n'est pas un nombre entier", "Écrivez un nombre entier.")
    return number


def _number(value: Any, _choices: Mapping[str, str]) -> Any:
    return value


# -- days, yes and no, closed lists

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_DAY_IN_WORDS = re.compile(r"(?:[^\W\d]+\s+)?(\d{1,2})(?:er)?\s+([^\W\d]+)\.?\s+(\d{4})")


def day_of(raw: Any, _choices: Mapping[str, str]) -> str:
    """A day, written as in our files.

    Examples
    --------
    >>> day_of("31/12/2027", {}), day_of("1er février 2027", {}), day_of(datetime(2027, 1, 4), {})
    ('2027-12-31', '2027-02-01', '2027-01-04')
    """
    if isinstance(raw, date):
        return (raw.date() if isinstance(raw, datetime) else raw).isoformat()
    text = _short(raw)
    try:
        if found := _DAY.fullmatch(text):
            day, month, year = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
            return date(int(year), int(month), int(day)).isoformat()
        if found := _DAY_IN_WORDS.fullmatch(text):
            return date(int(found[3]), MONTHS[folded(found[2])], int(found[1])).isoformat()
    except (ValueError, KeyError):
        pass
    raise CellProblem("date", f"« {shown(text)} » n'est pas une date", "Écrivez JJ/MM/AAAA, par exemple 31/12/2027.")


def _day(value: Any, _choices: Mapping[str, str]) -> Any:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return str(value)


def _yes_of(raw: Any, choices: Mapping[str, str]) -> bool:
    found = raw if isinstance(raw, bool) else YES_NO.get(folded(_short(text_of(raw, choices))))
    if found is None:
        raise CellProblem("oui-non", f"« {shown(str(raw))} » n'est ni oui ni non", "Écrivez oui ou non.")
    return found


def _yes(value: Any, _choices: Mapping[str, str]) -> str:
    return "oui" if value else "non"


def _empty_of(raw: Any, choices: Mapping[str, str]) -> list[Any] | None:
    return [] if _yes_of(raw, choices) else None


def _empty(value: Any, _choices: Mapping[str, str]) -> str | None:
    return None if value else "oui"


def _choice_of(raw: Any, choices: Mapping[str, str]) -> str:
    wanted = folded(_short(text_of(raw, choices)))
    for value, word in choices.items():
        if wanted in (folded(word), folded(value)):
            return value
    remedy = f"Choisissez : {', '.join(choices.values())}."
    raise CellProblem("hors-liste", f"« {shown(str(raw))} » n'est pas dans la liste", remedy)


def _choice(value: Any, choices: Mapping[str, str]) -> str:
    return choices.get(value, str(value))


def _choices_of(raw: Any, choices: Mapping[str, str]) -> list[str]:
    return [_choice_of(word, choices) for word in re.split(r"[;,\n]", text_of(raw, choices)) if word.strip()]


def _several(value: Any, choices: Mapping[str, str]) -> str:
    return " ; ".join(_choice(one, choices) for one in value)


# -- codes with their dates, requirements

_CODE = re.compile(r"([^()]+?)\s*(?:\(([^()]*)\))?")
_SINCE = {"depuis": "from", "jusque": "to"}


def _codes_of(raw: Any, choices: Mapping[str, str]) -> list[dict[str, str]]:
    return [_code_of(line, choices) for line in _words_of(raw, choices)]


def _code_of(line: str, choices: Mapping[str, str]) -> dict[str, str]:
    """``RNCP34137 (depuis 13/07/2019, jusque 12/07/2025, à confirmer)``."""
    found = _CODE.fullmatch(_short(" ".join(line.split())))
    if found is None:
        remedy = "Écrivez le code, puis ses dates : RNCP34137 (depuis 13/07/2019, jusque 12/07/2025)."
        raise CellProblem("code", f"« {shown(line)} » n'est pas un code", remedy)
    code = {"code": found[1]}
    for part in filter(None, (part.strip() for part in (found[2] or "").split(","))):
        word, _space, day = part.partition(" ")
        if key := _SINCE.get(folded(word)):
            code[key] = day_of(day, choices)
        else:
            code["confidence"] = _choice_of(part, CONFIDENCE)
    return code


def _codes(value: Any, choices: Mapping[str, str]) -> str:
    return _text("\n".join(map(_one_code, value)), choices)


def _one_code(code: Mapping[str, str]) -> str:
    dates = [
        f"{word} {date.fromisoformat(code[key]).strftime('%d/%m/%Y')}" for word, key in _SINCE.items() if key in code
    ]
    said = ", ".join(dates + ([CONFIDENCE[code["confidence"]]] if "confidence" in code else []))
    return f"{code['code']} ({said})" if said else code["code"]


def _requirement_of(raw: Any, choices: Mapping[str, str]) -> Any:
    try:
        return requirement_of(text_of(raw, choices))
    except ValueError as problem:
        remedy = "Écrivez par exemple : tp-mn@2025/CCP1 et (bafd ou deme@2007)."
        raise CellProblem("exigence", str(problem), remedy) from None


def _requirement(value: Any, choices: Mapping[str, str]) -> str:
    return _text(requirement_text(value), choices)


TEXT = Kind(text_of, _text)
LINES = Kind(_lines_of, _lines)
WORDS = Kind(_words_of, _words)
REFERENCES = Kind(_references_of, _words)
REFERENCE = Kind(_checked_of, _text)
NUMBER = Kind(number_of, _number, "General")
EUROS = Kind(number_of, _number, '#,##0.00\u00a0"€"')
HOURS = Kind(hours_of, _number, "General")
COUNT = Kind(_count_of, _number, "0")
DAY = Kind(day_of, _day, "dd/mm/yyyy")
YES = Kind(_yes_of, _yes)
EMPTY = Kind(_empty_of, _empty)
"""« oui » where a list is known to be empty; nothing where it is not known, or where another sheet gives it."""
CHOICE = Kind(_choice_of, _choice)
CHOICES = Kind(_choices_of, _several)
CODES = Kind(_codes_of, _codes)
REQUIREMENT = Kind(_requirement_of, _requirement)
