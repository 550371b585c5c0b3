"""The changes of drafts, each with the entries that it changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Json, Packed, Words

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table; a draft that was there before has a history from its next change on."""
    op.create_table(
        "draft_changes",
        sa.Column("draft_id", Words(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", Words(60), nullable=False),
        sa.Column("kind", Words(20), nullable=False),
        sa.Column("act", Json(), nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("edits", Packed(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "revision", name="pk_draft_changes"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_draft_changes_draft_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Remove it, with all it holds."""
    op.drop_table("draft_changes")
