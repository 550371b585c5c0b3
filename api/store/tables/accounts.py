"""Accounts (*comptes*) and their roles: who may sign in, in an organisation or in none."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.columns import Base, Edited, Instant, Words


class Role(StrEnum):
    """What an account is for (*rôle*); an account may have several."""

    PROFESSIONAL = "professional"
    ADVISER = "adviser"
    TRAINING_BODY = "training-body"
    DESIGNER = "designer"
    ADMINISTRATOR = "administrator"


class Account(Edited, Base):
    """One account. ``password`` is an argon2id hash; ``issuer`` and ``subject`` name it at an OpenID provider."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="uq_accounts_subject"),)

    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(Words(254), unique=True)
    name: Mapped[str] = mapped_column(Words(200))
    password: Mapped[str | None] = mapped_column(Words(300))
    issuer: Mapped[str | None] = mapped_column(Words(300))
    subject: Mapped[str | None] = mapped_column(Words(300))
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    assigned: Mapped[list[AccountRole]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="AccountRole.role"
    )

    @property
    def roles(self) -> frozenset[Role]:
        """What the account is for."""
        return frozenset(Role(row.role) for row in self.assigned)


class AccountRole(Base):
    """One role of one account."""

    __tablename__ = "account_roles"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(Words(20), primary_key=True)
