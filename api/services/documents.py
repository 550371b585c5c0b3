"""An answer → a file in one of the formats of documents (*export*)."""

from __future__ import annotations

from typing import NamedTuple

from reports.bundle import safe_name
from reports.document import Document
from reports.exporters import exporter, formats
from reports.language import Language, speaking


class NothingToWrite(ValueError):
    """The document has nothing to say in that format: a calendar needs days."""


class UnknownFormat(LookupError):
    """There is no such format; ``known`` lists those there are."""

    def __init__(self, name: str) -> None:
        self.name, self.known = name, formats()
        super().__init__(f"Le format « {name} » n'existe pas. Formats : {', '.join(self.known)}.")


class File(NamedTuple):
    """A file to give: its name, what it is, what is in it."""

    name: str
    media_type: str
    content: bytes


def written(document: Document, name: str, language: Language = Language.FRENCH) -> File:
    """A document as a file of that format.

    Raises
    ------
    UnknownFormat
        There is no such format.
    NothingToWrite
        The document has nothing to say in it.
    """
    if name not in formats():
        raise UnknownFormat(name)
    chosen, paper = exporter(name), document.paper
    with speaking(language):
        if not chosen.holds(document):
            raise NothingToWrite(f"Ce document n'a rien à mettre au format {name}.")
        content = chosen.write(document)
    return File(safe_name(f"{paper.kind} {paper.reference}") + chosen.suffix, chosen.media_type, content)
