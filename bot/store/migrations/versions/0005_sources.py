"""Replaced texts, what managers were told of feeds, and hubs that push."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables; note what a source itself said of an article, and how a feed's server answered."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("articles", sa.Column("offered_hash", sa.Text()))
    op.add_column("feeds", sa.Column("code", sa.Integer()))
    op.add_column("feeds", sa.Column("folder", sa.Text()))
    op.create_table(
        "article_revisions",
        sa.Column("article", row_id, nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name="fk_article_revisions_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", "content_hash", name="pk_article_revisions"),
    )
    op.create_table(
        "feed_notices",
        sa.Column("channel_id", row_id, nullable=False),
        sa.Column("feed_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_feed_notices_channel_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_id", "feed_id", name="pk_feed_notices"),
    )
    op.create_table(
        "hub_subscriptions",
        sa.Column("feed_id", row_id, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("pinged_at", sa.BigInteger()),
        sa.Column("next_ask_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name="fk_hub_subscriptions_feed_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feed_id", name="pk_hub_subscriptions"),
        sa.UniqueConstraint("token", name="uq_hub_subscriptions_token"),
    )
    op.create_index("ix_hub_subscriptions_next_ask_at", "hub_subscriptions", ["next_ask_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_hub_subscriptions_next_ask_at", "hub_subscriptions")
    for table in ("hub_subscriptions", "feed_notices", "article_revisions"):
        op.drop_table(table)
    op.drop_column("feeds", "folder")
    op.drop_column("feeds", "code")
    op.drop_column("articles", "offered_hash")
