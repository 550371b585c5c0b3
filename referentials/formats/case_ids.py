"""Our references → the identifiers and addresses that CASE wants (*identifiants stables*).

An identifier is the version 5 UUID of our reference, so that it is the same in every export and on every machine. The first eight
digits of an item or of an association are those of its document: who asks for one item by its identifier need open one document only.
What came from another system keeps the identifiers that it had there (:class:`referentials.provenance.Origin`).
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid5

UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""What an identifier of CASE looks like."""

_OURS = UUID("5f1c1b0a-7f0e-5d3c-9a52-3c6f0e8d21b7")
_HEAD = 8


def document_id(key: str) -> str:
    """The identifier of the document of a referential ``id@version``.

    Examples
    --------
    >>> document_id("tp-mn@2025") == document_id("tp-mn@2025") != document_id("tp-mn@2019")
    True
    """
    return str(uuid5(_OURS, key))


def part_id(key: str, name: str) -> str:
    """The identifier of an item or of an association of a document; ``name`` is its reference, or what tells it from others.

    Examples
    --------
    >>> may_be_in(part_id("tp-mn@2025", "tp-mn@2025/CCP1"), "tp-mn@2025")
    True
    """
    return document_id(key)[:_HEAD] + str(uuid5(_OURS, name))[_HEAD:]


def reference_id(reference: str) -> str:
    """The identifier of whatever a full reference names: a document, or an item."""
    key, _slash, part = reference.partition("/")
    return part_id(key, reference) if part else document_id(key)


def may_be_in(identifier: str, key: str) -> bool:
    """Whether an identifier is that of a document, or may be that of one of its parts."""
    return identifier[:_HEAD].lower() == document_id(key)[:_HEAD]


def uri(collection: str, identifier: str, base: str | None) -> str:
    """The address of an object; a name that leads nowhere where there is no server.

    Parameters
    ----------
    collection : str
        ``CFDocuments``, ``CFItems``, ``CFAssociations`` or ``CFPackages``.
    base : str or None
        Address of the service up to and including ``v1p1``.

    Examples
    --------
    >>> uri("CFItems", "0d9f", "https://exemple.fr/ims/case/v1p1")
    'https://exemple.fr/ims/case/v1p1/CFItems/0d9f'
    >>> uri("CFItems", "0d9f", None)
    'urn:uuid:0d9f'
    """
    return f"{base.rstrip('/')}/{collection}/{identifier}" if base else f"urn:uuid:{identifier}"


def link(collection: str, identifier: str, title: str, base: str | None) -> dict[str, Any]:
    """A link to an object, as CASE writes it."""
    return {"title": title, "identifier": identifier, "uri": uri(collection, identifier, base)}
