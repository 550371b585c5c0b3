"""Models → JSON Schema of every file format, for completion and checking in editors (*schémas*)."""

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
    return {"$schema": DIALECT, **TypeAdapter(item).json_schema(by_alias=True, mode="validation")}
