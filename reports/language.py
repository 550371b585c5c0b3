"""The language that is spoken (*langue*): a sentence is written in French where it is said, and read in English by a catalogue.

The French sentence is the key. ``reports/locale/en/LC_MESSAGES/passerelles.po`` gives its English, and the ``.mo`` beside it
is what is read; ``make words`` writes the second from the first, and ``make fresh`` refuses a sentence without its English.
Only a template is ever formatted: a value that comes from people or from data is put in its place as it is, braces included.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

NO_BREAK = "\u00a0"
THIN = "\u202f"

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "passerelles"

Key = TypeVar("Key")


class Language(StrEnum):
    """What a document or a page may be written in."""

    FRENCH = "fr"
    ENGLISH = "en"


_SPOKEN: ContextVar[Language] = ContextVar("language", default=Language.FRENCH)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say everything in one language, as long as the block lasts.

    A generator of sentences speaks the language of the moment when each one is read.

    Examples
    --------
    >>> with speaking(Language.ENGLISH):
    ...     say("lundi")
    'Monday'
    >>> say("lundi")
    'lundi'
    """
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def spoken() -> Language:
    """The language of the moment; French unless something else was asked for."""
    return _SPOKEN.get()


def in_french() -> bool:
    """Whether the language of the moment is French."""
    return spoken() is Language.FRENCH


def say(text: str, /, **values: object) -> str:
    """A sentence in the language that is spoken, with its values in their places.

    Parameters
    ----------
    text : str
        The French sentence, written out in the call: that is where ``make words`` finds it.
    values
        What stands in each ``{place}``, already in words; nothing in them is read as a place.

    Examples
    --------
    >>> say("Si {what} est confirmé : {gain}.", what="« {0.__class__} »", gain="7 h de moins")
    'Si « {0.__class__} » est confirmé : 7 h de moins.'
    """
    return translated(text).format(**values)


def say_n(one: str, many: str, count: float, /, **values: object) -> str:
    """A sentence that agrees with a count; French counts zero as one, English does not.

    ``{count}`` is written as people write numbers, and never cut off from its noun.

    Examples
    --------
    >>> [say_n("{count} semaine", "{count} semaines", count).replace(NO_BREAK, "_") for count in (0, 1, 2)]
    ['0_semaine', '1_semaine', '2_semaines']
    >>> with speaking(Language.ENGLISH):
    ...     [say_n("{count} semaine", "{count} semaines", count).replace(NO_BREAK, "_") for count in (0, 1, 2)]
    ['0_weeks', '1_week', '2_weeks']
    """
    template = translated_n(one, many, count).replace("{count} ", "{count}" + NO_BREAK)
    return template.format(count=number(count), **values)


def to_say(text: str, /) -> str:
    """A sentence that is written here and said later: the entry of a table, see :class:`Words`."""
    return text


def translated(text: str, /) -> str:
    """A template in the language that is spoken, its places still empty; French where there is no translation."""
    return text if in_french() or not text else _catalogue(spoken()).gettext(text)


def translated_n(one: str, many: str, count: float, /) -> str:
    """The template that agrees with a count, its places still empty."""
    if in_french():
        return one if abs(count) < 2 else many
    return _catalogue(spoken()).ngettext(one, many, 1 if abs(count) == 1 else 2)


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [language.value])


class Words(Mapping[Key, str]):
    """A table of labels (*libellés*), each read in the language that is spoken.

    Examples
    --------
    >>> table = Words({0: to_say("lundi"), 1: to_say("mardi")})
    >>> table[0], len(table), list(table)
    ('lundi', 2, [0, 1])
    >>> with speaking(Language.ENGLISH):
    ...     table[0]
    'Monday'
    """

    def __init__(self, texts: Mapping[Key, str]) -> None:
        self._texts = texts

    def __getitem__(self, key: Key) -> str:
        return translated(self._texts[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __repr__(self) -> str:
        return f"Words({dict(self)!r})"


def number(value: float) -> str:
    """A number with at most two decimals, as each language writes it.

    Examples
    --------
    >>> number(0.5), number(1234.0).replace(THIN, "_")
    ('0,5', '1_234')
    >>> with speaking(Language.ENGLISH):
    ...     number(1234.5)
    '1,234.5'
    """
    return figures(f"{value:,.2f}".rstrip("0").rstrip("."))


def figures(text: str) -> str:
    """Figures that Python wrote with commas between thousands and a decimal point, as the spoken language writes them."""
    return text.replace(",", THIN).replace(".", ",") if in_french() else text
