"""Comments, reviews and links of drafts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Words

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables."""
    _table(
        "draft_comments",
        sa.Column("at", Words(200), nullable=False),
        sa.Column("text", Words(4000), nullable=False),
        sa.Column("resolved_at", Instant(), nullable=True),
        sa.Column("resolved_by", Words(60), nullable=True),
    )
    _table(
        "draft_reviews",
        sa.Column("reviewed", sa.Integer(), nullable=False),
        sa.Column("opinion", Words(20), nullable=False),
        sa.Column("words", Words(4000), nullable=False),
    )
    _table(
        "draft_links",
        sa.Column("start", Words(400), nullable=False),
        sa.Column("end", Words(200), nullable=False),
        sa.Column("relation", Words(20), nullable=False),
    )


def _table(name: str, *columns: sa.Column[Any]) -> None:
    """A table about drafts: each line has its draft, its author, and goes with the draft."""
    op.create_table(
        name,
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("draft_id", Words(32), nullable=False),
        sa.Column("by", Words(60), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=f"fk_{name}_organisation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=f"fk_{name}_draft_id", ondelete="CASCADE"),
    )
    op.create_index(f"ix_{name}_draft_id", name, ["draft_id"])


def downgrade() -> None:
    """Remove them, with all they hold."""
    for name in ("draft_links", "draft_reviews", "draft_comments"):
        op.drop_table(name)
