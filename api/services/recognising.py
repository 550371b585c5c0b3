"""Words of a document → what they may name in the library (*reconnaissance*): by a code, by the same title, by a near one.

::

    code    an RNCP, RS or ministry number, or one of our own references: the document says so itself
    title   the same words, whatever the case, the accents and the endings
    near    most of the words

Each is a proposal that somebody has to confirm: which version of a diploma it was, above all, only the person can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from api.services.catalogue import readable
from api.services.nearness import Names
from pathways.profile import EvidenceKind, HeldItem, Mention, MentionKind
from referentials.absence import UnknownReference
from referentials.findings import FileProblem
from referentials.library import Library
from referentials.model import Block, Competency, Kind, Referential

_NUMBER = re.compile(r"\b(RNCP|RS)\s*[-n°:]*\s*(\d{2,6}(?:BC\d{1,3})?)\b", re.IGNORECASE)
_SAME = 0.999
_NEAR = 0.6
_MOST = 4
_NOT_DIPLOMAS = (Kind.CADRE_DE_COMPETENCES, Kind.PARCOURS_DE_FORMATION)


class How(StrEnum):
    """What brings words and a reference together, from the surest down."""

    CODE = "code"
    TITLE = "title"
    NEAR = "near"


class Match(NamedTuple):
    """What some words may name: its reference, its title, how that was found, how near the words are (1: the same)."""

    ref: str
    title: str
    how: How
    nearness: float

    def held(self, on: date | None = None) -> HeldItem:
        """The claim that it makes, once somebody confirms it: declared, as long as no document was seen."""
        return HeldItem(ref=self.ref, on=on, evidence=EvidenceKind.DECLARED)


def recognised(mention: Mention, library: Library, most: int = _MOST) -> tuple[Match, ...]:
    """The diplomas, blocks and competencies that a mention may name, the surest first; none for a job.

    A skill is recognised by a code alone: words are not enough to say that somebody can do something.
    """
    if mention.kind is MentionKind.JOB:
        return ()
    found = {match.ref: match for match in _coded(mention, library)}
    if not found and mention.kind is MentionKind.QUALIFICATION:
        found = {match.ref: match for match in _titled(mention, library)}
    return tuple(found.values())[:most]


def _coded(mention: Mention, library: Library) -> Iterator[Match]:
    texts = [mention.code] if mention.code else []
    texts += [
        f"{kind.upper()}{number.upper()}" for kind, number in _NUMBER.findall(f"{mention.title} {mention.code or ''}")
    ]
    for text in texts:
        for ref in (*library.by_code(text, mention.on), *_reference(text, library)):
            if title := _title(ref, library):
                yield Match(ref, title, How.CODE, 1.0)


def _reference(text: str, library: Library) -> tuple[str, ...]:
    """The reference that a text is, when it names a version of ours."""
    try:
        return library.expand(text)[-1:] if "@" in text else ()
    except (UnknownReference, ValueError):
        return ()


def _titled(mention: Mention, library: Library) -> Iterator[Match]:
    for near in _titles(library).nearest(mention.title, _MOST, _NEAR):
        how = How.TITLE if near.nearness >= _SAME else How.NEAR
        for version in reversed(library.versions(near.key)):
            if mention.on is None or version.valid.contains(mention.on):
                yield Match(version.key, version.title, how, near.nearness)


def _title(ref: str, library: Library) -> str:
    try:
        item = library.find(ref)
    except (UnknownReference, FileProblem, ValueError):
        return ""
    return (item.title or "") if isinstance(item, Referential | Block | Competency) else ""


@lru_cache(maxsize=8)
def _titles(library: Library) -> Names:
    """What the diplomas at hand are called, in every version."""
    named: dict[str, list[str]] = {}
    for item in readable(library)[0]:
        if item.kind not in _NOT_DIPLOMAS:
            named.setdefault(item.id, []).extend(filter(None, (item.title, item.short_title, *item.aliases)))
    return Names(named.items())
