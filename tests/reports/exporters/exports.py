"""Each format of a document with one of everything, written once."""

from functools import cache

from reports.exporters import exporter
from tests.reports.sample_paper import HOSTILE, document, hostile_document


@cache
def written(name: str, rows: int = 3) -> bytes:
    """The sample document in a format."""
    return exporter(name).write(document(rows))


@cache
def hostile(name: str, what: str) -> bytes:
    """The document where every text is one that does harm."""
    return exporter(name).write(hostile_document(HOSTILE[what]))
