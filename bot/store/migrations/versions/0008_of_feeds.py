"""The articles of each feed by their time: how many it brought, and when the latest appeared."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the index."""
    op.create_index("ix_articles_feed_id_when_at", "articles", ["feed_id", "when_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_articles_feed_id_when_at", "articles")
