"""Two referentials side by side (*comparaison de deux référentiels*): what they share, what one gives of the other, what looks alike, the rest.

A right is one only by a text, in one direction; a likeness is somebody's opinion and gives nothing; the same words or the same code are
neither: they tell where to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from api.services.catalogue import folded, rights_about
from referentials.library import Library
from referentials.model import Codes, Referential
from referentials.rights import Correspondence, Recognition


class Same(NamedTuple):
    """A part of each that has the same title or the same national code."""

    first: str
    second: str
    by_code: bool


class Resemblance(NamedTuple):
    """Two versions side by side. ``codes`` are those that both have; ``alone`` are parts of each that nothing brings near the other."""

    codes: tuple[tuple[str, str], ...]
    same: tuple[Same, ...]
    forth: tuple[Recognition, ...]
    back: tuple[Recognition, ...]
    likenesses: tuple[Correspondence, ...]
    alone: tuple[tuple[str, ...], tuple[str, ...]]


def resemblance(library: Library, first: Referential, second: Referential) -> Resemblance:
    """What brings two versions near one another."""
    same = tuple(_same(first, second))
    likenesses = tuple(_likenesses(library, first, second))
    touched = {ref for one in same for ref in (one.first, one.second)}
    touched |= {full for one in likenesses for text in (one.start, one.end) for full in library.expand(text)}
    return Resemblance(
        codes=tuple(_codes(first.codes, second.codes)),
        same=same,
        forth=_rights(library, first, second),
        back=_rights(library, second, first),
        likenesses=likenesses,
        alone=(_alone(first, touched), _alone(second, touched)),
    )


def _codes(first: Codes, second: Codes) -> Iterator[tuple[str, str]]:
    """The codes of the same nomenclature that both have, with its name."""
    for name in type(first).model_fields:
        theirs = {one.code.upper() for one in getattr(second, name)}
        yield from ((name, one.code) for one in getattr(first, name) if one.code.upper() in theirs)


def _same(first: Referential, second: Referential) -> Iterator[Same]:
    """Blocks, then competencies, under one code of the directories or one title."""
    for mine in first.known_blocks:
        numbers = {one.code.upper() for one in mine.codes}
        for theirs in second.known_blocks:
            coded = bool(numbers & {one.code.upper() for one in theirs.codes})
            if coded or _alike(mine.title, theirs.title):
                yield Same(f"{first.key}/{mine.code}", f"{second.key}/{theirs.code}", coded)
    named = {folded(one.title): ref for ref, one in second.competencies() if one.title}
    for ref, competency in first.competencies():
        if competency.title and folded(competency.title) in named:
            yield Same(ref, named[folded(competency.title)], False)


def _alike(one: str | None, other: str | None) -> bool:
    return bool(one and other and folded(one) == folded(other))


def _rights(library: Library, start: Referential, end: Referential) -> tuple[Recognition, ...]:
    """The texts that ask for something of the first and speak of the second."""
    arriving = {one.id for one in rights_about(library, end.key).entering}
    return tuple(one for one in rights_about(library, start.key).leaving if one.id in arriving)


def _likenesses(library: Library, first: Referential, second: Referential) -> Iterator[Correspondence]:
    for one in library.correspondences:
        wholes = [{full.partition("/")[0] for full in library.expand(text)} for text in (one.start, one.end)]
        if any(a in wholes[0] and b in wholes[1] for a, b in ((first.key, second.key), (second.key, first.key))):
            yield one


def _alone(version: Referential, touched: set[str]) -> tuple[str, ...]:
    """The blocks without competencies that were read, and the competencies, that nothing touches."""
    found = []
    for block in version.known_blocks:
        ref = f"{version.key}/{block.code}"
        parts = [f"{ref}/{one.code}" for one in block.known_competencies] or [ref]
        found += [part for part in parts if part not in touched and ref not in touched]
    return tuple(found)
