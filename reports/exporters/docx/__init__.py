"""A paper as a text document that people go on writing (*document Word*): real styles, headings, tables with repeated heads.

Drawings are not shown by every word processor; the table of their data stands in their place, after what they show in words.
The same document gives the same bytes.
"""

from __future__ import annotations

from reports.document import Document
from reports.exporters import Exporter


def write(document: Document) -> bytes:
    """The document as a text document."""
    from reports.exporters.docx.body import text_document

    return text_document(document.paper)


EXPORTER = Exporter("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", write)
