"""Articles that changed: the new words take the place of the old ones, which are kept and stay findable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.article import Article
from bot.store.dialect import insert
from bot.store.schema import articles
from bot.store.schema_sources import article_revisions
from bot.store.schema_stories import FULL_TEXT, article_words
from bot.store.search import Indexed, index

# The name of the index is a constant of ours; every value is bound.
_TAKE_OUT = (
    f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}, rowid, title, body) VALUES ('delete', :row, :title, :text)"  # noqa: S608
)
_DELETE = f"DELETE FROM {FULL_TEXT} WHERE id = :row"  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is stored of an article that may change.

    Attributes:
        content_hash: of its words now.
        vector: packed by `bot.stories.vector`.
        story: the row of its story.
        revisions: hashes of the texts it had before.
    """

    content_hash: str
    vector: bytes
    story: int
    revisions: frozenset[str]


async def standing(connection: AsyncConnection, rows: Sequence[int]) -> dict[int, Standing]:
    """Return what is stored of these articles; on PostgreSQL nobody else changes them until the end."""
    query = (
        sa.select(articles.c.id, articles.c.content_hash, article_words.c.vector, article_words.c.story)
        .join(article_words, article_words.c.article == articles.c.id)
        .where(articles.c.id.in_(rows))
        .order_by(articles.c.id)
        .with_for_update()
    )
    found = (await connection.execute(query)).all()
    before: dict[int, set[str]] = {row.id: set() for row in found}
    kept = sa.select(article_revisions.c.article, article_revisions.c.content_hash)
    for row in await connection.execute(kept.where(article_revisions.c.article.in_(rows))):
        before[row.article].add(row.content_hash)
    return {
        row.id: Standing(
            content_hash=row.content_hash,
            vector=row.vector,
            story=row.story,
            revisions=frozenset(before[row.id]),
        )
        for row in found
    }


async def keep(connection: AsyncConnection, row: int, old: Article, content_hash: str, now: datetime) -> None:
    """Keep a text that is about to be replaced, once for each wording."""
    values = {
        "article": row,
        "content_hash": content_hash,
        "title": old.title,
        "text": old.text,
        "replaced_at": now,
    }
    await connection.execute(insert(connection, article_revisions).values(values).on_conflict_do_nothing())


async def note_offer(connection: AsyncConnection, row: int, offered_hash: str) -> None:
    """Note what the source says now of an article that stays as it is."""
    await connection.execute(articles.update().where(articles.c.id == row).values(offered_hash=offered_hash))


async def replace(
    connection: AsyncConnection, row: int, new: Article, content_hash: str, offered_hash: str
) -> None:
    """Put new words in the place of those stored; when it appeared stays as it was."""
    await connection.execute(
        articles.update()
        .where(articles.c.id == row)
        .values(
            title=new.title,
            text=new.text,
            content_hash=content_hash,
            offered_hash=None if offered_hash == content_hash else offered_hash,
            author=new.author,
            language=new.language,
            keywords=list(new.keywords),
            image_url=new.image_url,
        )
    )


async def index_anew(connection: AsyncConnection, old: Indexed | None, new: Indexed) -> None:
    """Make an article findable by its new words instead of the old ones.

    Args:
        connection: an open transaction for writing.
        old: exactly what the index holds of it; None when nobody can tell any more. SQLite's index keeps no
            text and takes words out only when it is told them: without, the old ones stay.
        new: what it shall hold.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.text(_DELETE), {"row": new.row})
    elif old is None:
        return
    else:
        values = {"row": old.row, "title": old.title, "text": old.text}
        await connection.execute(sa.text(_TAKE_OUT), values)
    await index(connection, [new])


async def reword(connection: AsyncConnection, row: int, vector: bytes, sketch: bytes) -> None:
    """Store an article's new words for comparison; whether it is a copy is to be found out anew."""
    await connection.execute(
        article_words.update()
        .where(article_words.c.article == row)
        .values(vector=vector, sketch=sketch, copy_of=None)
    )


async def wordings(connection: AsyncConnection, article_id: str) -> tuple[tuple[str, str], ...]:
    """Return every (title, text) that an article had, the one it has now first, then the latest replaced."""
    now = sa.select(articles.c.title, articles.c.text).where(articles.c.article_id == article_id)
    before = (
        sa.select(article_revisions.c.title, article_revisions.c.text)
        .join(articles, articles.c.id == article_revisions.c.article)
        .where(articles.c.article_id == article_id)
        .order_by(article_revisions.c.replaced_at.desc())
    )
    found = [*await connection.execute(now), *await connection.execute(before)]
    return tuple((row.title, row.text) for row in found)
