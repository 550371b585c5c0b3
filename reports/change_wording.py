"""A change between two versions as a sentence (*changement*), with dates, codes and requirements said as people say them.

:class:`referentials.diff.Change` keeps plain values; this module goes back to both versions to find what they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from referentials.diff import Change, ChangeKind
from referentials.model import Assessment, Codes, Competency, Hours, Prerequisites, Referential, Scale
from referentials.provenance import Code
from reports.library_wording import UNKNOWN, assessment, code, durations, label, requirement, window
from reports.wording import number

FIELDS = {
    "short_title": "nom court",
    "issuer": "autorité",
    "level": "niveau",
    "kind": "nature",
    "final_assessment": "épreuve finale",
    "scale": "niveaux de l'échelle",
    "codes": "codes",
    "complete": "liste complète",
    "replaces": "remplace",
    "replaced_by": "remplacé par",
    "assessment": "évaluation",
    "requires": "à avoir avant",
    "optional": "facultatif",
    "elements": "savoirs",
    "criteria": "critères",
    "hours": "durées",
    "award": "obtention",
    "state": "état",
    "confidence": "confiance",
    "aliases": "autres noms",
    "sources": "sources",
    "note": "remarque",
    "facts": "autres faits lus",
    "unread": "ce qui n'est pas lu",
}
"""What the fields that change are called."""


def sentences(changes: Sequence[Change], before: Referential, after: Referential) -> tuple[str, ...]:
    """One sentence per change, in the same order."""
    moved = {f"{after.key}/{change.after}": str(change.before) for change in changes if change.kind is ChangeKind.MOVED}
    return tuple(_sentence(change, before, after, moved) for change in changes)


def _sentence(change: Change, before: Referential, after: Referential, moved: dict[str, str]) -> str:
    if change.kind is ChangeKind.VALIDITY:
        return f"{after.key}, dates : {window(before.valid)} → {window(after.valid)}"
    path, _comma, name = change.where.partition(", ")
    if change.kind is ChangeKind.MOVED:
        return f"{change.before} devient {change.after}"
    name = name or {ChangeKind.HOURS: "hours", ChangeKind.AWARD: "award"}.get(change.kind, "")
    if name not in FIELDS:
        return change.sentence
    if change.kind is ChangeKind.EDITORIAL and name != "confidence":
        return f"{path}, {FIELDS[name]} : la rédaction change"
    local = path.partition("/")[2]
    now, was = _part(after, local), _part(before, moved.get(path, local))
    if now is None or was is None:
        return change.sentence
    old, new = getattr(was, name), getattr(now, name)
    if name == "confidence":
        old, new = old or before.confidence, new or after.confidence
    return f"{path}, {FIELDS[name]} : {said(old, before)} → {said(new, after)}"


def _part(version: Referential, local: str) -> Any:
    """The version itself, its block, or its competency."""
    block_code, _slash, competency_code = local.partition("/")
    if not local:
        return version
    block = version.block(block_code)
    if block is None or not competency_code:
        return block
    found: list[Competency] = [item for item in block.known_competencies if item.code == competency_code]
    return found[0] if found else None


def said(value: Any, version: Referential) -> str:
    """A value of a version, as people say it; its own blocks by their code alone."""
    return _said(value).replace(f"{version.key}/", "") or UNKNOWN


def _said(value: Any) -> str:
    match value:
        case None | () | "":
            return UNKNOWN
        case bool():
            return "oui" if value else "non"
        case StrEnum():
            return label(value)
        case int() | float():
            return number(value)
        case str():
            return value
        case Assessment():
            return assessment(value)
        case Hours():
            return durations(value)
        case Scale():
            return ", ".join(level.label or str(level.rank) for level in value.levels)
        case Codes():
            return ", ".join(code(one) for name in type(value).model_fields for one in getattr(value, name))
        case Prerequisites():
            return ", ".join((*value.strict, *(f"{text} (de préférence)" for text in value.advised)))
        case Code():
            return code(value)
        case tuple():
            return " ; ".join(_said(part) for part in value)
    return " ".join(text for _depth, text in requirement(value))
