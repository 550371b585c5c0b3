"""Library documents (*documents de la bibliothèque*): our own values, of one organisation or shared with all of them.

The columns that offers, recognitions, correspondences and drafts have alike. The values are those of the files
(:mod:`referentials.loader` reads both), and are fetched only when asked for.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from api.store.columns import Edited, Json, Words


class LibraryDocument(Edited):
    """One document: ``key`` is its identifier in the library, unique in each organisation."""

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(Words(200))
    title: Mapped[str] = mapped_column(Words(1000))
    document: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)

    __tablename__: str

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return one_key_each(cls.__tablename__, "key")


def one_key_each(table: str, *columns: str) -> tuple[Index, ...]:
    """The indexes that make columns unique in each organisation, and among what is shared."""
    shared = text("organisation_id is null")
    return (
        Index(f"uq_{table}_own", "organisation_id", *columns, unique=True),
        Index(f"uq_{table}_shared", *columns, unique=True, sqlite_where=shared, postgresql_where=shared),
    )
