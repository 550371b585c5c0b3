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
from reports.language import Words, say, to_say
from reports.library_wording import assessment, code, durations, label, requirement, window
from reports.wording import labelled, listed, number, quoted

FIELDS: Words[str] = Words(
    {
        "short_title": to_say("nom court"),
        "issuer": to_say("autorité"),
        "level": to_say("niveau"),
        "kind": to_say("nature"),
        "final_assessment": to_say("épreuve finale"),
        "scale": to_say("niveaux de l'échelle"),
        "codes": to_say("codes"),
        "complete": to_say("liste complète"),
        "replaces": to_say("remplace"),
        "replaced_by": to_say("remplacé par"),
        "assessment": to_say("évaluation"),
        "requires": to_say("à avoir avant"),
        "optional": to_say("facultatif"),
        "elements": to_say("savoirs"),
        "criteria": to_say("critères"),
        "hours": to_say("durées"),
        "award": to_say("obtention"),
        "state": to_say("état"),
        "confidence": to_say("confiance"),
        "aliases": to_say("autres noms"),
        "sources": to_say("sources"),
        "note": to_say("remarque"),
        "facts": to_say("autres faits lus"),
        "unread": to_say("ce qui n'est pas lu"),
        "origins": to_say("identifiants d'origine"),
        "raw_competencies": to_say("texte des compétences"),
        "prerequisites": to_say("prérequis du bloc"),
        "vae": to_say("voie de la VAE"),
    }
)
"""What the fields that change are called."""

_LISTS: Words[str] = Words(
    {
        "blocks": to_say("liste des blocs"),
        "competencies": to_say("liste des compétences"),
        "ordre des blocs": to_say("ordre des blocs"),
        "ordre des compétences": to_say("ordre des compétences"),
        "non connu": to_say("non connu"),
        "aucun": to_say("aucun"),
    }
)
"""The other words by which a change names a place or a value."""


def sentences(changes: Sequence[Change], before: Referential, after: Referential) -> tuple[str, ...]:
    """One sentence per change, in the same order."""
    moved = {f"{after.key}/{change.after}": str(change.before) for change in changes if change.kind is ChangeKind.MOVED}
    return tuple(_sentence(change, before, after, moved) for change in changes)


def _sentence(change: Change, before: Referential, after: Referential, moved: dict[str, str]) -> str:
    if change.kind is ChangeKind.VALIDITY:
        return labelled(say("{item}, dates", item=after.key), _arrow(window(before.valid), window(after.valid)))
    path, _comma, name = change.where.partition(", ")
    if change.kind is ChangeKind.MOVED:
        return say("{before} devient {after}", before=change.before, after=change.after)
    name = name or {ChangeKind.HOURS: "hours", ChangeKind.AWARD: "award"}.get(change.kind, "")
    if name not in FIELDS:
        return _of_a_part(change)
    where = f"{path}, {FIELDS[name]}"
    if change.kind is ChangeKind.EDITORIAL and name != "confidence":
        return say("{where} : la rédaction change", where=where)
    local = path.partition("/")[2]
    now, was = _part(after, local), _part(before, moved.get(path, local))
    if now is None or was is None:
        return _of_a_part(change)
    old, new = getattr(was, name), getattr(now, name)
    if name == "confidence":
        old, new = old or before.confidence, new or after.confidence
    return labelled(where, _arrow(said(old, before), said(new, after)))


def _of_a_part(change: Change) -> str:
    """What the values of a change say by themselves."""
    where, before, after = _place(change.where), _quoted(change.before), _quoted(change.after)
    match change.kind:
        case ChangeKind.ADDED:
            return say("{where} est nouveau : {title}", where=where, title=after)
        case ChangeKind.RETIRED:
            return say("{where} disparaît : {title}", where=where, title=before)
        case ChangeKind.REWORDED:
            return say("{where} change d'intitulé : {before} devient {after}", where=where, before=before, after=after)
        case ChangeKind.HOURS:
            return say("{where} : les durées passent de {before} à {after}", where=where, before=before, after=after)
        case ChangeKind.AWARD:
            return say("{where} : les conditions d'obtention changent", where=where)
        case ChangeKind.ENTRY:
            return say("{where} : les exigences à l'entrée changent", where=where)
        case ChangeKind.EDITORIAL:
            return say("{where} : la rédaction change", where=where)
        case ChangeKind.RIGHT_ADDED:
            return say("Nouvelle passerelle {where} : {right}", where=where, right=after)
        case ChangeKind.RIGHT_RETIRED:
            return say("La passerelle {where} n'existe plus : {right}", where=where, right=before)
        case ChangeKind.RIGHT_CHANGED:
            return say(
                "La passerelle {where} change : {before} devient {after}", where=where, before=before, after=after
            )
    return say("{where} passe de {before} à {after}", where=where, before=before, after=after)


def _place(where: str) -> str:
    path, comma, name = where.partition(", ")
    return f"{path}, {_LISTS[name]}" if comma and name in _LISTS else where


def _quoted(value: Any) -> str:
    return say("non connu") if value in (None, "", (), {}) else quoted(_LISTS.get(value, value))


def _arrow(before: str, after: str) -> str:
    return f"{before} → {after}"


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
    return _said(value).replace(f"{version.key}/", "") or say("non connu")


def _said(value: Any) -> str:
    match value:
        case None | () | "":
            return say("non connu")
        case bool():
            return say("oui") if value else say("non")
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
            return ", ".join((*value.strict, *(say("{item} (de préférence)", item=text) for text in value.advised)))
        case Code():
            return code(value)
        case tuple():
            return listed(_said(part) for part in value)
    return " ".join(text for _depth, text in requirement(value))
