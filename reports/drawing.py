"""A drawing that only draws (*dessin inerte*): the SVG of a figure, refused if it could act or fetch.

A drawing stands inside a page as it is, so it is checked when its figure is made: shapes, text and their style, and nothing that
runs, links, or asks for a file.
"""

from __future__ import annotations

import re
from typing import Annotated
from xml.etree import ElementTree

from pydantic import AfterValidator

SVG = "{http://www.w3.org/2000/svg}"
DRAWS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "title",
        "desc",
        "text",
        "tspan",
        "rect",
        "line",
        "polyline",
        "polygon",
        "path",
        "circle",
        "ellipse",
        "marker",
        "pattern",
        "clipPath",
        "linearGradient",
        "radialGradient",
        "stop",
        "symbol",
        "use",
    ]
)
"""The elements that a drawing may have."""

_ACTS = re.compile(r"on\w+|.*href|src|style", re.IGNORECASE)
_FETCHES = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|@import|expression\(", re.IGNORECASE)


def drawing(svg: str) -> str:
    """The drawing itself, once checked.

    Raises
    ------
    ValueError
        It is no SVG, or holds something that does not draw.

    Examples
    --------
    >>> drawing('<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>')[:4]
    '<svg'
    >>> drawing('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
    Traceback (most recent call last):
    ValueError: a drawing may not hold <script>
    """
    if "<!" in svg or "<?" in svg:
        raise ValueError("a drawing has no declarations, comments or instructions")
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise ValueError(f"a drawing is SVG: {error}") from None
    for element in root.iter():
        _only_draws(element)
    return svg


def _only_draws(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(SVG)
    if name not in DRAWS:
        raise ValueError(f"a drawing may not hold <{name}>")
    for key, value in element.attrib.items():
        inside = _ACTS.fullmatch(key) and not (key == "href" and value.startswith("#"))
        if inside or _FETCHES.search(value):
            raise ValueError(f"a drawing may not hold {key.rpartition('}')[2]}={value[:40]!r}")


Drawing = Annotated[str, AfterValidator(drawing)]
"""An SVG that only draws."""
