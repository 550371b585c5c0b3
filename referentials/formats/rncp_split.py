"""One text → the competencies that it lists (*découpage de LISTE_COMPETENCES*), and how sure we are of the cuts.

A fiche gives the competencies of a block as one text. What separates them is, from the surest:

1. **codes** of the certifier at the head of each item: ``A1C1.``, ``A5.C1.``, ``C.1.``, ``C1 -``, ``1.1``, ``2)``;
2. **bullets**: ``-``, ``*``, ``•``;
3. **lines**, or **runs of spaces**, the remains of lines that the export lost. Where a text has runs of four spaces or more, shorter ones are
   accidents inside a sentence; a piece that starts with a small letter goes on with the sentence before it.

Nothing is ever cut at a semicolon or at a capital letter. What stands before the first mark introduces the list and is no item. A heading is kept
with every item under it; what has a lettered code is a competency, and the bullets under it are its elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from referentials.formats.text import spaced
from referentials.provenance import Confidence

_BULLETS = "*•●▪▫■◦·‣►▶➢➔→✓✔–—-"
_LETTERED = r"(?:[A-Z]{1,4}\.?\s?[0-9]{1,2}[.\-_ ]{0,2}){0,2}[A-Z]{1,4}\.?\s?[0-9]{1,2}(?:[.\-_][0-9]{1,2}){0,3}"
_HEAD = re.compile(r"(?:\n|  )\s*")
_MARK = re.compile(
    rf"([{_BULLETS}](?=\s|[^\W\d]))?\s*(?:[Cc]ompétence\s*(?:n°\s*)?)?(?:"
    rf"({_LETTERED})(?:\s*[.:)/–—-]+\s*|\s+(?=[A-ZÀ-ÖŒ«(]))"
    r"|([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?:\s*[.:)–—-]+\s*|\s+)(?=\D)"
    r"|([0-9]{1,2})(?:\s*[.):/°]|\s[–—-])\s*(?=[^\W\d])"
    r")?"
)
"""What may head an item: a bullet, then a code with letters, or steps, or a number."""
_LINE = re.compile(r"\n| {4,}")
_SHORT_LINE = re.compile(r"\n| {2,}")


class Item(NamedTuple):
    """One competency: its code in the text if it has one, its wording, the heading it stands under, what is listed under it."""

    code: str | None
    title: str
    heading: str | None = None
    elements: tuple[str, ...] = ()


class Split(NamedTuple):
    """The competencies of a text, in its order, and how sure the cuts are."""

    items: tuple[Item, ...]
    confidence: Confidence


class _Mark(NamedTuple):
    """A code or a bullet: where it stands, its kind (``lettered``, ``number``, ``bullet``), and its code if it has one."""

    start: int
    end: int
    kind: str
    code: str | None


class _Piece(NamedTuple):
    """A part of the text, by what stands at its head: the kind of a mark, or ``text`` for nothing."""

    kind: str
    code: str | None
    text: str


class _Heading(NamedTuple):
    """A heading, and the beginning of the codes that it covers (none: everything up to the next one)."""

    text: str
    covers: str | None = None

    def is_over(self, piece: _Piece) -> bool:
        return self.covers is not None and not (piece.code or self.covers).startswith(self.covers)


_Headed = tuple[_Piece, _Heading | None]
"""A piece, and the heading that it is for what follows, if it is one."""


def split(text: str) -> Split:
    """The competencies that a text lists.

    Examples
    --------
    >>> [item.title for item in split("- Valider une solution   technique  - Lever les réserves").items]
    ['Valider une solution technique', 'Lever les réserves']
    >>> split("C1. Concevoir    C2. Développer ; tester").items[1]
    Item(code='C2', title='Développer ; tester', heading=None, elements=())
    """
    return split_spaced(spaced(text))


def split_spaced(text: str) -> Split:
    """As :func:`split`, for a text that went through :func:`referentials.formats.text.spaced` already."""
    marks = _marks(text)
    pieces = _with_headings(_marked(text, marks) if _make_a_list(marks) else _by_spaces(text))
    return Split(tuple(_items(pieces)), _confidence(pieces))


def _marks(text: str) -> list[_Mark]:
    """The codes and bullets that stand at the beginning, at the beginning of a line, or after two spaces."""
    found = []
    for start in (0, *(head.end() for head in _HEAD.finditer(text))):
        mark = _MARK.match(text, start)
        if mark is None or mark.lastindex is None:
            continue
        _bullet, lettered, steps, number = mark.groups()
        code = lettered or steps or number
        kind = "lettered" if lettered else "number" if code else "bullet"
        found.append(_Mark(start, mark.end(), kind, "".join(code.split()) if code else None))
    return found


def _make_a_list(marks: Sequence[_Mark]) -> bool:
    """Several marks, or the code of an only item: one bullet or one number may be there by chance."""
    return len(marks) > 1 or any(mark.start == 0 and mark.kind == "lettered" for mark in marks)


def _with_headings(pieces: list[_Piece]) -> list[_Headed]:
    """The pieces, without the first where it announces the whole list: no other text heads a part of it, and not every item goes on with it."""
    found = [(one, _heads(one, two)) for one, two in zip_longest(pieces, pieces[1:])]
    if not found or found[0][0].kind != "text" or found[0][1] is None:
        return found
    alone = not any(heading and piece.kind == "text" for piece, heading in found[1:])
    return found[1:] if alone and not all(piece.text[:1].islower() for piece in pieces[1:]) else found


def _confidence(pieces: Sequence[_Headed]) -> Confidence:
    if any(piece.kind == "text" and heading is None for piece, heading in pieces):
        return Confidence.TO_CONFIRM
    coded = all(piece.code for piece, _heading in pieces if piece.kind != "text")
    return Confidence.OFFICIAL if coded else Confidence.SECONDARY


def _marked(text: str, marks: Sequence[_Mark]) -> list[_Piece]:
    pieces = [_Piece("text", None, line) for line in _lines(_LINE, text[: marks[0].start])]
    for mark, following in zip_longest(marks, marks[1:]):
        lines = _lines(_LINE, text[mark.end : following.start if following else None])
        if not lines:
            continue
        heading = lines.pop() if len(lines) > 1 and _is_heading(lines[-1], following) else None
        pieces.append(_Piece(mark.kind, mark.code, " ".join(lines)))
        if heading:
            pieces.append(_Piece("text", None, heading))
    return pieces


def _is_heading(line: str, following: _Mark | None) -> bool:
    """Whether the last line of an item heads what follows instead: it announces it, or is a new line before bullets."""
    return following is not None and (line.endswith(":") or (following.kind == "bullet" and line[0].isupper()))


def _lines(pattern: re.Pattern[str], text: str) -> list[str]:
    text = text.strip()
    if "\n" not in text and "  " not in text:
        return [text] if text else []
    return [line for piece in pattern.split(text) if (line := " ".join(piece.split()))]


def _by_spaces(text: str) -> list[_Piece]:
    """The pieces between runs of spaces; one that starts with a small letter goes on, unless most of them do."""
    lines = [line.lstrip(_BULLETS + " ") for line in _lines(_LINE if _LINE.search(text) else _SHORT_LINE, text)]
    small = [line for line in lines[1:] if line[:1].islower()]
    merged: list[str] = []
    for line in filter(None, lines):
        if merged and line[0].islower() and len(small) * 2 <= len(lines):
            merged[-1] += f" {line}"
        else:
            merged.append(line)
    return [_Piece("text", None, line) for line in merged]


def _items(pieces: Iterable[_Headed]) -> Iterator[Item]:
    heading: _Heading | None = None
    owner: Item | None = None
    for piece, new in pieces:
        if owner is not None and piece.kind == "bullet":
            owner = owner._replace(elements=(*owner.elements, _title(piece.text)))
            continue
        if owner is not None:
            yield owner
            owner = None
        if new is not None:
            heading = new
            continue
        if heading is not None and heading.is_over(piece):
            heading = None
        item = Item(piece.code, _title(piece.text), heading and heading.text)
        if piece.kind == "lettered":
            owner = item  # bullets under it are its elements
        else:
            yield item
    if owner is not None:
        yield owner


def _heads(piece: _Piece, following: _Piece | None) -> _Heading | None:
    """The heading that a piece is for what follows, if it is one."""
    kind, code, text = piece
    if following is None:
        return None
    if kind == "text":
        announces = following.kind != "text" or text.endswith(":")
        return _Heading(text.rstrip(": ")) if announces else None
    if code and following.code and following.code != code and following.code.startswith(code):
        apart = not following.code[len(code)].isdigit()
        return _Heading(text.rstrip(": "), code) if apart else None
    return _Heading(text.rstrip(": ")) if kind == "number" and following.kind == "bullet" else None


def _title(text: str) -> str:
    return text.rstrip(" ;,:") or text
