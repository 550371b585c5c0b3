"""A paper as a workbook (*classeur*): a summary, then one sheet per table, whose figures can be counted, filtered and printed.

A number is a number, a day is a day, and a text is a text: what starts like a formula stays a text. The same document gives the
same bytes.
"""

from __future__ import annotations

from reports.document import Document
from reports.exporters import Exporter


def write(document: Document) -> bytes:
    """The document as a workbook."""
    from reports.exporters.xlsx.book import workbook

    return workbook(document.paper)


EXPORTER = Exporter("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", write)
