"""Evidence (*justificatifs*): copies of diplomas and certificates, in the database itself.

So a backup holds everything, a deletion deletes everything, and a file is there if and only if its row is. Their size is bounded.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Words


class EvidenceFile(Identified, Base):
    """One file; ``about`` is the reference that it proves, ``content`` is read only when asked for."""

    __tablename__ = "evidence_files"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Words(255))
    media_type: Mapped[str] = mapped_column(Words(120))
    about: Mapped[str | None] = mapped_column(Words(400))
    size: Mapped[int] = mapped_column()
    digest: Mapped[str] = mapped_column(Words(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
