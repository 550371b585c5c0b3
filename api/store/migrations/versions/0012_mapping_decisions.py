"""The decisions about suggested competencies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Words

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "mapping_decisions",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=False),
        sa.Column("offer_id", Words(32), nullable=False),
        sa.Column("module", Words(200), nullable=False),
        sa.Column("competency", Words(400), nullable=False),
        sa.Column("verdict", Words(20), nullable=False),
        sa.Column("by", Words(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mapping_decisions"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_mapping_decisions_organisation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_mapping_decisions_offer_id", ondelete="CASCADE"),
    )
    op.create_index("ix_mapping_decisions_offer_id", "mapping_decisions", ["offer_id"])


def downgrade() -> None:
    """Remove it, with all it holds."""
    op.drop_table("mapping_decisions")
