"""Search entries (*index de recherche*): what may be found by its words, as French stems without accents.

The column ``words`` is ours (:mod:`api.store.stems`); an FTS5 table in SQLite and a ``tsvector`` in PostgreSQL are made from it
by the database itself, so that an entry and its index live and die together.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Words


class SearchEntry(Base):
    """One thing that may be found.

    ``part`` says whose it is: « shipped », « shared », « people », or an organisation's identifier; ``source`` the row that it comes
    from; ``kind`` and ``ref`` what it is; ``weight`` puts a referential before its blocks, and these before their competencies.
    """

    __tablename__ = "search_entries"
    __table_args__ = (Index("ix_search_entries_part", "part", "source"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(Words(32))
    source: Mapped[str] = mapped_column(Words(400))
    kind: Mapped[str] = mapped_column(Words(20))
    ref: Mapped[str] = mapped_column(Words(400))
    title: Mapped[str] = mapped_column(Words(1000))
    weight: Mapped[int] = mapped_column()
    title_words: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
