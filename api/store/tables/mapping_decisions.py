"""Decisions about suggestions (*décisions sur les correspondances*): a competency accepted or refused for a module, by whom, when."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Words


class Verdict(StrEnum):
    """What was decided. ``reopened`` takes a refusal back."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    REOPENED = "reopened"


class MappingDecision(Identified, Base):
    """One decision; the last one about a module and a competency counts. ``by`` is an account's identifier.

    ``competency`` is a full reference, ``module`` an identifier inside the offer.
    """

    __tablename__ = "mapping_decisions"

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    offer_id: Mapped[str] = mapped_column(ForeignKey("offers.id", ondelete="CASCADE"), index=True)
    module: Mapped[str] = mapped_column(Words(200))
    competency: Mapped[str] = mapped_column(Words(400))
    verdict: Mapped[str] = mapped_column(Words(20))
    by: Mapped[str] = mapped_column(Words(60))
