"""The feeds that are read, who reads them, and how they fare."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.scope import Scope
from bot.model.view import SourceState
from bot.store.dialect import insert
from bot.store.schema import feeds, subscriptions

ILL = ("failing", "dead", "blocked")


async def add_feed(
    connection: AsyncConnection, url: str, *, title: str | None, scope: Scope | None, now: datetime
) -> bool:
    """Have a feed read, for a workspace or (scope None) for all of them; one fetch serves every reader.

    Returns:
        Whether that is new.
    """
    row = {"url": url, "title": title, "shared": scope is None, "next_poll_at": now, "created_at": now}
    made = (
        await connection.execute(
            insert(connection, feeds)
            .values(row)
            .on_conflict_do_nothing(index_elements=["url"])
            .returning(feeds.c.id)
        )
    ).scalar_one_or_none()
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
    """Stop reading a feed, for a workspace or (scope None) altogether; its articles stay.

    Returns:
        Whether it was read before.
    """
    if scope is None:
        return (await connection.execute(feeds.delete().where(feeds.c.url == url))).rowcount > 0
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
    """Return how the feeds of a workspace (None: all) fare, by name."""
    statement = feeds.select().where(_read_by(scope)).order_by(sa.func.coalesce(feeds.c.title, feeds.c.url))
    return tuple(_state(row) for row in await connection.execute(statement))


async def failing_feeds(connection: AsyncConnection, scope: Scope | None) -> int:
    """Count the feeds of a workspace that cannot be read at present."""
    statement = sa.select(sa.func.count()).select_from(feeds).where(_read_by(scope), feeds.c.state.in_(ILL))
    number: int = (await connection.execute(statement)).scalar_one()
    return number


def _read_by(scope: Scope | None) -> sa.ColumnElement[bool]:
    if scope is None:
        return sa.true()
    own = sa.exists().where(
        subscriptions.c.feed_id == feeds.c.id,
        subscriptions.c.platform == scope.platform,
        subscriptions.c.workspace == scope.workspace,
    )
    return feeds.c.shared | own


def _state(row: sa.Row[Any]) -> SourceState:
    return SourceState(
        name=row.title or row.url,
        url=row.url,
        state=row.state,
        reason=row.reason,
        since=row.state_since,
    )
