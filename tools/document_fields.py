"""Models of documents → ``docs/document-fields.md``: every field that a template or a program may read, with its help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from reports.document import Document
from reports.plan_document import PlanDocument

HEAD = """# Champs d'un document

*Cette page est écrite par `make docs`, à partir des modèles : ne la modifiez pas à la main.*

Un export reçoit un document : le papier à dessiner (`paper`), dont tous les mots sont choisis, les valeurs pour un programme (`data`)
et les jours pour un agenda (`events`). Le modèle de page [`paper.html`](../reports/templates/paper.html) reçoit exactement `document` et
`paper`. Dans le papier qu'un format dessine, la largeur d'une colonne (`weight`) est celle qu'elle aura, en caractères.
"""

MODELS: Mapping[str, type[BaseModel]] = {
    "Ce que reçoit tout export": Document,
    "Les valeurs d'un plan (`data`, et l'export JSON)": PlanDocument,
}
"""The title of each part, and the model it starts from."""

KINDS = {"string": "texte", "integer": "nombre entier", "number": "nombre", "boolean": "vrai ou faux"}


def page() -> Iterator[str]:
    """The page, line by line; a model that two parts use is described once."""
    yield HEAD
    told: set[str] = set()
    for title, model in MODELS.items():
        yield f"## {title}\n"
        for name, group in _groups(model).items():
            if name not in told:
                yield from _group(name, group)
                told.add(name)


def _groups(model: type[BaseModel]) -> dict[str, dict[str, Any]]:
    """The model, then those that it is made of, in alphabetical order; lists of values too."""
    schema = model.model_json_schema()
    parts = sorted(schema.get("$defs", {}).items())
    return {model.__name__: schema} | {name: part for name, part in parts if "properties" in part or "enum" in part}


def _group(name: str, group: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {name}\n"
    if "enum" in group:
        yield f"Valeurs : {', '.join(f'`{value}`' for value in group['enum'])}.\n"
        return
    yield "| champ | contenu | aide |"
    yield "|---|---|---|"
    for field, about in group["properties"].items():
        help_text = about.get("description") or ("Nature du bloc." if "const" in about else "")
        yield f"| `{field}` | {_content(about)} | {help_text.replace('|', chr(92) + '|')} |"
    yield ""


def _content(field: Mapping[str, Any]) -> str:
    """What a field holds, in French."""
    if "const" in field:
        return f"`{field['const']}`"
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return "valeurs" if name == "Value" else f"[{name}](#{name.lower()})"
    several = field.get("anyOf") or field.get("oneOf")
    if several:
        return " ou ".join(dict.fromkeys(_content(one) for one in several if one.get("type") != "null"))
    if field.get("type") == "array":
        return f"liste : {_content(field['items'])}" if "items" in field else "liste"
    return "date" if field.get("format") == "date" else KINDS.get(str(field.get("type")), "valeur")
