"""Bulk work (*grand nombre*): what each chunk of a run gave, so that a second run does only what is missing.

A run is known by the digest of all that its results depend on. It names nobody: chunks are problems, never people.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Instant, Words


class BulkRun(Base):
    """One run, by its key; ``used_at`` is when somebody last began it or went on with it."""

    __tablename__ = "bulk_runs"

    id: Mapped[str] = mapped_column(Words(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime] = mapped_column(Instant, index=True)
    count: Mapped[int] = mapped_column()


class BulkChunk(Base):
    """What one chunk gave, packed; ``digest`` is the SHA-256 of what it was before."""

    __tablename__ = "bulk_chunks"

    run_id: Mapped[str] = mapped_column(ForeignKey("bulk_runs.id", ondelete="CASCADE"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    done_at: Mapped[datetime] = mapped_column(Instant)
    digest: Mapped[str] = mapped_column(Words(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
