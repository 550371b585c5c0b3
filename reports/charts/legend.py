"""The key of a drawing (*légende*): a sample of each mark that it uses, and its word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reports.charts.lettering import SMALL, width
from reports.charts.paints import STROKES, Paint, fill
from reports.charts.svg import MUTED, box, text

_SAMPLE, _GAP, _LINE = 18, 16, 18


class Key(NamedTuple):
    """A mark and its word; ``drawn`` is the mark itself at (0, 0) where it is not a painted box."""

    words: str
    paint: Paint = Paint.EMPTY
    drawn: str = ""


def legend(name: str, keys: Sequence[Key], left: float, right: float, top: float) -> tuple[str, float]:
    """The key, over as many lines as it takes, and its height in pixels."""
    x, y, marks = left, top, []
    for key in keys:
        wide = _SAMPLE + 6 + width(key.words, SMALL)
        if x > left and x + wide > right:
            x, y = left, y + _LINE
        marks.append(_sample(name, key, x, y))
        marks.append(text(key.words, x + _SAMPLE + 6, y + 10, size=SMALL, fill=MUTED, room=right - x - _SAMPLE - 6))
        x += wide + _GAP
    return "".join(marks), y - top + _LINE


def _sample(name: str, key: Key, x: float, y: float) -> str:
    if key.drawn:
        return f'<g transform="translate({x:.1f} {y + 6:.1f})">{key.drawn}</g>'
    return box(x, y, _SAMPLE, 12, fill=fill(name, key.paint), stroke=STROKES[key.paint], rx=2)
