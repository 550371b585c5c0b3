"""SKOS, the web's way to publish vocabularies, as Turtle, out only (*référentiels en données liées*).

=================  =========================================================================
ours               in SKOS
=================  =========================================================================
referential        ``skos:ConceptScheme``; replaced by → ``dct:isReplacedBy``
block              top ``skos:Concept`` of the scheme
competency         ``skos:Concept``, ``skos:broader`` its block; strict before → ``dct:requires``
code, other codes  ``skos:notation``
title, aliases     ``skos:prefLabel``, ``skos:altLabel``, in French
elements           ``skos:definition``; criteria → ``skos:scopeNote``
note               ``skos:editorialNote``
likenesses         ``skos:exactMatch``, ``closeMatch``, ``broadMatch``, ``narrowMatch``
=================  =========================================================================

A concept has the identifier that CASE gives it, so that both exports speak of the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from referentials.formats.case_ids import reference_id, uri
from referentials.formats.exchange import Standard, Written
from referentials.formats.losses import Losses
from referentials.formats.upload import referentials_of
from referentials.library import Library
from referentials.loader import CORRESPONDENCES, REFERENTIAL
from referentials.model import Block, Competency, Referential
from referentials.provenance import Code
from referentials.rights import Correspondence, Relation
from referentials.writer import plain

__all__ = ["STANDARD"]

_PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
_REFERENTIAL = {
    "id",
    "version",
    "title",
    "short_title",
    "aliases",
    "issuer",
    "codes",
    "replaced_by",
    "replaces",
    "note",
    "blocks",
}
_BLOCK = {"code", "title", "aliases", "codes", "note", "competencies"}
_COMPETENCY = {"code", "title", "elements", "criteria", "note", "requires"}
_ADDRESS = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Facts = Iterator[tuple[str, str]]
"""What is said of one thing: the property and the value, as Turtle writes them."""


def write(library: Library, refs: Sequence[str]) -> Written:
    """The concepts of one or several referentials, in one file."""
    losses = Losses("skos", "SKOS n'a pas de place pour cela : gardez aussi le fichier YAML.")
    found = referentials_of(library, refs)
    parts = [_PREFIXES]
    for referential in found:
        parts += _scheme(referential, library.correspondences, losses)
    name = found[0].key if len(found) == 1 else "referentiels"
    return Written(f"{name}.ttl", "\n".join(parts).encode(), losses.findings)


def _scheme(referential: Referential, likenesses: Sequence[Correspondence], losses: Losses) -> Iterator[str]:
    key = referential.key
    losses.fields(plain(referential), _REFERENTIAL, key)
    yield _statement(key, "skos:ConceptScheme", _of_scheme(referential))
    matches = _matches(likenesses)
    for block in referential.known_blocks:
        own = f"{key}/{block.code}"
        losses.fields(plain(block), _BLOCK, own)
        yield _statement(own, "skos:Concept", _of_block(block, key, own), matches.get(own, ()))
        for competency in block.known_competencies:
            reference = f"{own}/{competency.code}"
            losses.fields(plain(competency), _COMPETENCY, reference)
            facts = _of_competency(competency, key, own, reference)
            yield _statement(reference, "skos:Concept", facts, matches.get(reference, ()))


def _of_scheme(referential: Referential) -> Facts:
    yield "dct:identifier", literal(referential.key)
    yield "dct:title", literal(referential.title, "fr")
    yield "skos:prefLabel", literal(referential.title, "fr")
    for other in filter(None, [referential.short_title, *referential.aliases]):
        yield "skos:altLabel", literal(other, "fr")
    yield "owl:versionInfo", literal(referential.version)
    if referential.issuer:
        yield "dct:publisher", literal(referential.issuer, "fr")
    if referential.note:
        yield "skos:editorialNote", literal(referential.note, "fr")
    for name in type(referential.codes).model_fields:
        codes: tuple[Code, ...] = getattr(referential.codes, name)
        yield from (("dct:identifier", literal(f"{name}:{code.code}")) for code in codes)
    for source in referential.sources:
        if source.url and _ADDRESS.fullmatch(source.url):
            yield "dct:source", f"<{source.url}>"
    yield from (("dct:isReplacedBy", _name(after)) for after in referential.replaced_by)
    yield from (("dct:replaces", _name(before)) for before in referential.replaces)
    yield from (("skos:hasTopConcept", _name(f"{referential.key}/{block.code}")) for block in referential.known_blocks)


def _of_block(block: Block, key: str, own: str) -> Facts:
    yield from _of_concept(block, key, own)
    yield "skos:topConceptOf", _name(key)
    yield from (("skos:altLabel", literal(other, "fr")) for other in block.aliases)
    yield from (("skos:notation", literal(code.code)) for code in block.codes)
    yield from (("skos:narrower", _name(f"{own}/{one.code}")) for one in block.known_competencies)


def _of_competency(competency: Competency, key: str, block: str, own: str) -> Facts:
    yield from _of_concept(competency, key, own)
    yield "skos:broader", _name(block)
    yield from (("skos:definition", literal(text, "fr")) for text in competency.elements)
    yield from (("skos:scopeNote", literal(text, "fr")) for text in competency.criteria)
    yield from (("dct:requires", _name(before)) for before in competency.requires.strict)
    yield from (("dct:relation", _name(before)) for before in competency.requires.advised)


def _of_concept(item: Block | Competency, key: str, own: str) -> Facts:
    yield "dct:identifier", literal(own)
    yield "skos:inScheme", _name(key)
    yield "skos:notation", literal(item.code)
    if item.title:
        yield "skos:prefLabel", literal(item.title, "fr")
    if item.note:
        yield "skos:editorialNote", literal(item.note, "fr")


def _matches(likenesses: Sequence[Correspondence]) -> dict[str, list[tuple[str, str]]]:
    """What each concept is like, told from both ends."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in likenesses:
        for here, relation, there in ((one.start, one.relation, one.end), (one.end, _BACK[one.relation], one.start)):
            found.setdefault(here, []).append((f"skos:{relation.value}Match", _name(there)))
    return found


_BACK = {relation: relation for relation in Relation} | {
    Relation.BROAD: Relation.NARROW,
    Relation.NARROW: Relation.BROAD,
}


# -- Turtle


def literal(text: str, language: str = "") -> str:
    """A text as Turtle writes it.

    Examples
    --------
    >>> print(literal("Dire oui\\net non", "fr"))
    "Dire oui\\net non"@fr
    """
    written = "".join(_ESCAPES.get(sign) or (sign if sign >= " " else f"\\u{ord(sign):04X}") for sign in text)
    return f'"{written}"' + (f"@{language}" if language else "")


def _name(reference: str) -> str:
    return f"<{uri('', reference_id(reference), None)}>"


def _statement(reference: str, kind: str, facts: Facts, more: Sequence[tuple[str, str]] = ()) -> str:
    lines: list[Any] = [f"{_name(reference)} a {kind}"]
    lines += [f"    {name} {value}" for name, value in dict.fromkeys([*facts, *more])]
    return " ;\n".join(lines) + " .\n"


STANDARD = Standard(
    id="skos",
    title="SKOS (Turtle)",
    suffixes=(".ttl",),
    media_type="text/turtle",
    writes=(REFERENTIAL.name, CORRESPONDENCES.name),
    write=write,
)
