"""Where people work: the service, the area, the trade."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.store.columns import Words

revision = "0014"
down_revision = "0013"

_LABELS = (("service", 120), ("area", 80), ("trade", 80))


def upgrade() -> None:
    """Make the columns; nobody has said anything yet."""
    for name, length in _LABELS:
        op.add_column("people", sa.Column(name, Words(length), nullable=True))


def downgrade() -> None:
    """Remove them, with what was said."""
    for name, _length in reversed(_LABELS):
        op.drop_column("people", name)
