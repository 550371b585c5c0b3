"""Territories (*observatoire*): what was published of an organisation's people, edition after edition; figures that identify nobody.

What they were worked out from is never kept: neither the people, nor the groups too small to be published. ``marks`` are digests, so that a
later edition compares like with like; no page reads them.
"""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.columns import Base, Identified, Json, Words


class TerritoryEdition(Identified, Base):
    """One publication of one target."""

    __tablename__ = "territory_editions"
    __table_args__ = (UniqueConstraint("organisation_id", "target", "number"),)

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(Words(400))
    number: Mapped[int] = mapped_column()
    day: Mapped[datetime.date] = mapped_column(Date)


class TerritoryFigure(Identified, Base):
    """One figure, shown from the edition ``since`` to the edition ``until``; None as long as it is shown.

    ``competency`` and ``lacking`` are empty for the people themselves; ``area`` for several put together, and so is a trade of ``trades``.
    """

    __tablename__ = "territory_figures"
    __table_args__ = (Index("ix_territory_figures_target", "organisation_id", "target", "competency"),)

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(Words(400))
    competency: Mapped[str | None] = mapped_column(Words(400))
    area: Mapped[str | None] = mapped_column(Words(80))
    trades: Mapped[Any] = mapped_column(Json)
    marks: Mapped[Any] = mapped_column(Json)
    people: Mapped[int] = mapped_column()
    lacking: Mapped[int | None] = mapped_column()
    since: Mapped[int] = mapped_column()
    until: Mapped[int | None] = mapped_column()
