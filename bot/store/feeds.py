"""The feeds that are read, who reads them, and how they fare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.scope import Scope
from bot.model.view import SourceState
from bot.store.dialect import as_one, insert, one_of
from bot.store.schema import articles, feeds, subscriptions
from bot.store.schema_sources import hub_subscriptions
from bot.store.visibility import visible

ILL = ("failing", "dead", "blocked")


async def add_feed(
    connection: AsyncConnection,
    url: str,
    *,
    title: str | None,
    scope: Scope | None,
    now: datetime,
    folders: Sequence[str] = (),
) -> bool:
    """Have a feed read, for a workspace or (scope None) for all of them; one fetch serves every reader.

    Args:
        connection: an open transaction for writing.
        url: the feed's address.
        title: its name; None to take its own.
        scope: who reads it.
        now: aware.
        folders: the headings it stands under in the list that it comes from, outermost first.

    Returns:
        Whether that is new.
    """
    row = {
        "url": url,
        "title": title,
        "folder": "\n".join(folders) or None,
        "shared": scope is None,
        "next_poll_at": now,
        "created_at": now,
    }
    made = (
        await connection.execute(
            insert(connection, feeds)
            .values(row)
            .on_conflict_do_nothing(index_elements=["url"])
            .returning(feeds.c.id)
        )
    ).scalar_one_or_none()
    # One that nobody read for a while is taken up again.
    await connection.execute(
        feeds.update().where(feeds.c.url == url, feeds.c.next_poll_at.is_(None)).values(next_poll_at=now)
    )
    if scope is None:
        statement = feeds.update().where(feeds.c.url == url, ~feeds.c.shared).values(shared=True)
        return made is not None or (await connection.execute(statement)).rowcount > 0
    feed_id = made or (await connection.execute(sa.select(feeds.c.id).where(feeds.c.url == url))).scalar_one()
    result = await connection.execute(
        insert(connection, subscriptions)
        .values(feed_id=feed_id, platform=scope.platform, workspace=scope.workspace, created_at=now)
        .on_conflict_do_nothing()
    )
    return result.rowcount > 0


async def remove_feed(connection: AsyncConnection, url: str, *, scope: Scope | None) -> bool:
    """Stop reading a feed, for a workspace or (scope None) altogether.

    Its row and its articles stay, so that what one workspace read never becomes everybody's.

    Returns:
        Whether it was read before.
    """
    if scope is None:
        mine = feeds.c.url == url
        statement = feeds.update().where(mine, _followed_by_any()).values(shared=False, next_poll_at=None)
        gone = (await connection.execute(statement)).rowcount > 0
        of_feed = subscriptions.c.feed_id.in_(sa.select(feeds.c.id).where(mine))
        await connection.execute(subscriptions.delete().where(of_feed))
        return gone
    feed_id = sa.select(feeds.c.id).where(feeds.c.url == url).scalar_subquery()
    result = await connection.execute(
        subscriptions.delete().where(
            subscriptions.c.feed_id == feed_id,
            subscriptions.c.platform == scope.platform,
            subscriptions.c.workspace == scope.workspace,
        )
    )
    return result.rowcount > 0


async def feed_states(connection: AsyncConnection, scope: Scope | None) -> tuple[SourceState, ...]:
    """Return how the feeds of a workspace (None: all) fare, by name, with what each has brought."""
    statement = feeds.select().where(read_by(scope)).order_by(sa.func.coalesce(feeds.c.title, feeds.c.url))
    rows = (await connection.execute(statement)).all()
    brought = brought_statement([row.id for row in rows])
    of_feed = {row.feed_id: row for row in await connection.execute(brought)}
    live = sa.select(hub_subscriptions.c.feed_id).where(hub_subscriptions.c.state == "live")
    pushed = set((await connection.execute(live)).scalars())
    return tuple(
        replace(
            state_of(row),
            articles=of_feed[row.id].number if row.id in of_feed else 0,
            last_article_at=of_feed[row.id].latest if row.id in of_feed else None,
            last_ok_at=row.last_ok_at,
            next_poll_at=row.next_poll_at,
            pushed=row.id in pushed,
        )
        for row in rows
    )


def brought_statement(feed_ids: Sequence[int]) -> sa.Select[Any]:
    """Return the statement that finds how many articles feeds have brought, and when the latest appeared."""
    number, latest = sa.func.count().label("number"), sa.func.max(articles.c.when_at).label("latest")
    of_feeds = articles.c.feed_id.in_(feed_ids)
    return sa.select(articles.c.feed_id, number, latest).where(of_feeds).group_by(articles.c.feed_id)


async def feed_addresses(connection: AsyncConnection) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return the address, the title ("" for none) and the folders of every feed that is read, as added."""
    statement = sa.select(feeds.c.url, feeds.c.title, feeds.c.folder).where(read_by(None))
    return tuple(
        (row.url, row.title or "", tuple((row.folder or "").splitlines()))
        for row in await connection.execute(statement.order_by(feeds.c.id))
    )


async def visible_articles(connection: AsyncConnection, scope: Scope | None) -> int:
    """Count the articles that a workspace (None: the machine) can see, from feeds, files and pages."""
    statement = sa.select(sa.func.count()).select_from(articles).where(visible(scope))
    number: int = (await connection.execute(statement)).scalar_one()
    return number


async def failing_feeds(connection: AsyncConnection, scope: Scope | None) -> int:
    """Count the feeds of a workspace that cannot be read at present."""
    statement = sa.select(sa.func.count()).select_from(feeds).where(read_by(scope), feeds.c.state.in_(ILL))
    number: int = (await connection.execute(statement)).scalar_one()
    return number


def _followed_by_any() -> sa.ColumnElement[bool]:
    """Return the condition that somebody reads a feed."""
    return feeds.c.shared | sa.exists().where(subscriptions.c.feed_id == feeds.c.id)


def read_by(scope: Scope | None) -> sa.ColumnElement[bool]:
    """Return the condition that a workspace (None: anybody) reads a feed."""
    if scope is None:
        return _followed_by_any()
    own = sa.exists().where(
        subscriptions.c.feed_id == feeds.c.id,
        subscriptions.c.platform == scope.platform,
        subscriptions.c.workspace == scope.workspace,
    )
    return feeds.c.shared | own


def state_of(row: sa.Row[Any]) -> SourceState:
    """Return how the feed of a row fares."""
    return SourceState(
        name=row.title or row.url,
        url=row.url,
        state=row.state,
        reason=row.reason,
        since=row.state_since,
        what_to_do=row.what_to_do,
    )


class Known(NamedTuple):
    """What is stored of the articles that a feed offers.

    Attributes:
        unchanged: the ids of those that this feed brought, with these words.
        elsewhere: the ids of those that came from elsewhere.
    """

    unchanged: frozenset[str]
    elsewhere: frozenset[str]


async def known(
    connection: AsyncConnection, offered: Sequence[tuple[int, Mapping[str, str]]]
) -> tuple[Known, ...]:
    """Return what is stored of the articles that feeds offer, of each feed in their order.

    Args:
        connection: an open transaction.
        offered: feeds, each with the hash of its words as the feed gives them by the id of an article.
    """
    dialect = connection.dialect.name
    ids = {name for _, offers in offered for name in offers}
    rows = await connection.execute(_stored(dialect), {"names": as_one(dialect, ids)})
    stored: dict[str, tuple[int | None, str]] = {name: (feed, words) for name, feed, words in rows}
    return tuple(_known(feed, offers, stored) for feed, offers in offered)


@cache
def _stored(dialect: str) -> sa.Select[Any]:
    """Return the statement for articles of some ids; made once, for its cost."""
    kept = sa.func.coalesce(articles.c.offered_hash, articles.c.content_hash)
    statement = sa.select(articles.c.article_id, articles.c.feed_id, kept)
    return statement.where(one_of(dialect, articles.c.article_id))


def _known(feed: int, offers: Mapping[str, str], stored: Mapping[str, tuple[int | None, str]]) -> Known:
    unchanged, elsewhere = [], []
    for name, words in offers.items():
        if (kept := stored.get(name)) is not None:
            if kept[0] != feed:
                elsewhere.append(name)
            elif kept[1] == words:
                unchanged.append(name)
    return Known(frozenset(unchanged), frozenset(elsewhere))
