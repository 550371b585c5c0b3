"""How Alembic reaches the database: through the connection that :mod:`api.store.schema` hands over."""

from __future__ import annotations

from alembic import context

from api.store.schema import is_ours
from api.store.tables import Base


def run() -> None:
    """Run the migrations."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        include_name=is_ours,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name under which Alembic runs this file
    run()
