"""What is published of territories, edition after edition."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Json, Words

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the tables; nothing was published yet."""
    op.create_table(
        "territory_editions",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=False),
        sa.Column("target", Words(400), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_territory_editions"),
        sa.UniqueConstraint("organisation_id", "target", "number", name="uq_territory_editions_organisation_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_territory_editions_organisation_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "territory_figures",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=False),
        sa.Column("target", Words(400), nullable=False),
        sa.Column("competency", Words(400), nullable=True),
        sa.Column("area", Words(80), nullable=True),
        sa.Column("trades", Json(), nullable=False),
        sa.Column("marks", Json(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("lacking", sa.Integer(), nullable=True),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_territory_figures"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_territory_figures_organisation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_territory_figures_target", "territory_figures", ["organisation_id", "target", "competency"])


def downgrade() -> None:
    """Remove them, with all they hold."""
    op.drop_table("territory_figures")
    op.drop_table("territory_editions")
