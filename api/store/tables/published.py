"""Published versions (*versions publiées*): sealed documents, each publication one row that never changes.

``previous`` and ``seal`` chain the publications of an organisation as :mod:`referentials.ledger` chains those of a folder.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Json, Words
from api.store.tables.documents import one_key_each


class PublishedVersion(Identified, Base):
    """One publication of one version: the ``number``-th of that version, the ``position``-th of its part of the library.

    The one in use is ``current``; ``origin`` says where it came from: written here, or imported.
    """

    __tablename__ = "published_versions"
    __table_args__ = one_key_each("published_versions", "identifier", "version", "number")

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    identifier: Mapped[str] = mapped_column(Words(100))
    version: Mapped[str] = mapped_column(Words(100))
    title: Mapped[str] = mapped_column(Words(1000))
    number: Mapped[int] = mapped_column()
    position: Mapped[int] = mapped_column()
    current: Mapped[bool] = mapped_column(index=True)
    on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Words(2000))
    origin: Mapped[str] = mapped_column(Words(100))
    digest: Mapped[str] = mapped_column(Words(80))
    previous: Mapped[str] = mapped_column(Words(80))
    seal: Mapped[str] = mapped_column(Words(80))
    document: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)

    @property
    def key(self) -> str:
        """The reference of the version: ``tp-remn@2019``."""
        return f"{self.identifier}@{self.version}"


class LibraryMark(Base):
    """How many times a part of the library changed: whoever keeps one in memory knows when to read it again.

    ``part`` is an organisation's identifier, or « shared »; ``published`` counts its publications, and ``seal`` is that of the last.
    """

    __tablename__ = "library_marks"

    part: Mapped[str] = mapped_column(Words(32), primary_key=True)
    number: Mapped[int] = mapped_column()
    published: Mapped[int] = mapped_column(default=0)
    seal: Mapped[str] = mapped_column(Words(80))
