"""Links: plans kept without an account, files handed over; whom an agreement is given to; versions of plans that were replaced."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Json, Words

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables and the columns."""
    op.create_table(
        "plan_links",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("digest", Words(64), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("question", Json(), nullable=False),
        sa.Column("pathway", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_links"),
        sa.UniqueConstraint("digest", name="uq_plan_links_digest"),
    )
    op.create_index("ix_plan_links_expires_at", "plan_links", ["expires_at"])
    op.create_table(
        "handovers",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("person_id", Words(32), nullable=False),
        sa.Column("digest", Words(64), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_handovers_person_id", ondelete="CASCADE"),
        sa.UniqueConstraint("digest", name="uq_handovers_digest"),
    )
    op.create_index("ix_handovers_person_id", "handovers", ["person_id"])
    op.create_index("ix_handovers_expires_at", "handovers", ["expires_at"])
    op.add_column("consents", sa.Column("organisation_id", Words(32), nullable=True))
    op.execute(
        "UPDATE consents SET organisation_id = (SELECT organisation_id FROM people WHERE people.id = consents.person_id)"
    )
    op.add_column("plan_versions", sa.Column("superseded_by", Words(400), nullable=True))


def downgrade() -> None:
    """Remove them, with all they hold."""
    op.drop_column("plan_versions", "superseded_by")
    op.drop_column("consents", "organisation_id")
    op.drop_table("handovers")
    op.drop_table("plan_links")
