"""What was imported (*référentiels importés*): documents from outside, told apart by a digest, and the imports that brought them.

A directory of thousands is never read whole. Each document stands packed in one row; beside it are the few columns that lists need,
and the names under which somebody may look for it (:class:`ImportedName`): its codes, what it gives, what it asks for.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Instant, Json, Packed, Words
from api.store.tables.documents import one_key_each


class ImportedDocument(Identified, Base):
    """One referential, recognition or correspondence that came from a file.

    ``digest`` is that of the values in the file, ``place`` where it stands in a list of versions, ``names`` the words that a filter
    looks for. ``added_by`` and ``changed_by`` are imports.
    """

    __tablename__ = "imported_documents"
    __table_args__ = (
        *one_key_each("imported_documents", "kind", "identifier", "version"),
        Index("ix_imported_documents_place", "kind", "place"),
    )

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Words(20))
    identifier: Mapped[str] = mapped_column(Words(200))
    version: Mapped[str] = mapped_column(Words(100))
    title: Mapped[str] = mapped_column(Words(1000))
    place: Mapped[str] = mapped_column(Words(340))
    nature: Mapped[str] = mapped_column(Words(40))
    level: Mapped[int | None] = mapped_column()
    active: Mapped[bool] = mapped_column()
    start: Mapped[date | None] = mapped_column(Date)
    end: Mapped[date | None] = mapped_column(Date)
    names: Mapped[str] = mapped_column(Words(3000))
    standard: Mapped[str] = mapped_column(Words(40))
    digest: Mapped[str] = mapped_column(Words(64))
    added_by: Mapped[str] = mapped_column(Words(32))
    changed_by: Mapped[str] = mapped_column(Words(32))
    document: Mapped[Any] = mapped_column(Packed, deferred=True)


class Role(StrEnum):
    """Why a name stands beside a document."""

    CODE = "code"
    GIVEN = "given"
    GRANTS = "grants"


class ImportedName(Base):
    """A name that leads to a document: a code of it or of its blocks, a referential that it gives something of or asks for."""

    __tablename__ = "imported_names"
    __table_args__ = (Index("ix_imported_names_name", "name", "role"),)

    document_id: Mapped[str] = mapped_column(ForeignKey("imported_documents.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(Words(10), primary_key=True)
    name: Mapped[str] = mapped_column(Words(200), primary_key=True)


class RunState(StrEnum):
    """Where an import stands."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    STOPPED = "stopped"


class ImportRun(Identified, Base):
    """One import: the file, what was asked, how far it is, how many of what.

    ``position`` is how many records of the file are done with: whoever takes it over goes on from there.
    """

    __tablename__ = "import_runs"

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    job_id: Mapped[str | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"), index=True)
    standard: Mapped[str] = mapped_column(Words(40))
    file_name: Mapped[str] = mapped_column(Words(300))
    size: Mapped[int] = mapped_column()
    digest: Mapped[str] = mapped_column(Words(64))
    dry: Mapped[bool] = mapped_column()
    strict: Mapped[bool] = mapped_column()
    state: Mapped[str] = mapped_column(Words(20))
    position: Mapped[int] = mapped_column(default=0)
    complete: Mapped[bool] = mapped_column(default=False)
    counts: Mapped[dict[str, int]] = mapped_column(Json)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)


class ImportPiece(Base):
    """A piece of a file that waits to be imported; all go when the import is over."""

    __tablename__ = "import_pieces"

    run_id: Mapped[str] = mapped_column(ForeignKey("import_runs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportNote(Base):
    """One line of the account of an import: something new, changed, no longer there, or wrong.

    ``outcome`` is one of those of :mod:`api.services.imports`; ``document`` the sentences of a change, or the finding.
    """

    __tablename__ = "import_notes"

    run_id: Mapped[str] = mapped_column(ForeignKey("import_runs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outcome: Mapped[str] = mapped_column(Words(20))
    ref: Mapped[str] = mapped_column(Words(400))
    title: Mapped[str] = mapped_column(Words(1000))
    document: Mapped[Any] = mapped_column(Json, nullable=True)
