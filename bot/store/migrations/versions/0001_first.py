"""Feeds, articles, channels, schedules, slots and deliveries."""

from __future__ import annotations

from alembic import op

from bot.store import schema

revision = "0001"
down_revision = None

TABLES = (
    schema.feeds,
    schema.subscriptions,
    schema.articles,
    schema.channels,
    schema.schedules,
    schema.slots,
    schema.deliveries,
    schema.told,
    schema.follows,
)


def upgrade() -> None:
    """Create the first tables."""
    schema.metadata.create_all(op.get_bind(), tables=TABLES)


def downgrade() -> None:
    """Drop them."""
    schema.metadata.drop_all(op.get_bind(), tables=TABLES)
