"""References to choose from (*choix d'une référence*): some words → versions; a version → its blocks and its competencies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from api.services.choosing import choices
from api.store.repositories.search import Search
from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.model import Referential

_MOST = 8


class Found(NamedTuple):
    """Something that can be named: its reference, what it is called, and whether it has parts that can be named too."""

    ref: str
    title: str
    has_parts: bool


def references_for(search: Search, library: Library, text: str, on: date) -> tuple[Found, ...]:
    """What some words may name; a version, when they are its reference, with all its parts."""
    version = _version(library, text.strip())
    if version is not None:
        return tuple(_parts(version))
    some = choices(search, library, text, on, _MOST) if text.strip() else ()
    return tuple(Found(one.ref, choice.title, True) for choice in some for one in choice.versions)


def _version(library: Library, text: str) -> Referential | None:
    identifier, _at, number = text.partition("@")
    try:
        return library.get(identifier, number) if number else None
    except (UnknownReference, FileProblem, ValueError):
        return None


def _parts(version: Referential) -> Iterator[Found]:
    yield Found(version.key, version.title, False)
    for block in version.known_blocks:
        yield Found(f"{version.key}/{block.code}", block.title or "", False)
        for one in block.known_competencies:
            yield Found(f"{version.key}/{block.code}/{one.code}", one.title or "", False)
