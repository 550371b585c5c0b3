"""Lists of people that wait to be brought in; the plans of a person, the last first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Json, Packed, Words

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "people_lists",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=False),
        sa.Column("file_name", Words(300), nullable=False),
        sa.Column("document", Packed(), nullable=True),
        sa.Column("counts", Json(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_people_lists"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_people_lists_organisation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_people_lists_organisation_id", "people_lists", ["organisation_id"])
    op.create_index("ix_plans_last", "plans", ["person_id", "id"])


def downgrade() -> None:
    """Remove them, with all they hold."""
    op.drop_index("ix_plans_last", "plans")
    op.drop_table("people_lists")
