"""CASE, the exchange of competency frameworks of 1EdTech (*référentiels au format CASE*): 1.0 and 1.1 in, 1.1 out.

A service that answers to other systems takes :func:`package`, :func:`document`, :func:`item` or, from an identifier alone,
:func:`object_of`. Several referentials at once make a ZIP of packages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from referentials.findings import Finding
from referentials.formats import case_package, case_reader
from referentials.formats.archive import Bounds, members, packed
from referentials.formats.case_ids import document_id, link, may_be_in
from referentials.formats.exchange import Record, Standard, Upload, Written
from referentials.formats.losses import Losses
from referentials.formats.upload import json_of, referentials_of, refused
from referentials.library import Library
from referentials.loader import CORRESPONDENCES, REFERENTIAL
from referentials.model import Referential

__all__ = ["STANDARD", "document", "item", "object_of", "package"]

AT_MOST = 12_000_000
"""How many bytes one package may have."""

_FIELDS = {
    "id",
    "version",
    "title",
    "issuer",
    "state",
    "note",
    "blocks",
    "code",
    "competencies",
    "elements",
    "criteria",
}
_MOST = 50_000
"""How many items, or associations, a package may have."""

_BOUNDS = Bounds(members=500, bytes=AT_MOST)


def package(library: Library, key: str, base: str | None = None) -> dict[str, Any]:
    """The CASE 1.1 package of a version, with the likenesses of the library.

    Parameters
    ----------
    key : str
        ``id@version``.
    base : str, optional
        Address of the service that answers: ``https://…/ims/case/v1p1``.

    Raises
    ------
    UnknownReference
        There is no such version.
    """
    return case_package.package(_version(library, key), library.correspondences, base)


def document(library: Library, key: str, base: str | None = None) -> dict[str, Any]:
    """The CASE document of a version, with the link to its package (see :func:`package`)."""
    found = _version(library, key)
    identifier = case_package.identifier_of(found)
    return case_package.document(found, base) | {
        "CFPackageURI": link("CFPackages", identifier, found.title, base),
    }


def item(library: Library, reference: str, base: str | None = None) -> dict[str, Any]:
    """The CASE item of a block or a competency, with the link to its document.

    Raises
    ------
    KeyError
        The version has no such item.
    """
    found = _version(library, reference.partition("/")[0])
    pieces = {piece.reference: piece for piece in case_package.pieces(found)}
    return case_package.item(found, pieces[reference], base) | _home(found, base)


def object_of(library: Library, identifier: str, base: str | None = None) -> tuple[str, dict[str, Any]] | None:
    """What an identifier names, and in which collection: ``CFDocuments``, ``CFItems`` or ``CFAssociations``; None when nothing has it.

    Notes
    -----
    Opens only the versions whose identifier starts with the same eight digits, most often one; then looks among the identifiers that
    came from elsewhere.
    """
    wanted = identifier.lower()
    for key in library.keys:
        if not may_be_in(wanted, key):
            continue
        if found := _object_in(library, key, wanted, base):
            return found
    given = (ref.partition("/")[0] for ref in library.by_code(identifier))
    return next((found for key in given if (found := _object_in(library, key, wanted, base))), None)


def key_of(library: Library, identifier: str) -> str | None:
    """The version whose document has an identifier, ours or that of the system it comes from."""
    wanted = identifier.lower()
    own = (key for key in library.keys if document_id(key) == wanted)
    given = (ref for ref in library.by_code(identifier) if "/" not in ref)
    return next(own, None) or next(given, None)


def _object_in(library: Library, key: str, wanted: str, base: str | None) -> tuple[str, dict[str, Any]] | None:
    version = _version(library, key)
    if wanted in (document_id(key), case_package.identifier_of(version).lower()):
        return "CFDocuments", document(library, key, base)
    whole = package(library, key, base)
    for collection in ("CFItems", "CFAssociations"):
        for one in whole[collection]:
            if one["identifier"].lower() == wanted:
                return collection, one | _home(version, base)
    return None


def _home(referential: Referential, base: str | None) -> dict[str, Any]:
    own = case_package.document(referential, base)
    return {"CFDocumentURI": {name: own[name] for name in ("title", "identifier", "uri")}}


def _version(library: Library, key: str) -> Referential:
    identifier, _at, version = key.partition("@")
    return library.get(identifier, version)


# -- in


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The referentials of a package, or of a ZIP of packages."""
    for one in members(upload, ".json", _BOUNDS):
        yield from _records(one)


def _records(upload: Upload) -> Iterator[Record | Finding]:
    value = json_of(upload, AT_MOST)
    if not (isinstance(value, dict) and isinstance(value.get("CFDocument"), dict)):
        message = "Le fichier ne contient pas de paquet CASE : « CFDocument » manque."
        raise refused(upload, "case-paquet", message, "Demandez l'export « CFPackage » du référentiel entier.")
    if any(isinstance(part, list) and len(part) > _MOST for part in value.values()):
        message = f"Le paquet a plus de {_MOST} items ou associations."
        raise refused(
            upload, "fichier-trop-gros", message, "Un référentiel en a bien moins : demandez-en un à la fois."
        )
    return case_reader.records(value, upload.name)


# -- out


def write(library: Library, refs: Sequence[str]) -> Written:
    """The package of one referential; a ZIP of packages for several."""
    found = referentials_of(library, refs)
    losses = Losses("case", "Gardez aussi le fichier YAML.")
    texts = {f"{one.key}.case.json": _text(library, one, losses) for one in found}
    if len(found) == 1:
        return Written(*texts.popitem(), losses.findings)
    return Written("referentiels.case.zip", packed(texts), losses.findings)


def _text(library: Library, referential: Referential, losses: Losses) -> bytes:
    whole = package(library, referential.key)
    for one in (whole["CFDocument"], *whole["CFItems"]):
        for name in one.get("extensions", {}).get(case_package.OURS, {}):
            if name not in _FIELDS:
                losses.extension(name)
    for right in library.recognitions:
        if _touches(right.grants, referential.key):
            losses.add("passerelles", "CASE ne porte pas les passerelles de droit", right.id)
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _touches(references: Sequence[str], key: str) -> bool:
    return any(reference == key or reference.startswith(f"{key}/") for reference in references)


STANDARD = Standard(
    id="case",
    title="CASE 1.0 et 1.1 (1EdTech)",
    suffixes=(".json", ".zip"),
    media_type="application/json",
    reads=(REFERENTIAL.name, CORRESPONDENCES.name),
    writes=(REFERENTIAL.name, CORRESPONDENCES.name),
    read=read,
    write=write,
)
