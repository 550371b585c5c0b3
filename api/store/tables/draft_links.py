"""Links of a draft with the version it starts from (*remplacé par*): an old competency and what takes its place, confirmed or refused."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Words


class DraftLink(Identified, Base):
    """One decision; the last one about a pair counts. ``start`` is a full reference of the old version, ``end`` an item of the draft.

    ``relation`` is one of :class:`referentials.rights.Relation`; empty: the pair was refused. ``by`` is an account's identifier.
    """

    __tablename__ = "draft_links"

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    start: Mapped[str] = mapped_column(Words(400))
    end: Mapped[str] = mapped_column(Words(200))
    relation: Mapped[str] = mapped_column(Words(20))
    by: Mapped[str] = mapped_column(Words(60))
