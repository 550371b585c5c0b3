"""The typeface of printed documents (*police*): which characters it can draw, and what stands for the others.

Inter ships in ``reports/fonts`` with its licence, so that a document looks alike on every machine. What it has no drawing
for, an emoji for instance, is shown by a square: a reader sees that something stood there, and the document is still made.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "Inter"
SUBSTITUTE = "□"
"""What is shown in place of a character without a drawing."""

_ALSO_DRAWN = range(0x25A0, 0x2600)  # geometric shapes, in the symbols that the PDF library brings along
_MODIFIERS = re.compile("[\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]+")
_JOINED = re.compile(f"{SUBSTITUTE}(?:\u200d{SUBSTITUTE})+")


def drawable(text: str) -> str:
    r"""A text with a square in place of each character that has no drawing.

    Examples
    --------
    >>> drawable("Été \u2192 œuvre, 1\u202f234,50\u00a0€")
    'Été → œuvre, 1\u202f234,50\xa0€'
    >>> drawable("Bravo \U0001f44d\U0001f3fd \U0001f469\u200d\U0001f467 !")
    'Bravo □ □ !'
    """
    used = set(text)
    if used <= _plain():
        return text
    lacking = {ord(one) for one in used - _drawn() if not _MODIFIERS.fullmatch(one)}
    shown = text.translate(dict.fromkeys(lacking, SUBSTITUTE)) if lacking else text
    return _MODIFIERS.sub("", _JOINED.sub(SUBSTITUTE, _MODIFIERS.sub(_only_a_joiner, shown)))


def _only_a_joiner(found: re.Match[str]) -> str:
    return "\u200d" if "\u200d" in found.group() else ""


@cache
def _drawn() -> frozenset[str]:
    """Every character with a drawing, and the line feed and tab that are no drawing at all."""
    codes = characters((FOLDER / f"{FAMILY}-Regular.otf").read_bytes())
    return frozenset(map(chr, codes)) | frozenset(map(chr, _ALSO_DRAWN)) | {"\n", "\t"}


@cache
def _plain() -> frozenset[str]:
    """Every character with a drawing that changes no other one."""
    return frozenset(one for one in _drawn() if not _MODIFIERS.fullmatch(one))


def characters(font: bytes) -> frozenset[int]:
    """The code points of the character map of an OpenType font.

    Parameters
    ----------
    font : bytes
        The file.

    References
    ----------
    OpenType 1.9, table ``cmap``, segments of format 12.
    """
    return frozenset(code for first, last in _segments(font) for code in range(first, last + 1))


def _segments(font: bytes) -> Iterator[tuple[int, int]]:
    table = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, table + 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">I", font, table + 4 + 8 * index + 4)
        (kind,) = struct.unpack_from(">H", font, table + offset)
        if kind == 12:
            (groups,) = struct.unpack_from(">I", font, table + offset + 12)
            yield from (struct.unpack_from(">II", font, table + offset + 16 + 12 * group) for group in range(groups))


def _table(font: bytes, name: bytes) -> int:
    """Where a table starts."""
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(count))
    return next(int(offset) for tag, _sum, offset, _length in entries if tag == name)
