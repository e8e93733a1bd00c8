"""The tables of what sources do over time: replaced texts, what managers were told, hubs that push."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.schema import Moment, metadata

article_revisions = sa.Table(
    "article_revisions",
    metadata,
    sa.Column("article", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("content_hash", sa.Text, primary_key=True),  # a text that comes and goes is kept once
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("replaced_at", Moment, nullable=False),  # when a newer text took its place first
)

feed_notices = sa.Table(
    "feed_notices",
    metadata,
    sa.Column("channel_id", sa.ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    # The feed that the channel was told is ill; 0 stands for nearly all of them at once.
    sa.Column("feed_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("told_at", Moment, nullable=False),
)

hub_subscriptions = sa.Table(
    "hub_subscriptions",
    metadata,
    sa.Column("feed_id", sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("token", sa.Text, nullable=False, unique=True),  # the last step of the callback's address
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("hub", sa.Text, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # "asked", "live", "refused"
    sa.Column("lease_until", Moment),
    sa.Column("pinged_at", Moment),
    sa.Column("next_ask_at", Moment, nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
)
