"""The values of a document for a program (*données*), in JSON: fields in the order in which they are declared."""

from __future__ import annotations

from reports.document import Document
from reports.exporters import Exporter


def write(document: Document) -> bytes:
    """The data of the document, indented, without its words."""
    return f"{document.data.model_dump_json(indent=2)}\n".encode()


EXPORTER = Exporter("application/json", ".json", write)
