"""Organisations (*organismes*): training bodies, employers, certifying bodies; what one keeps, no other reads."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Edited, Words


class Organisation(Edited, Base):
    """One organisation."""

    __tablename__ = "organisations"

    name: Mapped[str] = mapped_column(Words(200))
    siret: Mapped[str | None] = mapped_column(Words(14), unique=True)
