"""Files → models: reads every YAML or JSON file of a folder laid out like ``referentials/data``, and reports all problems at once.

The folder names what a file holds (*ce que contient un fichier*)::

    certifications/<id>/<version>.yaml   frameworks/<id>/<version>.yaml   one referential each
    recognitions/*.yaml   correspondences/*.yaml   rules/*.yaml           a list each
    offers/<body>/*.yaml                                                  one offer each

A file given alone is recognised by its content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from referentials.document import DataPath, Document
from referentials.findings import FileProblem, Finding, error
from referentials.model import Referential
from referentials.offer import Offer
from referentials.refusals import refusals
from referentials.rights import Correspondence, Recognition, Rule
from referentials.yaml_source import read_file

SUFFIXES = (".yaml", ".yml", ".json")
MAX_FINDINGS = 100
"""How many problems of one file are told at once."""


class Format(NamedTuple):
    """One kind of file: its name, its folders, whether it is a list, and what each item is."""

    name: str
    folders: tuple[str, ...]
    item: type[BaseModel]
    is_list: bool


REFERENTIAL = Format("referential", ("certifications", "frameworks"), Referential, False)
RECOGNITIONS = Format("recognitions", ("recognitions",), Recognition, True)
CORRESPONDENCES = Format("correspondences", ("correspondences",), Correspondence, True)
RULES = Format("rules", ("rules",), Rule, True)
OFFER = Format("offer", ("offers",), Offer, False)
FORMATS = (REFERENTIAL, RECOGNITIONS, CORRESPONDENCES, RULES, OFFER)


class Loaded(NamedTuple):
    """The models of one file, with the document that gives their lines. For a list, ``items[i]`` is at path ``(i,)``."""

    format: Format
    items: tuple[Any, ...]
    document: Document

    def line(self, path: DataPath) -> int | None:
        """The line of a part of the file."""
        return self.document.line(path)


def files_of(folder: Path) -> Iterator[tuple[Path, Format]]:
    """Every data file of a folder, in a stable order, with its format."""
    for kind in FORMATS:
        for name in kind.folders:
            for path in sorted((folder / name).rglob("*")):
                if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file():
                    yield path, kind


def load_file(path: Path, kind: Format | None = None) -> Loaded:
    """Read one file into its models.

    Raises
    ------
    FileProblem
        With one finding per problem, each with its file, line, path and remedy.
    """
    return load_document(read_file(path), kind)


def load_document(document: Document, kind: Format | None = None) -> Loaded:
    """Make models of what was read (see :func:`load_file`)."""
    if document.value is None:
        raise _problem(document, "fichier-vide", "Le fichier est vide.", "Remplissez-le ou supprimez-le.")
    kind = kind or recognise(document)
    items: list[Any] = []
    findings: list[Finding] = []
    for index, value in enumerate(_items(document, kind)):
        prefix: DataPath = (index,) if kind.is_list else ()
        try:
            items.append(kind.item.model_validate(value))
        except ValidationError as problem:
            room = MAX_FINDINGS + 1 - len(findings)
            findings += islice(refusals(problem, value, prefix, kind.item, document), room)
        if len(findings) > MAX_FINDINGS:
            break
    if findings:
        raise FileProblem(_at_most(findings, document))
    return Loaded(kind, tuple(items), document)


def _at_most(findings: list[Finding], document: Document) -> list[Finding]:
    """The first findings: a file with more has one cause for many of them."""
    if len(findings) <= MAX_FINDINGS:
        return findings
    rest = _problem(
        document,
        "trop-de-problemes",
        f"Le fichier a plus de {MAX_FINDINGS} problèmes : la suite n'est pas donnée.",
        "Corrigez d'abord ceux qui précèdent.",
    )
    return findings[:MAX_FINDINGS] + list(rest.findings)


def _problem(document: Document, rule: str, message: str, remedy: str) -> FileProblem:
    return FileProblem([error(rule, message, remedy, file=document.file, line=1)])


_MARKS = {
    "modules": OFFER,
    "given": RECOGNITIONS,
    "grants": RECOGNITIONS,
    "relation": CORRESPONDENCES,
    "applies_to": RULES,
    "version": REFERENTIAL,
    "blocks": REFERENTIAL,
    "issuer": REFERENTIAL,
}
"""The first of these keys that a file uses tells its format."""


def recognise(document: Document) -> Format:
    """The format of a file by its content."""
    value = document.value
    parts = value if isinstance(value, list) else [value]
    keys = {key for part in parts if isinstance(part, Mapping) for key in part}
    for mark, kind in _MARKS.items():
        if mark in keys:
            return kind
    raise _problem(
        document,
        "format-inconnu",
        "Le contenu ne ressemble à aucun fichier connu.",
        "On attend un référentiel, une liste de passerelles, de correspondances ou de règles, ou une offre.",
    )


def _items(document: Document, kind: Format) -> Sequence[Any]:
    value = document.value
    if not isinstance(value, list if kind.is_list else Mapping):
        shape = "une liste (chaque élément commence par « - »)" if kind.is_list else "des lignes « clé: valeur »"
        raise _problem(document, "forme", f"Le fichier devrait contenir {shape}.", "Comparez avec un fichier voisin.")
    return value if isinstance(value, list) else [value]
