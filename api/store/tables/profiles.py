"""Profiles (*profils*): what a person holds and can give, without identity; one per person, counted by revision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Instant, Json, Revised


class StoredProfile(Revised, Base):
    """The profile of one person: the plain values of :class:`pathways.profile.Profile`."""

    __tablename__ = "profiles"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    document: Mapped[dict[str, Any]] = mapped_column(Json)
