"""Reviews of drafts (*relectures*): asked for, then an approval or a wish for changes, each of one revision and of no other."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Words


class Opinion(StrEnum):
    """What a line of review says."""

    ASKED = "asked"
    APPROVED = "approved"
    CHANGES = "changes"


class DraftReview(Identified, Base):
    """One line. ``reviewed`` is the revision that was read; ``by`` is an account's identifier."""

    __tablename__ = "draft_reviews"

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    reviewed: Mapped[int] = mapped_column()
    opinion: Mapped[str] = mapped_column(Words(20))
    words: Mapped[str] = mapped_column(Words(4000))
    by: Mapped[str] = mapped_column(Words(60))
