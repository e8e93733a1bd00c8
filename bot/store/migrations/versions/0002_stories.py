"""Stories, the words of articles, and the full-text index."""

from __future__ import annotations

from alembic import op

from bot.store import schema_stories as schema

revision = "0002"
down_revision = "0001"

TABLES = (schema.stories, schema.article_words, schema.term_counts)


def upgrade() -> None:
    """Create the tables of stories and of search."""
    bind = op.get_bind()
    schema.stories.metadata.create_all(bind, tables=TABLES)
    for index in (schema.BY_LANGUAGE, schema.BY_SEEN):
        index.create(bind, checkfirst=True)
    for statement in schema.CREATE_FULL_TEXT[bind.dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Drop them."""
    op.execute(f"DROP TABLE {schema.FULL_TEXT}")
    for index in (schema.BY_LANGUAGE, schema.BY_SEEN):
        index.drop(op.get_bind())
    schema.stories.metadata.drop_all(op.get_bind(), tables=TABLES)
