"""What a document would break (*effets*): what the rules find in the library with it, and do not find without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from referentials.checks import check
from referentials.findings import FileProblem, Finding, Severity
from referentials.library import LISTS, Library
from referentials.model import Referential
from referentials.neighbourhood import around, name_of
from referentials.versions import parse_or_none
from referentials.writer import plain

_SEALING = ("publie-non-scelle", "version-scellee-modifiee")
"""Rules about the ledger of a folder: what is kept in the database has a chain of its own."""


def caused_by(item: Any, library: Library) -> Iterator[Finding]:
    """What the rules find because of a document, in place of the one of the same key.

    Notes
    -----
    All the rules run twice, over the whole library.
    """
    others = [one for one in _everything(library, item) if not _same(one, item)]
    known = {_mark(finding) for finding in check(Library.of(*others))}
    for finding in check(Library.of(*others, item)):
        if finding.rule not in _SEALING and _mark(finding) not in known:
            yield finding


class Sides(NamedTuple):
    """A part of a library as it is; with a document in place of the one of the same key; without either."""

    now: Library
    with_it: Library
    without: Library


def sides(item: Any, library: Library) -> Sides:
    """The part of a library that a document is about, from three sides."""
    everything = tuple(_everything(library, item))
    others = [one for one in everything if not _same(one, item)]
    return Sides(Library.of(*everything), Library.of(*others, item), Library.of(*others))


def refuse_errors(item: Any, library: Library) -> None:
    """Refuse a document that would break something.

    Raises
    ------
    FileProblem
        With every error that it causes.
    """
    errors = [finding for finding in caused_by(item, library) if finding.severity is Severity.ERROR]
    if errors:
        raise FileProblem(errors)


def _everything(library: Library, item: Any) -> Iterator[Any]:
    """What the rules look at: all but a directory of thousands, of which the document may name some referentials."""
    names = {name_of(text) for text in _texts(plain(item)) if parse_or_none(text) is not None} & {*library.ids}
    about = around(library, [item.key] if isinstance(item, Referential) else sorted(names), sorted(names))
    yield from about
    for items in (about.recognitions, library.correspondences, library.rules, library.offers):
        yield from items


def _texts(value: Any) -> Iterator[str]:
    """Every text in plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _same(one: Any, item: Any) -> bool:
    if isinstance(item, Referential):
        return isinstance(one, Referential) and one.key == item.key
    return any(isinstance(one, kind.item) and isinstance(item, kind.item) for kind in LISTS) and one.id == item.id


def _mark(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.where.path, finding.message
