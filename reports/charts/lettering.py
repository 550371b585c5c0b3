"""Words in a given room (*lettrage*): how wide a text may be, where to cut it, how to break it over lines.

The width is an upper estimate, from that of a wide sans serif, since the font is the reader's.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from reports.plain_text import plain

SIZE = 12
"""Height of the letters, in pixels; nothing is smaller than :data:`SMALL`."""

SMALL = 11

_NARROW = frozenset("iljtfrI.,:;'’!|()[] \u00a0\u202f")
_WIDE = frozenset("mwMW@%—…œŒæÆ")


def width(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """How wide a text is at most, in pixels.

    Examples
    --------
    >>> width("ill") < width("ABC") < width("MMM")
    True
    """
    return sum(_share(one) for one in text) * size * (1.1 if bold else 1)


@cache
def _share(character: str) -> float:
    """The width of a character, in heights of letters."""
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F") or ord(character) > 0xFFFF:
        return 1.1
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.95
    return 0.72 if character.isupper() else 0.62


def fitted(text: str, room: float, size: float = SIZE, *, bold: bool = False) -> str:
    """A text on one line, cut with an ellipsis when there is no room for it.

    Examples
    --------
    >>> fitted("Concevoir un atelier", 80)
    'Concevoir …'
    >>> fitted("Concevoir", 80)
    'Concevoir'
    """
    words = " ".join(plain(text).split())
    if width(words, size, bold=bold) <= room:
        return words
    left = room - width("…", size, bold=bold)
    kept = 0
    for one in words:
        left -= width(one, size, bold=bold)
        if left < 0:
            break
        kept += 1
    return f"{words[:kept]}…"


def broken(text: str, room: float, most: int = 2, size: float = SIZE, *, bold: bool = False) -> tuple[str, ...]:
    """A text over several lines, the last one cut when there are more.

    Examples
    --------
    >>> broken("Concevoir un atelier de médiation numérique", 110)
    ('Concevoir un', 'atelier de médi…')
    """
    words = " ".join(plain(text).split()).split(" ")
    lines: list[str] = []
    while words and len(lines) < most - 1:
        taken = _that_fit(words, room, size, bold=bold)
        lines.append(fitted(" ".join(words[:taken]), room, size, bold=bold))
        words = words[taken:]
    rest = " ".join(words)
    return (*lines, fitted(rest, room, size, bold=bold)) if rest else tuple(lines)


def _that_fit(words: list[str], room: float, size: float, *, bold: bool) -> int:
    """How many words fit on a line; a word too long takes a line alone."""
    count = 1
    while count < len(words) and width(" ".join(words[: count + 1]), size, bold=bold) <= room:
        count += 1
    return count
