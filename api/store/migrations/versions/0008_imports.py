"""Imports: documents from outside, the names that lead to them, and the account of each import."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Instant, Json, Packed, Words

revision = "0008"
down_revision = "0007"

_SHARED = sa.text("organisation_id is null")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "imported_documents",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("kind", Words(20), nullable=False),
        sa.Column("identifier", Words(200), nullable=False),
        sa.Column("version", Words(100), nullable=False),
        sa.Column("title", Words(1000), nullable=False),
        sa.Column("place", Words(340), nullable=False),
        sa.Column("nature", Words(40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("names", Words(3000), nullable=False),
        sa.Column("standard", Words(40), nullable=False),
        sa.Column("digest", Words(64), nullable=False),
        sa.Column("added_by", Words(32), nullable=False),
        sa.Column("changed_by", Words(32), nullable=False),
        sa.Column("document", Packed(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imported_documents"),
        _of_an_organisation("imported_documents"),
    )
    key = ["kind", "identifier", "version"]
    op.create_index("uq_imported_documents_own", "imported_documents", ["organisation_id", *key], unique=True)
    op.create_index(
        "uq_imported_documents_shared",
        "imported_documents",
        key,
        unique=True,
        sqlite_where=_SHARED,
        postgresql_where=_SHARED,
    )
    op.create_index("ix_imported_documents_place", "imported_documents", ["kind", "place"])
    op.create_table(
        "imported_names",
        sa.Column("document_id", Words(32), nullable=False),
        sa.Column("role", Words(10), nullable=False),
        sa.Column("name", Words(200), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "role", "name", name="pk_imported_names"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["imported_documents.id"], name="fk_imported_names_document_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_imported_names_name", "imported_names", ["name", "role"])
    _runs()


def _runs() -> None:
    op.create_table(
        "import_runs",
        sa.Column("id", Words(32), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("account_id", Words(32), nullable=True),
        sa.Column("job_id", Words(32), nullable=True),
        sa.Column("standard", Words(40), nullable=False),
        sa.Column("file_name", Words(300), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", Words(64), nullable=False),
        sa.Column("dry", sa.Boolean(), nullable=False),
        sa.Column("strict", sa.Boolean(), nullable=False),
        sa.Column("state", Words(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("counts", Json(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_import_runs"),
        _of_an_organisation("import_runs"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_import_runs_account_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_import_runs_job_id", ondelete="SET NULL"),
    )
    for column in ("organisation_id", "account_id", "job_id"):
        op.create_index(f"ix_import_runs_{column}", "import_runs", [column])
    op.create_table(
        "import_pieces",
        sa.Column("run_id", Words(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_import_pieces"),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name="fk_import_pieces_run_id", ondelete="CASCADE"),
    )
    op.create_table(
        "import_notes",
        sa.Column("run_id", Words(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", Words(20), nullable=False),
        sa.Column("ref", Words(400), nullable=False),
        sa.Column("title", Words(1000), nullable=False),
        sa.Column("document", Json(), nullable=True),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_import_notes"),
        sa.ForeignKeyConstraint(["run_id"], ["import_runs.id"], name="fk_import_notes_run_id", ondelete="CASCADE"),
    )


def _of_an_organisation(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_organisation_id"
    return sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    """Remove them, with all they hold."""
    for table in ("import_notes", "import_pieces", "import_runs", "imported_names", "imported_documents"):
        op.drop_table(table)
