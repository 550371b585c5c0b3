"""All passerelles of a day in one drawing (*carte des passerelles*): what is held on the left, what it leads to on the right.

A line is a pair of which a text speaks; its stroke says what it gives at most. Both sides are put in the order that crosses the fewest
lines: each end stands near the middle of those that it is joined to (the barycentre heuristic of Sugiyama, Tagawa and Toda, 1981).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.charts.bridge_map import LINKS, STROKES, Link, sample
from reports.charts.legend import Key, legend
from reports.charts.lettering import SMALL
from reports.charts.svg import INK, LINE, MUTED, PANEL, WIDTH, box, drawing, number, path, text
from reports.language import say, say_n
from reports.paper import Cell, Column, Figure, Table

_LEFT, _FROM, _TO, _RIGHT = 14, 276, 412, WIDTH - 14
_TOP, _STEP, _LEAST = 44, 22, 30
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Crossing:
    """A pair: both ends by their reference and their name, what it gives at most, and that in words."""

    start: str
    start_name: str
    target: str
    target_name: str
    link: Link
    words: str


def whole_map(crossings: Sequence[Crossing], *, name: str = "carte") -> Figure:
    """The pairs of a day, joined.

    Parameters
    ----------
    crossings : sequence of Crossing
        One for each pair, in any order.
    """
    caption = say("Qui mène où")
    starts, targets = _ordered(crossings)
    told = _told(crossings, starts, targets)
    table = _table(crossings)
    svg = _svg(crossings, starts, targets, name, caption, told)
    return Figure(name=table.name, caption=caption, alternative=told, svg=svg, table=table)


# -- order ----------------------------------------------------------------------------------------------------------------


def _ordered(crossings: Sequence[Crossing]) -> tuple[list[str], list[str]]:
    """Both sides, each end near those that it is joined to."""
    after, before = defaultdict(set), defaultdict(set)
    for one in crossings:
        after[one.start].add(one.target)
        before[one.target].add(one.start)
    starts, targets = sorted(after), sorted(before)
    for _round in range(_ROUNDS):
        starts = _near(starts, after, targets)
        targets = _near(targets, before, starts)
    return starts, targets


def _near(ends: Sequence[str], joined: Mapping[str, Iterable[str]], others: Sequence[str]) -> list[str]:
    rank = {one: place for place, one in enumerate(others)}
    middle = {one: sum(rank[other] for other in joined[one]) / len(list(joined[one])) for one in ends}
    return sorted(ends, key=lambda one: (middle[one], one))


# -- the drawing ----------------------------------------------------------------------------------------------------------


def _svg(
    crossings: Sequence[Crossing], starts: Sequence[str], targets: Sequence[str], name: str, title: str, told: str
) -> str:
    high = max(len(starts) * _STEP, len(targets) * _LEAST)
    lefts, rights = _places(starts, high), _places(targets, high)
    names = {one.start: one.start_name for one in crossings} | {one.target: one.target_name for one in crossings}
    used = [link for link in Link if any(one.link is link for one in crossings)]
    keys, deep = legend(
        name, [Key(LINKS[one], drawn=sample(STROKES[one])) for one in used], _LEFT, _RIGHT, _TOP + high + 12
    )
    return drawing(
        name,
        _TOP + high + 12 + deep + 8,
        title,
        told,
        text(say("Ce qui est détenu"), _LEFT, 26, bold=True),
        text(say("Ce qui est visé"), _TO, 26, bold=True),
        *_lines(crossings, lefts, rights),
        *(text(names[one], _FROM - 10, y + 4, anchor="end", room=_FROM - 10 - _LEFT) for one, y in lefts.items()),
        *(_target(names[one], sum(pair.target == one for pair in crossings), y) for one, y in rights.items()),
        keys,
    )


def _places(ends: Sequence[str], high: float) -> dict[str, float]:
    """The middle of each end, spread over the height."""
    step = high / max(len(ends), 1)
    return {one: _TOP + step * (rank + 0.5) for rank, one in enumerate(ends)}


def _lines(crossings: Sequence[Crossing], lefts: Mapping[str, float], rights: Mapping[str, float]) -> list[str]:
    """The lines, the surest above the others."""
    half = (_FROM + _TO) / 2
    drawn = []
    for one in sorted(crossings, key=lambda pair: (-list(Link).index(pair.link), pair.start, pair.target)):
        y, end, stroke = lefts[one.start], rights[one.target], STROKES[one.link]
        curve = f"M{_FROM},{number(y)}C{number(half)},{number(y)} {number(half)},{number(end)} {_TO},{number(end)}"
        drawn.append(path(curve, stroke=stroke.colour, width=stroke.width * 0.7, dashes=stroke.dashes))
    return drawn


def _target(name: str, count: int, y: float) -> str:
    told = say_n("{count} départ", "{count} départs", count)
    wide = _RIGHT - _TO
    return "".join(
        [
            box(_TO, y - 13, wide, 26, fill=PANEL, stroke=LINE, rx=4),
            text(name, _TO + 8, y + 4, bold=True, fill=INK, room=wide - 84),
            text(told, _RIGHT - 8, y + 4, size=SMALL, anchor="end", fill=MUTED),
        ]
    )


# -- in words -------------------------------------------------------------------------------------------------------------


def _told(crossings: Sequence[Crossing], starts: Sequence[str], targets: Sequence[str]) -> str:
    return say(
        "{pairs}, de {starts} vers {targets}. Le tableau les donne une à une.",
        pairs=say_n("{count} passerelle", "{count} passerelles", len(crossings)),
        starts=say_n("{count} point de départ", "{count} points de départ", len(starts)),
        targets=say_n("{count} cible", "{count} cibles", len(targets)),
    )


def _table(crossings: Sequence[Crossing]) -> Table:
    return Table(
        name=say("Carte"),
        caption=say("Chaque passerelle, et ce qu'elle donne"),
        columns=(
            Column(title=say("Départ"), weight=2),
            Column(title=say("Arrivée"), weight=2),
            Column(title=say("Ce que cela donne"), weight=2),
        ),
        rows=tuple(
            (Cell(text=one.start_name), Cell(text=one.target_name), Cell(text=one.words))
            for one in sorted(crossings, key=lambda pair: (pair.start_name, pair.target_name, pair.start, pair.target))
        ),
    )
