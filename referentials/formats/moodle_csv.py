"""Moodle competency frameworks, in CSV (*référentiels de compétences Moodle*), in and out.

What is written takes these places, and imports back into the same tree::

    referential → framework      block → level 1      competency → level 2      element, criterion → level 3
    code → « Id number », with those of its parents: CCP1/C1/e2
    title → « Shortname », at most 100 characters; a longer one is whole on the first line of the description
    note → « Description », in plain text
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from referentials.findings import Finding, Place, error
from referentials.formats.archive import Bounds, members, packed
from referentials.formats.exchange import Record, Standard, Upload, Written
from referentials.formats.losses import Losses
from referentials.formats.moodle_rows import AT_MOST, COLUMNS, LONGEST, Row, csv_of, id_number, rows_of, short_name
from referentials.formats.outline import BLOCK, COMPETENCY, CRITERION, ELEMENT, Node, outlined, tree_of
from referentials.formats.text import clean, identifier_of, plain
from referentials.formats.upload import referentials_of, refused
from referentials.library import Library
from referentials.loader import REFERENTIAL
from referentials.model import Referential, Scale
from referentials.reference import IDENTIFIER, VERSION
from referentials.writer import plain as values_of

__all__ = ["STANDARD"]

_TAXONOMY = "domain,competency,indicator,indicator"
_NO_SCALE = "Pas encore acquise,Acquise"
_PLAIN_TEXT = "2"
_KEY = re.compile(rf"({IDENTIFIER})@({VERSION})")
_BOUNDS = Bounds(members=500, bytes=AT_MOST)
_REMEDY = "Complétez le référentiel à la main si cela compte pour vous."


# -- in


def read(upload: Upload) -> Iterator[Record | Finding]:
    """The framework of a file, or those of a ZIP of files."""
    for one in members(upload, ".csv", _BOUNDS):
        yield from _records(one)


def _records(upload: Upload) -> Iterator[Record | Finding]:
    losses = Losses("moodle", _REMEDY, upload.name)
    framework: Row | None = None
    rows: dict[str, Row] = {}
    for row in rows_of(upload):
        identifier = row["id"].strip()
        if row["is_framework"].strip() == "1":
            if framework is None:
                framework = row
            else:
                yield _refused(upload, row, "Un second référentiel commence ici : un seul est lu par fichier.")
        elif not identifier:
            yield _refused(upload, row, "Il manque l'identifiant (Id number).")
        elif identifier in rows:
            yield _refused(upload, row, f"L'identifiant « {identifier[:LONGEST]} » sert déjà plus haut.")
        else:
            rows[identifier] = row
    if framework is None:
        message = "Aucune ligne n'a « Is framework » à 1 : ce n'est pas un référentiel Moodle."
        raise refused(upload, "moodle-cadre", message, "Exportez le référentiel entier depuis Moodle, en CSV.")
    yield Record(REFERENTIAL.name, _referential(framework, rows, losses, upload.name), _place(upload, framework))
    yield from losses.findings


def _referential(framework: Row, rows: Mapping[str, Row], losses: Losses, file: str) -> dict[str, Any]:
    name = framework["id"].strip()
    ours = _KEY.fullmatch(name)
    roles = _roles(framework["taxonomy"])
    title, note = _texts(framework, name)
    nodes = [_node(row, bool(ours), losses) for row in rows.values()]
    parents = {identifier: row["parent"].strip() for identifier, row in rows.items()}
    for identifier, parent in parents.items():
        if parent and parent not in rows:
            losses.add("parent", "Des lignes ont un parent qui n'est pas dans le fichier", identifier)
    roots = tree_of(nodes, parents, losses, file)
    if not ours:
        _give_roles(roots, roles)
    blocks = outlined(roots, title or name, losses).blocks
    values: dict[str, Any] = {
        "id": ours[1] if ours else identifier_of(name or title or "")[:60].strip("-._") or "moodle",
        "version": ours[2] if ours else "1",
        "title": title or name or "Référentiel Moodle",
        "kind": "cadre-de-competences",
        "confidence": "secondary",
        "sources": [
            {"id": "moodle", "title": f"Référentiel Moodle « {title or name} »", "note": "Lu dans un fichier CSV."}
        ],
    }
    if note:
        values |= {"note": note} if ours else {"facts": [note]}
    if scale := _scale(framework["scale"]):
        values["scale"] = scale
    return values | ({"blocks": blocks} if blocks else {})


def _node(row: Row, ours: bool, losses: Losses) -> Node:
    identifier, parent = row["id"].strip(), row["parent"].strip()
    code = identifier.removeprefix(f"{parent}/") if parent else identifier
    for name, kind, message in _NOT_TAKEN:
        if row[name].strip():
            losses.add(kind, message, identifier)
    role = (BLOCK, COMPETENCY, CRITERION if code.startswith("c") else ELEMENT)[min(identifier.count("/"), 2)]
    if ours and role in (ELEMENT, CRITERION):
        code = ""
    title, note = _texts(row, code)
    return Node(identifier, code, title, role if ours else "", {"note": note} if note else {})


_NOT_TAKEN = (
    ("related", "renvois", "Les renvois entre compétences ne sont pas repris"),
    ("rule", "regles", "Les règles d'achèvement ne sont pas reprises"),
    ("scale", "echelles", "Les échelles propres à une compétence ne sont pas reprises"),
)


def _texts(row: Row, code: str) -> tuple[str | None, str | None]:
    """The title of a row, whole where the description starts with it, and the rest of the description."""
    short = " ".join(row["short"].split())
    told = row["description"]
    text = clean(told) if row["format"].strip() == _PLAIN_TEXT else plain(told)
    first, _newline, rest = text.partition("\n")
    stem = re.sub(r"(…|\.\.\.)$", "", short).rstrip()
    is_cut = stem != short or len(short) >= LONGEST
    if is_cut and stem and " ".join(first.split()).startswith(stem):
        return " ".join(first.split()), rest or None
    return (None if short in ("", code) else short), text or None


def _roles(taxonomy: str) -> dict[int, str]:
    """What each level holds, where only one is said to hold competencies."""
    named = [word.strip().lower() for word in taxonomy.split(",")]
    return {named.index("competency"): COMPETENCY} if named.count("competency") == 1 else {}


def _give_roles(roots: Sequence[Node], roles: Mapping[int, str]) -> None:
    level, depth = list(roots), 0
    while level and roles:
        for node in level:
            node.role = roles.get(depth, "")
        level, depth = [child for node in level for child in node.children], depth + 1


def _scale(values: str) -> dict[str, Any] | None:
    labels = [label.strip() for label in values.split(",") if label.strip()]
    if not labels or values.strip() == _NO_SCALE:
        return None
    ranked = list(enumerate(labels, 1))
    return {"levels": [{"rank": rank} | ({} if label == str(rank) else {"label": label}) for rank, label in ranked]}


def _refused(upload: Upload, row: Row, message: str) -> Finding:
    remedy = "Cette ligne est laissée de côté ; corrigez-la dans Moodle."
    return error("moodle-ligne", message, remedy, file=upload.name, line=row.line)


def _place(upload: Upload, row: Row) -> Place:
    return Place(file=upload.name, line=row.line)


# -- out

_FRAMEWORK = {"id", "version", "title", "note", "scale", "blocks"}
_BLOCK = {"code", "title", "note", "competencies"}
_COMPETENCY = {"code", "title", "note", "elements", "criteria"}


def write(library: Library, refs: Sequence[str]) -> Written:
    """The framework of one referential; a ZIP for several."""
    losses = Losses("moodle", "Moodle n'a pas de place pour cela : gardez aussi le fichier YAML.")
    found = referentials_of(library, refs)
    files = {f"{one.key}.moodle.csv": csv_of(COLUMNS, list(_rows(one, losses))) for one in found}
    if len(found) == 1:
        return Written(*files.popitem(), losses.findings)
    return Written("referentiels.moodle.zip", packed(files), losses.findings)


def _rows(referential: Referential, losses: Losses) -> Iterator[dict[str, str]]:
    losses.fields(values_of(referential), _FRAMEWORK, referential.key)
    row = _row("", referential.key, values_of(referential), losses)
    yield row | {"is_framework": "1", "taxonomy": _TAXONOMY} | _scale_cells(referential.scale, losses, referential.key)
    for number, one in enumerate(_parts(referential, losses), 1):
        yield one | {"rule_outcome": "0", "rule_configuration": "null", "exported": str(number)}


def _parts(referential: Referential, losses: Losses) -> Iterator[dict[str, str]]:
    for block in referential.known_blocks:
        values = values_of(block)
        losses.fields(values, _BLOCK, f"{referential.key}/{block.code}")
        yield _row("", block.code, values, losses)
        for competency in block.known_competencies:
            own = f"{block.code}/{competency.code}"
            values = values_of(competency)
            losses.fields(values, _COMPETENCY, f"{referential.key}/{own}")
            yield _row(block.code, own, values, losses)
            for letter, texts in (("e", competency.elements), ("c", competency.criteria)):
                for rank, text in enumerate(texts, 1):
                    yield _row(own, f"{own}/{letter}{rank}", {"title": text}, losses)


def _row(parent: str, identifier: str, values: Mapping[str, Any], losses: Losses) -> dict[str, str]:
    title = " ".join(str(values.get("title") or "").split()) or identifier.rpartition("/")[2]
    short = short_name(title)
    lines = [title] if short != title else []
    if short != title:
        message = f"Les noms de plus de {LONGEST} caractères sont coupés à un mot"
        losses.add("nom-coupe", message, identifier, "Le nom entier est en tête de la description.")
    return {
        "parent": _fitting(parent, losses),
        "id": _fitting(identifier, losses),
        "short": short,
        "description": "\n".join([*lines, *([values["note"]] if values.get("note") else [])]),
        "format": _PLAIN_TEXT,
    }


def _fitting(identifier: str, losses: Losses) -> str:
    if len(identifier) > LONGEST:
        losses.add("identifiant-coupe", f"Les identifiants de plus de {LONGEST} caractères sont abrégés", identifier)
    return id_number(identifier)


def _scale_cells(scale: Scale | None, losses: Losses, key: str) -> dict[str, str]:
    """The scale; Moodle wants one, and a level that is success: the highest."""
    if scale is None:
        return {"scale": _NO_SCALE, "scale_configuration": _configuration(2)}
    losses.fields(values_of(scale), {"levels"}, f"{key} (échelle)")
    labels = []
    for place, level in enumerate(scale.levels, 1):
        label = " ".join((level.label or str(place)).split())
        if level.rank != place or "," in label or (level.label and label == str(place)):
            losses.add(
                "niveau", "Moodle numérote les niveaux de 1 en 1, et n'y admet pas de virgule", f"{key} {level.rank}"
            )
        labels.append(label.replace(",", " ;"))
    losses.add("reussite", "Moodle veut un niveau de réussite : le plus haut de l'échelle est pris", key)
    return {"scale": ",".join(labels), "scale_configuration": _configuration(len(labels))}


def _configuration(count: int) -> str:
    levels = [{"id": 1, "scaledefault": 1, "proficient": int(count == 1)}]
    if count > 1:
        levels.append({"id": count, "scaledefault": 0, "proficient": 1})
    return json.dumps([{"scaleid": "0"}, *levels], separators=(",", ":"))


STANDARD = Standard(
    id="moodle",
    title="Référentiel de compétences Moodle (CSV)",
    suffixes=(".csv", ".zip"),
    media_type="text/csv",
    reads=(REFERENTIAL.name,),
    writes=(REFERENTIAL.name,),
    read=read,
    write=write,
)
