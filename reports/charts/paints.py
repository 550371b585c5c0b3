"""Paints (*trames*): how each state and each kind of step is filled, so that it is known without its colour.

Dark, light, dotted, hatched, striped: told apart in black and white, on paper, and in the three colour deficiencies.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from reports.charts.svg import element


class Paint(StrEnum):
    """A way to fill a shape."""

    DARK = "dark"
    PLAIN = "plain"
    DOTS = "dots"
    HATCH = "hatch"
    STRIPES = "stripes"
    WARM = "warm"
    CROSS = "cross"
    CLOSED = "closed"
    EMPTY = "empty"


_FILLS = {Paint.DARK: "#12406f", Paint.PLAIN: "#2f6fae", Paint.WARM: "#a84300", Paint.EMPTY: "#ffffff"}

STROKES = {
    Paint.DARK: "#12406f",
    Paint.PLAIN: "#1d5288",
    Paint.DOTS: "#12406f",
    Paint.HATCH: "#8a5200",
    Paint.STRIPES: "#0b6158",
    Paint.WARM: "#a84300",
    Paint.CROSS: "#2f6fae",
    Paint.CLOSED: "#b3bbc4",
    Paint.EMPTY: "#5f6b77",
}
"""The outline of each."""

_GROUNDS = {
    Paint.DOTS: "#cfe3f4",
    Paint.HATCH: "#fff3da",
    Paint.STRIPES: "#d5f0ea",
    Paint.CROSS: "#e6f0f9",
    Paint.CLOSED: "#f1f3f5",
}


_SIDES = {Paint.CLOSED: 10, Paint.CROSS: 8}


def fill(name: str, paint: Paint) -> str:
    """What fills a shape of a drawing: a colour, or a pattern of that drawing."""
    return _FILLS.get(paint) or f"url(#{name}-{paint.value})"


def patterns(name: str, used: Iterable[Paint]) -> str:
    """The patterns that a drawing uses."""
    wanted = set(used)
    return "".join(_pattern(name, one) for one in Paint if one in wanted and one in _GROUNDS)


def _pattern(name: str, paint: Paint) -> str:
    side = _SIDES.get(paint, 6)
    return element(
        "pattern",
        element("rect", width=side, height=side, fill=_GROUNDS[paint]),
        *_motif(paint, side),
        id=f"{name}-{paint.value}",
        width=side,
        height=side,
        patternUnits="userSpaceOnUse",
    )


def _motif(paint: Paint, side: float) -> Iterable[str]:
    ink = STROKES[paint]
    half = side / 2
    if paint is Paint.DOTS:
        yield element("circle", cx=half, cy=half, r=1.4, fill=ink)
    elif paint is Paint.STRIPES:
        yield element("rect", x=half - 1, width=2, height=side, fill=ink)
    else:
        width = 1.5 if paint is Paint.HATCH else 0.8
        rising = f"M-1,1L1,-1M0,{side}L{side},0M{side - 1},{side + 1}L{side + 1},{side - 1}"
        yield element("path", d=rising, stroke=ink, stroke_width=width)
        if paint is Paint.CROSS:
            falling = f"M-1,{side - 1}L1,{side + 1}M0,0L{side},{side}M{side - 1},-1L{side + 1},1"
            yield element("path", d=falling, stroke=ink, stroke_width=width)
