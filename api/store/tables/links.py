"""Links (*liens*): what somebody may come back to, or take over, with a secret and without being known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Edited, Identified, Instant, Json, Words


class PlanLink(Edited, Base):
    """A plan kept without an account, because somebody asked for it: the question, the answer, and until when.

    ``digest`` is the SHA-256 of the secret in the address, which is kept nowhere.
    """

    __tablename__ = "plan_links"

    digest: Mapped[str] = mapped_column(Words(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    question: Mapped[dict[str, Any]] = mapped_column(Json)
    pathway: Mapped[dict[str, Any]] = mapped_column(Json)


class Handover(Identified, Base):
    """A file that an organisation offers to the person it is about: whoever shows the secret once keeps it from then on."""

    __tablename__ = "handovers"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(Words(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
