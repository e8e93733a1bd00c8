"""Subscriptions to the hubs of feeds, as `bot.sources.hubs` keeps them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.model.feed import HubSubscription
from bot.store.database import Database
from bot.store.dialect import insert
from bot.store.feeds import read_by
from bot.store.schema import feeds
from bot.store.schema_sources import hub_subscriptions

APART = timedelta(minutes=1)
"""Between two readings that pings cause."""

PATIENCE = timedelta(hours=1)
"""After that a ping is forgotten: the feed is read in its own time."""

AT_ONCE = 50
"""Hubs asked at one tick."""


class HubLedger:
    """Keeps subscriptions in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_feed(self, feed_id: int) -> HubSubscription | None:
        """Return the subscription of a feed."""
        return await self._one(hub_subscriptions.c.feed_id == feed_id)

    async def of_token(self, token: str) -> HubSubscription | None:
        """Return the subscription whose callback ends in a token."""
        return await self._one(hub_subscriptions.c.token == token)

    async def due(self, now: datetime) -> tuple[HubSubscription, ...]:
        """Return those whose hub is to be asked, of feeds that somebody reads, the longest waiting first."""
        statement = (
            hub_subscriptions.select()
            .join(feeds, feeds.c.id == hub_subscriptions.c.feed_id)
            .where(hub_subscriptions.c.next_ask_at <= now, feeds.c.next_poll_at.is_not(None), read_by(None))
            .order_by(hub_subscriptions.c.next_ask_at)
            .limit(AT_ONCE)
        )
        async with self._database.read() as connection:
            return tuple(HubSubscription(**row._mapping) for row in await connection.execute(statement))  # noqa: SLF001 - public despite its underscore

    async def keep(self, subscription: HubSubscription) -> None:
        """Store a subscription in the place of the feed's former one."""
        values = asdict(subscription)
        async with self._database.write() as connection:
            statement = insert(connection, hub_subscriptions).values(values)
            await connection.execute(statement.on_conflict_do_update(index_elements=["feed_id"], set_=values))

    async def forget(self, feed_id: int) -> None:
        """Drop the subscription of a feed."""
        async with self._database.write() as connection:
            await connection.execute(hub_subscriptions.delete().where(hub_subscriptions.c.feed_id == feed_id))

    async def read_soon(self, feed_id: int, now: datetime) -> None:
        """Have a feed read at the next tick, though not twice within a minute; one that ended stays ended."""
        mine = feeds.c.id == feed_id
        async with self._database.write() as connection:
            read = (await connection.execute(sa.select(feeds.c.last_ok_at).where(mine))).scalar_one_or_none()
            when = max(now, read + APART) if read else now
            await connection.execute(
                feeds.update().where(mine, feeds.c.next_poll_at > when).values(next_poll_at=when)
            )
            pinged = hub_subscriptions.update().where(hub_subscriptions.c.feed_id == feed_id)
            await connection.execute(pinged.values(pinged_at=now))

    async def read_again(self, now: datetime) -> None:
        """Have feeds read that were not since a minute after their hub told of news.

        The reading that was under way at that moment may have come too early, and so may the one right after
        it, where a cache stands before the feed.
        """
        statement = (
            sa.select(feeds.c.id, feeds.c.last_ok_at, hub_subscriptions.c.pinged_at)
            .join(feeds, feeds.c.id == hub_subscriptions.c.feed_id)
            .where(
                hub_subscriptions.c.pinged_at > now - PATIENCE,
                hub_subscriptions.c.pinged_at <= now - APART,
                feeds.c.next_poll_at > now,
            )
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(statement)).all()
        ids = [row.id for row in rows if not row.last_ok_at or row.last_ok_at < row.pinged_at + APART]
        if ids:
            async with self._database.write() as connection:
                await connection.execute(
                    feeds.update().where(feeds.c.id.in_(ids), feeds.c.failures == 0).values(next_poll_at=now)
                )

    async def _one(self, condition: sa.ColumnElement[bool]) -> HubSubscription | None:
        async with self._database.read() as connection:
            row = (await connection.execute(hub_subscriptions.select().where(condition))).one_or_none()
        return HubSubscription(**row._mapping) if row else None  # noqa: SLF001 - public despite its underscore
