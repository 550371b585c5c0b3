"""The changes of offers, with each offer as it stood before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Json, Packed, Words

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "offer_changes",
        sa.Column("offer_id", Words(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", Words(60), nullable=False),
        sa.Column("what", Words(60), nullable=False),
        sa.Column("arguments", Json(), nullable=False),
        sa.Column("before", Packed(), nullable=False),
        sa.PrimaryKeyConstraint("offer_id", "number", name="pk_offer_changes"),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_offer_changes_offer_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    """Remove it, with all it holds."""
    op.drop_table("offer_changes")
