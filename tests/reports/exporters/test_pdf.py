"""The PDF opens in another reader, which finds its tags, its language, its title, its headings and its words."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from reports.document import Document
from reports.exporters import exporter
from reports.exporters.pdf import inputs
from reports.language import Language
from reports.paper import Cell, Column, ColumnKind, Table
from tests.reports.exporters.exports import hostile, written
from tests.reports.sample_paper import HOSTILE, document, paper


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def words(data: bytes) -> str:
    """What the pages say, on one line, however it was cut."""
    return " ".join("\n".join(page.extract_text() for page in reader(data).pages).replace("\u200b", "").split())


def tags(data: bytes) -> list[str]:
    """The roles of the structure, in the order of reading."""
    root: Any = reader(data).trailer["/Root"]
    return list(_roles(root["/StructTreeRoot"]["/K"]))


def _roles(node: Any) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from _roles(one)
    elif isinstance(node, DictionaryObject) and "/S" in node:
        yield str(node["/S"])
        if "/K" in node:
            yield from _roles(node["/K"])


def test_it_is_tagged_and_claims_the_standard() -> None:
    root: Any = reader(written("pdf")).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()


def test_it_says_its_language_its_title_and_its_day() -> None:
    found = reader(written("pdf"))
    root: Any = found.trailer["/Root"]
    assert root["/Lang"] == "fr-FR"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata is not None
    assert found.metadata.title == "Devenir formatrice pour adultes"
    assert found.metadata.creation_date is not None
    assert found.metadata.creation_date.date() == paper().day


def test_an_english_document_says_so() -> None:
    data = exporter("pdf").write(document(language=Language.ENGLISH))
    root: Any = reader(data).trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert "Page 1 of" in words(data)


def test_headings_tables_lists_and_figures_are_tagged() -> None:
    found = tags(written("pdf"))
    assert [role for role in found if re.fullmatch(r"/H\d|/Title", role)] == [
        *("/Title", "/H1", "/H1", "/H2", "/H2", "/H1")
    ]
    assert {"/Table", "/THead", "/TH", "/TR", "/TD", "/L", "/LI", "/Figure", "/Caption"} <= set(found)


def test_a_drawing_has_its_text_alternative() -> None:
    assert "Deux barres" in str(figures(written("pdf")))


def figures(data: bytes) -> list[str]:
    def look(node: Any) -> Iterator[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                yield from look(one)
        elif isinstance(node, DictionaryObject):
            if node.get("/S") == "/Figure":
                yield str(node.get("/Alt"))
            if "/K" in node:
                yield from look(node["/K"])

    root: Any = reader(data).trailer["/Root"]
    return list(look(root["/StructTreeRoot"]["/K"]))


def test_the_outline_has_the_parts() -> None:
    def titles(level: Any) -> Iterator[str]:
        for one in level:
            if isinstance(one, list):
                yield from titles(one)
            else:
                yield one.title

    assert list(titles(reader(written("pdf")).outline)) == [
        "Identité et accords",
        "Parcours",
        "Modules et heures",
        "Règles suivies",
        "Engagements et signatures",
    ]


def test_every_word_and_figure_of_the_paper_is_there() -> None:
    shown = words(written("pdf"))
    for said in ("12 h 30", "1 234,50 €", "au moins 37,5 h", "non connu", "§ Acquis de droit", "Camille Exemple"):
        assert said in shown.replace("\u202f", " ").replace("\u00a0", " "), said


def test_every_page_says_what_it_is_and_which_it_is() -> None:
    found = reader(written("pdf", 60))
    assert len(found.pages) >= 4
    for number, page in enumerate(found.pages, 1):
        text = " ".join(page.extract_text().split())
        assert "Plan individuel de formation" in text
        assert "Données illustratives" in text
        assert "Référence : plan-000042" in text.replace("\u00a0", " ")
        assert f"Page {number} sur {len(found.pages)}" in text


def test_the_head_of_a_long_table_is_repeated() -> None:
    found = reader(written("pdf", 60))
    with_rows = [text for page in found.pages if re.search(r"Module \d+", text := page.extract_text())]
    assert len(with_rows) >= 3
    assert all("Semaines" in text for text in with_rows)


def test_a_total_never_stands_alone_on_a_page() -> None:
    """Wherever the page ends: one of these tables has its last row at the very foot of a page."""
    last_rows = []
    for count in range(39, 43):
        pages = [page.extract_text() for page in reader(exporter("pdf").write(document_of(summed(count)))).pages]
        (last,) = (number for number, text in enumerate(pages) if f"Rang {count - 1}" in text)
        assert "Somme finale" in pages[last], count
        last_rows.append((last, len(pages)))
    assert {pages for _last, pages in last_rows} == {1, 2}


def summed(count: int) -> Table:
    columns = (Column(title="Module"), Column(title="Heures", kind=ColumnKind.HOURS))
    rows = tuple((Cell(text=f"Rang {number}"), Cell(text="7 h", value=7)) for number in range(count))
    total = (Cell(text="Somme finale"), Cell(text=f"{7 * count} h", value=7 * count))
    return Table(name="t", caption="Des rangs", columns=columns, rows=rows, total=total)


def document_of(table: Table) -> Document:
    return Document(paper=paper().model_copy(update={"opening": (table,), "sections": ()}), data=table, main="t")


def test_a_wide_word_stays_on_the_page() -> None:
    page = reader(hostile("pdf", "long")).pages[0]
    ends: list[float] = []
    shown = page.extract_text(visitor_text=lambda _text, _ctm, place, _font, _size: ends.append(place[4]))
    assert shown.count("x") > 1_000
    assert max(ends) < float(page.mediabox.width)


def test_markup_is_words() -> None:
    assert '#read("/etc/passwd") *gras* $x^2$' in words(hostile("pdf", "markup"))
    assert "root:" not in words(hostile("pdf", "markup"))


def test_what_has_no_drawing_is_a_square_and_the_document_says_so() -> None:
    shown = words(hostile("pdf", "emoji"))
    assert "Bravo □" in shown
    assert "tient la place d’un caractère" in shown
    assert "tient la place" not in words(written("pdf"))


def test_accents_are_composed() -> None:
    assert "été à" in words(hostile("pdf", "decomposed"))


@pytest.mark.parametrize("what", ["direction", "controls", "script", "template"])
def test_a_hostile_text_brings_no_action(what: str) -> None:
    data = hostile("pdf", what)
    assert not re.search(rb"/(JavaScript|JS|Launch|URI|EmbeddedFile)\b", data)


def test_what_the_template_reads_is_text_in_named_places() -> None:
    given = inputs(paper())
    assert set(given) == {"paper", "words", "tones", "shades", "substituted"}
    assert all(isinstance(value, str) for value in given.values())
    assert set(HOSTILE)
