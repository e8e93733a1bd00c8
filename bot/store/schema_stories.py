"""The tables of stories and of what makes articles findable, for both engines."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.schema import Moment, RowId, articles, metadata

stories = sa.Table(
    "stories",
    metadata,
    sa.Column("id", RowId, primary_key=True),
    sa.Column("story_id", sa.Text, nullable=False, unique=True),  # such as "S-4F2K"
    sa.Column("merged_into", sa.ForeignKey("stories.id")),  # its articles went to an older story
    sa.Column("articles", sa.Integer, nullable=False),
    sa.Column("first_at", Moment, nullable=False),
    sa.Column("last_at", Moment, nullable=False),
    sa.Column("profile", sa.LargeBinary, nullable=False),  # bot.stories.profile.Profile
    sa.Index("ix_stories_merged_into", "merged_into"),
)

article_words = sa.Table(
    "article_words",
    metadata,
    sa.Column("article", sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("story", sa.ForeignKey("stories.id"), nullable=False, index=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),  # bot.stories.vector.Vector
    sa.Column("sketch", sa.LargeBinary, nullable=False),  # bot.stories.copies.Sketch
    sa.Column("copy_of", sa.ForeignKey("articles.id", ondelete="SET NULL"), index=True),
)

term_counts = sa.Table(
    "term_counts",
    metadata,
    sa.Column(
        "term", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    sa.Column("articles", sa.Integer, nullable=False),
)

FULL_TEXT = "article_search"
"""The full-text index: rows numbered like `articles`, the stems of title and text, parted by spaces.

It keeps no text (that stands in `articles`), and its tokenizer parts words at spaces alone: the stems come
from `bot.stories.terms`, one way for every language, where the engine's own stemmer knows English only.
"""

# What questions about articles need beyond the keys of the first step.
BY_LANGUAGE = sa.Index("ix_articles_language", articles.c.language)
BY_SEEN = sa.Index("ix_articles_seen_at", articles.c.seen_at)
