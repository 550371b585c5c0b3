"""Models → JSON Schema of every file format, for completion and checking in editors (*schémas*).

What an editor shows is in French: the help of each field stays, the docstrings of the classes do not.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from referentials.loader import FORMATS, Format

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each file format, by its name.

    Examples
    --------
    >>> sorted(schemas())
    ['correspondences', 'offer', 'recognitions', 'referential', 'rules']
    """
    return {kind.name: schema(kind) for kind in FORMATS}


def schema(kind: Format) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one file format."""
    item: Any = list[kind.item] if kind.is_list else kind.item  # type: ignore[name-defined]
    return {"$schema": DIALECT, **_for_editors(TypeAdapter(item).json_schema(schema_generator=_Ordered))}


class _Ordered(GenerateJsonSchema):
    """A set given as a default is listed in order, so that the schema is the same text every time."""

    def encode_default(self, dft: Any) -> Any:
        return super().encode_default(_in_order(dft.model_dump(by_alias=True) if isinstance(dft, BaseModel) else dft))


def _in_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _in_order(part) for key, part in value.items()}
    return sorted(value) if isinstance(value, frozenset) else value


def _for_editors(node: Any) -> Any:
    """The schema without the docstrings of classes; a value may fit two branches, for a reference is a text too."""
    if isinstance(node, list):
        return [_for_editors(part) for part in node]
    if not isinstance(node, dict):
        return node
    if "$defs" in node:
        node = node | {"$defs": {name: _undescribed(part) for name, part in node["$defs"].items()}}
    kept = _undescribed(node) if isinstance(node.get("properties"), dict) else node
    return {"anyOf" if key == "oneOf" else key: _for_editors(part) for key, part in kept.items()}


def _undescribed(node: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in node.items() if key != "description"}
