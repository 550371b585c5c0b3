"""The map of a passerelle (*carte*): the blocks of both sides, and the texts that lead from one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pathways.bridges import Bridge
from referentials.library import Library
from referentials.model import Referential
from referentials.requirement import references
from referentials.rights import Waived
from reports.bridge_texts import Numbered, numbered
from reports.charts.bridge_map import End, Tie, bridge_map
from reports.language import say, say_n
from reports.paper import Figure
from reports.reason_wording import state

MOST = 15
"""Blocks drawn on a side; beyond, only those that a text reaches."""

_ENTRY = "!entry"


def picture(bridge: Bridge, library: Library) -> Figure:
    """Both sides and what joins them; a passerelle without text has its two sides alone."""
    ties = tuple(_ties(bridge, library))
    starts = _limited(tuple(_starts(bridge, library)), {one.start for one in ties})
    ends = _limited(tuple(_ends(bridge, library, ties)), {one.end for one in ties})
    return bridge_map(starts, ends, ties)


def _version(library: Library, ref: str) -> Referential:
    found = library.find(ref.partition("/")[0])
    assert isinstance(found, Referential)
    return found


def _starts(bridge: Bridge, library: Library) -> Iterator[End]:
    """What is held: the whole with its blocks, or a block alone."""
    version = _version(library, bridge.start)
    if "/" not in bridge.start:
        yield End(version.key, version.key, version.name, say("détenu"), whole=True)
    for block in version.known_blocks:
        ref = f"{version.key}/{block.code}"
        if bridge.start in (version.key, ref):
            words = say("détenu") if bridge.start == ref else ""
            yield End(ref, block.code, block.title or say("intitulé non connu"), words)


def _ends(bridge: Bridge, library: Library, ties: Sequence[Tie]) -> Iterator[End]:
    """What is aimed at: the whole, its door when a text speaks of it, its blocks with their state."""
    version = _version(library, bridge.target)
    if "/" not in bridge.target:
        words = say("§ acquis") if bridge.acquired else ""
        yield End(version.key, version.key, version.name, words, whole=True)
    if any(one.end == _ENTRY for one in ties):
        yield End(_ENTRY, say("Entrée"), say("Exigences à l'entrée en formation"))
    for block in bridge.gap.blocks:
        code = block.ref.rpartition("/")[2]
        yield End(block.ref, code, block.title or say("intitulé non connu"), state(block.state))


def _limited(ends: tuple[End, ...], reached: set[str]) -> tuple[End, ...]:
    if len(ends) <= MOST + 1:
        return ends
    kept = tuple(one for one in ends if one.whole or one.ref in reached)[: MOST + 1]
    left = len(ends) - len(kept)
    return (*kept, End("", "…", say_n("et {count} autre bloc", "et {count} autres blocs", left)))


def _ties(bridge: Bridge, library: Library) -> Iterator[Tie]:
    given = {one.id: one.given for one in library.recognitions}
    for one in numbered(bridge):
        if one.link is not None:
            asked = [full for text in references(given[one.clause.id]) for full in library.expand(text)]
            for start in _from(bridge, asked):
                for end in _to(bridge, one, library):
                    yield Tie(start, end, one.link, one.number, one.cited.partition(". ")[2])


def _from(bridge: Bridge, asked: Sequence[str]) -> tuple[str, ...]:
    """The ends on the left that a text asks for: the whole, or blocks of it; the whole when a right in between does."""
    if "/" in bridge.start or bridge.start in asked:
        return (bridge.start,)
    parts = ("/".join(full.split("/")[:2]) for full in asked if full.startswith(f"{bridge.start}/"))
    return tuple(dict.fromkeys(parts)) or (bridge.start,)


def _to(bridge: Bridge, one: Numbered, library: Library) -> tuple[str, ...]:
    """The ends on the right that a text speaks of."""
    key = bridge.target.partition("/")[0]
    about = [full for text in one.clause.grants for full in library.expand(text) if full.partition("/")[0] == key]
    if one.clause.waives is Waived.ENTRY:
        return (_ENTRY,)
    blocks = {block.ref for block in bridge.gap.blocks}
    found = ("/".join(full.split("/")[:2]) for full in about)
    return tuple(ref for ref in dict.fromkeys(found) if ref in blocks or ref == bridge.target) or (
        tuple(blocks) if key in about else ()
    )
