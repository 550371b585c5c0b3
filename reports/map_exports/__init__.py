"""The national map as files (*carte nationale, en fichiers*): each written row by row, so that a map of any size fits in little memory.

Parquet for those who compute, CSV for spreadsheets, GraphML for tools that draw graphs.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import BinaryIO, NamedTuple, Protocol

from pathways.national_map import Row
from referentials.library import Library
from referentials.model import Referential
from reports.map_exports.columns import Texts

FORMATS = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv; charset=utf-8", "graphml": "application/xml"}
"""Every format, with its media type."""


class Subject(NamedTuple):
    """What a map is about: the versions it may name, in order, what its lines need to be read, chains or passages."""

    versions: Iterable[Referential]
    texts: Texts
    chains: bool = False


class Writer(Protocol):
    """Writes a map and says how many lines it has."""

    def __call__(self, rows: Iterable[Row], subject: Subject, file: BinaryIO) -> int:
        """Write everything."""


def writer(name: str) -> Writer:
    """What writes a format; loaded when it is asked for.

    Raises
    ------
    KeyError
        There is no such format.
    """
    FORMATS[name]
    found: Writer = import_module(f"reports.map_exports.{name}").write
    return found


def subject(library: Library, *, chains: bool = False) -> Subject:
    """What a map of a library is about."""
    texts = Texts(lambda key: _title(library, key), {one.id: one for one in library.recognitions})
    return Subject(library, texts, chains)


def _title(library: Library, key: str) -> str:
    found = library.find(key)
    return found.title if isinstance(found, Referential) else key
