"""Words that somebody types → what they may mean (*recherche*): by the index, by a code, and by the names of the catalogue.

The index answers when it was made; the names of the versions and of their blocks answer always, so that a service without an index
still finds a title, an old name or a sigle.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from api.services.catalogue import folded, readable
from api.store.repositories.search import Hit
from api.store.rooms import Room
from api.store.search import entries_of
from referentials.library import Library
from referentials.model import Kind
from reports.library_wording import LABELS

KINDS = ("referential", "block", "competency", "module")
"""The sorts of things that are looked for, in the order in which they are shown."""

_LONGEST = 300


class Answers(NamedTuple):
    """What was found of one sort; ``more`` when there is more than what was asked for."""

    kind: str
    hits: tuple[Hit, ...]
    more: bool


def found(library: Library, room: Room, text: str, kind: str, *, skip: int = 0, limit: int = 10) -> Answers:
    """The things of one sort that answer some words."""
    asked = text.strip()[:_LONGEST]
    hits = [*(_coded(library, asked, kind) if not skip else ())]
    known = {hit.ref for hit in hits}
    hits += [hit for hit in room.search.find(asked, [kind], skip=skip, limit=limit + 1) if hit.ref not in known]
    if not hits and not skip:
        hits = [*_named(library, asked, kind)]
    return Answers(kind, tuple(hits[:limit]), len(hits) > limit)


def _coded(library: Library, text: str, kind: str) -> Iterator[Hit]:
    """What a code of the national directories names."""
    if not any(one.isdigit() for one in text) or kind not in ("referential", "block"):
        return
    for ref in library.by_code(text):
        if ("block" if "/" in ref else "referential") == kind:
            item = library.find(ref)
            yield Hit(kind, ref, getattr(item, "title", None) or ref, "code")


def _named(library: Library, text: str, kind: str) -> Iterator[Hit]:
    """What has every word in its names, the shorter titles first."""
    words = folded(text).split()
    if words:
        for one, names in _names(library):
            if one.kind == kind and all(word in names for word in words):
                yield one


@lru_cache(maxsize=8)
def _names(library: Library) -> tuple[tuple[Hit, str], ...]:
    """Everything at hand with its names, as people type them."""
    entries = [
        (Hit(one.kind, one.ref, one.title, "names"), folded(f"{one.title} {one.more} {_kind(item.kind)}"))
        for item in readable(library)[0]
        for one in entries_of(item)
    ]
    return tuple(sorted(entries, key=lambda entry: (len(entry[0].title), entry[0].ref)))


def _kind(kind: Kind) -> str:
    return LABELS[Kind][kind]
