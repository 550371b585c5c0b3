"""People, and what hangs on them: consents, profiles, plans, evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Json, Words

revision = "0002"
down_revision = "0001"

_TABLES = (
    "people",
    "identities",
    "consents",
    "profiles",
    "plans",
    "plan_versions",
    "plan_changes",
    "evidence_files",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "people",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("account_id", Words(32), nullable=True),
        sa.Column("active_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.CheckConstraint(
            "organisation_id is not null or account_id is not null", name=op.f("ck_people_ck_people_owned")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_people_account_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_people_organisation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_people_account_id", "people", ["account_id"])
    op.create_index("ix_people_active_at", "people", ["active_at"])
    op.create_index("ix_people_organisation_id", "people", ["organisation_id"])
    op.create_table(
        "identities",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", Words(32), nullable=False),
        sa.Column("given_name", Words(200), nullable=True),
        sa.Column("family_name", Words(200), nullable=True),
        sa.Column("email", Words(254), nullable=True),
        sa.Column("phone", Words(40), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name="pk_identities"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_identities_person_id", ondelete="CASCADE"),
    )
    op.create_table(
        "consents",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("person_id", Words(32), nullable=False),
        sa.Column("purpose", Words(60), nullable=False),
        sa.Column("text_version", Words(60), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_consents_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_consents_person_id", "consents", ["person_id"])
    op.create_index(
        "uq_consents_current",
        "consents",
        ["person_id", "purpose"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at is null"),
        postgresql_where=sa.text("withdrawn_at is null"),
    )
    op.create_table(
        "profiles",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("person_id", Words(32), nullable=False),
        sa.Column("document", Json(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_profiles"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_profiles_person_id", ondelete="CASCADE"),
    )
    op.create_table(
        "plans",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("person_id", Words(32), nullable=False),
        sa.Column("target", Words(400), nullable=False),
        sa.Column("status", Words(20), nullable=False),
        sa.Column("state", Words(20), nullable=False),
        sa.Column("replaces", Words(32), nullable=True),
        sa.Column("question", Json(), nullable=False),
        sa.Column("pathway", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_plans_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["replaces"], ["plans.id"], name="fk_plans_replaces", ondelete="SET NULL"),
    )
    op.create_index("ix_plans_person_id", "plans", ["person_id"])
    op.create_index("ix_plans_state", "plans", ["state"])
    op.create_table(
        "plan_versions",
        sa.Column("plan_id", Words(32), nullable=False),
        sa.Column("ref", Words(400), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "ref", name="pk_plan_versions"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_plan_versions_plan_id", ondelete="CASCADE"),
    )
    op.create_index("ix_plan_versions_ref", "plan_versions", ["ref"])
    op.create_table(
        "plan_changes",
        sa.Column("plan_id", Words(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", Words(20), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", Words(60), nullable=False),
        sa.Column("why", Words(2000), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "number", name="pk_plan_changes"),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_plan_changes_plan_id", ondelete="CASCADE"),
    )
    op.create_table(
        "evidence_files",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("person_id", Words(32), nullable=False),
        sa.Column("name", Words(255), nullable=False),
        sa.Column("media_type", Words(120), nullable=False),
        sa.Column("about", Words(400), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", Words(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_files"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_evidence_files_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_evidence_files_person_id", "evidence_files", ["person_id"])


def downgrade() -> None:
    """Remove them, with all they hold."""
    for table in reversed(_TABLES):
        op.drop_table(table)
