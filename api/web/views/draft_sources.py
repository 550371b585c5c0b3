"""The sources of a draft in a form (*sources*): one row each, and an empty one to add another; an emptied row is taken away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from api.web.sent import Form
from api.web.views.draft_tree import listed
from referentials.provenance import Value
from referentials.reference import IDENTIFIER
from reports.bundle import safe_name
from reports.language import say

MOST = 200
_FIELDS = ("title", "reference", "article", "url", "checked_on", "note")


class SourceRow(Value):
    """A source."""

    rank: int = Field(description="Son rang dans le formulaire.")
    id: str = Field(description="Son identifiant ; vide : il sera donné.")
    typed: dict[str, str] = Field(description="Ce que montrent ses champs, par leur nom.")


def source_rows(values: Mapping[str, Any], form: Form | None = None) -> tuple[SourceRow, ...]:
    """The sources of a draft, or what was typed of them, and an empty row at the end."""
    sent = _sent(form) if form else None
    if sent is None:
        some = [(str(one.get("id") or ""), _texts(one)) for one in listed(values, "sources")[:MOST]]
        sent = [*some, ("", dict.fromkeys(_FIELDS, ""))]
    return tuple(SourceRow(rank=rank, id=name, typed=typed) for rank, (name, typed) in enumerate(sent))


def _texts(one: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(one[name]) if one.get(name) is not None else "" for name in _FIELDS}


def _sent(form: Form) -> list[tuple[str, dict[str, str]]] | None:
    count = form.text("combien-de-sources")
    if not count.isdecimal():
        return None
    ranks = range(min(int(count), MOST + 1))
    return [(form.text(f"s{rank}-id"), {name: form.text(f"s{rank}-{name}") for name in _FIELDS}) for rank in ranks]


def sources_in(form: Form, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sources that were typed; what the form does not show of one stays as it was."""
    known = {str(one.get("id")): one for one in listed(values, "sources")}
    taken, found = set(known), []
    for rank, (name, typed) in enumerate(_sent(form) or []):
        if not any(typed.values()):
            continue
        if not typed["title"]:
            form.errors[f"s{rank}-title"] = say("Écrivez le nom du texte ou de la page.")
        day = form.day(f"s{rank}-checked_on")
        told = typed | {"checked_on": day.isoformat() if day else ""}
        name = name or _free(typed["title"], taken)
        taken.add(name)
        kept = {key: value for key, value in known.get(name, {}).items() if key not in (*_FIELDS, "id")}
        found.append({"id": name} | kept | {key: text for key, text in told.items() if text})
    return found


def _free(title: str, taken: set[str]) -> str:
    """An identifier that no other source has."""
    name = safe_name(title)[:40].strip("-") or "source"
    name = name if re.fullmatch(IDENTIFIER, name) else "source"
    names = (name, *(f"{name}-{rank}" for rank in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)
