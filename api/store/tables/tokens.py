"""API tokens (*jetons*): what a program shows in place of a person, for some scopes only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Instant, Json, Words


class ApiToken(Identified, Base):
    """One token; ``digest`` is the SHA-256 of the text that was shown once, and is kept nowhere."""

    __tablename__ = "api_tokens"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Words(200))
    digest: Mapped[str] = mapped_column(Words(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(Json)
    expires_at: Mapped[datetime | None] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
