"""Changes of a draft (*historique d'un brouillon*): who, when, which act, and the entries that it changed, from the first line to the last.

Replaying the edits of every row from nothing gives the draft as it stands.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Instant, Json, Packed, Words


class ChangeKind(StrEnum):
    """What a line of the history did."""

    START = "start"
    ACT = "act"
    UNDO = "undo"
    REDO = "redo"
    REVERT = "revert"


class DraftChange(Base):
    """One change. ``revision`` is that of the draft afterwards; ``about`` is the revision that an undo, a redo or a return speaks of."""

    __tablename__ = "draft_changes"

    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(Words(60))
    kind: Mapped[str] = mapped_column(Words(20))
    act: Mapped[dict[str, Any]] = mapped_column(Json)
    about: Mapped[int | None] = mapped_column()
    edits: Mapped[list[dict[str, Any]]] = mapped_column(Packed, deferred=True)
