"""The page stands alone, says what the paper says, and nothing typed acts in it."""

import re
from html.parser import HTMLParser

import pytest

from reports.document import Document
from reports.exporters import html as html_format
from reports.exporters.html import context, in_style
from reports.language import Language
from tests.reports.exporters.exports import hostile, written
from tests.reports.sample_paper import HOSTILE, document

ELEMENTS = {
    *[
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "main",
        "footer",
        "nav",
        "section",
        "h1",
        "h2",
        "h3",
        "p",
        "ol",
        "ul",
        "li",
        "dl",
        "dt",
        "dd",
        "div",
        "span",
    ],
    *[
        "table",
        "caption",
        "colgroup",
        "col",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "details",
        "summary",
    ],
    *["label", "input", "strong", "br", "svg", "rect", "text"],
}
ATTRIBUTES = {
    *[
        "lang",
        "charset",
        "name",
        "content",
        "http-equiv",
        "class",
        "href",
        "id",
        "aria-labelledby",
        "aria-label",
        "tabindex",
        "role",
        "scope",
        "style",
    ],
    *["data-head", "type", "xmlns", "viewbox", "width", "height", "x", "y", "fill", "font-family", "font-size"],
}


class Reading(HTMLParser):
    """What a page holds: its elements with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "input", "col"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.texts.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page() -> str:
    return written("html").decode()


def test_every_element_is_closed_in_its_turn() -> None:
    assert Reading(page()).open == []


def test_the_page_needs_nothing_else() -> None:
    reading = Reading(page())
    assert {tag for tag, _ in reading.elements} <= ELEMENTS
    links = [str(value) for _, one in reading.elements for key, value in one.items() if key in ("href", "src")]
    assert [link for link in links if not link.startswith("#")] == []
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page())


def test_the_page_says_its_language_its_title_and_its_landmarks() -> None:
    reading = Reading(page())
    assert reading.of("html") == [{"lang": "fr"}]
    assert "<title>Devenir formatrice pour adultes</title>" in page()
    assert all(len(reading.of(mark)) == 1 for mark in ("header", "main", "footer", "nav", "h1"))
    assert 'lang="en"' in html_format.write(document(language=Language.ENGLISH)).decode()


def test_links_of_the_contents_lead_to_parts() -> None:
    reading = Reading(page())
    identifiers = [one["id"] for _, one in reading.elements if "id" in one]
    assert len(identifiers) == len(set(identifiers))
    assert {str(link["href"])[1:] for link in reading.of("a")} <= set(identifiers)


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in Reading(page()).elements if re.fullmatch(r"h\d", tag)]
    assert levels == [1, 2, 2, 3, 3, 2]


def test_a_table_names_its_columns_and_its_rows() -> None:
    reading = Reading(page())
    assert {one.get("scope") for one in reading.of("th")} == {"col", "row"}
    assert len(reading.of("caption")) == len(reading.of("table")) == 2
    assert "Les modules du parcours, dans l’ordre où ils sont suivis" in reading.texts


def test_a_drawing_is_said_in_words_and_has_its_table() -> None:
    drawn = [one for one in Reading(page()).of("div") if one.get("role") == "img"]
    assert [one["aria-label"] for one in drawn] == [
        "Deux barres : 35 heures pour le premier bloc, 18 heures 30 pour le second."
    ]
    assert page().index("<details>") > page().index("<svg")


def test_every_word_and_figure_of_the_paper_is_on_the_page() -> None:
    shown = "".join(Reading(page()).texts)
    for words in (
        "Données illustratives",
        "12\u00a0h\u00a030",
        "au moins 37,5\u00a0h",
        "1\u202f234,50\u00a0€",
        "non connu",
        "§ Acquis de droit",
        "Référence\u00a0: plan-000042",
        "Camille Exemple",
    ):
        assert words in shown, words


def test_the_template_receives_the_document_and_its_paper_and_nothing_else() -> None:
    given = context(document())
    assert set(given) == {"document", "paper"}
    assert isinstance(given["document"], Document)


def test_the_template_stops_at_a_field_that_does_not_exist() -> None:
    from jinja2 import StrictUndefined

    assert html_format._template().environment.undefined is StrictUndefined


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_text_stays_a_text(what: str) -> None:
    reading = Reading(hostile("html", what).decode())
    assert {tag for tag, _ in reading.elements} <= ELEMENTS
    assert {key for _, one in reading.elements for key in one} <= ATTRIBUTES
    assert reading.open == []


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_text_does_not_end_the_style(what: str) -> None:
    style = hostile("html", what).decode().partition("<style>")[2].partition("</style>")[0]
    assert style.count("{") == style.count("}")
    assert "overflow-wrap: anywhere" in style
    assert style.rstrip().endswith("}")


def test_a_string_of_a_style_cannot_be_ended() -> None:
    assert not set('";}{<>\n') & set(in_style('";}{</style>\n\\')[1:-1].replace(" ", ""))
