"""Et si… ? in the address of a page: ``?heures=8&sans=offre:module`` ↔ :class:`api.services.what_if.WhatIf`.

The names are French words that a person can read, and the values are typed as people type them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.datastructures import FormData, QueryParams

from api.services.what_if import WhatIf
from api.web.entries import Unreadable, day, number
from reports.language import say

_ONE: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "heures": ("weekly_hours", number),
    "budget": ("budget", number),
    "total": ("hours", number),
    "avant": ("deadline", day),
    "periodes": ("periods", number),
}
_MANY = {"accepter": "accept", "lever": "lift", "sans": "refuse", "avec": "impose", "confirme": "confirm"}
NAMES = (*_ONE, *_MANY)


class Asked(NamedTuple):
    """The changes that could be read, what was typed for each, and what is wrong with the others, by name."""

    change: WhatIf
    typed: Mapping[str, str]
    errors: Mapping[str, str]


def asked(given: QueryParams | FormData) -> Asked:
    """The changes that an address or a form asks for."""
    values: dict[str, Any] = {field: tuple(_texts(given, name)) for name, field in _MANY.items()}
    typed = {name: str(given.get(name, "")) for name in _ONE}
    errors: dict[str, str] = {}
    for name, (field, read) in _ONE.items():
        try:
            found = WhatIf.model_validate({field: read(typed[name])})
            values[field] = getattr(found, field)
        except Unreadable as problem:
            errors[name] = str(problem)
        except ValidationError:
            errors[name] = say("Ce nombre ne convient pas ici.")
    try:
        return Asked(WhatIf.model_validate(values), typed, errors)
    except ValidationError:
        return Asked(
            WhatIf(), typed, errors | {"heures": say("Cette adresse n'est pas lisible : repartez de votre plan.")}
        )


def _texts(given: QueryParams | FormData, name: str) -> list[str]:
    return [text for text in given.getlist(name) if isinstance(text, str) and text]


def pairs(change: WhatIf) -> list[tuple[str, str]]:
    """The changes as names and values, for an address or for hidden fields.

    Examples
    --------
    >>> pairs(WhatIf(weekly_hours=7.5, refuse=("o:m",)))
    [('heures', '7.5'), ('sans', 'o:m')]
    """
    found = [(name, _text(getattr(change, field))) for name, (field, _read) in _ONE.items()]
    lists = [(name, str(one)) for name, field in _MANY.items() for one in getattr(change, field)]
    return [(name, text) for name, text in found if text] + lists


def _text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value or "")


def address(change: WhatIf, **more: str) -> str:
    """The address of the plan with these changes."""
    query = urlencode([*pairs(change), *((name, text) for name, text in more.items() if text)])
    return f"/parcours/plan?{query}" if query else "/parcours/plan"


def together(first: WhatIf, second: WhatIf) -> WhatIf:
    """Both changes; where they speak of the same thing, the second."""
    values = first.model_dump()
    for name, value in second.model_dump().items():
        if isinstance(value, tuple):
            values[name] = tuple(dict.fromkeys((*values[name], *value)))
        elif value is not None:
            values[name] = value
    opposite = {"refuse": second.impose, "impose": second.refuse}
    for name, other in opposite.items():
        values[name] = tuple(one for one in values[name] if one not in other)
    return WhatIf.model_validate(values)
