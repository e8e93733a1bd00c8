"""Reading stories and articles by time, by story and by name, as one workspace may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.model.scope import Scope
from bot.store.database import Connection
from bot.store.schema import articles
from bot.store.schema_stories import article_words
from bot.store.search_articles import Stored, chunks, read, selecting
from bot.store.visibility import visible


async def newest_articles(
    connection: Connection,
    scope: Scope | None,
    *,
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
) -> list[Stored]:
    """Return visible articles with `when` in (since, until], the latest first."""
    query = selecting(scope).order_by(articles.c.when_at.desc(), articles.c.id.desc())
    if since is not None:
        query = query.where(articles.c.when_at > since)
    if until is not None:
        query = query.where(articles.c.when_at <= until)
    if limit is not None:
        query = query.limit(limit)
    return await read(connection, query)


async def of_story(connection: Connection, story: int, scope: Scope | None) -> list[Stored]:
    """Return the visible articles of a story."""
    return await read(connection, selecting(scope).where(article_words.c.story == story))


async def of_stories_with(connection: Connection, ids: Sequence[str], scope: Scope | None) -> list[Stored]:
    """Return the visible articles of the stories of these visible articles."""
    found: dict[int, Stored] = {}
    for part in chunks(list(dict.fromkeys(ids))):
        rows = (
            sa.select(article_words.c.story)
            .join(articles, articles.c.id == article_words.c.article)
            .where(articles.c.article_id.in_(part), visible(scope))
        )
        query = selecting(scope).where(article_words.c.story.in_(rows))
        found.update((stored.row, stored) for stored in await read(connection, query))
    return list(found.values())


async def of_stories_between(
    connection: Connection, scope: Scope | None, *, since: datetime | None, until: datetime | None
) -> list[Stored]:
    """Return the visible articles, up to `until`, of stories that something happened to in (since, until].

    Something happened: an article appeared, or was first read, in that time.
    """
    a = articles.c
    upto = a.when_at <= until if until is not None else sa.true()
    query = selecting(scope).where(upto)
    if since is not None:
        seen = a.seen_at > since if until is None else sa.and_(a.seen_at > since, a.seen_at <= until)
        rows = sa.union(
            *(
                sa.select(article_words.c.story)
                .join(articles, articles.c.id == article_words.c.article)
                .where(condition, upto, visible(scope))
                for condition in (a.when_at > since, seen)
            )
        )
        query = query.where(article_words.c.story.in_(rows))
    return await read(connection, query)


async def newest_time(connection: Connection) -> datetime | None:
    """Return the time of the newest article; None for an empty archive."""
    found: datetime | None = (await connection.execute(sa.select(sa.func.max(articles.c.when_at)))).scalar()
    return found
