"""Drafts (*brouillons*): versions of referentials being written, right or wrong, until they are published."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Words
from api.store.tables.documents import LibraryDocument


class Draft(LibraryDocument, Base):
    """One draft: the plain values of a referential, which may still be wrong; ``base`` is the version it started from."""

    __tablename__ = "drafts"

    base: Mapped[str | None] = mapped_column(Words(200))
