"""Pieces of WordprocessingML, as text: runs, paragraphs, cells, rows and tables.

References
----------
ECMA-376, part 1, chapter 17.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

WIDTH = 9_865
"""Of the text on a sheet of A4 with margins of 18 mm, in twentieths of a point."""

INDENT = 80
"""What a table is moved to the right by, so that its rules start where the text does: the margin of its cells."""

BOX = (
    '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
    '</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" '
    'w:eastAsia="MS Gothic"/></w:rPr><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>'
)
"""A box that is ticked with a click."""


def element(markup: str) -> BaseOxmlElement:
    """A piece of markup with a single root, as an element."""
    head, mark, rest = markup.partition(" " if " " in markup.partition(">")[0] else ">")
    return parse_xml(f"{head} {nsdecls('w')}{mark}{rest}")


def run(text: str, *, bold: bool = False, ink: str = "") -> str:
    """Words, with their line feeds and tabs.

    Examples
    --------
    >>> run("a < b")
    '<w:r><w:t xml:space="preserve">a &lt; b</w:t></w:r>'
    """
    properties = ("<w:b/>" if bold else "") + (f'<w:color w:val="{ink.lstrip("#")}"/>' if ink else "")
    kept = escape(text).replace("\n", "</w:t><w:br/>" + _TEXT).replace("\t", "</w:t><w:tab/>" + _TEXT)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{_TEXT}{kept}</w:t></w:r>"


_TEXT = '<w:t xml:space="preserve">'


def field(code: str) -> str:
    """A number that the word processor counts: ``PAGE``, ``NUMPAGES``."""
    return f'<w:fldSimple w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def paragraph(
    content: str, style: str, *, right: bool = False, shade: tuple[str, str] | None = None, new_page: bool = False
) -> str:
    """A paragraph of runs in a style; ``shade`` is the ink of its left rule and its ground."""
    properties = f'<w:pStyle w:val="{style}"/>' + ("<w:pageBreakBefore/>" if new_page else "")
    if shade:
        ink, ground = (colour.lstrip("#") for colour in shade)
        properties += f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{ink}"/></w:pBdr>'
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'
    properties += '<w:jc w:val="right"/>' if right else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def cell(content: str, width: int, *, ground: str = "", framed: bool = False) -> str:
    """A cell of paragraphs."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (_FRAME if framed else "")
    properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{ground.lstrip("#")}"/>' if ground else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


_FRAME = "<w:tcBorders>{}</w:tcBorders>".format(
    "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="4F5761"/>'
        for side in ("top", "left", "bottom", "right")
    )
)


def row(cells: Iterable[str], *, head: bool = False, whole: bool = True) -> str:
    """A row; a ``head`` is repeated on each page, a ``whole`` row is not cut between two."""
    properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if head else "")
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def table(
    rows: Iterable[str], widths: Sequence[int], style: str, title: str = "", *, head: bool = False, last: bool = False
) -> str:
    """A table of rows; ``head`` and ``last`` tell that its first row names columns and that its last one is a total."""
    bits = 0x0680 | 0x0020 * head | 0x0040 * last  # the same again, as older programs read it
    looks = f'w:val="{bits:04X}" w:firstRow="{int(head)}" w:lastRow="{int(last)}" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    caption = f"<w:tblCaption w:val={quoteattr(title)}/>" if title else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{INDENT}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook {looks}/>{caption}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def widths(weights: Sequence[float], total: int = WIDTH) -> list[int]:
    """The width of each column, from its share.

    Examples
    --------
    >>> widths((1, 3), 400)
    [100, 300]
    """
    return [round(total * weight / sum(weights)) for weight in weights]
