"""What channels were told of their feeds, and the notices that tell it, in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.channel import Channel
from bot.model.delivery import Payload
from bot.model.feed import Mark, Watched
from bot.model.scope import Scope
from bot.store.channels import all_channels
from bot.store.deciding import put_messages
from bot.store.dialect import insert
from bot.store.feeds import read_by, state_of
from bot.store.schema import channels, feeds, slots
from bot.store.schema_sources import feed_notices

NOTICE = "notice"

AT_A_TIME = 250
"""Rows read between two turns of the event loop."""


async def told_channels(connection: AsyncConnection) -> tuple[Channel, ...]:
    """Return the channels that want to be told how feeds fare."""
    return tuple(one for one in await all_channels(connection) if one.settings.notices == "on")


async def watched(
    connection: AsyncConnection, scope: Scope, known: Collection[int]
) -> tuple[tuple[Watched, ...], int]:
    """Return the feeds of a workspace that are ill, or known to a channel, by name; and how many it has."""
    mine = read_by(scope)
    total = (await connection.execute(sa.select(sa.func.count()).where(mine))).scalar_one()
    statement = feeds.select().where(mine, (feeds.c.state != "fresh") | feeds.c.id.in_(known))
    found: list[Watched] = []
    rows = await connection.execute(statement.order_by(sa.func.coalesce(feeds.c.title, feeds.c.url)))
    for some in rows.partitions(AT_A_TIME):
        found += [Watched(id=row.id, state=state_of(row), failing_since=row.failing_since) for row in some]
        await asyncio.sleep(0)
    return tuple(found), total


async def unanswered(connection: AsyncConnection) -> tuple[int, datetime | None]:
    """Return how many feeds were asked in vain since one was last read, and when the first of them was."""
    followed = read_by(None)
    read = (await connection.execute(sa.select(sa.func.max(feeds.c.last_ok_at)).where(followed))).scalar_one()
    since = feeds.c.failing_since
    statement = sa.select(sa.func.count(), sa.func.min(since)).where(followed, feeds.c.code.is_(None))
    statement = statement.where(since.is_not(None) if read is None else since > read)
    number, first = (await connection.execute(statement)).one()
    return number, first


async def marks(connection: AsyncConnection, channel_id: int, *, alone: bool = False) -> dict[int, Mark]:
    """Return what a channel was told and has not seen mended.

    Args:
        connection: an open transaction.
        channel_id: the channel's row.
        alone: on PostgreSQL, keep other processes from telling the channel until the transaction ends;
            SQLite has one writer anyway.
    """
    if alone:
        mine = sa.select(channels.c.id).where(channels.c.id == channel_id)
        await connection.execute(mine.with_for_update())
    rows = await connection.execute(feed_notices.select().where(feed_notices.c.channel_id == channel_id))
    return {row.feed_id: Mark(row.state, row.told_at) for row in rows}


async def remember(
    connection: AsyncConnection, channel_id: int, states: Mapping[int, str | None], now: datetime
) -> None:
    """Keep what a channel knows of feeds now; None forgets."""
    mine = feed_notices.c.channel_id == channel_id
    await connection.execute(feed_notices.delete().where(mine, feed_notices.c.feed_id.in_(states)))
    rows = [
        {"channel_id": channel_id, "feed_id": feed_id, "state": state, "told_at": now}
        for feed_id, state in states.items()
        if state is not None
    ]
    if rows:
        await connection.execute(insert(connection, feed_notices), rows)


async def put_notice(
    connection: AsyncConnection, channel: Channel, payloads: Sequence[Payload], now: datetime
) -> None:
    """Put a notice into the outbox."""
    slot = {
        "channel_id": channel.id,
        "schedule_id": None,
        "local_date": now.date(),
        "due_at": now,
        "decided_at": now,
        "decision": NOTICE,
        "detail": "",
        "covers_until": now,
    }
    slot_id = (await connection.execute(slots.insert().values(slot).returning(slots.c.id))).scalar_one()
    common = {
        "slot_id": slot_id,
        "channel_id": channel.id,
        "schedule_id": None,
        "local_date": now.date(),
        "due_at": now,
        "created_at": now,
        "next_try_at": now,
    }
    keys = [f"{NOTICE}-{channel.id}-{slot_id}-{part}" for part in range(1, len(payloads) + 1)]
    await put_messages(connection, common, keys, payloads)


async def read_at_once(connection: AsyncConnection, feed_ids: frozenset[int], now: datetime) -> None:
    """Have feeds read at the next tick."""
    await connection.execute(
        feeds.update()
        .where(feeds.c.id.in_(feed_ids), feeds.c.next_poll_at.is_not(None))
        .values(next_poll_at=now)
    )
