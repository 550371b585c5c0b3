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

from referentials.formats.case_ids import document_id, link, part_id, reference_id, uri
from referentials.model import Referential, State
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
    """One item to be: its reference, that of what holds it, its role, its rank there, its plain values."""

    reference: str
    parent: str
    role: str
    rank: int
    values: Mapping[str, Any]


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


def document(referential: Referential, base: str | None = None) -> dict[str, Any]:
    """The document of a version, as it stands in its package."""
    identifier = document_id(referential.key)
    values = {key: value for key, value in plain(referential).items() if key not in ("blocks", "title", "note")}
    if referential.blocks is not None and not referential.blocks:
        values["blocks"] = []
    return _known(
        identifier=identifier,
        uri=uri("CFDocuments", identifier, base),
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

    def once(reference: str) -> str:
        seen[reference] += 1
        return reference if seen[reference] == 1 else f"{reference}#{seen[reference]}"

    for rank, block in enumerate(referential.known_blocks, 1):
        home = once(f"{referential.key}/{block.code}")
        yield Piece(home, referential.key, "block", rank, plain(block))
        for place, competency in enumerate(block.known_competencies, 1):
            own = once(f"{home}/{competency.code}")
            yield Piece(own, home, "competency", place, plain(competency))
            below = [("element", text) for text in competency.elements]
            below += [("criterion", text) for text in competency.criteria]
            for number, (role, text) in enumerate(below, 1):
                yield Piece(once(f"{own}#{role}#{text}"), own, role, number, {"title": text})


_IN_FIELDS = ("code", "title", "note", "elements", "criteria")


def item(referential: Referential, piece: Piece, base: str | None = None) -> dict[str, Any]:
    """One item, as it stands in its package."""
    values = piece.values
    identifier = part_id(referential.key, piece.reference)
    rest = {key: value for key, value in values.items() if key not in (*_IN_FIELDS, "competencies")}
    if values.get("competencies") == []:
        rest["competencies"] = []
    if values.get("title") is None:
        rest["untitled"] = True
    return _known(
        identifier=identifier,
        uri=uri("CFItems", identifier, base),
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
        self._called = {piece.reference: _title(piece.values) for piece in pieces(referential)}
        self._called[referential.key] = referential.title

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
        identifier = part_id(self._key, reference) if inside else reference_id(reference)
        return link(collection, identifier, self._called.get(reference, reference), self._base)


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
