"""Notes: single facts about the whole database."""

from __future__ import annotations

from alembic import op

from bot.store.schema_notes import notes

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table; a backup of an older step that was put back may have it already."""
    notes.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    """Drop it."""
    notes.drop(op.get_bind())
