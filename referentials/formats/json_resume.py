"""JSON Resume, a CV as data (*CV au format JSON Resume*): jobs with their length; diplomas, certificates and skills as words to recognise.

Every part of the standard that could say who the person is — basics, employers, references, summaries — stays in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from referentials.findings import Finding
from referentials.formats.claims import Claims, Moment, day_of, moment
from referentials.formats.exchange import PROFILE, Record, Standard, Upload
from referentials.formats.upload import json_of, refused

__all__ = ["STANDARD"]

AT_MOST = 2_000_000
"""How many bytes a CV may have: a picture may be in it."""

_PARTS = ("work", "volunteer", "education", "certificates", "skills")
_LEFT = {
    "languages": "les langues",
    "projects": "les projets",
    "awards": "les prix reçus",
    "publications": "les publications",
    "interests": "les centres d'intérêt",
}


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The claims of a CV.

    Raises
    ------
    FileProblem
        It is no CV of this format.
    """
    value = json_of(upload, AT_MOST)
    if not (isinstance(value, Mapping) and any(isinstance(value.get(part), list) for part in _PARTS)):
        message = (
            "Le fichier n'est pas un CV au format JSON Resume : il n'a ni « work », ni « education », ni « skills »."
        )
        raise refused(upload, "json-resume", message, "Exportez de nouveau le CV au format JSON Resume.")
    basics = _mapping(value.get("basics"))
    claims = Claims(upload, basics.get("name"), basics.get("email"), basics.get("phone"))
    for part in ("work", "volunteer"):
        _jobs(claims, value, part)
    _education(claims, value)
    _certificates(claims, value)
    _skills(claims, value)
    for part, words in _LEFT.items():
        if value.get(part):
            claims.leave(part, words, part)
    return claims.read()


def _jobs(claims: Claims, value: Mapping[str, Any], part: str) -> None:
    until = moment(_mapping(value.get("meta")).get("lastModified"))
    for path, one in _each(value, part):
        end = moment(one.get("endDate")) if one.get("endDate") else until
        claims.job(one.get("position"), moment(one.get("startDate")), end, path)


def _education(claims: Claims, value: Mapping[str, Any]) -> None:
    for path, one in _each(value, "education"):
        title = " ".join(filter(None, (_text(one.get("studyType")), _text(one.get("area")))))
        claims.mention("qualification", title, path, on=_day(one.get("endDate")))


def _certificates(claims: Claims, value: Mapping[str, Any]) -> None:
    for path, one in _each(value, "certificates"):
        claims.mention("qualification", one.get("name"), path, on=_day(one.get("date")))


def _skills(claims: Claims, value: Mapping[str, Any]) -> None:
    for path, one in _each(value, "skills"):
        level = claims.words(one.get("level"), 100)
        claims.mention("skill", one.get("name"), path, level=level)
        words = one.get("keywords")
        for word in words if isinstance(words, list) else ():
            claims.mention("skill", word, path, level=level)


def _each(value: Mapping[str, Any], part: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    items = value.get(part)
    for rank, one in enumerate(items if isinstance(items, list) else (), 1):
        if isinstance(one, Mapping):
            yield f"{part}[{rank}]", one


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _day(value: Any) -> str | None:
    told: Moment | None = moment(value)
    return day_of(told)


STANDARD = Standard(
    id="json-resume",
    title="CV au format JSON Resume",
    suffixes=(".json",),
    media_type="application/json",
    reads=(PROFILE,),
    read=read,
)
