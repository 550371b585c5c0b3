"""Bulk work: its runs, and what their chunks gave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Words

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bulk_runs",
        sa.Column("id", Words(64), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_runs"),
    )
    op.create_index("ix_bulk_runs_used_at", "bulk_runs", ["used_at"])
    op.create_table(
        "bulk_chunks",
        sa.Column("run_id", Words(64), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("done_at", Instant(), nullable=False),
        sa.Column("digest", Words(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "rank", name="pk_bulk_chunks"),
        sa.ForeignKeyConstraint(["run_id"], ["bulk_runs.id"], name="fk_bulk_chunks_run_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Remove them, with all they hold."""
    op.drop_table("bulk_chunks")
    op.drop_table("bulk_runs")
