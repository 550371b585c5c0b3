"""Jobs, and the audit trail, of which no line can be changed or removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Json, Words

revision = "0004"
down_revision = "0003"

_TABLES = (
    "jobs",
    "job_people",
    "audit_lines",
    "audit_head",
)

_APPEND_ONLY = {
    "sqlite": (
        """
        CREATE TRIGGER audit_lines_are_not_changed BEFORE UPDATE ON audit_lines
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
        """,
        """
        CREATE TRIGGER audit_lines_are_not_removed BEFORE DELETE ON audit_lines
        BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
        """,
    ),
    "postgresql": (
        """
        CREATE FUNCTION audit_lines_stay() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$
        """,
        """
        CREATE TRIGGER audit_lines_stay BEFORE UPDATE OR DELETE ON audit_lines
        FOR EACH ROW EXECUTE FUNCTION audit_lines_stay()
        """,
        """
        CREATE TRIGGER audit_lines_stay_all BEFORE TRUNCATE ON audit_lines
        FOR EACH STATEMENT EXECUTE FUNCTION audit_lines_stay()
        """,
    ),
}


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "jobs",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("account_id", Words(32), nullable=True),
        sa.Column("kind", Words(60), nullable=False),
        sa.Column("state", Words(20), nullable=False),
        sa.Column("arguments", Json(), nullable=False),
        sa.Column("checkpoint", Json(), nullable=True),
        sa.Column("result", Json(), nullable=True),
        sa.Column("error", Words(2000), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("worker", Words(100), nullable=True),
        sa.Column("leased_until", Instant(), nullable=True),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_jobs_account_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_jobs_organisation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_jobs_account_id", "jobs", ["account_id"])
    op.create_index("ix_jobs_finished_at", "jobs", ["finished_at"])
    op.create_index("ix_jobs_organisation_id", "jobs", ["organisation_id"])
    op.create_index("ix_jobs_state", "jobs", ["state"])
    op.create_table(
        "job_people",
        sa.Column("job_id", Words(32), nullable=False),
        sa.Column("person_id", Words(32), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "person_id", name="pk_job_people"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_job_people_job_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_job_people_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_job_people_person_id", "job_people", ["person_id"])
    op.create_table(
        "audit_lines",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", Words(60), nullable=False),
        sa.Column("organisation", Words(32), nullable=False),
        sa.Column("action", Words(60), nullable=False),
        sa.Column("object", Words(400), nullable=False),
        sa.Column("previous", Words(64), nullable=False),
        sa.Column("digest", Words(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_lines"),
    )
    op.create_index("ix_audit_lines_object", "audit_lines", ["object"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", Words(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )

    op.bulk_insert(
        sa.table("audit_head", sa.column("id"), sa.column("number"), sa.column("digest")),
        [{"id": 1, "number": 0, "digest": ""}],
    )
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Remove them, with all they hold."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_lines_stay ON audit_lines")
        op.execute("DROP TRIGGER audit_lines_stay_all ON audit_lines")
        op.execute("DROP FUNCTION audit_lines_stay()")
    for table in reversed(_TABLES):
        op.drop_table(table)
