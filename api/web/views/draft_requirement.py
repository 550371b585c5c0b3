"""A requirement in a form (*exigence, dans un formulaire*): nothing, all of a list, one of it, so many of it; anything else is written in YAML.

What the four first can say is chosen among the blocks of the draft, and written as references for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from api.web.entries import Unreadable
from api.web.sent import Form
from api.web.views.said import Said
from referentials.findings import FileProblem
from referentials.local_references import expanded
from referentials.provenance import Value
from referentials.requirement import Requirement
from referentials.versions import parse_or_none
from referentials.writer import values_to_yaml
from referentials.yaml_source import read_bytes
from reports.language import Words, say, to_say

MODES = Words(
    {
        "rien": to_say("rien, ou non connu"),
        "tous": to_say("tout ce qui suit"),
        "un": to_say("un seul suffit"),
        "nombre": to_say("un certain nombre"),
        "yaml": to_say("autre chose, écrit en YAML"),
    }
)
_NODES = {"tous": "all_of", "un": "any_of", "nombre": "of"}
_READER: TypeAdapter[Any] = TypeAdapter(Requirement)
_LONGEST = 20_000


class TypedRequirement(Value):
    """What the controls of a requirement show."""

    mode: str = Field("rien", description="Rien, tous, un, un certain nombre, ou YAML.")
    count: str = Field("", description="Combien suffisent.")
    refs: tuple[str, ...] = Field((), description="Les références cochées.")
    others: str = Field("", description="Les autres, une par ligne.")
    yaml: str = Field("", description="Le texte YAML.")


class Candidate(Value):
    """Something that can be chosen."""

    ref: str = Field(description="Sa référence.")
    label: Said = Field(description="Ses mots.")


def typed_requirement(value: Any, own: tuple[str, ...]) -> TypedRequirement:
    """What the form shows of a requirement; ``own`` are the references that have a box.

    Examples
    --------
    >>> typed_requirement({"all_of": ["a@1/B1", "bafd"]}, ("a@1/B1", "a@1/B2")).others
    'bafd'
    """
    if value is None:
        return TypedRequirement()
    mode, refs = _simple(value)
    if mode == "yaml":
        return TypedRequirement(mode=mode, yaml=values_to_yaml(value) if isinstance(value, dict | list) else str(value))
    return TypedRequirement(
        mode=mode,
        count=str(value["at_least"]) if mode == "nombre" else "",
        refs=tuple(one for one in refs if one in own),
        others="\n".join(one for one in refs if one not in own),
    )


def _simple(value: Any) -> tuple[str, list[str]]:
    if isinstance(value, str):
        return "tous", [value]
    for mode, node in _NODES.items():
        if isinstance(value, Mapping) and set(value) == ({node, "at_least"} if node == "of" else {node}):
            parts = value[node]
            if isinstance(parts, list) and parts and all(isinstance(one, str) for one in parts):
                return mode, parts
    return "yaml", []


def readable(value: Any) -> Requirement | None:
    """A requirement to be told in words; None when there is none, or when it can't be read."""
    try:
        return None if value is None else _READER.validate_python(value)
    except ValidationError:
        return None


def requirement_in(form: Form, name: str) -> TypedRequirement:
    """What was typed."""
    mode = form.text(f"{name}-mode")
    return TypedRequirement(
        mode=mode if mode in MODES else "rien",
        count=form.text(f"{name}-combien"),
        refs=form.texts(f"{name}-choix"),
        others=form.whole_text(f"{name}-autres", _LONGEST),
        yaml=form.whole_text(f"{name}-yaml", _LONGEST),
    )


def requirement_of(typed: TypedRequirement, values: Mapping[str, Any]) -> Any:
    """The requirement that was typed; None for nothing.

    Parameters
    ----------
    values : mapping
        The draft, whose local codes may be written.

    Raises
    ------
    Unreadable
        It can't be read.
    """
    if typed.mode == "rien":
        return None
    found = _read(typed.yaml) if typed.mode == "yaml" else _listed(typed)
    return _checked(expanded({**values, "award": found})["award"] if found is not None else None)


def _listed(typed: TypedRequirement) -> Any:
    refs = [*typed.refs, *(one.strip() for one in typed.others.splitlines() if one.strip())]
    for one in refs:
        if parse_or_none(one) is None:
            raise Unreadable(say("« {text} » n'est pas une référence, comme tp-mn@2025.", text=one))
    if not refs:
        raise Unreadable(say("Cochez ou écrivez au moins un élément, ou choisissez « rien »."))
    if typed.mode == "nombre":
        if not typed.count.isdecimal() or len(typed.count) > 4 or not 1 <= int(typed.count) <= len(refs):
            raise Unreadable(say("Écrivez combien suffisent, entre 1 et le nombre d'éléments choisis."))
        return {"at_least": int(typed.count), "of": refs}
    return refs[0] if len(refs) == 1 else {_NODES[typed.mode]: refs}


def _read(text: str) -> Any:
    if not text.strip():
        return None
    try:
        return read_bytes(text.encode()).value
    except FileProblem as problem:
        raise Unreadable(" ".join(f"{one.message} {one.remedy}" for one in problem.findings)) from None


def _checked(value: Any) -> Any:
    if value is None:
        return None
    try:
        found = _READER.validate_python(value)
    except ValidationError:
        raise Unreadable(say("Ceci ne se lit pas comme une exigence : all_of, any_of, at_least et of…")) from None
    return _READER.dump_python(found, mode="json", exclude_defaults=True)
