"""The versions of a library for a program (*référentiels*): listed and filtered, or one with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from api.services.catalogue import Row, folded, rights_about, row_of, rows
from api.store.repositories.imported import Asked, ImportedDocuments
from referentials.findings import FileProblem
from referentials.library import Library, UnknownReference
from referentials.model import Kind, Referential

_AT_ONCE = 50


class Wanted(NamedTuple):
    """Which versions: of a kind, at a level, in force on a day or not, whose names hold some words, of one referential."""

    text: str = ""
    kind: Kind | None = None
    level: int | None = None
    in_force: bool | None = None
    identifier: str | None = None


def listed(library: Library, wanted: Wanted, on: date) -> Iterator[Row]:
    """The versions that are wanted, by identifier, the oldest first."""
    for row in rows(library, text=wanted.text, kind=wanted.kind)[0]:
        item = row.item
        if wanted.identifier not in (None, item.id) or wanted.level not in (None, item.level):
            continue
        if wanted.in_force in (None, library.is_in_force(item, on)):
            yield row


def imported(
    library: Library, documents: ImportedDocuments, wanted: Wanted, on: date, after: str | None = None
) -> Iterator[Row]:
    """The same of a directory of thousands, after a place: the database chooses, and only what is shown is opened."""
    asked = Asked(
        words=tuple(folded(word) for word in wanted.text.split()),
        nature=wanted.kind.value if wanted.kind is not None else None,
        level=wanted.level,
        on=on if wanted.in_force else None,
        identifier=wanted.identifier,
    )
    while library.is_wide and (found := documents.places(asked, after, _AT_ONCE)):
        for after, key in found:
            with suppress(FileProblem):  # what can't be read any more hides nothing else
                row = row_of(library.get(*key))
                if place_of(row) == after and wanted.in_force in (None, library.is_in_force(row.item, on)):
                    yield row


def place_of(row: Row) -> str:
    """Where a version stands in the list: what a cursor holds.

    The parts are those that :func:`api.services.catalogue.rows` sorts by; a space comes before every character of an identifier.
    """
    item = row.item
    start = item.valid.start or item.valid.seen or date.min
    return f"{item.id} {start.isoformat()} {item.version}"


def version_named(library: Library, ref: str) -> Referential:
    """The version of a reference ``id@version``.

    Raises
    ------
    UnknownReference
        There is none; near names are given.
    """
    identifier, at, number = ref.partition("@")
    if not at or not number:
        raise UnknownReference(ref, library.near(ref))
    return library.get(identifier, number)


def rights_in_and_out(library: Library, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The identifiers of the rights that lead to a version, and of those that start from it."""
    about = rights_about(library, key)
    return tuple(right.id for right in about.entering), tuple(right.id for right in about.leaving)
