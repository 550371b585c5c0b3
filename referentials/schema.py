"""Models → JSON Schema of every file format, for completion and checking in editors (*schémas*).

What an editor shows is in French: the help of each field stays, the docstrings of the classes do not.
"""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

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
    return {"$schema": DIALECT, **_for_editors(TypeAdapter(item).json_schema(by_alias=True, mode="validation"))}


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
