"""Steps of jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Json, Words

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "job_steps",
        sa.Column("job_id", Words(32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", Words(32), nullable=True),
        sa.Column("state", Words(20), nullable=False),
        sa.Column("arguments", Json(), nullable=False),
        sa.Column("result", Json(), nullable=True),
        sa.Column("error", Words(2000), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("job_id", "number", name="pk_job_steps"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_job_steps_job_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_job_steps_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_job_steps_person_id", "job_steps", ["person_id"])


def downgrade() -> None:
    """Remove it, with all it holds."""
    op.drop_table("job_steps")
