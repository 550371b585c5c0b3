"""Changes of an offer (*historique d'une offre*): who, when, what, and the offer as it stood before, so that it may come back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Instant, Json, Packed, Words


class OfferChange(Base):
    """One change. ``revision`` is that of the offer before; ``by`` is an account's identifier, kept after the account is gone.

    ``what`` is the key of a sentence, and ``arguments`` what stands in it.
    """

    __tablename__ = "offer_changes"

    offer_id: Mapped[str] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column()
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(Words(60))
    what: Mapped[str] = mapped_column(Words(60))
    arguments: Mapped[dict[str, Any]] = mapped_column(Json)
    before: Mapped[Any] = mapped_column(Packed, deferred=True)
