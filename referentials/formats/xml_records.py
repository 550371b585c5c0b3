"""Records of a large XML file, one after the other, as plain values and without a tree (*fiches d'un grand fichier*).

Whoever reads says the shape of what they want; all the rest of a record, most of a national file, is checked to be XML and never becomes
anything. What is wanted becomes lists by tag, in the order of the file, of texts or of the same again::

    shape  {"TITLE": {}, "CODES": {"CODE": {}}}
    file   <R><TITLE>Relier</TITLE><JURY>…</JURY><CODES><CODE>1</CODE><CODE>2</CODE></CODES></R>
    given  {"TITLE": ["Relier"], "CODES": [{"CODE": ["1", "2"]}]}

As for :mod:`referentials.formats.xml`, nothing is declared inside the file and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pyexpat import ExpatError, ParserCreate
from typing import IO, Any, NamedTuple, TypeAlias

from referentials.findings import FileProblem
from referentials.formats.xml import document_type, unreadable

Shape: TypeAlias = Mapping[str, "Shape"]
"""The tags that are wanted, each with the shape of what it holds; an empty one is a text."""
Part: TypeAlias = Mapping[str, list[Any]]
"""What was found under the tags of a shape."""

_CHUNK = 1 << 16
_DEEPEST = 256
_LARGEST = 20_000_000
"""Bytes of one record, or of one tag: none in the national directory comes near."""


class Given(NamedTuple):
    """One record, and the line it starts on."""

    line: int
    part: Part


def records(stream: IO[bytes], tag: str, shape: Shape, name: str) -> Iterator[Given]:
    """Every element of a tag, in order, as far as the shape wants it.

    Parameters
    ----------
    stream : BinaryIO
        From its beginning.
    name : str
        What messages call the file.

    Raises
    ------
    FileProblem
        The file declares something of its own, or stops being XML somewhere: the line is told, and what came before it has been given.
    """
    reading = _Reading(tag, shape, name)
    piece = b"-"
    while piece:
        piece = stream.read(_CHUNK)
        try:
            reading.read(piece)
        except FileProblem:
            yield from reading.found
            raise
        yield from reading.found
        reading.found.clear()


class _Reading:
    """A parser, and where it stands: between two records, inside one, or in a part of one that nobody wants."""

    def __init__(self, tag: str, shape: Shape, name: str) -> None:
        self.found: list[Given] = []
        self._tag, self._whole, self._name = tag, shape, name
        self._depth = self._outside = self._line = 0
        self._fed, self._start = 0, -1
        self._around: list[tuple[dict[str, list[Any]], Shape]] = []
        self._here: dict[str, list[Any]] = {}
        self._shape = shape
        self._text: list[str] = []
        self._in_text = False
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.buffer_size = _CHUNK
        self._parser.StartDoctypeDeclHandler = self._declares
        self._parser.SkippedEntityHandler = self._misses
        self._hears(self._looks, self._rises)

    def read(self, piece: bytes) -> None:
        """Read a piece of the file; the last one is empty."""
        try:
            self._parser.Parse(piece, not piece)
        except FileProblem:
            raise
        except (ExpatError, LookupError, ValueError):  # the last two: an encoding that is not read
            raise self._unreadable() from None
        self._fed += len(piece)
        since = self._parser.CurrentByteIndex if self._start < 0 else self._start
        if self._fed - since > _LARGEST:
            raise self._unreadable()

    def _hears(self, starts: Callable[[str, Any], None], ends: Callable[[str], None]) -> None:
        self._parser.StartElementHandler, self._parser.EndElementHandler = starts, ends

    def _unreadable(self) -> FileProblem:
        return unreadable(self._name, self._parser.CurrentLineNumber)

    def _declares(self, _name: str, _system: str | None, _public: str | None, inside: int) -> None:
        if inside:
            raise document_type(self._name)

    def _misses(self, _entity: str, _parameter: bool) -> None:
        """An entity of a document type that is not looked for: a text would lack it."""
        raise self._unreadable()

    # -- between records, and in what nobody wants -------------------------------------------------------------------------

    def _looks(self, tag: str, attributes: Any) -> None:
        if tag == self._tag:
            self._start, self._line = self._parser.CurrentByteIndex, self._parser.CurrentLineNumber
            self._here, self._shape = {}, self._whole
            self._hears(self._starts, self._ends)
        else:
            self._sinks(tag, attributes)

    def _sinks(self, _tag: str, _attributes: Any) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._unreadable()

    def _rises(self, _tag: str) -> None:
        self._depth -= 1

    def _leaves(self, _tag: str) -> None:
        self._depth -= 1
        if self._depth == self._outside:
            self._hears(self._starts, self._ends)
            self._parser.CharacterDataHandler = self._text.append if self._in_text else None

    # -- in what is wanted -------------------------------------------------------------------------------------------------

    def _starts(self, tag: str, _attributes: Any) -> None:
        shape = self._shape.get(tag)
        if shape is None or self._in_text:
            self._outside, self._depth = self._depth, self._depth + 1
            self._hears(self._sinks, self._leaves)
            self._parser.CharacterDataHandler = None
        elif shape:
            self._around.append((self._here, self._shape))
            inner: dict[str, list[Any]] = {}
            self._here.setdefault(tag, []).append(inner)
            self._here, self._shape = inner, shape
        else:
            self._in_text = True
            self._parser.CharacterDataHandler = self._text.append

    def _ends(self, tag: str) -> None:
        if self._in_text:
            self._in_text = False
            self._parser.CharacterDataHandler = None
            self._here.setdefault(tag, []).append("".join(self._text))
            self._text.clear()
        elif self._around:
            self._here, self._shape = self._around.pop()
        else:
            self.found.append(Given(self._line, self._here))
            self._start = -1
            self._hears(self._looks, self._rises)
