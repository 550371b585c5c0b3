"""The schema (*schéma*): brought up to date by migrations, and compared with what the tables say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from api.store.engine import writing
from api.store.tables import Base

_MIGRATIONS = Path(__file__).parent / "migrations"
_OF_THE_INDEX = ("search_index", "words_vector", "title_vector")
"""What the databases make of the search entries, each in its own way."""


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether the tables say something of a table, column or index."""
    return not (name or "").startswith(_OF_THE_INDEX) and not (kind == "index" and (name or "").endswith("_vector"))


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to a revision, from wherever it stands."""
    with writing(engine).begin() as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Bring the schema back to a revision; what only newer ones keep is lost."""
    with writing(engine).begin() as connection:
        command.downgrade(_config(connection), revision)


def empty(connection: Connection) -> None:
    """Remove every table and make them again, inside a transaction."""
    command.downgrade(_config(connection), "base")
    command.upgrade(_config(connection), "head")


def knows(revision: str) -> bool:
    """Whether a revision is one of this program's."""
    return any(step.revision == revision for step in ScriptDirectory.from_config(_config(None)).walk_revisions())


def revision_of(engine: Engine) -> str | None:
    """The revision where a database stands; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def last_revision() -> str:
    """The revision that this program needs."""
    return ScriptDirectory.from_config(_config(None)).get_current_head() or ""


def differences(engine: Engine) -> list[Any]:
    """What the database has otherwise than the tables say; nothing when it is up to date."""
    with engine.connect() as connection:
        options = {"include_name": is_ours, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
