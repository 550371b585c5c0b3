"""A version of our library → a CASE 1.1 package, and each of its objects alone (*export CASE*).

================  =================================================================================
ours              in CASE
================  =================================================================================
referential       ``CFDocument``
block             ``CFItem`` of type Block, child of the document
competency        ``CFItem`` of type Competency, child of its block
element           ``CFItem`` of type Element or Criterion, child of its competency
replaced by       ``replacedBy`` between documents or items
strict before     ``precedes``, from what comes first
advised before    ``ext:advisedBefore``
exact, close      ``exactMatchOf``, ``isRelatedTo``
broad, narrow     ``ext:broadMatch``, ``ext:narrowMatch``
the rest          ``extensions``, under our name: other software keeps it at best
================  =================================================================================

Nothing here reads a clock: an object changed last when its sources were last read, else when its text came into force.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from referentials.formats.case_ids import UUID_TEXT, document_id, part_id, reference_id, uri
from referentials.model import Referential, State
from referentials.provenance import Origin
from referentials.rights import Correspondence, Relation
from referentials.writer import plain

OURS = "passerelles"
"""Our name in ``extensions``."""

TYPES = {"block": "Block", "competency": "Competency", "element": "Element", "criterion": "Criterion"}
STATES = {State.DRAFT: "Draft", State.PUBLISHED: "Adopted", State.RETIRED: "Deprecated"}
MATCHES = {
    Relation.EXACT: "exactMatchOf",
    Relation.CLOSE: "isRelatedTo",
    Relation.BROAD: "ext:broadMatch",
    Relation.NARROW: "ext:narrowMatch",
}
ADVISED = "ext:advisedBefore"
UNKNOWN_ISSUER = "Autorité non connue"
_NEVER = date(1970, 1, 1)


class Piece(NamedTuple):
    """One item to be: its reference, that of what holds it, its role, its rank there, its plain values; what another system calls it."""

    reference: str
    parent: str
    role: str
    rank: int
    values: Mapping[str, Any]
    origin: Origin | None = None


def package(
    referential: Referential, correspondences: Iterable[Correspondence] = (), base: str | None = None
) -> dict[str, Any]:
    """The whole package of a version.

    Parameters
    ----------
    correspondences : iterable of Correspondence
        Those of the library; only the ones that touch this version are taken.
    base : str, optional
        Address of the service (``https://…/ims/case/v1p1``); without it, addresses are names (``urn:uuid:…``).
    """
    return {
        "CFDocument": document(referential, base),
        "CFItems": [item(referential, piece, base) for piece in pieces(referential)],
        "CFAssociations": associations(referential, correspondences, base),
        "CFDefinitions": {},
    }


_IN_DOCUMENT = ("blocks", "title", "note", "origins")


def identifier_of(referential: Referential) -> str:
    """The identifier of the document of a version: that of the system it comes from, else ours."""
    origin = _origins(referential).get("")
    return origin.identifier if origin else document_id(referential.key)


def _origins(referential: Referential) -> dict[str, Origin]:
    """What other systems call the parts; what is no UUID can't stand in CASE."""
    return {one.part: one for one in referential.origins if UUID_TEXT.fullmatch(one.identifier)}


def _named(collection: str, own: str, origin: Origin | None, base: str | None) -> dict[str, str]:
    """The identifier and the address of an object."""
    identifier = origin.identifier if origin else own
    return {"identifier": identifier, "uri": (origin and origin.uri) or uri(collection, identifier, base)}


def document(referential: Referential, base: str | None = None) -> dict[str, Any]:
    """The document of a version, as it stands in its package."""
    values = {key: value for key, value in plain(referential).items() if key not in _IN_DOCUMENT}
    if referential.blocks is not None and not referential.blocks:
        values["blocks"] = []
    return _known(
        **_named("CFDocuments", identifier_of(referential), _origins(referential).get(""), base),
        caseVersion="1.1",
        creator=referential.issuer or UNKNOWN_ISSUER,
        title=referential.title,
        lastChangeDateTime=changed(referential),
        officialSourceURL=next((source.url for source in referential.sources if source.url), None),
        language="fr",
        version=referential.version,
        adoptionStatus=STATES[referential.state],
        statusStartDate=_iso(referential.valid.start),
        statusEndDate=_iso(referential.valid.end),
        notes=referential.note,
        extensions={OURS: values},
    )


def pieces(referential: Referential) -> Iterator[Piece]:
    """Every item of a version, in the order of its file; an item told twice has a number after its reference."""
    seen: Counter[str] = Counter()
    origins = _origins(referential)

    def once(reference: str) -> str:
        seen[reference] += 1
        return reference if seen[reference] == 1 else f"{reference}#{seen[reference]}"

    for rank, block in enumerate(referential.known_blocks, 1):
        home = once(f"{referential.key}/{block.code}")
        yield Piece(home, referential.key, "block", rank, plain(block), origins.get(block.code))
        for place, competency in enumerate(block.known_competencies, 1):
            own = once(f"{home}/{competency.code}")
            part = f"{block.code}/{competency.code}"
            yield Piece(own, home, "competency", place, plain(competency), origins.get(part))
            below = [("element", text) for text in competency.elements]
            below += [("criterion", text) for text in competency.criteria]
            for number, (role, text) in enumerate(below, 1):
                origin = origins.get(f"{part}~{number}")
                yield Piece(once(f"{own}#{role}#{text}"), own, role, number, {"title": text}, origin)


_IN_FIELDS = ("code", "title", "note", "elements", "criteria")


def item(referential: Referential, piece: Piece, base: str | None = None) -> dict[str, Any]:
    """One item, as it stands in its package."""
    values = piece.values
    rest = {key: value for key, value in values.items() if key not in (*_IN_FIELDS, "competencies")}
    if values.get("competencies") == []:
        rest["competencies"] = []
    if values.get("title") is None:
        rest["untitled"] = True
    return _known(
        **_named("CFItems", part_id(referential.key, piece.reference), piece.origin, base),
        fullStatement=_title(values),
        humanCodingScheme=values.get("code"),
        abbreviatedStatement=next(iter(values.get("aliases", ())), None),
        CFItemType=TYPES[piece.role],
        educationLevel=[f"EQF {referential.level}"] if referential.level and piece.role == "block" else None,
        language="fr",
        notes=values.get("note"),
        lastChangeDateTime=changed(referential),
        extensions={OURS: rest} if rest else None,
    )


def associations(
    referential: Referential, correspondences: Iterable[Correspondence] = (), base: str | None = None
) -> list[dict[str, Any]]:
    """Every association of a version: its tree, what comes before what, what replaces it, what is like it."""
    titles = _Titles(referential, base)
    found = [
        titles.between("isChildOf", piece.reference, piece.parent, sequenceNumber=piece.rank)
        for piece in pieces(referential)
    ]
    for reference, competency in referential.competencies():
        for kind, before in (("precedes", competency.requires.strict), (ADVISED, competency.requires.advised)):
            found += [titles.between(kind, first, reference) for first in before]
    found += [titles.between("replacedBy", referential.key, after) for after in referential.replaced_by]
    for likeness in correspondences:
        if any(_is_in(end, referential.key) for end in (likeness.start, likeness.end)):
            ours = {"correspondence": plain(likeness)}
            found.append(
                titles.between(
                    MATCHES[likeness.relation], likeness.start, likeness.end, notes=likeness.reason, ours=ours
                )
            )
    return list({one["identifier"]: one for one in found}.values())


class _Titles:
    """Makes the associations of one version; knows what each of its parts is called."""

    def __init__(self, referential: Referential, base: str | None) -> None:
        self._key, self._base, self._changed = referential.key, base, changed(referential)
        some = tuple(pieces(referential))
        self._called = {piece.reference: _title(piece.values) for piece in some} | {self._key: referential.title}
        self._origins = {piece.reference: piece.origin for piece in some} | {self._key: _origins(referential).get("")}

    def between(
        self, kind: str, start: str, end: str, ours: dict[str, Any] | None = None, **fields: Any
    ) -> dict[str, Any]:
        name = f"{kind} {start} {end} {(ours or {}).get('correspondence', {}).get('id', '')}"
        identifier = part_id(self._key, name)
        outside = {place: text for place, text in (("from", start), ("to", end)) if text not in self._called}
        extension = outside | (ours or {})
        return _known(
            identifier=identifier,
            associationType=kind,
            **fields,
            uri=uri("CFAssociations", identifier, self._base),
            originNodeURI=self._link(start),
            destinationNodeURI=self._link(end),
            lastChangeDateTime=self._changed,
            extensions={OURS: extension} if extension else None,
        )

    def _link(self, reference: str) -> dict[str, Any]:
        collection = "CFItems" if "/" in reference else "CFDocuments"
        inside = reference in self._called and reference != self._key
        own = part_id(self._key, reference) if inside else reference_id(reference)
        title = self._called.get(reference, reference)
        return {"title": title} | _named(collection, own, self._origins.get(reference), self._base)


def changed(referential: Referential) -> str:
    """When the version changed last, as far as its file says; 1970 when it says nothing."""
    days = [source.checked_on for source in referential.sources if source.checked_on]
    day = max(days, default=referential.valid.start or referential.valid.seen or _NEVER)
    return f"{day.isoformat()}T00:00:00+00:00"


def _is_in(reference: str, key: str) -> bool:
    return reference == key or reference.startswith(f"{key}/")


def _title(values: Mapping[str, Any]) -> str:
    return str(values.get("title") or values.get("code") or "")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _known(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
