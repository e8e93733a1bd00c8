"""Notes: single facts about the whole database; and an index of decided dates."""

from __future__ import annotations

from alembic import op

from bot.store.schema_notes import BY_SCHEDULE, notes

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table; a backup of an older step that was put back may have it already."""
    notes.create(op.get_bind(), checkfirst=True)
    BY_SCHEDULE.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    """Drop it."""
    BY_SCHEDULE.drop(op.get_bind())
    notes.drop(op.get_bind())
