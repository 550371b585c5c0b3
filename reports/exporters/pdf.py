"""A paper as a PDF that assistive technology can read (*PDF balisé, PDF/UA-1*).

typst lays the page out from ``templates/paper.typ``; it refuses to write a document that is not accessible. What people typed
goes in as data, in JSON, and is never read as markup; the fonts are ours alone, and the date is that of the paper, so that the
same document gives the same bytes everywhere.
"""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reports.columns import fitted
from reports.document import Document
from reports.exporters import Exporter
from reports.language import speaking
from reports.paper import Paper
from reports.paper_wording import WORDS
from reports.tones import ACCENT, BY_DAY, LINE, QUIET
from reports.typeface import FOLDER, SUBSTITUTE, drawable

if TYPE_CHECKING:
    from typst import Compiler, Fonts

TEMPLATE = Path(__file__).parent.parent / "templates" / "paper.typ"
STANDARD: Final = "ua-1"


def write(document: Document) -> bytes:
    """The document as a tagged PDF.

    Notes
    -----
    A first page costs some tens of milliseconds; the same process keeps what it has laid out, and the next ones cost less.
    """
    made = _compiler().compile(
        format="pdf",
        sys_inputs=inputs(document.paper),
        pdf_standards=STANDARD,
        timestamp=datetime.combine(document.paper.day, time(), UTC),
    )
    assert isinstance(made, bytes)  # one file, for no path is given
    return made


def inputs(paper: Paper) -> dict[str, str]:
    """What the template reads: the paper, the words of the page, the colours; all of it text that can be drawn."""
    text = fitted(paper).model_dump_json()
    shown = drawable(text)
    with speaking(paper.language):
        words = dict(WORDS)
    return {
        "paper": shown,
        "words": _json(words),
        "tones": _json(BY_DAY),
        "shades": _json({"quiet": QUIET, "line": LINE, "accent": ACCENT}),
        "substituted": "yes" if shown.count(SUBSTITUTE) > text.count(SUBSTITUTE) else "no",
    }


def _json(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False)


_KEPT = threading.local()
"""The compiler of each thread: it has read the template and the fonts, and serves one document at a time."""


def _compiler() -> Compiler:
    if not hasattr(_KEPT, "compiler"):
        from typst import Compiler

        _KEPT.compiler = Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), ignore_system_fonts=True)
    compiler: Compiler = _KEPT.compiler
    return compiler


@cache
def _fonts() -> Fonts:
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FOLDER])


EXPORTER = Exporter("application/pdf", ".pdf", write)
