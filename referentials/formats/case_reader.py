"""A CASE 1.0 or 1.1 package → a referential, and the likenesses that it states (*import CASE*).

Tolerates what real exports do: links as plain text, ranks as text, levels as a comma list, ends of associations that are elsewhere,
items without parent. What our own export put in ``extensions`` comes back; the standard's own fields win over it. A text may hold HTML
or Markdown signs: HTML is taken out, except from our own exports, whose texts are plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from referentials.findings import Finding, Place, error
from referentials.formats.case_ids import UUID_TEXT, may_be_in
from referentials.formats.case_package import ADVISED, MATCHES, OURS, STATES, TYPES, UNKNOWN_ISSUER
from referentials.formats.exchange import Record
from referentials.formats.losses import Losses
from referentials.formats.outline import Node, Outline, outlined, tree_of
from referentials.formats.text import clean, code_of, identifier_of, plain
from referentials.loader import CORRESPONDENCES, MAX_FINDINGS, REFERENTIAL

ROLES = {name.lower(): role for role, name in TYPES.items()} | {
    "bloc": "block",
    "bloc de compétences": "block",
    "compétence": "competency",
    "critère": "criterion",
    "indicateur": "criterion",
    "indicator": "criterion",
    "savoir": "element",
    "savoir-faire": "element",
}
_STATES = {name.lower(): state for state, name in STATES.items()}
_STATES_READ = {"draft", "retired"}
_RELATIONS = {kind: relation for relation, kind in MATCHES.items()}
_USED = {"isChildOf", "isPartOf", "precedes", "replacedBy", ADVISED, *_RELATIONS}
_LEVEL = re.compile(r"(?:EQF|CEC)[ -]?([1-8])")
_READ = frozenset(("identifier", "uri", "fullStatement", "humanCodingScheme", "abbreviatedStatement", "CFItemType"))
_READ |= frozenset(("educationLevel", "language", "notes", "lastChangeDateTime", "extensions", "CFDocumentURI"))
_READ |= frozenset(("CFItemTypeURI", "listEnumeration"))
_REMEDY = "Complétez le référentiel à la main si cela compte pour vous."


def records(package: Mapping[str, Any], file: str) -> Iterator[Record | Finding]:
    """The referential of a package, its likenesses, then what could not be taken."""
    losses = Losses("case", _REMEDY, file)
    reader = _Package(package, file, losses)
    yield from reader.bad
    outline = reader.outline()
    referential = reader.referential(outline)
    yield Record(REFERENTIAL.name, referential, Place(file=file, path="CFDocument"))
    yield from reader.correspondences(outline, f"{referential['id']}@{referential['version']}")
    yield from losses.findings


class _Package:
    """One package: its usable items and associations, by identifier."""

    def __init__(self, package: Mapping[str, Any], file: str, losses: Losses) -> None:
        self.file, self.losses = file, losses
        self.document = _mapping(package.get("CFDocument"))
        self.is_ours = bool(_ours(self.document).get("id"))
        self.text: Callable[[str], str] = clean if self.is_ours else plain
        self.bad: list[Finding] = []
        self.items = self._sound(package, "CFItems", ("identifier",))
        kept = ("identifier", "associationType", "originNodeURI", "destinationNodeURI")
        self.associations = self._sound(package, "CFAssociations", kept)
        if package.get("CFRubrics"):
            losses.add("grilles", "Les grilles d'évaluation (CFRubrics) ne sont pas reprises", "CFRubrics")

    def _sound(self, package: Mapping[str, Any], name: str, needed: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        listed = package.get(name)
        for rank, one in enumerate(listed if isinstance(listed, list) else [], 1):
            missing = [key for key in needed if not _mapping(one).get(key)]
            if missing:
                self._refuse(f"{name}[{rank}]", f"Il manque « {missing[0]} ».")
            elif str(one["identifier"]) in found:
                self._refuse(f"{name}[{rank}]", f"L'identifiant « {one['identifier']} » sert déjà plus haut.")
            else:
                found[str(one["identifier"])] = one
        return found

    def _refuse(self, path: str, message: str) -> None:
        if len(self.bad) >= MAX_FINDINGS:
            self.losses.add("suite", "D'autres enregistrements sont laissés de côté pour les mêmes raisons", path)
            return
        remedy = "Cet enregistrement est laissé de côté ; corrigez-le dans le système d'origine."
        self.bad.append(error("case-enregistrement", message, remedy, file=self.file, path=path))

    # -- the tree

    def outline(self) -> Outline:
        """Blocks and competencies, with what comes before what."""
        parents, ranks = self._parents()
        order = sorted(self.items, key=lambda identifier: ranks.get(identifier, (0, 0)))
        nodes = [self._node(identifier) for identifier in order]
        roots = tree_of(nodes, parents, self.losses, self.file)
        outline = outlined(roots, self._text(self.document, "title") or "", self.losses)
        if not self.is_ours:
            self._order(outline)
        return outline

    def _parents(self) -> tuple[dict[str, str], dict[str, tuple[int, int]]]:
        """The parent of each item, and its rank: the sequence number where there is one, then the order of the file."""
        parents: dict[str, str] = {}
        ranks: dict[str, tuple[int, int]] = {}
        inside = {*self.items, str(self.document.get("identifier"))}
        for kind in ("isChildOf", "isPartOf"):
            for place, one in enumerate(self._of_kind(kind)):
                child, parent = _end(one, "originNodeURI"), _end(one, "destinationNodeURI")
                if child not in self.items or parent not in inside:
                    self.losses.add("ailleurs", "Des liens mènent hors du fichier et ne sont pas repris", kind)
                elif child in parents:
                    self.losses.add("deux-parents", "Des items ont plusieurs parents : le premier est gardé", child)
                else:
                    parents[child], ranks[child] = parent, (_whole(one.get("sequenceNumber")), place)
        return parents, ranks

    def _of_kind(self, kind: str) -> Iterator[Mapping[str, Any]]:
        return (one for one in self.associations.values() if one["associationType"] == kind)

    def _node(self, identifier: str) -> Node:
        item = self.items[identifier]
        values = dict(_ours(item)) if self.is_ours else {}
        title = None if values.pop("untitled", False) else self._text(item, "fullStatement")
        role = ROLES.get(str(item.get("CFItemType", "")).strip().lower(), "")
        if (short := self._text(item, "abbreviatedStatement")) and "aliases" not in values:
            values["aliases"] = [short]
        if note := self._text(item, "notes"):
            values["note"] = note
        if not self.is_ours:
            self.losses.fields(item, _READ, str(item.get("humanCodingScheme") or identifier))
        return Node(identifier, clean(str(item.get("humanCodingScheme") or "")), title, role, values)

    def _order(self, outline: Outline) -> None:
        """What comes before what: another system's order is advice, not a condition."""
        competencies = {
            f"{block['code']}/{item['code']}": item
            for block in outline.blocks
            for item in block.get("competencies") or ()
        }
        for one in self._of_kind("precedes"):
            first, then = (outline.places.get(_end(one, end), "") for end in ("originNodeURI", "destinationNodeURI"))
            if first in competencies and then in competencies:
                competencies[then].setdefault("requires", {"advised": []})["advised"].append(first)
            else:
                self.losses.add("ordre", "Des ordres entre autre chose que des compétences ne sont pas repris", then)

    # -- the whole

    def referential(self, outline: Outline) -> dict[str, Any]:
        """The values of the referential."""
        document, text = self.document, self._text
        values = dict(_ours(document)) if self.is_ours else self._named(outline)
        values["title"] = text(document, "title") or values["id"]
        issuer = text(document, "creator")
        if issuer and issuer != UNKNOWN_ISSUER:
            values["issuer"] = issuer
        if note := text(document, "notes"):
            values["note"] = note
        valid = dict(values.get("valid", {}))
        for ours, theirs in (("from", "statusStartDate"), ("to", "statusEndDate")):
            if document.get(theirs):
                valid[ours] = str(document[theirs])[:10]
        state = _STATES.get(str(document.get("adoptionStatus", "")).lower())
        if state and (self.is_ours or state in _STATES_READ):
            values["state"] = state.value
        key = f"{values['id']}@{values['version']}"
        blocks = [_in_full(block, key) for block in outline.blocks]
        told = {"valid": valid, "blocks": blocks, "origins": list(self._origins(outline, key))}
        return values | {name: value for name, value in told.items() if value}

    def _origins(self, outline: Outline, key: str) -> Iterator[dict[str, str]]:
        """The identifiers and addresses that the file gives to what was taken, but for those that are ours."""
        places = {str(self.document.get("identifier")): ""} | outline.places | outline.details
        listed = {str(self.document.get("identifier")): self.document} | self.items
        for identifier, part in places.items():
            if not UUID_TEXT.fullmatch(identifier) or (self.is_ours and may_be_in(identifier, key)):
                continue
            address = str(listed[identifier].get("uri") or "")
            known = address.startswith(("https://", "http://", "urn:")) and address != f"urn:uuid:{identifier}"
            values = {"part": part, "identifier": identifier, "uri": address if known else ""}
            yield {name: value for name, value in values.items() if value}

    def _named(self, outline: Outline) -> dict[str, Any]:
        """What we say of a document that is not ours: its name, its version, where it comes from."""
        document, text = self.document, self._text
        title, date = text(document, "title") or "", str(document.get("lastChangeDateTime") or "")[:10]
        source = {"id": "case", "title": title or "CASE", "reference": str(document.get("identifier") or "")}
        address = str(document.get("officialSourceURL") or document.get("uri") or "")
        if address.startswith(("https://", "http://")):
            source["url"] = address
        source["note"] = f"Lu dans un fichier CASE{f', modifié le {date}' if date else ''}."
        levels = {level for item in self.items.values() for level in _levels(item.get("educationLevel"))}
        facts = [text(document, "description")] if text(document, "description") else []
        return (
            {
                "id": identifier_of(title)[:60].strip("-._")
                or f"case-{code_of(source['reference'])[:8].lower() or 'sans-nom'}",
                "version": code_of(str(document.get("version") or "")) or date[:4] or "1",
                "kind": "cadre-de-competences",
                "confidence": "secondary",
                "sources": [{key: value for key, value in source.items() if value}],
            }
            | ({"level": levels.pop()} if len(levels) == 1 else {})
            | ({"facts": facts} if facts else {})
        )

    def correspondences(self, outline: Outline, key: str) -> Iterator[Record]:
        """The likenesses between what the file holds, or that our own export states."""
        for identifier, one in self.associations.items():
            kind, where = str(one["associationType"]), Place(file=self.file, path=f"CFAssociations {identifier}")
            relation = _RELATIONS.get(kind)
            if kind not in _USED:
                self.losses.add("association", "Des associations d'un autre genre ne sont pas reprises", kind)
            if relation is None:
                continue
            stated = _ours(one).get("correspondence")
            if isinstance(stated, Mapping):
                yield Record(CORRESPONDENCES.name, stated, where)
                continue
            ends = [outline.places.get(_end(one, end)) for end in ("originNodeURI", "destinationNodeURI")]
            if None in ends:
                self.losses.add("ailleurs", "Des liens mènent hors du fichier et ne sont pas repris", kind)
                continue
            values = {"id": f"case-{identifier.lower()}", "from": f"{key}/{ends[0]}", "to": f"{key}/{ends[1]}"}
            values |= {"relation": relation.value, "state": "suggested"}
            values["author"] = self._text(self.document, "creator") or "CASE"
            reason = self._text(one, "notes")
            yield Record(CORRESPONDENCES.name, values | ({"reason": reason} if reason else {}), where)

    def _text(self, one: Mapping[str, Any], name: str) -> str | None:
        value = one.get(name)
        return self.text(value) or None if isinstance(value, str) else None


def _in_full(block: dict[str, Any], key: str) -> dict[str, Any]:
    """A block whose competencies name what comes before them in full."""
    for competency in block.get("competencies") or ():
        for name, codes in (competency.get("requires") or {}).items():
            competency["requires"][name] = [code if "@" in code else f"{key}/{code}" for code in codes]
    return block


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _ours(one: Mapping[str, Any]) -> Mapping[str, Any]:
    return _mapping(_mapping(one.get("extensions")).get(OURS))


def _end(association: Mapping[str, Any], name: str) -> str:
    """The identifier at one end: that of the link, or the last part of an address."""
    value = association.get(name)
    return str(_mapping(value).get("identifier") or "") or str(value).rstrip("/").rpartition("/")[2]


def _whole(value: Any) -> int:
    return int(value) if re.fullmatch(r"\d{1,9}", str(value)) else 0


def _levels(value: Any) -> list[int]:
    texts = value if isinstance(value, list) else str(value or "").split(",")
    return [int(found[1]) for text in texts if (found := _LEVEL.fullmatch(str(text).strip()))]
