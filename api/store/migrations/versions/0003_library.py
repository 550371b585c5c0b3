"""Documents of the library: offers, drafts, published versions, recognitions, correspondences."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Json, Words

revision = "0003"
down_revision = "0002"

_TABLES = (
    "offers",
    "drafts",
    "recognitions",
    "correspondences",
    "published_versions",
    "library_marks",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "offers",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("key", Words(200), nullable=False),
        sa.Column("title", Words(1000), nullable=False),
        sa.Column("document", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_offers_organisation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("uq_offers_own", "offers", ["organisation_id", "key"], unique=True)
    op.create_index(
        "uq_offers_shared",
        "offers",
        ["key"],
        unique=True,
        sqlite_where=sa.text("organisation_id is null"),
        postgresql_where=sa.text("organisation_id is null"),
    )
    op.create_table(
        "drafts",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("base", Words(200), nullable=True),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("key", Words(200), nullable=False),
        sa.Column("title", Words(1000), nullable=False),
        sa.Column("document", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_drafts_organisation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("uq_drafts_own", "drafts", ["organisation_id", "key"], unique=True)
    op.create_index(
        "uq_drafts_shared",
        "drafts",
        ["key"],
        unique=True,
        sqlite_where=sa.text("organisation_id is null"),
        postgresql_where=sa.text("organisation_id is null"),
    )
    op.create_table(
        "recognitions",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("key", Words(200), nullable=False),
        sa.Column("title", Words(1000), nullable=False),
        sa.Column("document", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recognitions"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_recognitions_organisation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("uq_recognitions_own", "recognitions", ["organisation_id", "key"], unique=True)
    op.create_index(
        "uq_recognitions_shared",
        "recognitions",
        ["key"],
        unique=True,
        sqlite_where=sa.text("organisation_id is null"),
        postgresql_where=sa.text("organisation_id is null"),
    )
    op.create_table(
        "correspondences",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("key", Words(200), nullable=False),
        sa.Column("title", Words(1000), nullable=False),
        sa.Column("document", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_correspondences"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_correspondences_organisation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("uq_correspondences_own", "correspondences", ["organisation_id", "key"], unique=True)
    op.create_index(
        "uq_correspondences_shared",
        "correspondences",
        ["key"],
        unique=True,
        sqlite_where=sa.text("organisation_id is null"),
        postgresql_where=sa.text("organisation_id is null"),
    )
    op.create_table(
        "published_versions",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("identifier", Words(100), nullable=False),
        sa.Column("version", Words(100), nullable=False),
        sa.Column("title", Words(1000), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", Words(2000), nullable=False),
        sa.Column("origin", Words(100), nullable=False),
        sa.Column("digest", Words(80), nullable=False),
        sa.Column("previous", Words(80), nullable=False),
        sa.Column("seal", Words(80), nullable=False),
        sa.Column("document", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_published_versions"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_published_versions_organisation_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_published_versions_current", "published_versions", ["current"])
    op.create_index(
        "uq_published_versions_own",
        "published_versions",
        ["organisation_id", "identifier", "version", "number"],
        unique=True,
    )
    op.create_index(
        "uq_published_versions_shared",
        "published_versions",
        ["identifier", "version", "number"],
        unique=True,
        sqlite_where=sa.text("organisation_id is null"),
        postgresql_where=sa.text("organisation_id is null"),
    )
    op.create_table(
        "library_marks",
        sa.Column("part", Words(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("seal", Words(80), nullable=False),
        sa.PrimaryKeyConstraint("part", name="pk_library_marks"),
    )


def downgrade() -> None:
    """Remove them, with all they hold."""
    for table in reversed(_TABLES):
        op.drop_table(table)
