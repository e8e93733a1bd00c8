"""/nutgraf digest: when a channel gets its digests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.commands.context import Context
from bot.commands.when import When, describe, read
from bot.digest.holidays import known
from bot.digest.slots import coming
from bot.model.channel import Channel, Schedule
from bot.model.request import Asker, DigestRequest
from bot.model.view import Notice, Problem, View
from bot.model.words import clock_time, count, listing
from bot.store import channels
from bot.store.database import Connection

COMING = 5
MOST_NAMED = 6
"""Dates that are named when some are left out."""
SETTING = "For instance: “/nutgraf digest set 08:00 Europe/Berlin mon-fri”."
SKIPPING = "Say dates (2026-12-24), “holidays DE-BY”, or “nothing” to skip nothing any more."
MOST_DATES = 400


async def digest(context: Context, asker: Asker, request: DigestRequest) -> View:
    """Set, add to, switch off, show or preview the digests of the asker's channel."""
    match request.action:
        case "set" | "add":
            return await _set(context, asker, request.words, more=request.action == "add")
        case "skip":
            return await _skip(context, asker, request.words)
        case "off":
            return await _off(context, asker)
        case "preview":
            channel = await context.channel(asker) or context.visitor(asker)
            return await context.pipeline.preview(channel, await context.zone(asker), context.clock.now())
        case _:
            return await _next(context, asker)


async def put(
    connection: Connection, channel: Channel, when: When, since: datetime, *, more: bool = False
) -> tuple[Schedule, ...]:
    """Have a channel get its digests at these times.

    A schedule that changes keeps its row, and with it the dates that are decided: so a change of hour or zone
    never brings a second digest on the same date.

    Args:
        connection: an open transaction for writing.
        channel: whose digests.
        when: the times.
        since: no digest that was due before is owed.
        more: keep the other times too.

    Returns:
        The channel's schedules.
    """
    running = list(await channels.schedules_of(connection, channel.id))
    spare = ([] if more else running) + list(await channels.ended_schedules(connection, channel.id))
    kept = {schedule.at for schedule in running} if more else set()
    like = running[0] if running else None
    for at in sorted(set(when.times) - kept, key=lambda at: all(at != old.at for old in spare)):
        old = next((one for one in spare if one.at == at), spare[0] if spare else None)
        if old is not None:
            spare.remove(old)
        plan = Schedule(
            id=old.id if old else 0,
            channel_id=channel.id,
            at=at,
            zone=when.zone,
            weekdays=when.weekdays,
            since=since,
            skip_dates=like.skip_dates if like else frozenset(),
            holidays=like.holidays if like else None,
        )
        await channels.save_schedule(connection, plan)
    for old in spare:
        if old in running:
            await channels.end_schedule(connection, old.id, since)
    return await channels.schedules_of(connection, channel.id)


async def _set(context: Context, asker: Asker, words: str, *, more: bool) -> View:
    when = read(words, await context.zone(asker))
    if isinstance(when, str):
        return Problem(what=when, next=SETTING)
    place = await context.made_channel(asker)
    async with context.database.write() as connection:
        await channels.save_settings(connection, place.id, replace(place.settings, told=asker.user))
        plans = await put(connection, place, when, context.clock.now(), more=more)
    return await _next(context, asker, title=f"The digest comes at {describe(plans)}.")


async def _skip(context: Context, asker: Asker, words: str) -> View:
    """Leave out dates or holidays, from all digests of the channel."""
    place = await context.channel(asker)
    async with context.database.read() as connection:
        running = await channels.schedules_of(connection, place.id) if place else ()
    if not running:
        return Problem(what="This channel gets no digest yet, so there is nothing to skip.", next=SETTING)
    changed = _skipping(running[0], words.split())
    if isinstance(changed, Problem):
        return changed
    async with context.database.write() as connection:
        for schedule in running:
            plan = replace(schedule, skip_dates=changed.skip_dates, holidays=changed.holidays)
            await channels.save_schedule(connection, plan)
    today = context.clock.now().astimezone(ZoneInfo(changed.zone)).date()
    return await _next(context, asker, title=_left_out(changed, today))


def _left_out(schedule: Schedule, today: date) -> str:
    """Say which days have no digest: dates from today on, and holidays."""
    dates = sorted(day for day in schedule.skip_dates if day >= today)
    parts = [f"{day.day} {day:%b %Y}" for day in dates[:MOST_NAMED]]
    if len(dates) > MOST_NAMED:
        parts.append(count(len(dates) - MOST_NAMED, "more date"))
    if schedule.holidays:
        parts.append(f"the holidays of {schedule.holidays}")
    return f"Left out: {listing(parts)}." if parts else "No date is left out."


def _skipping(schedule: Schedule, words: Sequence[str]) -> Schedule | Problem:
    """Return the schedule with what is to be skipped."""
    match [word.lower() for word in words]:
        case []:
            return Problem(what="/nutgraf digest skip needs to know what.", next=SKIPPING)
        case ["nothing"]:
            return replace(schedule, skip_dates=frozenset(), holidays=None)
        case ["holidays", calendar]:
            if (name := known(calendar)) is None:
                return Problem(
                    what=f"There is no holiday calendar “{calendar[:20]}”.",
                    next="Name a country by its code, such as DE, or a part of it, such as DE-BY.",
                )
            return replace(schedule, holidays=name)
        case dates:
            try:
                days = frozenset(date.fromisoformat(day) for day in dates)
            except ValueError:
                return Problem(what="Those are not dates.", next=SKIPPING)
            if len(schedule.skip_dates | days) > MOST_DATES:
                return Problem(what=f"At most {MOST_DATES} dates can be skipped.", next=SKIPPING)
            return replace(schedule, skip_dates=schedule.skip_dates | days)


async def _off(context: Context, asker: Asker) -> View:
    place = await context.channel(asker)
    if place is not None:
        async with context.database.write() as connection:
            running = await channels.schedules_of(connection, place.id)
            for schedule in running:
                await channels.end_schedule(connection, schedule.id, context.clock.now())
        if running:
            again = "“/nutgraf digest set 08:00” starts it again."
            return Notice(title="This channel gets no digest from now on.", lines=(again,))
    return Notice(title="This channel gets no digest.")


async def _next(context: Context, asker: Asker, *, title: str | None = None) -> View:
    """Show when the next digests come."""
    place = await context.channel(asker)
    running: tuple[Schedule, ...] = ()
    decided: Mapping[int, frozenset[date]] = {}
    now = context.clock.now()
    if place is not None:
        async with context.database.read() as connection:
            running = await channels.schedules_of(connection, place.id)
            ids = [schedule.id for schedule in running]
            decided = await channels.decided_dates(connection, ids, (now - timedelta(days=2)).date())
    if not running:
        return Notice(
            title="This channel gets no digest yet.",
            lines=("A manager can set its hour: “/nutgraf digest set 08:00 Europe/Berlin mon-fri”.",),
        )
    ahead = sorted(
        (slot.due_at, schedule.zone)
        for schedule in running
        for slot in coming(schedule, decided[schedule.id], now, COMING)
    )
    zones = {zone for _, zone in ahead}
    lines = [_coming(due_at, zone, named=len(zones) > 1) for due_at, zone in ahead[:COMING]]
    head = f"The next ones ({zones.pop()}):" if len(zones) == 1 else "The next ones:"
    if not lines:
        head = "None is to come: all its days are left out."
    trouble = (f"In trouble: {schedule.paused}" for schedule in running if schedule.paused)
    return Notice(title=title or f"The digest comes at {describe(running)}.", lines=(head, *lines, *trouble))


def _coming(due_at: datetime, zone: str, *, named: bool) -> str:
    """Return the moment of a digest, such as "Wed 25 Nov, 08:00", with its zone where there are several."""
    line = f"{due_at.astimezone(ZoneInfo(zone)):%a} {clock_time(due_at, zone)}"
    return f"{line} ({zone})" if named else line
