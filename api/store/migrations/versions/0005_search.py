"""Search entries, with an index that each database makes and keeps by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Words

revision = "0005"
down_revision = "0004"

_TABLES = ("search_entries",)

_INDEX = {
    "sqlite": (
        """
        CREATE VIRTUAL TABLE search_index USING fts5
        (title_words, words, content='search_entries', content_rowid='number', tokenize='unicode61')
        """,
        """
        CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
        INSERT INTO search_index (rowid, title_words, words) VALUES (new.number, new.title_words, new.words); END
        """,
        """
        CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN
        INSERT INTO search_index (search_index, rowid, title_words, words)
        VALUES ('delete', old.number, old.title_words, old.words); END
        """,
        """
        CREATE TRIGGER search_entries_changed AFTER UPDATE ON search_entries BEGIN
        INSERT INTO search_index (search_index, rowid, title_words, words)
        VALUES ('delete', old.number, old.title_words, old.words);
        INSERT INTO search_index (rowid, title_words, words) VALUES (new.number, new.title_words, new.words); END
        """,
    ),
    "postgresql": (
        """
        ALTER TABLE search_entries
        ADD title_vector tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(title_words, ' '))) STORED,
        ADD words_vector tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED
        """,
        "CREATE INDEX ix_search_entries_words_vector ON search_entries USING gin (words_vector)",
    ),
}


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "search_entries",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation_id", Words(32), nullable=True),
        sa.Column("person_id", Words(32), nullable=True),
        sa.Column("part", Words(32), nullable=False),
        sa.Column("source", Words(400), nullable=False),
        sa.Column("kind", Words(20), nullable=False),
        sa.Column("ref", Words(400), nullable=False),
        sa.Column("title", Words(1000), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("title_words", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_search_entries"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_search_entries_organisation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_search_entries_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_search_entries_organisation_id", "search_entries", ["organisation_id"])
    op.create_index("ix_search_entries_part", "search_entries", ["part", "source"])
    op.create_index("ix_search_entries_person_id", "search_entries", ["person_id"])

    for statement in _INDEX[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Remove them, with all they hold."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    for table in reversed(_TABLES):
        op.drop_table(table)
