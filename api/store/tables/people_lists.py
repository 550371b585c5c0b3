"""Lists of people (*listes de personnes*): what a workbook says, read once, until an adviser brings it in or leaves it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Instant, Json, Packed, Words


class PeopleList(Identified, Base):
    """One workbook that was read. ``document`` holds names: it goes when the list is brought in, and after some days in any case."""

    __tablename__ = "people_lists"

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(Words(300))
    document: Mapped[Any] = mapped_column(Packed, nullable=True, deferred=True)
    counts: Mapped[dict[str, int]] = mapped_column(Json)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
