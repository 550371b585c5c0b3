"""Pairs of the map as a page shows them (*passerelles deux à deux*): in a list, in a matrix, in a drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pydantic import Field

from api.services.maps import gives
from api.web.views.names import bridge_address, called
from api.web.views.said import Anchor, Said
from pathways.matrix import Cell as Pair
from referentials.library import Library
from referentials.provenance import Value
from reports.bridge_wording import cell
from reports.charts.bridge_map import Link
from reports.charts.whole_map import Crossing, whole_map
from reports.matrix_document import in_few_words, tone_of
from reports.paper import Figure


class CrossingRow(Value):
    """From a start to the target of its group."""

    href: str = Field(description="La fiche de cette passerelle.")
    name: Said = Field(description="Le départ.")
    words: Said = Field(description="Ce que cela donne.")
    tone: str = Field(description="Le ton : un état, ou neutral.")


class CrossingGroup(Value):
    """The pairs that lead to one target."""

    ref: str = Field(description="La cible.")
    name: Said = Field(description="Son nom.")
    href: str = Field(description="Sa fiche.")
    rows: tuple[CrossingRow, ...] = Field(description="D'où l'on vient.")


class MatrixCell(Value):
    """A pair in the matrix; without address, no text that was read speaks of it."""

    href: str = Field("", description="La fiche de cette passerelle.")
    short: Said = Field("", description="Ce que cela donne, en un signe et un mot.")
    words: Said = Field("", description="La même chose en entier, avec le départ et l'arrivée.")
    tone: str = Field("neutral", description="Le ton : un état, ou neutral.")


class MatrixRow(Value):
    """A start and what it gives of each target."""

    name: Said = Field(description="Le départ.")
    href: str = Field(description="Sa fiche.")
    cells: tuple[MatrixCell, ...] = Field(description="Une case par cible.")


def named(library: Library, ref: str) -> str:
    """What an end of a pair is called."""
    return called(library, ref)


def grouped(pairs: Sequence[Pair], library: Library, day: str) -> tuple[CrossingGroup, ...]:
    """The pairs, target by target, those with the most ways in first."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair.target, []).append(pair)
    return tuple(
        CrossingGroup(
            ref=target,
            name=named(library, target),
            href=f"/referentiels/{target}",
            rows=tuple(_row(pair, library, day) for pair in sorted(some, key=lambda one: _surest(one, library))),
        )
        for target, some in sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    )


def _surest(pair: Pair, library: Library) -> tuple[bool, bool, int, str]:
    return not gives(pair), not pair.whole, -pair.by_right, named(library, pair.start)


def _row(pair: Pair, library: Library, day: str) -> CrossingRow:
    return CrossingRow(
        href=bridge_address(pair.start, pair.target, le=day),
        name=named(library, pair.start),
        words=_capital(cell(pair)),
        tone=tone_of(pair).value,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def rows(pairs: Sequence[Pair], library: Library, day: str) -> tuple[tuple[Anchor, ...], tuple[MatrixRow, ...]]:
    """The columns and the lines of the matrix: only the ends of a pair, by name."""
    names = _names(pairs, library)
    targets = sorted({pair.target for pair in pairs}, key=lambda ref: (names[ref].casefold(), ref))
    starts = sorted({pair.start for pair in pairs}, key=lambda ref: (names[ref].casefold(), ref))
    there = {(pair.start, pair.target): pair for pair in pairs}
    heads = tuple(Anchor(href=f"/referentiels/{ref}", label=names[ref]) for ref in targets)
    lines = (
        MatrixRow(
            name=names[start],
            href=f"/referentiels/{start.partition('/')[0]}",
            cells=tuple(_cell(there.get((start, target)), names, day) for target in targets),
        )
        for start in starts
    )
    return heads, tuple(lines)


def _names(pairs: Iterable[Pair], library: Library) -> Mapping[str, str]:
    return {ref: named(library, ref) for pair in pairs for ref in (pair.start, pair.target)}


def _cell(pair: Pair | None, names: Mapping[str, str], day: str) -> MatrixCell:
    if pair is None:
        return MatrixCell()
    told = in_few_words(pair)
    return MatrixCell(
        href=bridge_address(pair.start, pair.target, le=day),
        short=told.text,
        words=f"{names[pair.start]} → {names[pair.target]} : {cell(pair)}",
        tone=told.tone.value,
    )


def drawn(pairs: Sequence[Pair], library: Library) -> Figure:
    """The pairs in one drawing."""
    names = _names(pairs, library)
    return whole_map(
        [
            Crossing(pair.start, names[pair.start], pair.target, names[pair.target], _link(pair), cell(pair))
            for pair in pairs
        ]
    )


def _link(pair: Pair) -> Link:
    """The most that a pair gives."""
    if pair.whole or pair.by_right or pair.competencies:
        return Link.AWARD
    if pair.entry_waived or pair.exemptions:
        return Link.EXEMPT
    if pair.reductions:
        return Link.REDUCE
    if pair.to_confirm or pair.possible:
        return Link.POSSIBLE
    return Link.EXPECTED if pair.expected or pair.preparations else Link.NONE
