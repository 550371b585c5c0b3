"""Open Badges 3.0 (*badges ouverts*): what a badge says was achieved, as words and codes to recognise.

A badge is a signed statement; its signature is not checked here, nor whether its issuer took it back: it stays a claim. Whom it was
given to is left in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from referentials.findings import Finding
from referentials.formats.claims import Claims, day_of, moment
from referentials.formats.exchange import PROFILE, Record, Standard, Upload
from referentials.formats.text import clean
from referentials.formats.upload import json_of, refused

__all__ = ["STANDARD"]

AT_MOST = 5_000_000

_CREDENTIALS = {"OpenBadgeCredential", "AchievementCredential"}
_QUALIFICATIONS = {
    "ApprenticeshipCertificate",
    "AssociateDegree",
    "BachelorDegree",
    "CertificateOfCompletion",
    "Certificate",
    "Certification",
    "Degree",
    "Diploma",
    "DoctoralDegree",
    "JourneymanCertificate",
    "License",
    "MasterCertificate",
    "MasterDegree",
    "MicroCredential",
    "ProfessionalDoctorate",
    "SecondarySchoolDiploma",
}
_PRIVATE = ("did:", "mailto:", "data:")
_DEEPEST = 4


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The claims of a badge, or of several.

    Raises
    ------
    FileProblem
        It holds no badge of this version.
    """
    value = json_of(upload, AT_MOST)
    badges = [*_credentials(value)]
    if not badges:
        raise refused(upload, "open-badges", _none(value), "Demandez à l'émetteur un badge Open Badges 3.0 en JSON.")
    claims = Claims(upload, *(name for one in badges for name in _holder(one)))
    for rank, one in enumerate(badges, 1):
        _badge(claims, one, f"badge {rank}")
    message = "Ni la signature des badges, ni leur retrait éventuel n'ont été vérifiés."
    claims.warn("non-verifie", message, "Gardez le badge lui-même : c'est lui qui fait preuve.")
    return claims.read()


def _none(value: Any) -> str:
    if isinstance(value, Mapping) and "badge" in value and "recipient" in value:
        return "Ce badge suit la version 2 d'Open Badges : seule la version 3 est lue."
    return "Le fichier ne contient aucun badge Open Badges 3.0."


def _credentials(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Badges, alone, in a list, or in a presentation of several."""
    if isinstance(value, list) and depth < _DEEPEST:
        for one in value:
            yield from _credentials(one, depth + 1)
    if not isinstance(value, Mapping):
        return
    if _CREDENTIALS & _types(value):
        yield value
    elif depth < _DEEPEST:
        yield from _credentials(value.get("verifiableCredential"), depth + 1)


def _badge(claims: Claims, badge: Mapping[str, Any], path: str) -> None:
    on = day_of(moment(badge.get("validFrom") or badge.get("awardedDate")))
    if until := day_of(moment(badge.get("validUntil"))):
        message = f"Ce badge n'est valable que jusqu'au {until[8:]}/{until[5:7]}/{until[:4]}."
        claims.warn("badge-jusque", message, "Vérifiez qu'il vaut encore.", path)
    for subject in _each(badge.get("credentialSubject")):
        for achievement in _each(subject.get("achievement")):
            kind = "qualification" if _QUALIFICATIONS & _types(achievement, "achievementType") else "skill"
            code = claims.words(achievement.get("humanCode"), 300)
            claims.mention(kind, achievement.get("name") or badge.get("name"), path, on=on, code=code)
            for one in _each(achievement.get("alignment")):
                _alignment(claims, one, path, on)
    for part, words in (("evidence", "les preuves jointes au badge"), ("image", "l'image du badge")):
        if badge.get(part):
            claims.leave(part, words, path)


def _alignment(claims: Claims, one: Mapping[str, Any], path: str, on: str | None) -> None:
    """What a badge is said to match in a framework: the nearest thing to a reference that a badge has."""
    code = one.get("targetCode") or one.get("targetUrl")
    told = clean(code).strip()[:300] if isinstance(code, str) and not code.startswith(_PRIVATE) else None
    claims.mention("skill", one.get("targetName"), path, on=on, code=told)


def _holder(badge: Mapping[str, Any]) -> Iterator[Any]:
    for subject in _each(badge.get("credentialSubject")):
        yield subject.get("name")
        for one in _each(subject.get("identifier")):
            yield one.get("identityHash") if one.get("hashed") is False else None


def _types(value: Mapping[str, Any], name: str = "type") -> set[str]:
    found = value.get(name)
    return {one for one in (found if isinstance(found, list) else [found]) if isinstance(one, str)}


def _each(value: Any) -> Iterator[Mapping[str, Any]]:
    return (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Mapping))


STANDARD = Standard(
    id="open-badges",
    title="Open Badges 3.0",
    suffixes=(".json", ".jsonld"),
    media_type="application/ld+json",
    reads=(PROFILE,),
    read=read,
)
