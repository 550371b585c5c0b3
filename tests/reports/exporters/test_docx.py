"""The text document opens in another reader, with its styles, its headings, its repeated heads and its words."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from docx import Document as read
from docx.document import Document
from docx.oxml.ns import qn

from reports.exporters import exporter
from reports.language import Language
from reports.paper import Block, Figure, Section
from tests.reports.exporters.exports import hostile, written
from tests.reports.sample_paper import DAY, HOSTILE, document, hostile_document


def opened(data: bytes) -> Document:
    return read(io.BytesIO(data))


def words(found: Document) -> str:
    """All that is written, in paragraphs and in tables."""
    texts = (node.text or "" for node in found.element.body.iter(qn("w:t")))
    return " ".join("\n".join(texts).replace("\u202f", " ").replace("\u00a0", " ").split())


def test_headings_are_headings() -> None:
    found = [(one.style.name, one.text) for one in opened(written("docx")).paragraphs if one.style]
    assert [pair for pair in found if re.match("Title|Heading", pair[0] or "")] == [
        ("Title", "Devenir formatrice pour adultes"),
        ("Heading 1", "Identité et accords"),
        ("Heading 1", "Parcours"),
        ("Heading 2", "Modules et heures"),
        ("Heading 2", "Règles suivies"),
        ("Heading 1", "Engagements et signatures"),
    ]


def test_it_says_its_language_title_and_day_and_no_one_wrote_it() -> None:
    found = opened(written("docx"))
    known = found.core_properties
    assert (known.title, known.language) == ("Devenir formatrice pour adultes", "fr-FR")
    assert known.created is not None
    assert known.created.date() == DAY
    assert known.author == known.last_modified_by == known.comments == ""
    assert {mark.get(qn("w:val")) for mark in found.styles.element.iter(qn("w:lang"))} == {"fr-FR"}


def test_an_english_document_says_so() -> None:
    found = opened(exporter("docx").write(document(language=Language.ENGLISH)))
    assert {mark.get(qn("w:val")) for mark in found.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_heads_of_tables_are_repeated_and_rows_are_whole() -> None:
    found = opened(written("docx", 60))
    table = next(one for one in found.tables if len(one.rows) > 60)
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows][:3] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_every_style_that_is_used_is_defined() -> None:
    found = opened(written("docx"))
    used = {
        str(node.get(qn("w:val"))) for tag in ("w:pStyle", "w:tblStyle") for node in found.element.body.iter(qn(tag))
    }
    assert used <= {style.style_id for style in found.styles}


def test_every_word_and_figure_of_the_paper_is_there() -> None:
    shown = words(opened(written("docx")))
    for said in (
        "12 h 30",
        "1 234,50 €",
        "au moins 37,5 h",
        "non connu",
        "§ Acquis de droit",
        "Camille Exemple",
        "Deux barres : 35 heures",
    ):
        assert said in shown, said


def test_a_long_account_of_a_drawing_leaves_the_place_to_its_table() -> None:
    made = document()
    figure = next(block for block in _blocks(made.paper.sections) if isinstance(block, Figure))
    long = figure.model_copy(update={"alternative": "Trop long. " * 40})
    section = Section(id="dessin", title="Dessin", blocks=(long,))
    paper = made.paper.model_copy(update={"sections": (section,)})
    shown = words(opened(exporter("docx").write(made.model_copy(update={"paper": paper}))))
    assert "Trop long." not in shown
    assert figure.table.rows[0][0].text in shown


def _blocks(sections: tuple[Section, ...]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
        yield from _blocks(section.sections)


def test_a_drawing_that_a_table_tells_already_is_left_out() -> None:
    made = document()
    figure = next(block for block in _blocks(made.paper.sections) if isinstance(block, Figure))
    section = Section(id="dessin", title="Dessin", blocks=(figure.model_copy(update={"told": True}),))
    paper = made.paper.model_copy(update={"sections": (section,)})
    shown = words(opened(exporter("docx").write(made.model_copy(update={"paper": paper}))))
    assert figure.caption not in shown
    assert shown.endswith("Dessin")


def test_no_line_stands_alone_between_a_table_and_a_new_page() -> None:
    body = opened(written("docx")).element.body
    for mark in body.iter(qn("w:pageBreakBefore")):
        before = mark.getparent().getparent().getprevious()
        assert before.tag == qn("w:tbl") or "".join(before.itertext())


def test_head_and_foot_say_what_it_is_and_count_pages() -> None:
    section = opened(written("docx")).sections[0]
    assert "Plan individuel de formation\tDonnées illustratives" in section.header.paragraphs[0].text
    fields = [node.get(qn("w:instr")) for node in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "plan-000042" in section.footer.paragraphs[0].text


def test_boxes_can_be_ticked() -> None:
    markup = opened(written("docx")).element.xml
    assert markup.count("<w14:checkbox") == 2


def test_the_archive_holds_nothing_of_the_template_nor_of_the_moment() -> None:
    with zipfile.ZipFile(io.BytesIO(written("docx"))) as archive:
        assert not [name for name in archive.namelist() if re.search("thumbnail|customXml|Effects", name)]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_text_stays_a_text(what: str) -> None:
    found = opened(hostile("docx", what))
    instructions = {node.get(qn("w:instr")) for node in found.element.body.iter(qn("w:fldSimple"))}
    assert instructions == set()
    assert not list(found.element.body.iter(qn("w:instrText"), qn("w:hyperlink"), qn("w:object")))
    title = hostile_document(HOSTILE[what]).paper.title
    assert found.paragraphs[0].text == title
