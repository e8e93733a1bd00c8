"""The table of the stories that people saved, for both engines."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.schema import Moment, RowId, metadata

saved = sa.Table(
    "saved",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("platform", sa.Text, nullable=False),
    sa.Column("workspace", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),  # the platform's id of whoever saved it
    sa.Column("story", sa.Text, nullable=False),  # such as "S-4F2K"; it may be part of another story by now
    sa.Column("title", sa.Text, nullable=False),  # as it was then
    sa.Column("saved_at", Moment, nullable=False),
    sa.UniqueConstraint("platform", "workspace", "person", "story"),
)
