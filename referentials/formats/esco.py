"""ESCO, the European nomenclature of trades and skills (*classification européenne*): its CSV files, in one language.

One file of occupations, or a ZIP that holds them with the skills and the relations between both::

    conceptUri, preferredLabel, altLabels                       occupations_xx.csv, skills_xx.csv
    occupationUri, relationType, skillType, skillUri            occupationSkillRelations.csv: essential or optional

An occupation that the relations name and the occupations do not is counted, and left out, as is a skill.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from referentials.findings import Finding, Place, warning
from referentials.formats.archive import Bounds
from referentials.formats.exchange import OCCUPATION, Record, Standard, Upload
from referentials.formats.table import Table, tables
from referentials.formats.text import plain
from referentials.formats.upload import refused

__all__ = ["STANDARD"]

_BOUNDS = Bounds(members=60, bytes=100_000_000)
_WANTED = re.compile(r"(occupations|skills|occupationSkillRelations)(_[a-z]{2})?\.csv", re.IGNORECASE)
_OCCUPATION, _SKILL = "/esco/occupation/", "/esco/skill/"
_ISCO = re.compile(r"\d{1,4}")


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The occupations of a file, or of an archive.

    Raises
    ------
    FileProblem
        There is no occupation.
    """
    occupations: dict[str, dict[str, Any]] = {}
    skills: dict[str, str] = {}
    links: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for one in tables(upload, _BOUNDS, lambda name: bool(_WANTED.fullmatch(name.rpartition("/")[2]))):
        if {"conceptUri", "preferredLabel"} <= set(one.columns):
            _concepts(one, occupations, skills)
        elif {"occupationUri", "skillUri", "relationType"} <= set(one.columns):
            for _line, row in one.rows:
                links[row["occupationUri"]].append((row.get("skillUri", ""), row.get("relationType") == "essential"))
    if not occupations:
        message = "Le fichier ne contient aucun métier ESCO."
        remedy = "Donnez « occupations_fr.csv », ou un ZIP qui le contient avec les compétences et leurs relations."
        raise refused(upload, "esco-metiers", message, remedy)
    return _records(upload, occupations, skills, links)


def _concepts(found: Table, occupations: dict[str, dict[str, Any]], skills: dict[str, str]) -> None:
    for _line, row in found.rows:
        uri, title = row["conceptUri"], plain(row.get("preferredLabel", ""))
        if title and _SKILL in uri:
            skills[uri] = title
        elif title and _OCCUPATION in uri:
            occupations[uri] = _occupation(uri, title, row)


def _occupation(uri: str, title: str, row: Mapping[str, str]) -> dict[str, Any]:
    names = [plain(name) for name in re.split(r"[\n|]", row.get("altLabels", ""))]
    group = row.get("iscoGroup", "")
    values: dict[str, Any] = {"nomenclature": "esco", "code": uri, "title": title}
    values |= {"names": [*dict.fromkeys(filter(None, names))]}
    return values | ({"broader": group} if _ISCO.fullmatch(group) else {})


def _records(
    upload: Upload,
    occupations: Mapping[str, dict[str, Any]],
    skills: Mapping[str, str],
    links: Mapping[str, list[tuple[str, bool]]],
) -> Iterator[Record | Finding]:
    lost = sum(len(found) for uri, found in links.items() if uri not in occupations)
    for uri in sorted(occupations):
        named = [(skill, needed) for skill, needed in links.get(uri, ()) if skill in skills]
        lost += len(links.get(uri, ())) - len(named)
        listed = [{"code": skill, "title": skills[skill], "essential": needed} for skill, needed in named]
        yield Record(
            OCCUPATION, occupations[uri] | ({"skills": listed} if listed else {}), Place(file=upload.name, path=uri)
        )
    if lost:
        message = f"{lost} relations mènent à des métiers ou à des compétences que ces fichiers ne nomment pas."
        yield warning(
            "esco-relations", message, "Prenez tous les fichiers dans la même version d'ESCO.", file=upload.name
        )


STANDARD = Standard(
    id="esco",
    title="ESCO (CSV)",
    suffixes=(".csv", ".zip"),
    media_type="text/csv",
    reads=(OCCUPATION,),
    read=read,
)
