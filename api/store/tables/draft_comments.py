"""Comments on drafts (*commentaires*): what somebody says of a draft, or of one of its items, until somebody says that it is settled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Instant, Words


class DraftComment(Identified, Base):
    """One comment. ``at`` is the item, ``CCP1/C1``, empty for the whole; ``by`` and ``resolved_by`` are identifiers of accounts."""

    __tablename__ = "draft_comments"

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    at: Mapped[str] = mapped_column(Words(200))
    text: Mapped[str] = mapped_column(Words(4000))
    by: Mapped[str] = mapped_column(Words(60))
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_by: Mapped[str | None] = mapped_column(Words(60))
