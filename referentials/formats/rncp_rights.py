"""*CORRESPONDANCES* of a fiche → rights (*passerelles de droit*): from what DESTINATION names, and a person holds, to what SOURCE names.

A certifier can award its own certification and no other; so what it lists under DESTINATION, a certification often older than its own, is what
it recognises, and SOURCE is what it gives for it. A row is a whole: all the blocks on one side together, for all those on the other. No
block on a side means the whole fiche. This reading is ours: the confidence is ``secondary``, and the row stays in the note.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from referentials.findings import Finding, warning
from referentials.formats.exchange import Record
from referentials.formats.rncp_fiche import source
from referentials.formats.rncp_source import Export, RawCorrespondence, RawFiche
from referentials.formats.text import code_of
from referentials.loader import RECOGNITIONS
from referentials.provenance import Confidence
from referentials.reference import parse_ref
from referentials.registers import FICHE, identifier_of, number_in
from referentials.rights import Effect

_LONGEST = 120
_READING = (
    "Lecture retenue : ce que nomme DESTINATION, détenu en entier, donne ce que nomme SOURCE ; rien dans l'autre sens."
)
_REMEDY = "Lisez la fiche sur le site de France compétences."


def recognitions(fiche: RawFiche, values: Mapping[str, Any], export: Export) -> Iterator[Record | Finding]:
    """The rights that a fiche declares, each once; a finding for the rows that say nothing usable.

    Parameters
    ----------
    values : mapping
        Those of the referential made from the fiche: its blocks and its period.
    """
    own = {block["code"] for block in values.get("blocks", ())}
    seen: set[str] = set()
    for row in fiche.correspondences:
        given = _given(row)
        unknown = [code for code in row.source if code_of(code) not in own]
        if given is None or unknown:
            yield _unusable(fiche, row, unknown)
            continue
        grants = _references(f"{identifier_of(fiche.number)}@{FICHE}", row.source)
        identifier = _identifier(grants, given)
        if identifier in seen:
            yield _said_twice(fiche, row)
            continue
        seen.add(identifier)
        yield Record(RECOGNITIONS.name, _values(identifier, fiche, values, row, given, grants, export), fiche.where)


def _given(row: RawCorrespondence) -> list[str] | None:
    """Everything that a row asks for, or ``None`` when some of it can't be read: to ask for less would give too much."""
    found: list[str] = []
    for text, blocks in row.destination:
        number = number_in(text)
        if number is None or not all(map(code_of, blocks)):
            return None
        found += _references(identifier_of(number), blocks)
    return list(dict.fromkeys(found)) or None


def _references(whole: str, blocks: tuple[str, ...]) -> list[str]:
    return [f"{whole}/{code_of(block)}" for block in blocks] or [whole]


def _identifier(grants: list[str], given: list[str]) -> str:
    """An identifier made of both sides, whatever the order of the file; a long one ends with a digest."""
    text = "-par-".join("-".join(sorted(map(_short, side))) for side in (grants, given)).replace("+", "-")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _short(reference: str) -> str:
    """A reference without what its block's code says again: ``rncp90010bc01``, but ``rncp90030.01``."""
    ref = parse_ref(reference)
    block = (ref.block or "").lower()
    return block if block.startswith(ref.referential) else ".".join(filter(None, (ref.referential, block)))


def _values(
    identifier: str,
    fiche: RawFiche,
    values: Mapping[str, Any],
    row: RawCorrespondence,
    given: list[str],
    grants: list[str],
    export: Export,
) -> dict[str, Any]:
    return {
        "id": identifier,
        "given": given[0] if len(given) == 1 else {"all_of": given},
        "grants": grants,
        "effect": Effect.AWARD.value,
        "in_force": _in_force(values.get("valid", {})),
        "source": source(fiche, export) | {"article": "CORRESPONDANCES"},
        "confidence": Confidence.SECONDARY.value,
        "note": f"{row}. {_READING}",
    }


def _in_force(valid: Mapping[str, Any]) -> dict[str, Any]:
    """As long as the certifier may award: until the last day of issue, or the end of the registration."""
    days = {"from": valid.get("from"), "to": valid.get("award_until") or valid.get("to")}
    return {name: day for name, day in days.items() if day}


def _unusable(fiche: RawFiche, row: RawCorrespondence, unknown: list[str]) -> Finding:
    why = (
        f"{', '.join(unknown)} n'est pas un bloc de la fiche" if unknown else "la certification détenue n'est pas dite"
    )
    return _warning("rncp-correspondance-illisible", f"Correspondance laissée de côté ({row}) : {why}.", fiche)


def _said_twice(fiche: RawFiche, row: RawCorrespondence) -> Finding:
    return _warning(
        "rncp-correspondance-en-double", f"Correspondance écrite deux fois, gardée une fois ({row}).", fiche
    )


def _warning(rule: str, message: str, fiche: RawFiche) -> Finding:
    return warning(rule, message, _REMEDY, file=fiche.where.file, line=fiche.where.line, path=fiche.where.path)
