"""Many documents in one archive (*dossier*): a file each, named after its title, and a word as each is done.

Names are safe on every system, each once, and depend only on the documents and their order; the same documents give the same
bytes where the exporter does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from zipfile import ZipFile

from reports.archive import entry
from reports.document import Document
from reports.exporters import Exporter

LONGEST = 80
"""Characters of a name, before its suffix."""
_REFUSED = re.compile(r"[^a-z0-9]+")
_OF_A_MACHINE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that one system keeps for its machines."""


def bundle(documents: Iterable[Document], exporter: Exporter, archive: BinaryIO) -> Iterator[str]:
    """Write documents into an archive, one after the other.

    Parameters
    ----------
    documents : iterable of Document
        Made as they are needed; none is kept.
    archive : binary file
        Where the archive is written; whole once the iteration has ended.

    Yields
    ------
    str
        The name of each file once it is in the archive.
    """
    taken: set[str] = set()
    with ZipFile(archive, "w") as files:
        for document in documents:
            name = file_name(document, taken) + exporter.suffix
            files.writestr(entry(name), exporter.write(document))
            yield name


def file_name(document: Document, taken: set[str]) -> str:
    """A free name for a document, without its suffix; it is then taken."""
    paper = document.paper
    base = safe_name(f"{paper.title} {paper.reference}")
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def safe_name(text: str) -> str:
    """A name of letters, figures and hyphens.

    Examples
    --------
    >>> safe_name("Médiatrice numérique : P-7"), safe_name("../../etc/passwd"), safe_name("Œuvre n° 1")
    ('mediatrice-numerique-p-7', 'etc-passwd', 'oeuvre-n-1')
    >>> safe_name("***"), safe_name("CON")
    ('document', 'document-con')
    """
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    name = _REFUSED.sub("-", plain).strip("-")[:LONGEST].rstrip("-") or "document"
    return f"document-{name}" if _OF_A_MACHINE.fullmatch(name) else name
