"""Channels, what they want, and when."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.channel import Channel, ChannelSettings, Schedule
from bot.store.dialect import insert
from bot.store.schema import channels, schedules, slots, told

KNOWN = frozenset(field.name for field in fields(ChannelSettings))
"""Settings of this program; a later one's are left aside."""


async def save_channel(
    connection: AsyncConnection, *, platform: str, workspace: str, address: str, name: str, now: datetime
) -> Channel:
    """Return the channel of an address, made if it is new, its name brought up to date."""
    statement = (
        insert(connection, channels)
        .values(
            platform=platform, workspace=workspace, address=address, name=name, settings={}, created_at=now
        )
        .on_conflict_do_update(index_elements=["platform", "workspace", "address"], set_={"name": name})
        .returning(channels)
    )
    return _channel((await connection.execute(statement)).one())


async def save_settings(connection: AsyncConnection, channel_id: int, settings: ChannelSettings) -> None:
    """Keep what a channel wants."""
    await connection.execute(
        channels.update().where(channels.c.id == channel_id).values(settings=asdict(settings))
    )


async def find_channel(
    connection: AsyncConnection, platform: str, workspace: str, address: str
) -> Channel | None:
    """Return the channel of an address, if it is known."""
    row = (
        await connection.execute(
            channels.select().where(
                channels.c.platform == platform,
                channels.c.workspace == workspace,
                channels.c.address == address,
            )
        )
    ).one_or_none()
    return _channel(row) if row else None


async def channels_called(connection: AsyncConnection, name: str) -> tuple[Channel, ...]:
    """Return the channels that people may mean by a name, an address or "platform:either"; "#" is ignored."""
    plain = name.removeprefix("#")
    platform, colon, address = plain.partition(":")
    condition = (channels.c.name == plain) | (channels.c.address == plain)
    if colon:
        condition |= (channels.c.platform == platform) & (
            (channels.c.address == address) | (channels.c.name == address.removeprefix("#"))
        )
    rows = await connection.execute(channels.select().where(condition).order_by(channels.c.id))
    return tuple(_channel(row) for row in rows)


async def all_channels(connection: AsyncConnection) -> tuple[Channel, ...]:
    """Return every channel, in order of arrival."""
    rows = (await connection.execute(channels.select().order_by(channels.c.id))).all()
    return await asyncio.to_thread(lambda: tuple(map(_channel, rows)))  # of thousands: beside the event loop


async def channel_by_id(connection: AsyncConnection, channel_id: int) -> Channel:
    """Return the channel of a row."""
    row = (await connection.execute(channels.select().where(channels.c.id == channel_id))).one()
    return _channel(row)


async def save_schedule(connection: AsyncConnection, schedule: Schedule) -> Schedule:
    """Keep a schedule; id 0 makes a new one. A changed one keeps its row, and so the dates decided."""
    values = {
        "channel_id": schedule.channel_id,
        "at": f"{schedule.at:%H:%M}",
        "zone": schedule.zone,
        "weekdays": "".join(map(str, sorted(schedule.weekdays))),
        "skip_dates": sorted(day.isoformat() for day in schedule.skip_dates),
        "holidays": schedule.holidays,
        "since": schedule.since,
        "paused": schedule.paused,
        "ended_at": None,
    }
    if schedule.id:
        statement = schedules.update().where(schedules.c.id == schedule.id).values(values)
        await connection.execute(statement)
        return schedule
    row = (await connection.execute(schedules.insert().values(values).returning(schedules))).one()
    return _schedule(row)


async def end_schedule(connection: AsyncConnection, schedule_id: int, now: datetime) -> None:
    """Switch a schedule off; its record stays."""
    await connection.execute(schedules.update().where(schedules.c.id == schedule_id).values(ended_at=now))


async def pause_schedule(connection: AsyncConnection, schedule_id: int, reason: str) -> bool:
    """Note why a schedule's digests do not arrive.

    Returns:
        Whether that is news.
    """
    statement = (
        schedules.update()
        .where(schedules.c.id == schedule_id, schedules.c.paused.is_distinct_from(reason))
        .values(paused=reason)
    )
    return (await connection.execute(statement)).rowcount > 0


async def resume_schedules(connection: AsyncConnection, schedule_ids: Collection[int]) -> frozenset[int]:
    """Note that the digests of schedules arrive; return those of which they did not before."""
    paused = sa.select(schedules.c.id).where(
        schedules.c.id.in_([one for one in schedule_ids if one]), schedules.c.paused.is_not(None)
    )
    found = frozenset((await connection.execute(paused)).scalars())
    if found:
        await connection.execute(schedules.update().where(schedules.c.id.in_(found)).values(paused=None))
    return found


async def schedules_of(connection: AsyncConnection, channel_id: int) -> tuple[Schedule, ...]:
    """Return the running schedules of a channel, in order of arrival."""
    return await _schedules(connection, schedules.c.channel_id == channel_id)


async def all_schedules(connection: AsyncConnection) -> tuple[Schedule, ...]:
    """Return every running schedule."""
    return await _schedules(connection, sa.true())


async def ended_schedules(connection: AsyncConnection, channel_id: int) -> tuple[Schedule, ...]:
    """Return a channel's schedules that were switched off, the last one first, to be taken up again."""
    statement = (
        schedules.select()
        .where(schedules.c.channel_id == channel_id, schedules.c.ended_at.is_not(None))
        .order_by(schedules.c.ended_at.desc(), schedules.c.id.desc())
    )
    return tuple(_schedule(row) for row in await connection.execute(statement))


async def decided_dates(
    connection: AsyncConnection, schedule_ids: Sequence[int], since: date
) -> Mapping[int, frozenset[date]]:
    """Return, for each schedule, the local dates from `since` on that have a decision on record."""
    statement = sa.select(slots.c.schedule_id, slots.c.local_date).where(
        slots.c.schedule_id.in_(schedule_ids), slots.c.local_date >= since
    )
    found: dict[int, set[date]] = {schedule_id: set() for schedule_id in schedule_ids}
    for schedule_id, day in await connection.execute(statement):
        found[schedule_id].add(day)
    return {schedule_id: frozenset(days) for schedule_id, days in found.items()}


async def covered_until(connection: AsyncConnection, schedule_ids: Sequence[int]) -> Mapping[int, datetime]:
    """Return up to when the last decided digest of each schedule covered the news; none before the first."""
    statement = (
        sa.select(slots.c.schedule_id, sa.func.max(slots.c.covers_until).label("latest"))
        .where(slots.c.schedule_id.in_(schedule_ids))
        .group_by(slots.c.schedule_id)
    )
    return {row.schedule_id: row.latest for row in await connection.execute(statement)}


async def told_articles(
    connection: AsyncConnection, channel_ids: Sequence[int], since: datetime
) -> Mapping[int, frozenset[str]]:
    """Return the ids of the articles that each channel was told of by digests due since a moment."""
    statement = (
        sa.select(told.c.channel_id, told.c.article_id)
        .join(slots, slots.c.id == told.c.slot_id)
        .where(told.c.channel_id.in_(channel_ids), slots.c.due_at >= since)
    )
    found: dict[int, set[str]] = {}
    for row in await connection.execute(statement):
        found.setdefault(row.channel_id, set()).add(row.article_id)
    return {channel_id: frozenset(ids) for channel_id, ids in found.items()}


def _channel(row: sa.Row[Any]) -> Channel:
    settings: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in row.settings.items()
        if name in KNOWN
    }
    return Channel(
        id=row.id,
        platform=row.platform,
        workspace=row.workspace,
        address=row.address,
        name=row.name,
        settings=ChannelSettings(**settings),
    )


async def _schedules(connection: AsyncConnection, condition: sa.ColumnElement[bool]) -> tuple[Schedule, ...]:
    statement = schedules.select().where(condition, schedules.c.ended_at.is_(None)).order_by(schedules.c.id)
    rows = (await connection.execute(statement)).all()
    return await asyncio.to_thread(lambda: tuple(map(_schedule, rows)))  # of thousands: beside the event loop


def _schedule(row: sa.Row[Any]) -> Schedule:
    return Schedule(
        id=row.id,
        channel_id=row.channel_id,
        at=time.fromisoformat(row.at),
        zone=row.zone,
        since=row.since,
        weekdays=frozenset(int(number) for number in row.weekdays),
        skip_dates=frozenset(date.fromisoformat(day) for day in row.skip_dates),
        holidays=row.holidays,
        paused=row.paused,
    )
