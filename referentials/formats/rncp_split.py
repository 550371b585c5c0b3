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
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from referentials.formats.text import spaced
from referentials.provenance import Confidence

_HEAD = re.compile(r"(?:\A|\n|  )\s*")
_BULLETS = "*•●▪▫■◦·‣►▶➢➔→✓✔–—-"
_LETTERED = r"(?:[A-Z]{1,4}\.?\s?[0-9]{1,2}[.\-_ ]{0,2}){0,2}[A-Z]{1,4}\.?\s?[0-9]{1,2}(?:[.\-_][0-9]{1,2}){0,3}"
_MARK = re.compile(
    rf"(?P<bullet>[{_BULLETS}](?=\s|[^\W\d]))?\s*(?:[Cc]ompétence\s*(?:n°\s*)?)?(?:"
    rf"(?P<lettered>{_LETTERED})(?:\s*[.:)/–—-]+\s*|\s+(?=[A-ZÀ-ÖŒ«(]))"
    r"|(?P<steps>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?:\s*[.:)–—-]+\s*|\s+)(?=\D)"
    r"|(?P<number>[0-9]{1,2})(?:\s*[.):/°]|\s[–—-])\s*(?=[^\W\d])"
    r")?"
)
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


class _Piece(NamedTuple):
    """A part of the text, by what stands at its head: ``lettered``, ``number``, ``bullet``, or nothing."""

    kind: str
    code: str | None
    text: str

    @property
    def announces(self) -> bool:
        """Whether it says that something follows."""
        return self.text.endswith(":")


def split(text: str) -> Split:
    """The competencies that a text lists.

    Examples
    --------
    >>> [item.title for item in split("- Valider une solution   technique  - Lever les réserves").items]
    ['Valider une solution technique', 'Lever les réserves']
    >>> split("C1. Concevoir    C2. Développer ; tester").items[1]
    Item(code='C2', title='Développer ; tester', heading=None, elements=())
    """
    kept = spaced(text)
    marks = _marks(kept)
    pieces = _without_introduction(list(_marked(kept, marks) if _make_a_list(marks) else _by_spaces(kept)))
    return Split(tuple(_items(pieces)), _confidence(pieces))


def _make_a_list(marks: Sequence[re.Match[str]]) -> bool:
    """Several marks, or the code of an only item: one bullet or one number may be there by chance."""
    return len(marks) > 1 or any(mark.start() == 0 and bool(mark["lettered"]) for mark in marks)


def _without_introduction(pieces: list[_Piece]) -> list[_Piece]:
    """The first piece announces the whole list when no other heads a part of it; it stays where every item goes on with it."""
    if all(piece.text[:1].islower() for piece in pieces[1:]):
        return pieces
    headings = [index for index, (one, two) in enumerate(_followed(pieces)) if one.kind == "text" and _heads(one, two)]
    return pieces[1:] if headings == [0] else pieces


def _confidence(pieces: Sequence[_Piece]) -> Confidence:
    if any(piece.kind == "text" and not _heads(piece, following) for piece, following in _followed(pieces)):
        return Confidence.TO_CONFIRM
    coded = all(piece.code for piece in pieces if piece.kind != "text")
    return Confidence.OFFICIAL if coded else Confidence.SECONDARY


def _marks(text: str) -> list[re.Match[str]]:
    """The codes and bullets that stand at the beginning, at the beginning of a line, or after two spaces."""
    found = (_MARK.match(text, head.end()) for head in _HEAD.finditer(text))
    return [mark for mark in found if mark is not None and mark.lastgroup]


def _marked(text: str, marks: Sequence[re.Match[str]]) -> Iterator[_Piece]:
    yield from (_Piece("text", None, line) for line in _lines(_LINE, text[: marks[0].start()]))
    kinds = [*map(_kind, marks), (None, None)]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for (kind, code), (next_kind, _code), mark, end in zip(kinds, kinds[1:], marks, ends, strict=False):
        lines = _lines(_LINE, text[mark.end() : end])
        heading = lines.pop() if len(lines) > 1 and _is_heading(lines[-1], next_kind) else None
        if lines and kind:
            yield _Piece(kind, code, " ".join(lines))
        if heading:
            yield _Piece("text", None, heading)


def _kind(mark: re.Match[str]) -> tuple[str | None, str | None]:
    """The kind of a mark, and its code if it has one."""
    _bullet, lettered, steps, number = mark.groups()
    code = lettered or steps or number
    if not code:
        return "bullet", None
    return "lettered" if lettered else "number", "".join(code.split())


def _is_heading(line: str, next_kind: str | None) -> bool:
    """Whether the last line of an item heads what follows instead: it announces it, or is a new line before bullets."""
    return next_kind is not None and (line.endswith(":") or (next_kind == "bullet" and line[0].isupper()))


def _lines(pattern: re.Pattern[str], text: str) -> list[str]:
    text = text.strip()
    pieces = pattern.split(text) if "\n" in text or "  " in text else (text,)
    return [line for piece in pieces if (line := " ".join(piece.split()))]


def _by_spaces(text: str) -> Iterator[_Piece]:
    """The pieces between runs of spaces; one that starts with a small letter goes on, unless most of them do."""
    lines = [line.lstrip(_BULLETS + " ") for line in _lines(_LINE if _LINE.search(text) else _SHORT_LINE, text)]
    small = [line for line in lines[1:] if line[:1].islower()]
    merged: list[str] = []
    for line in filter(None, lines):
        if merged and line[0].islower() and len(small) * 2 <= len(lines):
            merged[-1] += f" {line}"
        else:
            merged.append(line)
    return (_Piece("text", None, line) for line in merged)


class _Heading(NamedTuple):
    """A heading, and the beginning of the codes that it covers (none: everything up to the next one)."""

    text: str
    covers: str | None = None

    def is_over(self, piece: _Piece) -> bool:
        return self.covers is not None and not (piece.code or self.covers).startswith(self.covers)


def _items(pieces: Sequence[_Piece]) -> Iterator[Item]:
    heading: _Heading | None = None
    owner: Item | None = None
    for piece, following in _followed(pieces):
        if owner is not None and piece.kind == "bullet" and owner.code:
            owner = owner._replace(elements=(*owner.elements, _title(piece.text)))
            continue
        if owner is not None:
            yield owner
            owner = None
        if heading is not None and heading.is_over(piece):
            heading = None
        if (new := _heads(piece, following)) is not None:
            heading = new
        else:
            owner = Item(piece.code, _title(piece.text), heading and heading.text)
            if piece.kind != "lettered":
                yield owner
                owner = None
    if owner is not None:
        yield owner


def _followed(pieces: Sequence[_Piece]) -> Iterator[tuple[_Piece, _Piece | None]]:
    return zip(pieces, (*pieces[1:], None), strict=False)


def _heads(piece: _Piece, following: _Piece | None) -> _Heading | None:
    """The heading that a piece is for what follows, if it is one."""
    if following is None:
        return None
    text = piece.text.rstrip(": ")
    if piece.kind == "text":
        return _Heading(text) if piece.announces or following.kind != "text" else None
    if piece.code and following.code and following.code != piece.code and following.code.startswith(piece.code):
        apart = not following.code[len(piece.code) :][0].isdigit()
        return _Heading(text, piece.code) if apart else None
    return _Heading(text) if piece.kind == "number" and following.kind == "bullet" else None


def _title(text: str) -> str:
    return text.rstrip(" ;,:") or text
