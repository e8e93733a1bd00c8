"""The tables of what managers decided about stories, for both engines."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.schema import Moment, RowId, metadata

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),  # "merge" or "split"
    sa.Column("workspace", sa.Text),  # `Scope.key` of the workspace it was made in; none at the machine
    sa.Column("decided_by", sa.Text, nullable=False),  # the platform's id of the person
    sa.Column("decided_at", Moment, nullable=False),
    sqlite_autoincrement=True,  # the later decision counts, also after the latest was undone
)

rulings = sa.Table(
    "rulings",
    metadata,
    sa.Column("decision", sa.ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True),
    # Two articles, the lower row first.
    sa.Column("one", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("other", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("together", sa.Boolean, nullable=False),  # one story for good; else: never one story
    sa.Index("ix_rulings_one", "one", "other"),
    sa.Index("ix_rulings_other", "other"),
)

moves = sa.Table(
    "moves",
    metadata,
    sa.Column("decision", sa.ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("article", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("came_from", sa.ForeignKey("stories.id"), nullable=False),
    sa.Index("ix_moves_article", "article"),
    sa.Index("ix_moves_came_from", "came_from"),
)
