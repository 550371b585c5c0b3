"""Two referentials side by side (*carte d'une passerelle*): their blocks, and what leads from one to the other.

A line is a text that speaks of both ends; its stroke and its word say what it does. A block that no line reaches stays alone:
nothing is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from reports.charts.legend import Key, legend
from reports.charts.lettering import SMALL, broken, width
from reports.charts.svg import INK, LINE, MUTED, PANEL, WIDTH, box, disk, drawing, line, number, path, text
from reports.language import Words, say, say_n, to_say
from reports.paper import Cell, Column, Figure, Table, Tone

_WIDE, _LEFT, _RIGHT = 240, 14, WIDTH - 14 - 240
_TOP, _GAP = 40, 8


_FEW = 8
"""Up to so many boxes on a side, each has room for two lines of its title."""


class Link(StrEnum):
    """What leads from one end to the other, the surest first."""

    AWARD = "award"
    EXEMPT = "exempt"
    REDUCE = "reduce"
    POSSIBLE = "possible"
    EXPECTED = "expected"
    NONE = "none"


LINKS = Words(
    {
        Link.AWARD: to_say("Acquis de droit"),
        Link.EXEMPT: to_say("Dispense"),
        Link.REDUCE: to_say("Allègement de formation"),
        Link.POSSIBLE: to_say("Possible, à confirmer"),
        Link.EXPECTED: to_say("Texte attendu, non lu : rien n'est accordé"),
        Link.NONE: to_say("« Néant » : rien n'est accordé"),
    }
)
"""What each is called."""


class Stroke(NamedTuple):
    """How a line is drawn."""

    colour: str
    width: float
    dashes: str | None


STROKES = {
    Link.AWARD: Stroke("#12406f", 2.6, None),
    Link.EXEMPT: Stroke("#0b6158", 2, "12 3 2 3"),
    Link.REDUCE: Stroke("#0b6158", 2, "8 4"),
    Link.POSSIBLE: Stroke("#8a5200", 2, "2 3"),
    Link.EXPECTED: Stroke("#5f6b77", 1.4, "1 5"),
    Link.NONE: Stroke("#5f6b77", 1.4, "4 6"),
}

_TONES = {Link.AWARD: Tone.BY_RIGHT, Link.POSSIBLE: Tone.TO_CONFIRM, Link.EXEMPT: Tone.BY_RIGHT}


@dataclass(frozen=True, slots=True)
class End:
    """A block, or the whole: its reference, its code, its title, and where things stand in a word or two."""

    ref: str
    code: str
    title: str
    words: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A text that leads from an end on the left to one on the right; ``number`` is its rank in the list of texts."""

    start: str
    end: str
    link: Link
    number: int
    text: str


def bridge_map(starts: Sequence[End], ends: Sequence[End], ties: Sequence[Tie], *, name: str = "carte") -> Figure:
    """Ends side by side, joined by the texts.

    Parameters
    ----------
    starts, ends : sequence of End
        From the top down; the whole comes first.
    ties : sequence of Tie
        Those whose ends are both there are drawn; all are in the table.
    """
    caption = say("Ce qui mène de l'un à l'autre")
    told = _told(ends, ties)
    table = _table(starts, ends, ties)
    svg = _svg(starts, ends, ties, name, caption, told)
    return Figure(name=table.name, caption=caption, alternative=told, svg=svg, table=table)


# -- the drawing ----------------------------------------------------------------------------------------------------------


def _svg(starts: Sequence[End], ends: Sequence[End], ties: Sequence[Tie], name: str, title: str, told: str) -> str:
    most = max(len(starts), len(ends))
    box_high = 58 if most <= _FEW else 44
    high = most * (box_high + _GAP)
    lefts, rights = _places(starts, high, box_high), _places(ends, high, box_high)
    drawn = [tie for tie in ties if tie.start in lefts and tie.end in rights]
    keys, deep = legend(name, _keys(drawn), _LEFT, WIDTH - 14, _TOP + high + 12)
    return drawing(
        name,
        _TOP + high + 12 + deep + 8,
        title,
        told,
        text(say("Ce qui est détenu"), _LEFT, 26, bold=True),
        text(say("Ce qui est visé"), _RIGHT, 26, bold=True),
        *_joined(drawn, lefts, rights, box_high),
        *(_end(one, _LEFT, lefts[one.ref], box_high) for one in starts),
        *(_end(one, _RIGHT, rights[one.ref], box_high) for one in ends),
        keys,
    )


def _places(ends: Sequence[End], high: float, box_high: float) -> dict[str, float]:
    """The top of each box, the column in the middle of the height."""
    first = _TOP + (high - len(ends) * (box_high + _GAP)) / 2
    return {one.ref: first + rank * (box_high + _GAP) for rank, one in enumerate(ends)}


def _end(one: End, left: float, top: float, high: float) -> str:
    ground, outline = ("#eef3f8", INK) if one.whole else (PANEL, LINE)
    lines = broken(one.title, _WIDE - 18, 2 if high > 50 else 1, SMALL)
    room = _WIDE - 24 - width(one.words, SMALL)
    return "".join(
        [
            box(left, top, _WIDE, high, fill=ground, stroke=outline, rx=4),
            text(one.code, left + 9, top + 18, bold=True, room=room),
            text(one.words, left + _WIDE - 9, top + 18, size=SMALL, anchor="end") if one.words else "",
            *(text(said, left + 9, top + 34 + 14 * rank, size=SMALL, fill=MUTED) for rank, said in enumerate(lines)),
        ]
    )


def _joined(ties: Sequence[Tie], lefts: Mapping[str, float], rights: Mapping[str, float], high: float) -> Iterator[str]:
    """The lines, the surest above the others; those of one text to one end meet there, under its number."""
    arriving: dict[str, list[int]] = defaultdict(list)
    for tie in ties:
        if tie.number not in arriving[tie.end]:
            arriving[tie.end].append(tie.number)

    def arrival(tie: Tie) -> float:
        some = arriving[tie.end]
        return rights[tie.end] + high * (some.index(tie.number) + 1) / (len(some) + 1)

    for tie in sorted(ties, key=lambda one: -list(Link).index(one.link)):
        yield _line(tie, lefts[tie.start] + high / 2, arrival(tie))
    for tie in {(one.end, one.number): one for one in ties}.values():
        yield _number(tie, arrival(tie), 22 + 18 * (arriving[tie.end].index(tie.number) % 2))


def _line(tie: Tie, start: float, end: float) -> str:
    left, right = _LEFT + _WIDE, _RIGHT
    half = (left + right) / 2
    stroke = STROKES[tie.link]
    curve = (
        f"M{number(left)},{number(start)}C{number(half)},{number(start)} {number(half)},{number(end)} "
        f"{number(right - 44)},{number(end)}L{number(right)},{number(end)}"
    )
    return path(curve, stroke=stroke.colour, width=stroke.width, dashes=stroke.dashes)


def _number(tie: Tie, y: float, before: float) -> str:
    x = _RIGHT - before + 6
    said = text(str(tie.number), x, y + 4, size=SMALL, anchor="middle", bold=True, fill=STROKES[tie.link].colour)
    return disk(x, y, 8, fill=PANEL, stroke=STROKES[tie.link].colour, width=1.2) + said


def _keys(ties: Sequence[Tie]) -> list[Key]:
    used = [link for link in Link if any(tie.link is link for tie in ties)]
    return [Key(LINKS[link], drawn=sample(STROKES[link])) for link in used]


def sample(stroke: Stroke) -> str:
    """A short line as it is drawn, for a legend."""
    return line(0, 0, 18, 0, stroke=stroke.colour, width=stroke.width, dashes=stroke.dashes)


# -- in words -------------------------------------------------------------------------------------------------------------


def _told(ends: Sequence[End], ties: Sequence[Tie]) -> str:
    reached = {tie.end for tie in ties}
    codes = {one.ref: one.code for one in ends}
    told = [
        say(
            "{end} : {link}, par le texte {number}.",
            end=codes.get(tie.end, tie.end),
            link=LINKS[tie.link],
            number=tie.number,
        )
        for tie in ties
    ]
    alone = [one.code for one in ends if not one.whole and one.ref not in reached]
    if alone:
        told.append(say("Aucun texte pour {blocks}.", blocks=", ".join(alone)))
    return " ".join([say_n("{count} lien.", "{count} liens.", len(ties)), *told])


def _table(starts: Sequence[End], ends: Sequence[End], ties: Sequence[Tie]) -> Table:
    codes = {one.ref: one.code for one in (*starts, *ends)}
    return Table(
        name=say("Carte"),
        caption=say("Chaque lien, et le texte qui le fait"),
        columns=(
            Column(title=say("Vers"), weight=1),
            Column(title=say("Depuis"), weight=1),
            Column(title=say("Ce que dit le texte"), weight=1.4),
            Column(title=say("Texte"), weight=3),
        ),
        rows=tuple(_rows(ends, ties, codes)),
    )


def _rows(ends: Sequence[End], ties: Sequence[Tie], codes: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """Each end in its order with its links; one that nothing reaches says so."""
    for one in ends:
        some = [tie for tie in ties if tie.end == one.ref]
        for tie in some:
            yield (
                Cell(text=one.code),
                Cell(text=codes.get(tie.start, tie.start)),
                Cell(text=LINKS[tie.link], tone=_TONES.get(tie.link, Tone.NEUTRAL)),
                Cell(text=f"{tie.number}. {tie.text}"),
            )
        if not some and not one.whole:
            yield Cell(text=one.code), Cell(), Cell(text=say("rien"), tone=Tone.MISSING), Cell()
