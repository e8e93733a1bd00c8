"""Changing stories by hand: moving articles between them, and where the id of a story that is gone leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import articles
from bot.store.schema_stories import article_words, stories
from bot.store.search_articles import chunks


@dataclass(frozen=True, slots=True)
class Told:
    """An article of a story: its time, its words packed by `bot.stories.vector`, and its publication."""

    when: datetime
    vector: bytes
    source: str | None


async def members(connection: AsyncConnection, story: int) -> list[int]:
    """Return the rows of all articles of a story, whoever may see them, ascending."""
    query = (
        sa.select(article_words.c.article)
        .where(article_words.c.story == story)
        .order_by(article_words.c.article)
    )
    return list((await connection.execute(query)).scalars())


async def copies_of(connection: AsyncConnection, article: int, story: int) -> list[int]:
    """Return the rows of the articles of a story that copy one of them."""
    query = sa.select(article_words.c.article).where(
        article_words.c.copy_of == article, article_words.c.story == story
    )
    return sorted((await connection.execute(query)).scalars())


async def move(connection: AsyncConnection, rows: Sequence[int], story: int) -> None:
    """Put articles into a story."""
    for part in chunks(rows):
        await connection.execute(
            sa.update(article_words).where(article_words.c.article.in_(part)).values(story=story)
        )


async def point(connection: AsyncConnection, story: int, target: int | None) -> None:
    """Have the id of a story lead to another one, or, with None, to itself again."""
    await connection.execute(sa.update(stories).where(stories.c.id == story).values(merged_into=target))


async def empty(connection: AsyncConnection, rows: Sequence[int]) -> set[int]:
    """Return which of these stories hold no article."""
    query = sa.select(stories.c.id).where(
        stories.c.id.in_(rows), ~sa.exists().where(article_words.c.story == stories.c.id)
    )
    return set((await connection.execute(query)).scalars())


async def told_in(connection: AsyncConnection, story: int, most: int | None = None) -> list[Told]:
    """Return the articles of a story as grouping needs them, in the order they were stored."""
    query = (
        sa.select(articles.c.when_at, article_words.c.vector, articles.c.source)
        .join(articles, articles.c.id == article_words.c.article)
        .where(article_words.c.story == story)
        .order_by(article_words.c.article)
        .limit(most)
    )
    return [Told(row.when_at, row.vector, row.source) for row in await connection.execute(query)]


async def rewrite(
    connection: AsyncConnection,
    story: int,
    *,
    articles: int,
    first_at: datetime,
    last_at: datetime,
    profile: bytes,
) -> None:
    """Write down what a changed story is made of."""
    statement = (
        sa.update(stories)
        .where(stories.c.id == story)
        .values(articles=articles, first_at=first_at, last_at=last_at, profile=profile)
    )
    await connection.execute(statement)


async def unmark_strangers(connection: AsyncConnection, rows: Iterable[int]) -> None:
    """Let no article of these stories count as the copy of one that stands in another story."""
    original = article_words.alias("original")
    beside = sa.exists().where(
        original.c.article == article_words.c.copy_of, original.c.story == article_words.c.story
    )
    for part in chunks(sorted(rows)):
        statement = (
            sa.update(article_words)
            .where(article_words.c.story.in_(part), article_words.c.copy_of.is_not(None), ~beside)
            .values(copy_of=None)
        )
        await connection.execute(statement)
