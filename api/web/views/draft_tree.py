"""The tree of a draft (*arbre d'un brouillon*): the referential, its blocks, their competencies, each with what is wrong in it.

A draft may be wrong in any way: what has no code can't be opened, and is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from api.web.views.said import Said
from referentials.editing.entries import name_in_list
from referentials.provenance import Value
from reports.language import say


class Node(Value):
    """An item of the tree."""

    place: str = Field(description="Sa place, par les codes : `CCP1/C1`.")
    code: str = Field(description="Son code ; vide : il n'en a pas, ou c'est le référentiel.")
    title: Said = Field(description="Son intitulé ; vide : non connu.")
    href: str = Field(description="Où il s'écrit ; vide : nulle part.")
    current: bool = Field(description="Vrai pour celui qui est montré.")
    errors: int = Field(description="Combien d'erreurs en lui.")
    warnings: int = Field(description="Combien de remarques en lui.")
    parts: tuple[Node, ...] = Field(description="Ce qu'il contient.")


Counts = Mapping[str, tuple[int, int]]


def listed(holder: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The items of a list, as far as it is one."""
    found = holder.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def tree(values: Mapping[str, Any], current: str, address: str, counts: Counts) -> Node:
    """The whole tree; ``counts`` are the errors and the remarks of each place."""

    def node(item: Mapping[str, Any], place: str, code: str, parts: tuple[Node, ...]) -> Node:
        errors, warnings = counts.get(place, (0, 0)) if code or not place else (0, 0)
        link = f"{address}?element={place}" if place else address
        return Node(
            place=place,
            code=code,
            title=_title(item),
            href=link if code or not place else "",
            current=place == current and bool(code or not place),
            errors=errors,
            warnings=warnings,
            parts=parts,
        )

    def competencies(block: Mapping[str, Any], at: str) -> tuple[Node, ...]:
        some = listed(block, "competencies") if at else []
        return tuple(node(one, f"{at}/{_code(one)}", _code(one), ()) for one in some)

    blocks = tuple(node(one, _code(one), _code(one), competencies(one, _code(one))) for one in listed(values, "blocks"))
    return node(values, "", "", blocks)


def _code(item: Any) -> str:
    return (name_in_list(item) or "") if isinstance(item, dict) else ""


def _title(item: Mapping[str, Any]) -> str:
    title = item.get("title")
    return title if isinstance(title, str) else ""


def places(values: Mapping[str, Any]) -> Iterator[str]:
    """Every place that has a code, from top to bottom."""
    for block in listed(values, "blocks"):
        if code := _code(block):
            yield code
            yield from (f"{code}/{_code(one)}" for one in listed(block, "competencies") if _code(one))


def _refs(values: Mapping[str, Any]) -> Iterator[str]:
    key = f"{values.get('id')}@{values.get('version')}"
    yield from (f"{key}/{place}" for place in places(values))


def block_refs(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The references of its blocks."""
    return tuple(ref for ref in _refs(values) if ref.count("/") == 1)


def competency_refs(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The references of its competencies."""
    return tuple(ref for ref in _refs(values) if ref.count("/") == 2)


def title_at(values: Mapping[str, Any], ref: str) -> str:
    """What an item of the draft is called, by its reference."""
    place = ref.partition("/")[2]
    return named(values, place)


def named(values: Mapping[str, Any], place: str) -> str:
    """What the item of a place is called: its code and its title."""
    if not place:
        return say("l'ensemble")
    holder: Any = values
    for name, code in zip(("blocks", "competencies"), place.split("/"), strict=False):
        holder = next((one for one in listed(holder, name) if _code(one) == code), {})
    title = _title(holder)
    return say("{code} — {title}", code=place.replace("/", " › "), title=title) if title else place.replace("/", " › ")
