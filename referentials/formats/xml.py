"""XML from strangers (*lecture XML*): streamed, with no entity, no declaration of its own and no network.

A document type that declares anything inside the file is refused at once: none of the standards we read needs it, and every known XML
attack does. One that only names an outside file, as LHEO files may, is passed over: that file is never looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from referentials.findings import FileProblem, error

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEAD = 4096
_QUOTED = rb"""(?:"[^"<>]*"|'[^'<>]*')"""
_HARMLESS = re.compile(rb"<!DOCTYPE\s+[\w:.-]+(?:\s+(?:SYSTEM\s+%b|PUBLIC\s+%b\s+%b))?\s*>" % ((_QUOTED,) * 3))


def elements(stream: IO[bytes], tag: str | tuple[str, ...], name: str) -> Iterator[_Element]:
    """Every element of a tag or of some (``{*}`` before it: any namespace), in order; each is emptied once the next one is asked for.

    Parameters
    ----------
    stream : BinaryIO
        From its beginning.
    name : str
        What messages call the file.

    Raises
    ------
    FileProblem
        The file declares something of its own, or stops being XML somewhere: the line is told, and what came before it has been given.
    """
    from lxml import etree

    _refuse_a_document_type(stream, name)
    closed: Any = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
    checked = False
    try:
        for _event, element in etree.iterparse(stream, tag=tag, **closed):
            if not checked and _declares(element.getroottree().docinfo):
                raise document_type(name)
            checked = True  # it stands before the first element, or nowhere
            yield element
            _forget(element)
    except etree.XMLSyntaxError as problem:
        raise unreadable(name, problem.position[0] if problem.position else None) from None


def root_of(stream: IO[bytes], name: str) -> _Element:
    """The root of a small document.

    Raises
    ------
    FileProblem
        As :func:`elements`.
    """
    from lxml import etree

    _refuse_a_document_type(stream, name)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        tree: Any = etree.parse(stream, parser)
    except etree.XMLSyntaxError as problem:
        raise unreadable(name, problem.position[0] if problem.position else None) from None
    if _declares(tree.docinfo):
        raise document_type(name)
    root: _Element = tree.getroot()
    return root


def _forget(element: _Element) -> None:
    """Free an element, and the empty ones before it that its parent still holds."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_a_document_type(stream: IO[bytes], name: str) -> None:
    """Look at the first bytes, in any encoding: a declaration there is refused before the parser meets it."""
    head = stream.read(_HEAD).replace(b"\x00", b"")
    stream.seek(0)
    if b"<!DOCTYPE" in head.upper() and not _HARMLESS.search(head):
        raise document_type(name)


def _declares(document: Any) -> bool:
    """Whether a document type declares anything inside the file; one that only names an outside file does not."""
    dtd = document.internalDTD
    return dtd is not None and (any(dtd.iterentities()) or any(dtd.iterelements()))


def document_type(name: str) -> FileProblem:
    """What refuses a file that declares something of its own."""
    return FileProblem(
        [
            error(
                "xml-doctype",
                "Le fichier déclare un type de document (DOCTYPE) : il n'est pas lu.",
                "Retirez cette déclaration, ou exportez de nouveau le fichier depuis le système d'origine.",
                file=name,
                line=1,
            )
        ]
    )


def unreadable(name: str, line: int | None) -> FileProblem:
    """What refuses a file that stops being XML at a line."""
    return FileProblem(
        [
            error(
                "xml-illisible",
                f"Le fichier cesse d'être du XML lisible ligne {line or 1} : il est coupé, abîmé ou mal encodé.",
                "Téléchargez-le ou exportez-le de nouveau, puis recommencez.",
                file=name,
                line=line,
            )
        ]
    )
