"""The audit trail (*journal*): who did what to what, and when; each line holds the digest of the one before, and none changes.

No name stands in it: accounts, people and organisations are identifiers, which lead nowhere once what they named is deleted.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Instant, Words


class AuditLine(Base):
    """One line; ``previous`` and ``digest`` are SHA-256 in hexadecimal."""

    __tablename__ = "audit_lines"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(Words(60))
    organisation: Mapped[str] = mapped_column(Words(32))
    action: Mapped[str] = mapped_column(Words(60))
    object: Mapped[str] = mapped_column(Words(400), index=True)
    previous: Mapped[str] = mapped_column(Words(64))
    digest: Mapped[str] = mapped_column(Words(64))


class AuditHead(Base):
    """The last line: whoever appends takes this row first, so that lines follow one another."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column()
    digest: Mapped[str] = mapped_column(Words(64))
