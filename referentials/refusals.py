"""What a model refuses → findings in French, with the line, the path and the remedy (*refus*)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from referentials.document import DataPath, Document, path_text, shown
from referentials.findings import Finding, error
from referentials.reference import CODE, IDENTIFIER, VERSION

Said = tuple[str, str, str]
"""A rule, a message, a remedy."""

_LONGEST_NAME = 60
_REMEDY_FOR_UNKNOWN = "Retirez-le, ou mettez l'information dans « note »."


def refusals(
    problem: ValidationError, value: Any, prefix: DataPath, item: type[BaseModel], document: Document
) -> Iterator[Finding]:
    """One finding for each thing that a model refused in ``value``, which stands at ``prefix`` in the document."""
    details = problem.errors(include_url=False)
    around = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    for detail in details:
        if detail["type"] == "too_short" and detail["loc"] in around:
            continue  # short of what was refused inside
        path = prefix + real_path(detail["loc"], value)
        rule, message, remedy = _french(detail, path, item)
        yield error(rule, message, remedy, file=document.file, line=document.line(path), path=path_text(path))


def real_path(location: tuple[Any, ...], value: Any) -> DataPath:
    """The path in the data: pydantic's, less the tags of unions (``<held>``), down to the first part that is missing."""
    path: list[str | int] = []
    for step in location:
        if _has(value, step):
            value = value[step]
            path.append(step)
        elif isinstance(value, Mapping) and not str(step).startswith("<"):
            return (*path, step)
    return tuple(path)


def _has(value: Any, step: Any) -> bool:
    if isinstance(value, Mapping):
        return step in value
    return isinstance(value, list | tuple) and isinstance(step, int) and step < len(value)


def _french(detail: Any, path: DataPath, item: type[BaseModel]) -> Said:
    """What a validation error means: rule, message, remedy."""
    kind, name = detail["type"], _name(path)
    if kind == "value_error" and isinstance(detail.get("input"), Mapping):
        return "champs-incompatibles", f"{detail['ctx']['error']}.", "Ajoutez ou retirez l'un des champs nommés."
    for start, say in _BY_TYPE.items():
        if kind.startswith(start):
            return say(name, shown(detail.get("input")), detail.get("ctx", {}), item)
    return "valeur-refusee", f"« {name} » ne convient pas.", "Comparez avec un fichier voisin."


def _name(path: DataPath) -> str:
    """The last name of a path, with its number in a list."""
    start = next((place for place in range(len(path) - 1, -1, -1) if isinstance(path[place], str)), None)
    if start is None:
        return f"élément {path[-1] + 1}" if path and isinstance(path[-1], int) else "fichier"
    return shown(path_text(path[start:]))


def _missing(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    remedy = "Ajoutez-le ; une valeur non connue s'écrit « null » là où c'est admis."
    return "champ-manquant", f"Le champ « {name} » manque.", remedy


def _unknown(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    known = _field_names(item)
    if name in known:
        return "champ-inconnu", f"Le champ « {name} » n'a pas sa place ici.", "Déplacez-le ou retirez-le."
    near = get_close_matches(name[:_LONGEST_NAME], known, n=3)
    own: str | None = getattr(item, "remedy_for_unknown", None)  # what a model says of a field that it doesn't want
    if " " in name:
        comma = "Entre accolades, un texte qui contient une virgule se met entre guillemets."
        remedy = f"{comma} Sinon, {own[0].lower()}{own[1:]}" if own else comma
    elif near:
        remedy = f"Vouliez-vous écrire « {' », « '.join(near)} » ?"
    else:
        remedy = own or _REMEDY_FOR_UNKNOWN
    return "champ-inconnu", f"Le champ « {name} » n'existe pas.", remedy


def _choice(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    return "valeur-hors-liste", f"« {given} » n'est pas admis pour « {name} ».", f"Valeurs possibles : {choices}."


def _requirement(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    remedy = "Écrivez une référence, ou all_of, any_of, at_least… of, competency, experience ou condition."
    return "exigence-illisible", "Cette exigence n'a pas de forme connue.", remedy


def _reference(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    return "reference-illisible", f"{context.get('error', given)}.", "Corrigez la référence."


def _day(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    return "date-illisible", f"« {given} » n'est pas une date.", "Écrivez AAAA-MM-JJ, par exemple 2026-09-01."


def _number(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    return (
        "nombre-illisible",
        f"« {given} » n'est pas un nombre admis pour « {name} ».",
        "Écrivez un nombre : 12, ou 12.5 avec un point.",
    )


def _boolean(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    return "booleen-illisible", f"« {given} » n'est ni vrai ni faux.", "Écrivez true ou false."


def _bounds(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    signs = {"ge": "au moins", "gt": "plus de", "le": "au plus", "lt": "moins de"}
    bounds = ", ".join(f"{words} {context[sign]:g}" for sign, words in signs.items() if sign in context)
    return "nombre-hors-bornes", f"« {given} » est hors des bornes admises pour « {name} ».", f"Bornes : {bounds}."


_SPELLING = {
    rf"^{IDENTIFIER}$": "des minuscules sans accent, des chiffres, des points et des tirets",
    rf"^{VERSION}$": "des lettres sans accent, des chiffres, des points et des tirets",
    rf"^{CODE}$": "des lettres sans accent, des chiffres, des points, des tirets et des +",
    r"^\d{14}$": "14 chiffres, sans espace",
}


def _spelling(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    pattern = str(context.get("pattern"))
    return (
        "ecriture",
        f"« {given} » n'est pas une écriture admise pour « {name} ».",
        f"On attend {_SPELLING.get(pattern, pattern)}.",
    )


def _empty(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    return "valeur-vide", f"« {name} » est vide.", "Donnez au moins une valeur."


def _list(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    return (
        "liste-attendue",
        f"« {name} » devrait être une liste.",
        "Écrivez [a, b] ou un élément par ligne, après « - ».",
    )


def _group(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    return (
        "groupe-attendu",
        f"« {name} » devrait contenir des lignes « clé: valeur ».",
        "Comparez avec un fichier voisin.",
    )


def _text(name: str, given: str, context: Mapping[str, Any], item: type[BaseModel]) -> Said:
    return (
        "texte-attendu",
        f"« {name} » devrait être un texte.",
        "Écrivez un texte sur la ligne, entre guillemets au besoin.",
    )


_BY_TYPE = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "enum": _choice,
    "union_tag": _requirement,
    "value_error": _reference,
    "date": _day,
    "int_": _number,
    "float_": _number,
    "finite_number": _number,
    "bool_": _boolean,
    "greater_than": _bounds,
    "less_than": _bounds,
    "string_pattern_mismatch": _spelling,
    "too_short": _empty,
    "string_too_short": _empty,
    "tuple_type": _list,
    "list_type": _list,
    "model_": _group,
    "dict_type": _group,
    "string_": _text,
}


@cache
def _field_names(item: type[BaseModel]) -> tuple[str, ...]:
    """Every field name that a file of this kind may use, at any depth."""
    schema = item.model_json_schema(by_alias=True)
    names = set(schema.get("properties", {}))
    for definition in schema.get("$defs", {}).values():
        names |= set(definition.get("properties", {}))
    return tuple(sorted(names))
