"""People (*personnes accompagnées*): a file known by a pseudonym; names and contact stand apart, and so do consents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import ID_LENGTH, Base, Edited, Identified, Instant, Revised, Words


class Person(Edited, Base):
    """One file, of an organisation, of the person's own account, or of both. It holds no name.

    ``active_at`` is the last day that anything happened in the file: what is kept too long is deleted from there. ``service``, ``area`` and
    ``trade`` are coarse labels, where somebody said them.
    """

    __tablename__ = "people"
    __table_args__ = (CheckConstraint("organisation_id is not null or account_id is not null", name="owned"),)

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    active_at: Mapped[datetime] = mapped_column(Instant, index=True)
    service: Mapped[str | None] = mapped_column(Words(120))
    area: Mapped[str | None] = mapped_column(Words(80))
    trade: Mapped[str | None] = mapped_column(Words(80))


class Identity(Revised, Base):
    """Who a person is; read only where a name must be shown."""

    __tablename__ = "identities"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    given_name: Mapped[str | None] = mapped_column(Words(200))
    family_name: Mapped[str | None] = mapped_column(Words(200))
    email: Mapped[str | None] = mapped_column(Words(254))
    phone: Mapped[str | None] = mapped_column(Words(40))


_CURRENT = text("withdrawn_at is null")


class Consent(Identified, Base):
    """One agreement: to what purpose, on which version of the text, when given and when withdrawn.

    ``organisation_id`` is the organisation that it was given to, as far as it is known; the line stays when that one is gone.
    """

    __tablename__ = "consents"
    __table_args__ = (
        Index(
            "uq_consents_current", "person_id", "purpose", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT
        ),
    )

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(Words(60))
    text_version: Mapped[str] = mapped_column(Words(60))
    organisation_id: Mapped[str | None] = mapped_column(Words(ID_LENGTH))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
