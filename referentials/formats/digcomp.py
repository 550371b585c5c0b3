"""DigComp 3.0, its data supplement in JSON-LD (*cadre européen des compétences numériques*): a framework of competencies.

::

    CompetenceArea → block      Competence → competency      CompetenceStatement → element      LearningOutcome → criterion
    ProficiencyLevel → the scale of eight levels; a statement ends with the one of the four that it belongs to
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from referentials.findings import Finding, Place
from referentials.formats.exchange import Record, Standard, Upload
from referentials.formats.losses import Losses
from referentials.formats.text import code_of, plain
from referentials.formats.upload import json_of, refused
from referentials.loader import REFERENTIAL

__all__ = ["STANDARD"]

AT_MOST = 5_000_000

_Things = Mapping[str, list[Mapping[str, Any]]]


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The framework.

    Raises
    ------
    FileProblem
        The file is not this supplement.
    """
    value = json_of(upload, AT_MOST)
    graph = value.get("@graph") if isinstance(value, Mapping) else None
    things: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in graph if isinstance(graph, list) else ():
        if isinstance(one, Mapping) and isinstance(one.get("@type"), str):
            things[one["@type"]].append(one)
    if not things["CompetenceArea"] or not things["Competence"]:
        message = "Le fichier n'est pas le supplément de données de DigComp 3.0."
        raise refused(upload, "digcomp", message, "Donnez le fichier JSON-LD publié par la Commission européenne.")
    return _records(upload, things)


def _records(upload: Upload, things: _Things) -> Iterator[Record | Finding]:
    losses = Losses("digcomp", "Consultez le fichier d'origine.", upload.name)
    values: dict[str, Any] = {
        "id": "digcomp",
        "version": "3.0",
        "title": "DigComp 3.0",
        "kind": "cadre-de-competences",
        "issuer": "Commission européenne, Centre commun de recherche (JRC)",
        "state": "draft",
        "sources": [
            {"id": "supplement", "title": "DigComp 3.0 Data Supplement", "note": f"Fichier lu : {upload.name}"}
        ],
        "confidence": "secondary",
        "note": "Les intitulés sont ceux du fichier, dans sa langue.",
        "blocks": [_block(one, things, losses) for one in _coded(things["CompetenceArea"], "domaine", losses)],
    }
    levels = _levels(things["ProficiencyLevel"])
    yield Record(REFERENTIAL.name, values | ({"scale": {"levels": levels}} if levels else {}), Place(file=upload.name))
    for one in things["Glossary"]:
        losses.add("glossaire", "Le glossaire n'est pas repris", _end(one.get("@id")))
    yield from losses.findings


def _coded(things: list[Mapping[str, Any]], what: str, losses: Losses) -> Iterator[Mapping[str, Any]]:
    """Those that have a code of their own and a title."""
    seen: set[str] = set()
    for one in things:
        code = _code(one)
        if not code or code in seen or not _text(one, "name"):
            losses.add(
                "code", f"Un {what} n'a pas de nom, ou pas de code à lui : il n'est pas repris", str(one.get("@id"))
            )
            continue
        seen.add(code)
        yield one


def _block(area: Mapping[str, Any], things: _Things, losses: Losses) -> dict[str, Any]:
    mine = [one for one in things["Competence"] if _is(one, "competence_area_id", area)]
    competencies = [_competency(one, things) for one in _coded(mine, "compétence", losses)]
    return _named(area) | {"competencies": competencies}


def _competency(one: Mapping[str, Any], things: _Things) -> dict[str, Any]:
    parts = {"elements": "CompetenceStatement", "criteria": "LearningOutcome"}
    told = {
        part: [text for item in things[kind] if _is(item, "competence_id", one) and (text := _statement(item))]
        for part, kind in parts.items()
    }
    return _named(one) | {part: texts for part, texts in told.items() if texts}


def _named(one: Mapping[str, Any]) -> dict[str, Any]:
    note = _text(one, "description")
    return {"code": _code(one), "title": _text(one, "name")} | ({"note": note} if note else {})


def _statement(one: Mapping[str, Any]) -> str:
    """What is stated, with its kind and level in the words of the file."""
    told = [_text(one, "type"), _end(one.get("four_levels_proficiency_name"))]
    text, more = _text(one, "description"), ", ".join(filter(None, told))
    return f"{text} ({more})" if text and more else text


def _levels(things: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for one in things:
        rank, label = one.get("eight_levels_mapping"), _end(one.get("@id")).replace("_", " ")
        if isinstance(rank, int) and 0 < rank < 100:
            found[rank] = {"rank": rank} | ({"label": label} if label else {})
    return [found[rank] for rank in sorted(found)]


def _is(one: Mapping[str, Any], name: str, other: Mapping[str, Any]) -> bool:
    return isinstance(one.get(name), str) and one[name] == other.get("@id")


def _code(one: Mapping[str, Any]) -> str:
    return code_of(_end(one.get("@id")))


def _end(identifier: Any) -> str:
    return identifier.rpartition("/")[2] if isinstance(identifier, str) else ""


def _text(one: Mapping[str, Any], name: str) -> str:
    value = one.get(name)
    return plain(value) if isinstance(value, str) else ""


STANDARD = Standard(
    id="digcomp",
    title="DigComp 3.0 (JSON-LD)",
    suffixes=(".jsonld", ".json"),
    media_type="application/ld+json",
    reads=(REFERENTIAL.name,),
    read=read,
)
