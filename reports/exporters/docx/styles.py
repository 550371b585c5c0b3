"""The sheet, the styles and the properties of a text document."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from functools import cache
from typing import Any, cast

from docx import Document as new_document
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from reports.exporters.docx.markup import element, field, paragraph, run
from reports.language import NO_BREAK, Language
from reports.paper import Paper
from reports.paper_wording import WORDS
from reports.tones import ACCENT, LINE, PAGE, QUIET

FONT = "Arial"
LANGUAGES = {Language.FRENCH: "fr-FR", Language.ENGLISH: "en-GB"}

# identifier -> name, size, bold, colour, space before and after, in points
STYLES = {
    "Normal": ("Normal", 10, False, PAGE.ink, 0, 6),
    "Title": ("Title", 22, True, ACCENT, 0, 4),
    "Subtitle": ("Subtitle", 11, False, QUIET, 0, 12),
    "Heading1": ("Heading 1", 15, True, ACCENT, 20, 6),
    "Heading2": ("Heading 2", 12, True, ACCENT, 16, 4),
    "Heading3": ("Heading 3", 10.5, True, ACCENT, 12, 4),
    "Caption": ("Caption", 9.5, True, PAGE.ink, 10, 4),
    "ListBullet": ("List Bullet", 10, False, PAGE.ink, 0, 3),
    "Header": ("Header", 8, False, QUIET, 0, 0),
    "Footer": ("Footer", 8, False, QUIET, 0, 0),
    "MainSentence": ("Phrase principale", 12, True, PAGE.ink, 0, 8),
    "Box": ("Case à cocher", 10, False, PAGE.ink, 0, 4),
    "Message": ("Message", 10, False, PAGE.ink, 8, 10),
    "Cell": ("Cellule", 8.5, False, PAGE.ink, 2, 2),
    "HeadCell": ("Titre de colonne", 8, True, QUIET, 2, 2),
    "FigureName": ("Nom de chiffre clé", 8.5, False, QUIET, 4, 0),
    "FigureValue": ("Chiffre clé", 15, True, ACCENT, 0, 4),
    "Note": ("Remarque", 8, False, QUIET, 4, 6),
}

_TABLE_STYLE = f"""<w:style w:type="table" w:customStyle="1" w:styleId="Ruled"><w:name w:val="Tableau filet"/>
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE[1:]}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE[1:]}"/></w:tblBorders>
<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{PAGE.ink[1:]}"/></w:tcBorders></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{PAGE.ink[1:]}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""
_PLAIN_STYLE = """<w:style w:type="table" w:customStyle="1" w:styleId="Boxes"><w:name w:val="Tableau cadres"/>
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>
</w:tblCellMar></w:tblPr></w:style>"""


def sheet(paper: Paper) -> Document:
    """An empty document that bears the styles, the head, the foot and the properties of a paper."""
    document = new_document(io.BytesIO(_blank(paper.language)))
    _head_and_foot(document, paper)
    _properties(document, paper)
    return document


@cache
def _blank(language: Language) -> bytes:
    """An empty document with the styles alone: what the library starts from, without what nothing here uses."""
    document = new_document()
    for part in (document.part.package, document.part):
        _without(part.rels)
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    _styles(document, language)
    _page(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


_UNUSED = ("/thumbnail", "/stylesWithEffects", "/customXml")


def _without(relations: Relationships) -> None:
    for key in [key for key, one in relations.items() if one.reltype.endswith(_UNUSED)]:
        del relations[key]


def _styles(document: Document, language: Language) -> None:
    for identifier, (name, size, bold, colour, before, after) in STYLES.items():
        style = _style(document, identifier, name)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour[1:])
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        _in_font(style)
    for name in ("Caption", "Phrase principale", "Titre de colonne"):
        document.styles[name].paragraph_format.keep_with_next = True
    for border in document.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    document.styles.element.append(element(_TABLE_STYLE))
    document.styles.element.append(element(_PLAIN_STYLE))
    for mark in document.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), LANGUAGES[language])


def _style(document: Document, identifier: str, name: str) -> ParagraphStyle:
    if name in document.styles:
        return cast(ParagraphStyle, document.styles[name])
    style = cast(ParagraphStyle, document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.element.set(qn("w:styleId"), identifier)
    style.base_style = document.styles["Normal"]
    return style


def _in_font(style: ParagraphStyle) -> None:
    """The font by its name; the template names it by the theme, which is another one."""
    properties: Any = style.element.get_or_add_rPr()
    for spread in properties.findall(qn("w:spacing")):
        properties.remove(spread)
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    section.header_distance = section.footer_distance = Mm(11)


def _head_and_foot(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    pages = run(f"{WORDS['page']}{NO_BREAK}") + field("PAGE") + run(f" {WORDS['of']} ") + field("NUMPAGES")
    head = run(f"{paper.kind}\t") + (run(WORDS["illustrative"], bold=True) if paper.illustrative else "")
    foot = run(f"{WORDS['reference']}{NO_BREAK}: {paper.reference}\t") + pages
    for part, content, style in ((section.header, head, "Header"), (section.footer, foot, "Footer")):
        part.paragraphs[0]._p.getparent().replace(part.paragraphs[0]._p, element(paragraph(content, style)))
    for name in ("Header", "Footer"):
        stops = document.styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Mm(174), 2)


def _properties(document: Document, paper: Paper) -> None:
    known = document.core_properties
    known.title, known.subject, known.keywords = paper.title[:255], paper.kind[:255], paper.reference[:255]
    known.language = LANGUAGES[paper.language]
    known.author = known.last_modified_by = known.comments = ""
    known.created = known.modified = datetime.combine(paper.day, time(), UTC)
    known.revision = 1
