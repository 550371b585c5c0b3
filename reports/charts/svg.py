"""Elements of a drawing (*SVG*) as text: escaped, with short numbers, in the order they are given."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, pi, sin
from xml.sax.saxutils import escape, quoteattr

from reports.charts.lettering import SIZE, fitted
from reports.plain_text import plain

INK, MUTED, LINE, GRID, PANEL = "#1f2933", "#4b5763", "#8a94a0", "#dfe3e8", "#ffffff"
"""Words, lesser words, outlines, background lines, background: the first two are AA on the last."""

WIDTH = 720
"""Width of a drawing, in pixels: that of the text of an A4 page."""

HEIGHT = 900
"""What a drawing may take of a page, in pixels; longer ones are cut in several."""

Attribute = str | float | None


def element(name: str, *inside: str, **attributes: Attribute) -> str:
    """One element with what it holds, already written; ``_`` in a name stands for ``-``, and what is ``None`` is left out.

    Examples
    --------
    >>> element("rect", x=1.22, fill_opacity=0.5, rx=None, fill='"><script>')
    '<rect x="1.2" fill-opacity="0.5" fill=\\'"&gt;&lt;script&gt;\\'/>'
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_value(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """A length with one decimal at most.

    Examples
    --------
    >>> number(3.0), number(1 / 3), number(-0.01)
    ('3', '0.3', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def said(text: str) -> str:
    """The content of a text, on one line, with nothing in it that acts."""
    return escape(" ".join(plain(text).split()))


def text(
    words: str,
    x: float,
    y: float,
    *,
    size: float = SIZE,
    anchor: str | None = None,
    fill: str = INK,
    bold: bool = False,
    room: float | None = None,
) -> str:
    """Words on a line, cut to the room there is.

    Parameters
    ----------
    x, y : float
        Where the line of writing starts, in pixels; with ``anchor="middle"`` or ``"end"``, its middle or its end.
    room : float, optional
        The width that the words may take, in pixels.
    """
    shown = words if room is None else fitted(words, room, size, bold=bold)
    weight = "bold" if bold else None
    return element("text", said(shown), x=x, y=y, font_size=size, text_anchor=anchor, fill=fill, font_weight=weight)


def line(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str = GRID, width: float = 1, dashes: str | None = None
) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dashes)


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = "none",
    stroke: str | None = None,
    rx: float | None = None,
) -> str:
    """A rectangle."""
    return element("rect", x=x, y=y, width=max(width, 0), height=height, fill=fill, stroke=stroke, rx=rx)


def path(
    points: str, *, fill: str = "none", stroke: str | None = None, width: float = 1, dashes: str | None = None
) -> str:
    """A line of any shape."""
    return element("path", d=points, fill=fill, stroke=stroke, stroke_width=width, stroke_dasharray=dashes)


def diamond(x: float, y: float, radius: float, *, fill: str, stroke: str | None = None) -> str:
    """A square on its corner, around a point."""
    return _polygon(((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)), fill, stroke)


def star(x: float, y: float, radius: float, *, fill: str, stroke: str | None = None) -> str:
    """A star with five points, around a point."""
    angles = ((pi * index / 5, radius * (0.45 if index % 2 else 1)) for index in range(10))
    return _polygon(((x + far * sin(angle), y - far * cos(angle)) for angle, far in angles), fill, stroke)


def _polygon(around: Iterable[tuple[float, float]], fill: str, stroke: str | None) -> str:
    points = " ".join(f"{number(x)},{number(y)}" for x, y in around)
    return element("polygon", points=points, fill=fill, stroke=stroke)


def disk(x: float, y: float, radius: float, *, fill: str, stroke: str | None = None, width: float | None = None) -> str:
    """A disk around a point."""
    return element("circle", cx=x, cy=y, r=radius, fill=fill, stroke=stroke, stroke_width=width)


def drawing(
    name: str, height: float, title: str, description: str, *marks: str, patterns: str = "", width: float = WIDTH
) -> str:
    """A whole drawing on its panel.

    Parameters
    ----------
    name : str
        Starts every identifier of the drawing; one page may hold several drawings.
    title, description : str
        What those hear who don't see it.
    """
    return element(
        "svg",
        element("title", said(title), id=f"{name}-title"),
        element("desc", said(description), id=f"{name}-desc"),
        element("defs", patterns) if patterns else "",
        box(0.5, 0.5, width - 1, height - 1, fill=PANEL, stroke=GRID, rx=6),
        *marks,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family="sans-serif",
        font_size=SIZE,
    )
