"""The competencies of a referential in one drawing (*graphe des compétences*): the whole, its blocks, their competencies, what comes before what.

A line leads from the whole to its part; an arrow on the right, from a competency to the one that needs it before. A block tells how many
texts give it, a block and a competency how many modules train for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.charts.legend import Key, legend
from reports.charts.lettering import SMALL, broken, width
from reports.charts.svg import INK, LINE, MUTED, PANEL, WIDTH, box, drawing, line, number, path, text
from reports.language import say, say_n
from reports.paper import Cell, Column, ColumnKind, Figure, Table
from reports.wording import labelled

_WHOLE, _BLOCK, _BLOCK_WIDE, _PART, _RIGHT = 14, 130, 196, 352, WIDTH - 60
_TOP, _ROW, _BLOCK_HIGH, _GAP = 16, 24, 50, 10
_STRICT, _ADVISED = ("#12406f", 2.0, None), ("#5f6b77", 1.6, "5 4")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A competency: its reference, code and title, and how many modules train for it alone."""

    ref: str
    code: str
    title: str
    modules: int = 0


@dataclass(frozen=True, slots=True)
class Branch:
    """A block: its reference, code and title, how many texts give it, how many modules prepare it whole, its competencies."""

    ref: str
    code: str
    title: str
    texts: int = 0
    modules: int = 0
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """A competency that comes before another; ``strict`` when nobody may begin without it."""

    start: str
    end: str
    strict: bool


def competency_map(
    title: str, branches: Sequence[Branch], before: Sequence[Before] = (), *, name: str = "graphe"
) -> Figure:
    """A referential as a tree, with what comes before what.

    Parameters
    ----------
    title : str
        The short name of the referential.
    branches : sequence of Branch
        Its blocks, in the order of the text.
    before : sequence of Before
        Those whose both ends are competencies of these blocks are drawn; all are in the table.
    """
    caption = say("Les blocs et leurs compétences")
    told = _told(title, branches, before)
    table = _table(branches, before)
    svg = _svg(title, branches, before, name, caption, told)
    return Figure(name=table.name, caption=caption, alternative=told, svg=svg, table=table)


# -- the drawing ----------------------------------------------------------------------------------------------------------


def _svg(title: str, branches: Sequence[Branch], before: Sequence[Before], name: str, caption: str, told: str) -> str:
    tops, high = _tops(branches)
    rows = _rows(branches, tops)
    drawn = [one for one in before if one.start in rows and one.end in rows]
    keys, deep = legend(name, _keys(drawn), _WHOLE, _RIGHT, _TOP + high + 8) if drawn else ("", 0.0)
    middle = _TOP + high / 2
    return drawing(
        name,
        _TOP + high + deep + 16,
        caption,
        told,
        *(_joint(_WHOLE + 92, middle, _BLOCK, top + _BLOCK_HIGH / 2) for top in tops.values()),
        _whole(title, middle),
        *(mark for one in branches for mark in _branch(one, tops[one.ref], rows)),
        *(_arrow(one, rows) for one in drawn),
        keys,
    )


def _tops(branches: Sequence[Branch]) -> tuple[dict[str, float], float]:
    """Where each block begins, and the height of all."""
    found, y = {}, float(_TOP)
    for one in branches:
        found[one.ref] = y
        y += max(_BLOCK_HIGH, len(one.leaves) * _ROW) + _GAP
    return found, y - _TOP


def _rows(branches: Sequence[Branch], tops: Mapping[str, float]) -> dict[str, float]:
    """The middle of each competency."""
    return {leaf.ref: tops[one.ref] + _ROW * (rank + 0.5) for one in branches for rank, leaf in enumerate(one.leaves)}


def _whole(title: str, middle: float) -> str:
    lines = broken(title, 84, 3, SMALL, bold=True)
    high = 14 * len(lines) + 14
    first = middle - high / 2
    return box(_WHOLE, first, 92, high, fill="#eef3f8", stroke=INK, rx=4) + "".join(
        text(said, _WHOLE + 6, first + 18 + 14 * rank, size=SMALL, bold=True) for rank, said in enumerate(lines)
    )


def _branch(one: Branch, top: float, rows: Mapping[str, float]) -> Iterator[str]:
    """A block, and its competencies beside it."""
    for leaf in one.leaves:
        yield _joint(_BLOCK + _BLOCK_WIDE, top + _BLOCK_HIGH / 2, _PART, rows[leaf.ref])
    yield box(_BLOCK, top, _BLOCK_WIDE, _BLOCK_HIGH, fill=PANEL, stroke=LINE, rx=4)
    words = _counts(one.texts, one.modules)
    yield text(one.code, _BLOCK + 8, top + 16, bold=True, room=_BLOCK_WIDE - 24 - width(words, SMALL))
    yield text(words, _BLOCK + _BLOCK_WIDE - 8, top + 16, size=SMALL, anchor="end", fill=MUTED)
    for rank, said in enumerate(broken(one.title, _BLOCK_WIDE - 16, 2, SMALL)):
        yield text(said, _BLOCK + 8, top + 30 + 13 * rank, size=SMALL, fill=MUTED)
    for leaf in one.leaves:
        yield from _leaf(leaf, rows[leaf.ref])


def _leaf(one: Leaf, y: float) -> Iterator[str]:
    words = _counts(0, one.modules)
    room = _RIGHT - _PART - 8 - (width(words, SMALL) + 8 if words else 0)
    yield text(f"{one.code}  {one.title}", _PART + 6, y + 4, size=SMALL, room=room)
    if words:
        yield text(words, _RIGHT, y + 4, size=SMALL, anchor="end", fill=MUTED)


def _counts(texts: int, modules: int) -> str:
    told = [say_n("§ {count} texte", "§ {count} textes", texts)] if texts else []
    told += [say_n("{count} module", "{count} modules", modules)] if modules else []
    return " · ".join(told)


def _joint(x: float, y: float, end: float, down: float) -> str:
    half = (x + end) / 2
    return path(
        f"M{number(x)},{number(y)}C{number(half)},{number(y)} {number(half)},{number(down)} {number(end)},{number(down)}",
        stroke=LINE,
        width=1.2,
    )


def _arrow(one: Before, rows: Mapping[str, float]) -> str:
    """From the competency that comes before to the one that needs it, in the margin."""
    colour, wide, dashes = _STRICT if one.strict else _ADVISED
    start, end, x = rows[one.start], rows[one.end], _RIGHT + 6
    far = x + min(18 + abs(end - start) / 8, 44)
    curve = f"M{x},{number(start)}C{number(far)},{number(start)} {number(far)},{number(end)} {x + 5},{number(end)}"
    tip = f"M{x + 6},{number(end - 4)}L{x},{number(end)}L{x + 6},{number(end + 4)}"
    return path(curve, stroke=colour, width=wide, dashes=dashes) + path(tip, stroke=colour, width=wide)


def _keys(drawn: Sequence[Before]) -> list[Key]:
    told = ((True, say("à avoir avant"), _STRICT), (False, say("à avoir avant, de préférence"), _ADVISED))
    return [
        Key(words, drawn=line(0, 0, 18, 0, stroke=stroke[0], width=stroke[1], dashes=stroke[2]))
        for strict, words, stroke in told
        if any(one.strict is strict for one in drawn)
    ]


# -- in words -------------------------------------------------------------------------------------------------------------


def _told(title: str, branches: Sequence[Branch], before: Sequence[Before]) -> str:
    count = sum(len(one.leaves) for one in branches)
    blocks = say_n("{count} bloc", "{count} blocs", len(branches))
    told = f"{labelled(title, blocks)}, {say_n('{count} compétence', '{count} compétences', count)}."
    if not before:
        return " ".join([told, say("Aucun texte lu ne dit dans quel ordre les acquérir.")])
    links = say_n("{count} ordre à respecter ou conseillé.", "{count} ordres à respecter ou conseillés.", len(before))
    return f"{told} {links}"


def _table(branches: Sequence[Branch], before: Sequence[Before]) -> Table:
    codes = {leaf.ref: leaf.code for one in branches for leaf in one.leaves}
    return Table(
        name=say("Graphe"),
        caption=say("Chaque bloc et chaque compétence"),
        columns=(
            Column(title=say("Bloc ou compétence"), weight=3),
            Column(title=say("Textes qui le donnent"), kind=ColumnKind.COUNT),
            Column(title=say("Modules qui y forment"), kind=ColumnKind.COUNT),
            Column(title=say("À avoir avant"), weight=1.5),
        ),
        rows=tuple(_lines(branches, before, codes)),
    )


def _lines(
    branches: Sequence[Branch], before: Sequence[Before], codes: Mapping[str, str]
) -> Iterator[tuple[Cell, ...]]:
    for one in branches:
        yield _line(one.code, one.title, one.texts, one.modules, "")
        for leaf in one.leaves:
            first = ", ".join(codes.get(pair.start, pair.start) for pair in before if pair.end == leaf.ref)
            yield _line(f"{one.code} › {leaf.code}", leaf.title, None, leaf.modules, first)


def _line(code: str, title: str, texts: int | None, modules: int, first: str) -> tuple[Cell, ...]:
    return (
        Cell(text=f"{code} — {title}" if title else code),
        Cell() if texts is None else Cell(text=str(texts), value=texts),
        Cell(text=str(modules), value=modules),
        Cell(text=first),
    )
