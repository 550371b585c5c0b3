"""The target block by block, before and after (*couverture des blocs*): two bars a block, each with its words.

A bar is as long as its block; its parts are competencies in each state. A block whose competencies are not known is one part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pathways.gap import State
from reports.charts.legend import Key, legend
from reports.charts.lettering import SMALL, broken
from reports.charts.paints import STROKES, Paint, fill, patterns
from reports.charts.svg import GRID, HEIGHT, MUTED, PANEL, WIDTH, box, drawing, line, text
from reports.language import Words, say, say_n, to_say
from reports.paper import Cell, Column, Figure, Table, Tone
from reports.wording import enumeration

_LEFT, _BEFORE, _AFTER, _BAR = 14, 252, 486, 220
_HEAD, _ROW = 46, 56


class Share(StrEnum):
    """Where a part of a block stands, in the order of the bar."""

    BY_RIGHT = "by_right"
    BY_PROOF = "by_proof"
    PLANNED = "planned"
    TO_CONFIRM = "to_confirm"
    MISSING = "missing"


SHARES = Words(
    {
        Share.BY_RIGHT: to_say("Acquis de droit"),
        Share.BY_PROOF: to_say("Acquis par preuve"),
        Share.PLANNED: to_say("Obtenu par ce parcours"),
        Share.TO_CONFIRM: to_say("À confirmer"),
        Share.MISSING: to_say("À acquérir"),
    }
)
"""What each is called."""

_PAINTS = {
    Share.BY_RIGHT: Paint.DARK,
    Share.BY_PROOF: Paint.DOTS,
    Share.PLANNED: Paint.STRIPES,
    Share.TO_CONFIRM: Paint.HATCH,
    Share.MISSING: Paint.EMPTY,
}

_SIGNS = {Share.BY_RIGHT: "§", Share.BY_PROOF: "✓", Share.PLANNED: "→", Share.TO_CONFIRM: "?", Share.MISSING: "○"}

_TONES = {
    Share.BY_RIGHT: Tone.BY_RIGHT,
    Share.BY_PROOF: Tone.BY_PROOF,
    Share.PLANNED: Tone.NEUTRAL,
    Share.TO_CONFIRM: Tone.TO_CONFIRM,
    Share.MISSING: Tone.MISSING,
}

OF_STATE = {
    State.BY_RIGHT: Share.BY_RIGHT,
    State.BY_PROOF: Share.BY_PROOF,
    State.TO_CONFIRM: Share.TO_CONFIRM,
    State.PARTIAL: Share.MISSING,
    State.MISSING: Share.MISSING,
}
"""The share of a competency, or of a block that is one part, in each state."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A block before and after: the share of each of its competencies, or of the block alone when it is one part.

    ``after`` is empty where no plan was computed.
    """

    code: str
    title: str
    before: tuple[Share, ...]
    after: tuple[Share, ...] = ()


def blocks(fillings: Sequence[Filling], *, name: str = "blocs") -> tuple[Figure, ...]:
    """The blocks in order, each filling up; nothing where there is none."""
    room = (HEIGHT - _HEAD - 70) // _ROW
    count = -(-len(fillings) // room)
    size = -(-len(fillings) // count) if count else 0
    parts = [fillings[start : start + size] for start in range(0, len(fillings), size)] if size else []
    return tuple(
        _figure(part, f"{name}-{index}", index if count > 1 else 0) for index, part in enumerate(parts, start=1)
    )


def _figure(fillings: Sequence[Filling], name: str, part: int) -> Figure:
    both = any(one.after for one in fillings)
    caption = say("Les blocs de la cible, avant et après ce parcours") if both else say("Les blocs de la cible")
    told = " ".join(_told(one) for one in fillings)
    table = _table(fillings, part, both)
    svg = _svg(fillings, name, caption, told, both)
    return Figure(name=table.name, caption=caption, alternative=told, svg=svg, table=table)


# -- the drawing ----------------------------------------------------------------------------------------------------------


def _svg(fillings: Sequence[Filling], name: str, title: str, told: str, both: bool) -> str:
    bottom = _HEAD + _ROW * len(fillings)
    used = [share for share in Share if any(share in one.before + one.after for one in fillings)]
    keys, deep = legend(name, [Key(_named(share), _PAINTS[share]) for share in used], _LEFT, WIDTH - 14, bottom + 14)
    after = text(say("Après ce parcours"), _AFTER, 28, bold=True) if both else ""
    return drawing(
        name,
        bottom + 14 + deep + 8,
        title,
        told,
        text(say("Aujourd'hui"), _BEFORE, 28, bold=True) + after,
        line(_LEFT, _HEAD - 6, WIDTH - 14, _HEAD - 6, stroke=GRID),
        *(_row(one, name, _HEAD + _ROW * index, both) for index, one in enumerate(fillings)),
        keys,
        patterns=patterns(name, (_PAINTS[share] for share in used)),
    )


def _row(one: Filling, name: str, top: float, both: bool) -> str:
    words = broken(one.title, _BEFORE - _LEFT - 18, 2, SMALL)
    drawn = [text(one.code, _LEFT, top + 16, bold=True, room=_BEFORE - _LEFT - 18)]
    drawn += [text(said, _LEFT, top + 30 + 13 * index, size=SMALL, fill=MUTED) for index, said in enumerate(words)]
    drawn += _bar(one.before, name, _BEFORE, top)
    drawn += _bar(one.after or one.before, name, _AFTER, top) if both else []
    bottom = top + _ROW - 6
    return "".join([*drawn, line(_LEFT, bottom, WIDTH - 14, bottom, stroke=GRID)])


def _bar(shares: Sequence[Share], name: str, left: float, top: float) -> Iterator[str]:
    x = left
    for share, count in _counted(shares):
        wide = _BAR * count / len(shares)
        paint = _PAINTS[share]
        yield box(x, top + 6, wide, 18, fill=fill(name, paint), stroke=STROKES[paint])
        if wide >= 22:
            yield from _sign(share, x + wide / 2, top + 15)
        x += wide
    yield text(_summed(shares), left, top + 40, size=SMALL, room=_BAR)


def _sign(share: Share, x: float, y: float) -> Iterator[str]:
    """The sign of a share, on a light ground of its own where the paint is a pattern."""
    dark = _PAINTS[share] is Paint.DARK
    if not dark:
        yield box(x - 8, y - 7, 16, 14, fill=PANEL, rx=3)
    yield text(_SIGNS[share], x, y + 4.5, anchor="middle", bold=True, fill=PANEL if dark else STROKES[_PAINTS[share]])


# -- in words -------------------------------------------------------------------------------------------------------------


def _counted(shares: Sequence[Share]) -> list[tuple[Share, int]]:
    counts = Counter(shares)
    return [(share, counts[share]) for share in Share if counts[share]]


def _named(share: Share) -> str:
    return f"{_SIGNS[share]} {SHARES[share]}"


def _summed(shares: Sequence[Share]) -> str:
    """A bar in words: its state when there is only one, else how many competencies are acquired."""
    counted = _counted(shares)
    if len(counted) == 1:
        return _named(counted[0][0])
    gained = sum(count for share, count in counted if share not in (Share.TO_CONFIRM, Share.MISSING))
    told = say_n("{count} compétence sur {every}", "{count} compétences sur {every}", gained, every=len(shares))
    unsure = dict(counted).get(Share.TO_CONFIRM, 0)
    return f"{told}, {say('{count} à confirmer', count=unsure)}" if unsure else told


def _detailed(shares: Sequence[Share]) -> str:
    """A bar in words, every state with its count."""
    counted = _counted(shares)
    if len(counted) == 1:
        return _named(counted[0][0])
    return enumeration([f"{_named(share)} ({count})" for share, count in counted])


def _told(one: Filling) -> str:
    before = say("{block} : {state}", block=one.code, state=_detailed(one.before))
    if not one.after or one.after == one.before:
        return f"{before}."
    return say("{before}, puis {after}.", before=before, after=_detailed(one.after))


def _table(fillings: Sequence[Filling], part: int, both: bool) -> Table:
    columns = [Column(title=say("Bloc"), weight=0.7), Column(title=say("Intitulé"), weight=2.5)]
    columns.append(Column(title=say("Aujourd'hui"), weight=1.6))
    if both:
        columns.append(Column(title=say("Après ce parcours"), weight=1.6))
    return Table(
        name=say("Blocs {part}", part=part) if part else say("Blocs"),
        caption=say("Les blocs de la cible, avec le nombre de compétences dans chaque état"),
        columns=tuple(columns),
        rows=tuple(tuple(_cells(one, both)) for one in fillings),
    )


def _cells(one: Filling, both: bool) -> Iterator[Cell]:
    yield Cell(text=one.code)
    yield Cell(text=one.title)
    yield Cell(text=_detailed(one.before), tone=_tone(one.before))
    if both:
        after = one.after or one.before
        yield Cell(text=_detailed(after), tone=_tone(after))


def _tone(shares: Sequence[Share]) -> Tone:
    counted = _counted(shares)
    return _TONES[counted[0][0]] if len(counted) == 1 else Tone.PARTIAL
