"""How a drawing is read again: what every one of them must be, and the words that stand on it."""

import re
import xml.etree.ElementTree as ElementTree

from reports.charts.svg import WIDTH
from reports.paper import Figure

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "desc", "defs", "pattern", "g", "rect", "line", "path", "circle", "polygon", "text"}
REFERENCES = re.compile(r"url\(#([^)]*)\)")


def read(figure: Figure) -> ElementTree.Element:
    """The drawing, once it is sure that it is one that any reader shows alike."""
    root = ElementTree.fromstring(figure.svg)
    every = list(root.iter())
    assert {element.tag.removeprefix(SVG) for element in every} <= DRAWN
    assert root.get("role") == "img"
    assert float(root.get("width", "0")) <= WIDTH
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text
    assert description is not None
    assert description.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    identifiers = [name for element in every if (name := element.get("id"))]
    assert len(identifiers) == len(set(identifiers))
    assert set(REFERENCES.findall(figure.svg)) <= set(identifiers)
    attributes = {name for element in every for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "class") or "href" in name}
    assert {float(element.get("font-size", "12")) for element in root.iter(f"{SVG}text")} <= {11.0, 12.0}
    return root


def words(figure: Figure) -> list[str]:
    """What is written on a drawing, in its order, with ordinary spaces."""
    return [plain(element.text or "") for element in read(figure).iter(f"{SVG}text")]


def plain(text: str) -> str:
    """The text as a keyboard writes it: ordinary spaces, straight apostrophes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def rows(figure: Figure) -> list[list[str]]:
    """The table of a figure, in words."""
    return [[plain(cell.text) for cell in row] for row in figure.table.rows]


def inside(figure: Figure) -> bool:
    """Whether no box and no line leaves the drawing."""
    root = read(figure)
    wide, high = float(root.get("width", "0")), float(root.get("height", "0"))
    boxes = [element for element in root if element.tag == f"{SVG}rect"]
    return all(
        value("x", box) >= -0.6
        and value("x", box) + value("width", box) <= wide + 0.6
        and value("y", box) >= -0.6
        and value("y", box) + value("height", box) <= high + 0.6
        for box in boxes
    )


def value(name: str, element: ElementTree.Element) -> float:
    """A length of an element."""
    return float(element.get(name, "0"))
