"""Articles by the batch: which are known, storing new ones, reading back what one workspace may see."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.article import Article
from bot.model.scope import Scope
from bot.store import bulk
from bot.store.dialect import as_one, one_of
from bot.store.schema import articles, feeds, milliseconds
from bot.store.schema_stories import article_words, stories
from bot.store.visibility import visible

AT_A_TIME = 250
"""Rows made into articles between two turns of the event loop: some 10 ms."""

REMEMBERED = 512
"""Workspaces whose statements are kept as they were made: making one takes longer than running it."""

MOST_VALUES = 5_000
"""Values in one statement; both engines take more than 30,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article with its place in the archive.

    Attributes:
        row: its number; a higher one was stored later.
        story: the number of its story.
        story_id: such as "S-4F2K".
        copy_of: the row of the earlier article that it copies.
        canonical_url: its address without tracking.
    """

    row: int
    article: Article
    story: int | None
    story_id: str | None
    copy_of: int | None = None
    canonical_url: str | None = None


class Owner(NamedTuple):
    """Whose articles are: a feed's, one workspace's alone, or (neither) everybody's.

    Attributes:
        feed_id: the feed.
        private_to: `Scope.key` of the workspace.
    """

    feed_id: int | None = None
    private_to: str | None = None

    @property
    def suffix(self) -> str:
        """What its articles' ids end in where others have them already."""
        return f"@{self.private_to or ('all' if self.feed_id is None else f'feed-{self.feed_id}')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What tells an article from another.

    Attributes:
        offered_hash: of its words as the source gave them; `content_hash` is of those that are stored.
    """

    article_id: str
    canonical_url: str | None
    guid: str | None
    content_hash: str
    offered_hash: str


@dataclass(frozen=True, slots=True)
class Known:
    """A stored article that may be the same as a new one.

    Attributes:
        row: its number; a higher one was stored later.
        identity: what it is told by.
        source: the name of its publication.
        published_at: aware UTC.
        owner: whose it is.
        shared: its owner is a feed that everybody reads.
    """

    row: int
    identity: Identity
    source: str | None
    published_at: datetime | None
    owner: Owner
    shared: bool

    def seen_by(self, owner: Owner) -> bool:
        """Tell whether everybody who may see an owner's articles sees this one."""
        return self.shared or self.owner in (owner, EVERYBODY)


EVERYBODY = Owner()


def chunks(values: Sequence[Any], size: int = MOST_VALUES) -> Iterable[Sequence[Any]]:
    """Yield values in runs that fit into one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


@cache
def _sharing(dialect: str, column: str) -> sa.Select[Any]:
    """Return the statement for articles that have one of `names` in a column; made once, for its cost."""
    a = articles.c
    query = sa.select(
        a.id,
        a.article_id,
        a.canonical_url,
        a.guid,
        a.content_hash,
        sa.func.coalesce(a.offered_hash, a.content_hash),
        a.source,
        a.published_at,
        a.feed_id,
        a.private_to,
        a.feed_id.in_(sa.select(feeds.c.id).where(feeds.c.shared)),
    ).where(one_of(dialect, a[column]))
    if column != "guid":
        return query
    return query.where(a.feed_id.in_(sa.bindparam("of_feeds", expanding=True)))


async def known(
    connection: AsyncConnection, wanted: Sequence[Identity], *, of_feeds: Collection[int]
) -> list[Known]:
    """Return stored articles that share an id, an address, their words or one of the feeds' guids with any.

    Args:
        connection: an open transaction.
        wanted: what new articles are told by.
        of_feeds: the feeds whose guids are meant; elsewhere a guid means something else.
    """
    dialect = connection.dialect.name
    sought = {
        "article_id": {one.article_id for one in wanted},
        "canonical_url": {one.canonical_url for one in wanted if one.canonical_url},
        "content_hash": {one.content_hash for one in wanted},
        "guid": {one.guid for one in wanted if one.guid} if of_feeds else set(),
    }
    found: dict[int, Known] = {}
    for column, names in sought.items():
        if not names:
            continue
        values: dict[str, object] = {"names": as_one(dialect, names)}
        if column == "guid":
            values["of_feeds"] = list(of_feeds)
        rows = await connection.execute(_sharing(dialect, column), values)
        for row, *told, source, published_at, feed_id, private_to, shared in rows:
            article_id, url, guid, words, offered = told
            identity = Identity(
                article_id=article_id, canonical_url=url, guid=guid, content_hash=words, offered_hash=offered
            )
            owner = Owner(feed_id, private_to)
            found[row] = Known(row, identity, source, published_at, owner, bool(shared))
    return list(found.values())


async def shared_feeds(connection: AsyncConnection, ids: Collection[int]) -> frozenset[int]:
    """Return which of these feeds everybody reads."""
    query = sa.select(feeds.c.id).where(feeds.c.shared, feeds.c.id.in_(ids))
    return frozenset((await connection.execute(query)).scalars())


_COLUMNS = (
    "id", "article_id", "feed_id", "private_to", "url", "canonical_url", "guid", "content_hash",
    "offered_hash", "title", "text", "source", "author", "language", "keywords", "published_at",
    "published_approximate", "seen_at", "when_at", "related", "image_url", "headline_only",
)  # fmt: skip


async def insert(connection: AsyncConnection, new: Sequence[tuple[Article, Identity, Owner]]) -> list[int]:
    """Store articles and return their rows, in the same order."""
    if not new:
        return []
    rows = await bulk.numbers(connection, articles, len(new))
    values = [
        (
            row,
            identity.article_id,
            owner.feed_id,
            owner.private_to,
            article.url,
            identity.canonical_url,
            article.guid,
            identity.content_hash,
            None if identity.offered_hash == identity.content_hash else identity.offered_hash,
            article.title,
            article.text,
            article.source,
            article.author,
            article.language,
            json.dumps(article.keywords),
            milliseconds(article.published_at),
            article.published_approximate,
            milliseconds(article.seen_at),
            milliseconds(article.when),
            json.dumps(article.related),
            article.image_url,
            article.headline_only,
        )
        for row, (article, identity, owner) in zip(rows, new, strict=True)
    ]
    await bulk.insert(connection, articles, _COLUMNS, values)
    return rows


@lru_cache(maxsize=REMEMBERED)
def selecting(scope: Scope | None) -> sa.Select[Any]:
    """Return the statement that reads `Stored` rows of one workspace; add conditions to it."""
    return (
        sa.select(
            articles,
            article_words.c.story,
            article_words.c.copy_of,
            stories.c.story_id,
        )
        .select_from(
            articles.outerjoin(article_words, article_words.c.article == articles.c.id).outerjoin(
                stories, stories.c.id == article_words.c.story
            )
        )
        .where(visible(scope))
    )


@lru_cache(maxsize=REMEMBERED)
def _selecting_rows(scope: Scope | None) -> sa.Select[Any]:
    return selecting(scope).where(articles.c.id.in_(sa.bindparam("rows", expanding=True)))


async def read(
    connection: AsyncConnection, query: sa.Select[Any], values: Mapping[str, object] | None = None
) -> list[Stored]:
    """Run a statement made by `selecting`; of many articles, a turn for others comes between."""
    found: list[Stored] = []
    for rows in (await connection.execute(query, values)).partitions(AT_A_TIME):
        found += map(_stored, rows)
        await asyncio.sleep(0)
    return found


async def by_rows(connection: AsyncConnection, rows: Sequence[int], scope: Scope | None) -> dict[int, Stored]:
    """Return the visible articles among these rows."""
    found: dict[int, Stored] = {}
    for part in chunks(rows):
        for stored in await read(connection, _selecting_rows(scope), {"rows": part}):
            found[stored.row] = stored
    return found


async def by_name(
    connection: AsyncConnection, *, scope: Scope | None, article_id: str | None = None, url: str | None = None
) -> Stored | None:
    """Return the visible article of an id or a canonical address; the earliest stored when there are more."""
    condition = articles.c.canonical_url == url if url else articles.c.article_id == article_id
    found = await read(connection, selecting(scope).where(condition).order_by(articles.c.id).limit(1))
    return found[0] if found else None


def _stored(row: sa.Row[Any]) -> Stored:
    return Stored(
        row=row.id,
        article=Article(
            id=row.article_id,
            title=row.title,
            text=row.text,
            seen_at=row.seen_at,
            url=row.url,
            guid=row.guid,
            source=row.source,
            author=row.author,
            language=row.language,
            keywords=tuple(row.keywords),
            published_at=row.published_at,
            published_approximate=row.published_approximate,
            related=tuple(row.related),
            image_url=row.image_url,
            headline_only=row.headline_only,
        ),
        story=row.story,
        story_id=row.story_id,
        copy_of=row.copy_of,
        canonical_url=row.canonical_url,
    )
