"""Notes: single facts about the whole database; and an index of decided dates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table and the index; a backup that was put back has noted the gap already."""
    if not sa.inspect(op.get_bind()).has_table("notes"):
        _notes()
    op.create_index("ix_slots_schedule_id", "slots", ["schedule_id", "local_date"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_slots_schedule_id", "slots")
    op.drop_table("notes")


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_notes"),
    )
