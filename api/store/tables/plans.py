"""Plans (*plans de formation*): a question, its answer, the versions it leaned on, and how it went from draft to done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.columns import Base, Edited, Instant, Json, Words


class PlanState(StrEnum):
    """Where a plan stands (*état*)."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    UNDER_WAY = "under_way"
    DONE = "done"
    ABANDONED = "abandoned"

    @property
    def next(self) -> frozenset[PlanState]:
        """The states that may follow; a plan that was proposed may go back to draft.

        Examples
        --------
        >>> sorted(PlanState.AGREED.next)
        [<PlanState.ABANDONED: 'abandoned'>, <PlanState.UNDER_WAY: 'under_way'>]
        """
        return _NEXT[self]


_NEXT = {
    PlanState.DRAFT: frozenset({PlanState.PROPOSED, PlanState.ABANDONED}),
    PlanState.PROPOSED: frozenset({PlanState.DRAFT, PlanState.AGREED, PlanState.ABANDONED}),
    PlanState.AGREED: frozenset({PlanState.UNDER_WAY, PlanState.ABANDONED}),
    PlanState.UNDER_WAY: frozenset({PlanState.DONE, PlanState.ABANDONED}),
    PlanState.DONE: frozenset[PlanState](),
    PlanState.ABANDONED: frozenset[PlanState](),
}


class StoredPlan(Edited, Base):
    """One plan. ``question`` and ``pathway`` are plain values; ``replaces`` is the plan that this one recomputes."""

    __tablename__ = "plans"
    __table_args__ = (Index("ix_plans_last", "person_id", "id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    target: Mapped[str] = mapped_column(Words(400))
    status: Mapped[str] = mapped_column(Words(20))
    state: Mapped[str] = mapped_column(Words(20), index=True)
    replaces: Mapped[str | None] = mapped_column(ForeignKey("plans.id", ondelete="SET NULL"))
    question: Mapped[dict[str, Any]] = mapped_column(Json)
    pathway: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    used: Mapped[list[PlanVersion]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="PlanVersion.ref"
    )
    history: Mapped[list[PlanChange]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="PlanChange.number"
    )

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions that the answer leaned on, sorted."""
        return tuple(sorted(row.ref for row in self.used))

    @property
    def superseded(self) -> tuple[str, ...]:
        """The versions that were published since then in place of those that the answer leaned on, sorted."""
        return tuple(sorted({row.superseded_by for row in self.used if row.superseded_by}))


class PlanVersion(Base):
    """One version that a plan leaned on: found again when that version changes.

    ``superseded_by`` is the version that was published in its place since then.
    """

    __tablename__ = "plan_versions"

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True)
    ref: Mapped[str] = mapped_column(Words(400), primary_key=True, index=True)
    superseded_by: Mapped[str | None] = mapped_column(Words(400))


class PlanChange(Base):
    """One change of state: who, when, why. ``by`` is an account's identifier, kept after the account is gone."""

    __tablename__ = "plan_changes"

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(Words(20))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(Words(60))
    why: Mapped[str] = mapped_column(Words(2000))
