"""The table of stories that were part of another one, for both engines."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.schema import Moment, metadata

partings = sa.Table(
    "partings",
    metadata,
    sa.Column("story", sa.ForeignKey("stories.id"), primary_key=True),
    sa.Column("parted_from", sa.ForeignKey("stories.id"), nullable=False),
    sa.Column("parted_at", Moment, nullable=False),
    sa.Index("ix_partings_parted_from", "parted_from"),
)
