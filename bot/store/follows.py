"""What channels follow, and the alerts they had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import Payload
from bot.model.follow import Follow
from bot.store.deciding import put_messages
from bot.store.notes import gap_until
from bot.store.schema import deliveries, follows, slots

ALERT = "alert"


async def add_follow(connection: AsyncConnection, follow: Follow) -> Follow:
    """Keep what a channel follows, under a new row."""
    values = {
        "channel_id": follow.channel_id,
        "words": list(follow.words),
        "since": follow.since,
        "min_sources": follow.min_sources,
        "per_day": follow.per_day,
        "quiet_from": f"{follow.quiet_from:%H:%M}" if follow.quiet_from else None,
        "quiet_until": f"{follow.quiet_until:%H:%M}" if follow.quiet_until else None,
        "zone": follow.zone,
    }
    row = (await connection.execute(follows.insert().values(values).returning(follows))).one()
    return _follow(row)


async def remove_follow(connection: AsyncConnection, channel_id: int, words: Sequence[str]) -> bool:
    """Have a channel follow something no more; returns whether it did."""
    mine = [one.id for one in await follows_of(connection, channel_id) if one.words == tuple(words)]
    await connection.execute(follows.delete().where(follows.c.id.in_(mine)))
    return bool(mine)


async def follows_of(connection: AsyncConnection, channel_id: int) -> tuple[Follow, ...]:
    """Return what a channel follows, in order of arrival."""
    statement = follows.select().where(follows.c.channel_id == channel_id).order_by(follows.c.id)
    return tuple(_follow(row) for row in await connection.execute(statement))


async def all_follows(connection: AsyncConnection) -> tuple[Follow, ...]:
    """Return what every channel follows."""
    return tuple(_follow(row) for row in await connection.execute(follows.select().order_by(follows.c.id)))


async def alerted(connection: AsyncConnection, follow: Follow, since: datetime) -> tuple[frozenset[str], int]:
    """Return the stories that a follow was told of, and how many of them since a moment."""
    statement = sa.select(slots.c.detail, slots.c.decided_at).where(
        slots.c.channel_id == follow.channel_id,
        slots.c.decision == ALERT,
        slots.c.detail.startswith(f"{follow.id}:", autoescape=True),
    )
    rows = (await connection.execute(statement)).all()
    stories = frozenset(row.detail.partition(":")[2] for row in rows)
    return stories, sum(row.decided_at > since for row in rows)


async def put_alert(
    connection: AsyncConnection,
    follow: Follow,
    story_id: str,
    day: date,
    payloads: Sequence[Payload],
    now: datetime,
    *,
    first_at: datetime,
) -> bool:
    """Put an alert into the outbox, once for each follow and story.

    Args:
        connection: an open transaction for writing.
        follow: what is followed.
        story_id: the story to tell of.
        day: the local date.
        payloads: the messages, in order.
        now: the present moment.
        first_at: before this moment there can have been no alert of the story.

    Returns:
        Whether it is new; False when it was put in before.
    """
    key = f"{ALERT}-{follow.id}-{story_id}"
    known = sa.select(deliveries.c.id).where(deliveries.c.key == f"{key}-1")
    if (await connection.execute(known)).first() is not None:
        return False
    # A story that there was before a gap in our memory may have been told of in it.
    gap = await gap_until(connection)
    forgotten = gap is not None and first_at <= gap
    slot = {
        "channel_id": follow.channel_id,
        "schedule_id": None,
        "local_date": day,
        "due_at": now,
        "decided_at": now,
        "decision": ALERT,
        "detail": f"{follow.id}:{story_id}",
        "covers_until": now,
    }
    slot_id = (await connection.execute(slots.insert().values(slot).returning(slots.c.id))).scalar_one()
    common = {
        "slot_id": slot_id,
        "channel_id": follow.channel_id,
        "schedule_id": None,
        "local_date": day,
        "due_at": now,
        "created_at": min(first_at, now) if forgotten else now,
        "next_try_at": now,
        "maybe_posted": forgotten,
    }
    keys = [f"{key}-{part}" for part in range(1, len(payloads) + 1)]
    await put_messages(connection, common, keys, payloads)
    return True


def _follow(row: sa.Row[Any]) -> Follow:
    return Follow(
        id=row.id,
        channel_id=row.channel_id,
        words=tuple(row.words),
        since=row.since,
        min_sources=row.min_sources,
        per_day=row.per_day,
        quiet_from=time.fromisoformat(row.quiet_from) if row.quiet_from else None,
        quiet_until=time.fromisoformat(row.quiet_until) if row.quiet_until else None,
        zone=row.zone,
    )
