"""An answer → a file in one of the formats of documents (*export*)."""

from __future__ import annotations

from typing import NamedTuple

from api.services.planning import NotPlannable
from reports.bundle import safe_name
from reports.document import Document
from reports.exporters import exporter
from reports.language import Language, speaking


class NothingToWrite(NotPlannable):
    """The document has nothing to say in that format: a calendar needs days."""


class File(NamedTuple):
    """A file to give: its name, what it is, what is in it."""

    name: str
    media_type: str
    content: bytes


def written(document: Document, name: str, language: Language = Language.FRENCH) -> File:
    """A document as a file of that format.

    Raises
    ------
    KeyError
        There is no such format.
    NothingToWrite
        The document has nothing to say in it.
    """
    chosen, paper = exporter(name), document.paper
    with speaking(language):
        if not chosen.holds(document):
            raise NothingToWrite(f"Ce document n'a rien à mettre au format {name}.")
        content = chosen.write(document)
    return File(safe_name(f"{paper.kind} {paper.reference}") + chosen.suffix, chosen.media_type, content)
