"""What is wrong in a draft, by place and by field (*constats par champ*): paths count ranks, places name codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import Field

from api.web.views.draft_fields import specs
from api.web.views.draft_tree import Counts, listed
from api.web.views.said import Said
from referentials.editing.entries import name_in_list
from referentials.findings import Finding, Severity
from referentials.provenance import Value

_STEP = re.compile(r"(?:(blocks)\[(\d+)\])?\.?(?:(competencies)\[(\d+)\])?\.?(.*)", re.DOTALL)


class Told(Value):
    """Something wrong, in words."""

    error: bool = Field(description="Vrai pour une erreur, faux pour une remarque.")
    message: Said = Field(description="Ce qui ne va pas.")
    remedy: Said = Field(description="Ce qu'on peut faire.")


class Placed(NamedTuple):
    """A finding, the place of its item, and its field: empty when it is about the whole item."""

    place: str
    field: str
    told: Told


def placed(values: Mapping[str, Any], found: Iterable[Finding]) -> tuple[Placed, ...]:
    """Every finding at its place."""
    return tuple(_placed(values, one) for one in found)


def _placed(values: Mapping[str, Any], one: Finding) -> Placed:
    told = Told(error=one.severity is Severity.ERROR, message=one.message, remedy=one.remedy)
    steps = _STEP.fullmatch(one.where.path)
    assert steps is not None
    codes, holder, rest = [], values, steps[5]
    for name, rank in ((steps[1], steps[2]), (steps[3], steps[4])):
        items = listed(holder, name) if name else []
        if not name or not 0 < int(rank) <= len(items) or not name_in_list(items[int(rank) - 1]):
            break
        holder = items[int(rank) - 1]
        codes.append(str(name_in_list(holder)))
    place = "/".join(codes)
    return Placed(place, _field(place, rest), told)


def _field(place: str, rest: str) -> str:
    """The field that a path is about; sources have a part of their own."""
    names = sorted((one.name for one in specs(place)), key=len, reverse=True)
    dotted = re.sub(r"\[\d+\]", "", rest)
    found = next((one for one in names if f"{dotted}.".startswith(one.replace("/", ".") + ".")), "")
    return found or (
        "sources" if dotted.startswith("sources") else dotted if dotted in ("id", "version", "code") else ""
    )


def counts(found: Iterable[Placed]) -> Counts:
    """How many errors and remarks each place has."""
    result: dict[str, tuple[int, int]] = {}
    for one in found:
        errors, warnings = result.get(one.place, (0, 0))
        result[one.place] = (errors + one.told.error, warnings + (not one.told.error))
    return result


def by_field(found: Iterable[Placed], place: str) -> dict[str, tuple[Told, ...]]:
    """What is wrong in one item, by the name of the field; under no name, what is about the whole."""
    result: dict[str, tuple[Told, ...]] = {}
    for one in found:
        if one.place == place:
            result[one.field] = (*result.get(one.field, ()), one.told)
    return result
