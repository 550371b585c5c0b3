"""The people of a cohort (*cohorte*), read from a workbook, a list of profiles or JSON Lines: what is wrong is told, and stops nobody."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from api.services.situation import Situation, situated
from pathways.profile import PROFILE, Profile
from referentials.document import Document
from referentials.findings import FileProblem, Finding, error
from referentials.formats.exchange import Record, Upload
from referentials.json_source import read_json
from referentials.loader import SUFFIXES, load_document
from referentials.yaml_source import read_file

WORKBOOK, TABLE, LINES = ".xlsx", ".csv", (".jsonl", ".ndjson")
KINDS = (WORKBOOK, TABLE, *LINES, *SUFFIXES)
BESIDE = ("target", *Situation.model_fields)
"""What stands beside the fields of a profile."""


TWICE = "cohorte-en-double"
"""The rule that a person who is in the list twice breaks."""


class Asking(NamedTuple):
    """A profile, and what comes with it, if anything: the target, where the person works (:mod:`api.services.situation`)."""

    profile: Profile
    target: str | None = None
    service: str | None = None
    area: str | None = None
    trade: str | None = None


def people_in(place: Path) -> Iterator[Asking | Finding]:
    """The people of a file, or of all the files of a folder by name; what is wrong with the others, each at its place.

    Raises
    ------
    FileProblem
        A file is of none of the kinds that are read.
    """
    paths = sorted(path for path in place.rglob("*") if path.suffix.lower() in KINDS) if place.is_dir() else [place]
    seen: set[str] = set()
    for path in paths:
        for one in _read(path):
            if isinstance(one, Asking) and one.profile.id in seen:
                yield _said_twice(one.profile.id, path)
                continue
            if isinstance(one, Asking):
                seen.add(one.profile.id)
            yield one


def _read(path: Path) -> Iterator[Asking | Finding]:
    suffix = path.suffix.lower()
    if suffix == WORKBOOK:
        return _from_workbook(path)
    if suffix == TABLE:
        return _from_table(path)
    if suffix in LINES:
        return _from_lines(path)
    if suffix in SUFFIXES:
        return _from_list(path)
    message = f"« {path.name} » n'est pas un fichier de personnes."
    remedy = "Donnez un classeur (.xlsx), un tableau (.csv), une liste de profils (.yaml, .json) ou un profil par ligne (.jsonl)."
    raise FileProblem([error("cohorte-fichier", message, remedy, file=path)])


def _from_workbook(path: Path) -> Iterator[Asking | Finding]:
    from referentials.formats.workbook import read_people

    with path.open("rb") as stream:
        upload = Upload(path.name, stream, path.stat().st_size)
        for one in read_people(upload, lambda _values: iter(())):
            if isinstance(one, Record):
                yield from _asking(one.values["profile"], one.values, Document({}, None, path.name))
            else:
                yield one


def _from_table(path: Path) -> Iterator[Asking | Finding]:
    from api.services.cohort_table import read_table

    for one in read_table(path):
        if isinstance(one, Record):
            for asking in _asking(one.values["profile"], one.values, Document({}, None, path.name)):
                yield _at(asking, one.where.line) if isinstance(asking, Finding) else asking
        else:
            yield one


def _from_lines(path: Path) -> Iterator[Asking | Finding]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield from _line(line, number, path)


def _line(line: str, number: int, path: Path) -> Iterator[Asking | Finding]:
    try:
        values = _values(line.strip(), path)
    except FileProblem as problem:
        yield from (_at(finding, number) for finding in problem.findings)
        return
    for one in _asking(*_parted(values), Document({}, None, str(path))):
        yield _at(one, number) if isinstance(one, Finding) else one


def _values(line: str, path: Path) -> Any:
    """The values of a line: read at once where nothing in it is unusual, else character by character, which tells what is wrong and where."""
    if line.isprintable() and "\\" not in line:
        with suppress(ValueError, RecursionError):
            return json.loads(line, object_pairs_hook=_said_once, parse_constant=_no_number)
    return read_json(line, str(path)).value


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_number(_text: str) -> None:
    raise ValueError


def _from_list(path: Path) -> Iterator[Asking | Finding]:
    document = read_file(path)
    items: Iterable[Any] = document.value if isinstance(document.value, list) else [document.value]
    for rank, values in enumerate(items):
        line = document.line((rank,) if isinstance(document.value, list) else ())
        for one in _asking(*_parted(values), Document({}, None, str(path))):
            yield _at(one, line) if isinstance(one, Finding) else one


def _parted(values: Any) -> tuple[Any, Mapping[str, Any]]:
    """A profile, and what stands beside its fields."""
    if not isinstance(values, Mapping):
        return values, {}
    return {name: value for name, value in values.items() if name not in BESIDE}, values


def _asking(values: Any, beside: Mapping[str, Any], document: Document) -> Iterator[Asking | Finding]:
    try:
        profile = load_document(Document(values, None, document.file), PROFILE).items[0]
    except FileProblem as problem:
        yield from problem.findings
        return
    target = beside.get("target")
    yield Asking(profile, str(target) if target else None, **situated(beside))


def _at(finding: Finding, line: int | None) -> Finding:
    return finding.model_copy(update={"where": finding.where.model_copy(update={"line": line})})


def _said_twice(person: str, path: Path) -> Finding:
    message = f"« {person} » est déjà dans la liste : la première fois compte, celle-ci est laissée."
    return error(TWICE, message, "Donnez à chaque personne son propre identifiant.", file=path)
