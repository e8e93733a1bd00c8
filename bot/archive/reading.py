"""Reading articles and stories back, as one workspace may see them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.archive.rooms import Rooms
from bot.model.article import Article
from bot.model.scope import Scope
from bot.model.story import Story
from bot.sources.identity import canonical_url
from bot.store import search_articles
from bot.store import stories as store
from bot.store.schema import articles
from bot.store.schema_stories import article_words
from bot.store.search_articles import Stored, chunks, selecting
from bot.store.visibility import visible
from bot.stories.codes import story_id


async def article(connection: AsyncConnection, id_or_url: str, scope: Scope | None) -> Stored | None:
    """Return the visible article of an id or an address."""
    found = await search_articles.by_name(connection, scope=scope, article_id=id_or_url)
    if found is None and looks_like_url(id_or_url):
        found = await search_articles.by_name(connection, scope=scope, url=canonical_url(id_or_url))
    return found


def looks_like_url(text: str) -> bool:
    """Tell whether a question is a link and nothing else."""
    return text.strip().lower().startswith(("http://", "https://")) and len(text.split()) == 1


async def newest_articles(
    connection: AsyncConnection,
    scope: Scope | None,
    *,
    since: datetime | None,
    until: datetime | None,
    limit: int | None,
) -> tuple[Article, ...]:
    """Return visible articles with `when` in (since, until], the earliest first; of more, the newest."""
    query = selecting(scope).order_by(articles.c.when_at.desc(), articles.c.id.desc())
    if since is not None:
        query = query.where(articles.c.when_at > since)
    if until is not None:
        query = query.where(articles.c.when_at <= until)
    if limit is not None:
        query = query.limit(limit)
    return tuple(stored.article for stored in reversed(await search_articles.read(connection, query)))


async def story(connection: AsyncConnection, name: str, scope: Scope | None) -> tuple[int, Story] | None:
    """Return a story by its id, with its row; None when nothing of it is visible."""
    proper = story_id(name)
    row = await store.named(connection, proper) if proper else None
    if row is None:
        return None
    found = assembled(
        await search_articles.read(connection, selecting(scope).where(article_words.c.story == row))
    )
    return (row, found[row]) if row in found else None


async def stories_of(
    connection: AsyncConnection, ids: Sequence[str], scope: Scope | None
) -> dict[str, Story]:
    """Return the story of each visible article among these."""
    found: dict[str, Story] = {}
    for part in chunks(list(dict.fromkeys(ids))):
        rows = (
            sa.select(article_words.c.story)
            .join(articles, articles.c.id == article_words.c.article)
            .where(articles.c.article_id.in_(part), visible(scope))
        )
        query = selecting(scope).where(article_words.c.story.in_(rows))
        for one in assembled(await search_articles.read(connection, query)).values():
            found.update((member.id, one) for member in one.articles)
    wanted = set(ids)
    return {name: one for name, one in found.items() if name in wanted}


async def stories_between(
    connection: AsyncConnection, scope: Scope | None, *, since: datetime | None, until: datetime | None
) -> tuple[Story, ...]:
    """Return whole stories that something happened to in (since, until], the earliest first.

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
    # Of many thousand articles: beside the event loop.
    return await asyncio.to_thread(_in_order, await search_articles.read(connection, query))


def _in_order(rows: Iterable[Stored]) -> tuple[Story, ...]:
    """Return the stories that articles make up, the earliest first."""
    return tuple(sorted(assembled(rows).values(), key=lambda one: (one.first_at, one.id)))


def assembled(rows: Iterable[Stored]) -> dict[int, Story]:
    """Return the stories that articles make up, by row; one address is told once."""
    members: dict[int, list[Stored]] = {}
    for stored in sorted(rows, key=lambda one: (one.article.when, one.row)):
        if stored.story is not None:
            members.setdefault(stored.story, []).append(stored)
    return {row: _assembled(stored) for row, stored in members.items()}


def _assembled(members: Sequence[Stored]) -> Story:
    kept: list[Stored] = []
    seen: set[str] = set()
    for stored in members:
        if stored.canonical_url not in seen:  # the same page through two feeds that different workspaces read
            kept.append(stored)
        if stored.canonical_url:
            seen.add(stored.canonical_url)
    ids = {stored.row: stored.article.id for stored in kept}
    copies = {
        stored.article.id: ids[stored.copy_of]
        for stored in kept
        if stored.copy_of is not None and stored.copy_of in ids
    }
    return Story(id=kept[0].story_id or "", articles=tuple(s.article for s in kept), copies=copies)


async def newest(rooms: Rooms) -> datetime | None:
    """Return the time of the newest article; None for an empty archive."""
    async with rooms.database.read() as connection:
        found: datetime | None = (
            await connection.execute(sa.select(sa.func.max(articles.c.when_at)))
        ).scalar()
        return found
