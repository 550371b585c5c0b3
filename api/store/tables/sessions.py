"""Sessions (*sessions de connexion*): who is signed in, until when; revoking one ends it at the next request."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Instant, Words


class LoginSession(Identified, Base):
    """One session; ``digest`` is the SHA-256 of the secret in the cookie, which is kept nowhere."""

    __tablename__ = "sessions"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(Words(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
