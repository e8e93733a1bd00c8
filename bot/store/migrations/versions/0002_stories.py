"""Stories, the words of articles, and the full-text index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE article_search USING fts5(title, body, content='', tokenize='ascii')",
        "INSERT INTO article_search (article_search, rank) VALUES ('rank', 'bm25(2.0, 1.0)')",
    ),
    "postgresql": (
        (
            "CREATE TABLE article_search (id BIGINT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,"
            " words TSVECTOR NOT NULL)"
        ),
        "CREATE INDEX ix_article_search_words ON article_search USING GIN (words)",
    ),
}


def upgrade() -> None:
    """Create the tables of stories and of search."""
    op.create_table(
        "stories",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("merged_into", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["stories.id"], name="fk_stories_merged_into"),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sa.UniqueConstraint("story_id", name="uq_stories_story_id"),
    )
    op.create_index("ix_stories_merged_into", "stories", ["merged_into"])
    op.create_table(
        "article_words",
        sa.Column("article", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("copy_of", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.id"], name="fk_article_words_article", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["copy_of"], ["articles.id"], name="fk_article_words_copy_of", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name="fk_article_words_story"),
        sa.PrimaryKeyConstraint("article", name="pk_article_words"),
    )
    op.create_index("ix_article_words_copy_of", "article_words", ["copy_of"])
    op.create_index("ix_article_words_story", "article_words", ["story"])
    op.create_table(
        "term_counts",
        sa.Column(
            "term", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name="pk_term_counts"),
    )
    op.create_index("ix_articles_language", "articles", ["language"])
    op.create_index("ix_articles_seen_at", "articles", ["seen_at"])
    for statement in FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_articles_seen_at", "articles")
    op.drop_index("ix_articles_language", "articles")
    for table in ("article_search", "term_counts", "article_words", "stories"):
        op.drop_table(table)
