"""A paper as one page of HTML (*page imprimable*): read on a screen of any width, by day or by night, and printed on A4.

Everything is inside: no script, no outside file, no request. What people typed is escaped wherever it stands; drawings are ours,
and were checked when the paper was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reports.columns import fitted
from reports.document import Document
from reports.exporters import Exporter
from reports.language import NO_BREAK, speaking
from reports.paper import Column, Paper, Tone
from reports.paper_wording import WORDS
from reports.tones import ACCENT, BY_DAY, BY_NIGHT, LINE, QUIET, Shade

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER = Path(__file__).parent.parent / "templates"
NAME = "paper.html"

_DAY = {"quiet": QUIET, "line": LINE, "accent": ACCENT}
_NIGHT = {"quiet": "#b3bac4", "line": "#454c57", "accent": "#9ec5f5"}


def write(document: Document) -> bytes:
    """The document as one page."""
    with speaking(document.paper.language):
        return _template().render(context(document)).encode()


def context(document: Document) -> dict[str, object]:
    """All that the template is given; each field of both is in ``docs/document-fields.md``."""
    return {"document": document, "paper": fitted(document.paper)}


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.globals.update(words=WORDS, css=style, share=share)
    return environment.get_template(NAME)


def share(column: Column, columns: Iterable[Column]) -> str:
    """The share of the width that a column takes.

    Examples
    --------
    >>> share(Column(title="a"), [Column(title="a"), Column(title="b", weight=3)])
    '25.0%'
    """
    return f"{100 * column.weight / sum(one.weight for one in columns):.1f}%"


# -- the style ------------------------------------------------------------------------------------------------------------


def style(paper: Paper) -> str:
    """The style of the page: its colours, its sheet of paper, and the rules of ``paper.css``."""
    return "\n".join((*_colours(), _sheet(paper), _rules()))


@cache
def _rules() -> str:
    return (FOLDER / "paper.css").read_text("utf-8")


def _colours() -> Iterator[str]:
    yield f":root {{ {_named(BY_DAY, _DAY)} }}"
    yield f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_named(BY_NIGHT, _NIGHT)} }} }}"


def _named(tones: Mapping[Tone, Shade], others: Mapping[str, str]) -> str:
    """Colours as the properties that the rules use; the neutral tone is the page itself."""
    found = dict(others)
    for tone, shade in tones.items():
        prefix = "" if tone is Tone.NEUTRAL else f"{tone.value.replace('_', '-')}"
        found |= {prefix or "ink": shade.ink, f"{prefix}-ground".lstrip("-"): shade.ground}
    return " ".join(f"--{name}: {colour};" for name, colour in found.items())


def _sheet(paper: Paper) -> str:
    """The margins of a printed page say what it is, as far as the browser prints them."""
    page, of = (in_style(f"{words} ") for words in (WORDS["page"], f" {WORDS['of']}"))
    places = {
        "top-left": in_style(paper.kind),
        "top-right": in_style(WORDS["illustrative"] if paper.illustrative else ""),
        "bottom-left": in_style(f"{WORDS['reference']}{NO_BREAK}: {paper.reference}"),
        "bottom-right": f"{page} counter(page) {of} counter(pages)",
    }
    font = f"font: 8pt/1.2 Inter, Arial, sans-serif; color: {QUIET};"
    boxes = " ".join(f"@{place} {{ {font} content: {content}; }}" for place, content in places.items())
    return f"@page {{ size: A4; margin: 20mm 16mm 18mm; {boxes} }}"


LONGEST_IN_MARGIN = 80


def in_style(text: str) -> str:
    r"""A text as a string of a style sheet, in which nothing can end the string nor the sheet.

    Examples
    --------
    >>> print(in_style('a"</style>'))
    "a\22 \3c \2f style\3e "
    """
    short = text if len(text) <= LONGEST_IN_MARGIN else f"{text[: LONGEST_IN_MARGIN - 1]}…"
    return '"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in short) + '"'


EXPORTER = Exporter("text/html; charset=utf-8", ".html", write)
