"""Files → models: reads every YAML or JSON file of a folder laid out like ``referentials/data``, and reports all problems at once.

The folder names what a file holds (*ce que contient un fichier*)::

    certifications/<id>/<version>.yaml   frameworks/<id>/<version>.yaml   one referential each
    recognitions/*.yaml   correspondences/*.yaml   rules/*.yaml           a list each
    offers/<body>/*.yaml                                                  one offer each

A file given alone is recognised by its content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, TypeAdapter, ValidationError

from referentials.findings import FileProblem, Finding, error
from referentials.model import Referential
from referentials.offer import Offer
from referentials.rights import Correspondence, Recognition, Rule
from referentials.yaml_source import DataPath, Document, path_text, read_file

SUFFIXES = (".yaml", ".yml", ".json")


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
                if path.suffix in SUFFIXES and path.is_file():
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
    kind = kind or recognise(document)
    values = _items(document, kind)
    items, findings = [], []
    for index, value in enumerate(values):
        prefix: DataPath = (index,) if kind.is_list else ()
        try:
            items.append(_adapter(kind.item).validate_python(value))
        except ValidationError as problem:
            findings += [_finding(detail, value, prefix, kind.item, document) for detail in problem.errors()]
    if findings:
        raise FileProblem(findings)
    return Loaded(kind, tuple(items), document)


def recognise(document: Document) -> Format:
    """The format of a file by its content."""
    value = document.value
    first = value[0] if isinstance(value, list) and value else value
    keys = set(first) if isinstance(first, Mapping) else set()
    marks = {
        "modules": OFFER,
        "given": RECOGNITIONS,
        "grants": RECOGNITIONS,
        "relation": CORRESPONDENCES,
        "applies_to": RULES,
    }
    for mark, kind in marks.items():
        if mark in keys and isinstance(value, list) == kind.is_list:
            return kind
    if isinstance(value, Mapping) and keys & {"version", "blocks", "issuer"}:
        return REFERENTIAL
    raise FileProblem(
        [
            error(
                "format-inconnu",
                "Le contenu ne ressemble à aucun fichier connu.",
                "On attend un référentiel, une liste de passerelles, de correspondances ou de règles, ou une offre.",
                file=document.file,
                line=1,
            )
        ]
    )


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(item: type[BaseModel]) -> TypeAdapter[Any]:
    return _ADAPTERS.setdefault(item, TypeAdapter(item))


def _items(document: Document, kind: Format) -> Sequence[Any]:
    expected: Callable[[Any], bool] = (
        (lambda v: isinstance(v, list)) if kind.is_list else (lambda v: isinstance(v, Mapping))
    )
    if document.value is None:
        raise FileProblem(
            [
                error(
                    "fichier-vide", "Le fichier est vide.", "Remplissez-le ou supprimez-le.", file=document.file, line=1
                )
            ]
        )
    if not expected(document.value):
        shape = "une liste (chaque élément commence par « - »)" if kind.is_list else "des lignes « clé: valeur »"
        raise FileProblem(
            [
                error(
                    "forme",
                    f"Le fichier devrait contenir {shape}.",
                    "Comparez avec un fichier voisin.",
                    file=document.file,
                    line=1,
                )
            ]
        )
    return document.value if kind.is_list else [document.value]


def _real_path(location: tuple[Any, ...], value: Any) -> DataPath:
    """The path in the data: pydantic's, less the names of union members."""
    path: list[str | int] = []
    for step in location:
        if (isinstance(value, Mapping) and step in value) or (
            isinstance(value, list) and isinstance(step, int) and step < len(value)
        ):
            value = value[step]
        elif step is not location[-1] or not isinstance(value, Mapping):
            continue
        path.append(step)
    return tuple(path)


def _finding(detail: Any, value: Any, prefix: DataPath, item: type[BaseModel], document: Document) -> Finding:
    path = prefix + _real_path(detail["loc"], value)
    rule, message, remedy = _french(detail, path, item)
    return error(rule, message, remedy, file=document.file, line=document.line(path), path=path_text(path))


def _french(detail: Any, path: DataPath, item: type[BaseModel]) -> tuple[str, str, str]:
    """What a validation error means, in French: rule, message, remedy."""
    kind, given, name = detail["type"], detail.get("input"), path[-1] if path else ""
    context = detail.get("ctx", {})
    if kind == "missing":
        return (
            "champ-manquant",
            f"Le champ « {name} » manque.",
            "Ajoutez-le ; une valeur non connue s'écrit « null » là où c'est admis.",
        )
    if kind == "extra_forbidden":
        near = get_close_matches(str(name), _field_names(item), n=3)
        hint = (
            f"Vouliez-vous écrire « {' », « '.join(near)} » ?"
            if near
            else "Retirez-le, ou mettez l'information dans « note »."
        )
        return "champ-inconnu", f"Le champ « {name} » n'existe pas.", hint
    if kind == "enum":
        return (
            "valeur-hors-liste",
            f"« {given} » n'est pas admis pour « {name} ».",
            f"Valeurs possibles : {_choices(context)}.",
        )
    if kind == "union_tag_not_found":
        return (
            "exigence-illisible",
            "Cette exigence n'a pas de forme connue.",
            "Écrivez une référence, ou all_of, any_of, at_least… of, competency, experience ou condition.",
        )
    if kind == "value_error":
        message = str(context.get("error", detail["msg"]))
        return "reference-illisible", message + ("" if message.endswith((".", "»")) else "."), "Corrigez la référence."
    if kind.startswith("date"):
        return "date-illisible", f"« {given} » n'est pas une date.", "Écrivez AAAA-MM-JJ, par exemple 2026-09-01."
    if kind.startswith(("int_", "float_", "decimal_")):
        return "nombre-illisible", f"« {given} » n'est pas un nombre.", "Écrivez un nombre avec un point : 12.5."
    if kind.startswith("bool_"):
        return "booleen-illisible", f"« {given} » n'est ni vrai ni faux.", "Écrivez true ou false."
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        return (
            "nombre-hors-bornes",
            f"« {given} » est hors des bornes admises pour « {name} ».",
            f"Bornes : {_bounds(context)}.",
        )
    if kind == "string_pattern_mismatch":
        return (
            "ecriture",
            f"« {given} » n'est pas une écriture admise pour « {name} ».",
            f"Forme attendue : {context.get('pattern')}.",
        )
    if kind in ("too_short", "string_too_short"):
        return "valeur-vide", f"« {name} » est vide.", "Donnez au moins une valeur."
    if kind in ("tuple_type", "list_type"):
        return (
            "liste-attendue",
            f"« {name} » devrait être une liste.",
            "Écrivez [a, b] ou un élément par ligne, après « - ».",
        )
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return (
            "groupe-attendu",
            f"« {name} » devrait contenir des lignes « clé: valeur ».",
            "Comparez avec un fichier voisin.",
        )
    if kind == "string_type":
        return "texte-attendu", f"« {name} » devrait être un texte.", "Mettez le texte entre guillemets."
    return "valeur-refusee", f"« {name} » est refusé ({detail['msg']}).", "Comparez avec un fichier voisin."


def _choices(context: Mapping[str, Any]) -> str:
    return str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")


def _bounds(context: Mapping[str, Any]) -> str:
    signs = {"ge": "au moins", "gt": "plus de", "le": "au plus", "lt": "moins de"}
    return ", ".join(f"{words} {context[sign]}" for sign, words in signs.items() if sign in context)


def _field_names(item: type[BaseModel]) -> list[str]:
    """Every field name that a file of this kind may use, at any depth."""
    schema = _adapter(item).json_schema(by_alias=True)
    names = set(schema.get("properties", {}))
    for definition in schema.get("$defs", {}).values():
        names |= set(definition.get("properties", {}))
    return sorted(names)
