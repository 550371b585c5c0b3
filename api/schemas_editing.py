"""What the editing of drafts receives and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from referentials.editing.acts import AnyAct
from referentials.provenance import Value


class ActWanted(Value):
    """One act, told by its ``act``: write, add, move, recode, rekey, split, merge, retire, replace."""

    act: AnyAct


class ChangeRow(Value):
    """A line of the history of a draft."""

    revision: int = Field(description="La révision du brouillon après ce changement.")
    at: datetime
    by: str = Field(description="L'identifiant du compte.")
    kind: str = Field(description="start, act, undo, redo ou revert.")
    act: dict[str, Any] = Field(description="L'acte, tel qu'il a été demandé.")
    about: int | None = Field(description="La révision annulée, rétablie ou reprise.")
    edits: tuple[dict[str, Any], ...] = Field(
        description="Les champs changés : « at », le chemin ; « before » et « after », absents quand il n'y avait rien."
    )


class History(Value):
    """The history of a draft."""

    items: tuple[ChangeRow, ...]
