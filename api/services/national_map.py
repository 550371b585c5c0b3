"""The national map asked for (*carte nationale*): the versions that are named, and rows that are watched as they pass."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import nsmallest
from io import BytesIO
from typing import NamedTuple, TypeVar

from api.services.documents import File
from pathways.national_map import Chain, NationalMap, Passage, Row
from referentials.library import Library, UnknownReference
from referentials.versions import parse_or_none
from reports.language import Language, speaking


def named_versions(library: Library, texts: Sequence[str]) -> tuple[str, ...] | None:
    """The keys of every version that each text names; nothing asked for is none.

    Raises
    ------
    UnknownReference
        A text names no version.
    """
    for text in texts:
        if parse_or_none(text) is None or ":" in text or not library.expand(text):
            raise UnknownReference(text, library.near(text))
    return tuple(sorted({full.partition("/")[0] for text in texts for full in library.expand(text)})) or None


def until_told(
    rows: Iterable[Row], total: int, tell: Callable[[int], None], should_stop: Callable[[], bool]
) -> Iterator[Row]:
    """The rows of a map, one by one, each told; no more of them once someone wants to stop."""
    for done, row in enumerate(rows, 1):
        yield row
        tell(done)
        if should_stop() and done < total:
            return


class Largest(NamedTuple):
    """What a page shows of a map: how many rows, passages and chains it has, and the largest ones."""

    starts: int
    total: int
    passages: tuple[Passage, ...]
    total_chains: int
    chains: tuple[Chain, ...]


def largest(rows: Iterable[Row], limit: int) -> Largest:
    """The passages that give most, and the chains that do, so many of each; 0: all. Two rows at most are in memory besides."""
    starts, counts = 0, [0, 0]
    passages: list[Passage] = []
    chains: list[Chain] = []
    for row in rows:
        starts, counts = starts + 1, [counts[0] + len(row.passages), counts[1] + len(row.chains)]
        passages = nsmallest(limit or counts[0], (*passages, *row.passages), key=by_size)
        chains = nsmallest(limit or counts[1], (*chains, *row.chains), key=by_facts)
    return Largest(starts, counts[0], tuple(passages), counts[1], tuple(chains))


def by_size(one: Passage) -> tuple[bool, int, int, bool, str, str]:
    """The order of passages: a whole target, then most blocks, most competencies, a waiver; then by reference."""
    waived = bool(one.exemptions or one.entry_waived)
    return not one.whole, -len(one.blocks), -one.competencies, not waived, one.start, one.target


def by_facts(one: Chain) -> tuple[int, str, str]:
    """The order of chains: those that give most first; then by reference."""
    return -len(one.facts), one.start, one.target


# -- a map that is kept ---------------------------------------------------------------------------------------------------

Line = TypeVar("Line", Passage, Chain)


def between(lines: Iterable[Line], starts: Collection[str] | None, targets: Collection[str] | None) -> Iterator[Line]:
    """The lines from some versions, towards some; ``None`` for all."""
    for one in lines:
        if (starts is None or one.start in starts) and (targets is None or one.target in targets):
            yield one


def place_of(one: Passage | Chain) -> str:
    """Where a line stands in the order of a map."""
    return f"{one.start} {one.target}"


def file_of(found: NationalMap, library: Library, name: str, *, chains: bool, language: Language) -> File:
    """A map as a file, in the language of its reader."""
    from reports.map_exports import FORMATS, subject, writer

    content, row = BytesIO(), Row("", found.passages, found.chains)
    with speaking(language):
        writer(name)([row], subject(library, chains=chains), content)
    called = "enchainements" if chains else "carte-nationale"
    return File(f"{called}-{found.on}.{name}", FORMATS[name], content.getvalue())
