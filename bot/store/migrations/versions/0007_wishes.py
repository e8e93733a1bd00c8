"""What feeds ask for: how often they want to be read, and when not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make room for it; it is filled in as the feeds are read."""
    for name in ("ttl_minutes", "skip_hours", "skip_days"):
        op.add_column("feeds", sa.Column(name, sa.Integer()))


def downgrade() -> None:
    """Forget it."""
    for name in ("skip_days", "skip_hours", "ttl_minutes"):
        op.drop_column("feeds", name)
