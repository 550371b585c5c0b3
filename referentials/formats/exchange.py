"""What an outside standard is to us (*format d'échange*): it reads files into records, and writes what our library knows into a file.

A record holds the plain values of one of our own files, so that whatever comes in is checked as if somebody had written it by hand::

    file → Record(kind, values, where) …    and Finding … for what could not be taken
    library, references → Written(name, bytes, what the standard cannot carry)

Reading is lazy: a national directory goes through one record at a time. It raises :class:`referentials.findings.FileProblem` when
nothing of the file can be used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

from referentials.findings import Finding, Place
from referentials.library import Library
from referentials.loader import CORRESPONDENCES, OFFER, RECOGNITIONS, REFERENTIAL

PROFILE = "profile"
"""What one person says to have (claims to confirm); the values of a profile file."""
OCCUPATION = "occupation"
"""A trade and the skills that its nomenclature lists, so that a job title leads to claims."""
PERSON = "person"
"""A person of an adviser's list: an identity beside a profile that holds none; see :mod:`referentials.formats.workbook_people`."""

KINDS = (REFERENTIAL.name, RECOGNITIONS.name, CORRESPONDENCES.name, OFFER.name, PROFILE, OCCUPATION, PERSON)


class Upload(NamedTuple):
    """A file that somebody gives: its name as they call it, its bytes (a stream that can be rewound), how many."""

    name: str
    stream: BinaryIO
    size: int


class Record(NamedTuple):
    """One thing read: its kind (one of :data:`KINDS`), its values as in our own files, and where it stood."""

    kind: str
    values: Mapping[str, Any]
    where: Place


class Written(NamedTuple):
    """A file to hand out, and what the standard could not carry."""

    name: str
    content: bytes
    left_out: tuple[Finding, ...] = ()


Reader = Callable[[Upload], Iterator[Record | Finding]]
Writer = Callable[[Library, Sequence[str]], Written]


class Standard(NamedTuple):
    """One outside standard; each module of this package that has one calls it ``STANDARD``.

    ``title`` is what people know it by, ``suffixes`` the ends of its file names, ``reads`` and ``writes`` the kinds that it carries;
    ``template`` writes an empty file to fill in, of one of the ``templates``.
    ``in_codes`` says that its offers name blocks by the codes of the national directories.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    media_type: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    read: Reader | None = None
    write: Writer | None = None
    templates: tuple[str, ...] = ()
    template: Callable[[str], Written] | None = None
    in_codes: bool = False
