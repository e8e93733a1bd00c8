"""What managers set for a channel: hours, filters, lengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from bot.commands.context import Context
from bot.commands.when import describe, read
from bot.digest.slots import coming
from bot.model.channel import Channel, ChannelSettings, Schedule
from bot.model.request import Asker, ChannelRequest, DigestRequest, FilterRequest
from bot.model.view import Notice, Problem, View
from bot.model.words import clock_time
from bot.store import channels

COMING = 5
CHOICES = {"quiet_day": ("say", "silent"), "on_unknown": ("skip", "resend")}
NUMBERS = {"stories": (1, 30), "sentences": (1, 10), "min_sources": (1, 20), "max_late_hours": (1, 72)}
MAX_FILTER_WORDS = 50


async def digest(context: Context, asker: Asker, request: DigestRequest) -> View:
    """Set, switch off, show or preview the digest of the asker's channel."""
    match request.action:
        case "set":
            return await _set(context, asker, request.words)
        case "off":
            return await _off(context, asker)
        case "preview":
            channel = await context.channel(asker) or _visitor(asker)
            return await context.pipeline.preview(channel, await context.zone(asker), context.clock.now())
        case _:
            return await _next(context, asker)


async def filters(context: Context, asker: Asker, request: FilterRequest) -> View:
    """Set or show the words that stories must or must not hold."""
    if request.action == "show":
        channel = await context.channel(asker) or _visitor(asker)
        return _filters_of(channel.settings)
    words = tuple(dict.fromkeys(word.strip().casefold() for word in request.words.split(",") if word.strip()))
    if request.action != "clear" and not words:
        return Problem(
            what=f"/nutgraf filter {request.action} needs words.",
            next=f"Separate them by commas: “/nutgraf filter {request.action} football, horoscope”.",
        )
    channel = await _channel(context, asker)
    old = channel.settings
    if request.action == "include":
        new = replace(old, include=_merged(old.include, words))
    elif request.action == "exclude":
        new = replace(old, exclude=_merged(old.exclude, words))
    else:
        new = replace(old, include=(), exclude=())
    await _keep(context, channel, new)
    return _filters_of(new)


async def channel(context: Context, asker: Asker, request: ChannelRequest) -> View:
    """Show the channel's settings, or set one of them."""
    if request.action == "show":
        known = await context.channel(asker) or _visitor(asker)
        return _settings_of(known.settings)
    name, _, value = request.words.partition(" ")
    name, value = name.lower().replace("-", "_"), value.strip().lower()
    checked = _checked(name, value)
    if isinstance(checked, Problem):
        return checked
    place = await _channel(context, asker)
    new = replace(place.settings, **checked)
    await _keep(context, place, new)
    return _settings_of(new)


async def _set(context: Context, asker: Asker, words: str) -> View:
    """Set the hour of the channel's digest; a schedule keeps its record, so that no date gets two digests."""
    when = read(words, await context.zone(asker))
    if isinstance(when, str):
        return Problem(what=when, next="For instance: “/nutgraf digest set 08:00 Europe/Berlin mon-fri”.")
    now = context.clock.now()
    place = await _channel(context, asker)
    async with context.database.write() as connection:
        running = await channels.schedules_of(connection, place.id)
        old = running[0] if running else await channels.ended_schedule(connection, place.id)
        schedule = Schedule(
            id=old.id if old else 0,
            channel_id=place.id,
            at=when.at,
            zone=when.zone,
            weekdays=when.weekdays,
            since=now,
        )
        schedule = await channels.save_schedule(connection, schedule)
    return await _next(context, asker, title=f"The digest comes at {describe(schedule)}.")


async def _off(context: Context, asker: Asker) -> View:
    place = await context.channel(asker)
    if place is not None:
        async with context.database.write() as connection:
            running = await channels.schedules_of(connection, place.id)
            for schedule in running:
                await channels.end_schedule(connection, schedule.id, context.clock.now())
        if running:
            return Notice(
                title="This channel gets no digest from now on.",
                lines=("“/nutgraf digest set 08:00” starts it again.",),
            )
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
            decided = await channels.decided_dates(
                connection, [schedule.id for schedule in running], (now - timedelta(days=2)).date()
            )
    if not running:
        return Notice(
            title="This channel gets no digest yet.",
            lines=("A manager can set its hour: “/nutgraf digest set 08:00 Europe/Berlin mon-fri”.",),
        )
    lines = [
        f"{clock_time(slot.due_at, schedule.zone)} ({schedule.zone})"
        for schedule in running
        for slot in coming(schedule, decided[schedule.id], now, COMING)
    ]
    lines += [f"In trouble: {schedule.paused}" for schedule in running if schedule.paused]
    return Notice(
        title=title or f"The digest comes at {describe(running[0])}.", lines=("The next ones:", *lines)
    )


async def _channel(context: Context, asker: Asker) -> Channel:
    """Return the asker's channel, made if it is new."""
    async with context.database.write() as connection:
        return await channels.save_channel(
            connection,
            platform=asker.platform,
            workspace=asker.workspace,
            address=asker.channel,
            name=asker.channel_name or asker.channel,
            now=context.clock.now(),
        )


def _visitor(asker: Asker) -> Channel:
    """Return a channel as it would be, for one that was never set up."""
    return Channel(
        id=0,
        platform=asker.platform,
        workspace=asker.workspace,
        address=asker.channel,
        name=asker.channel_name or asker.channel,
    )


async def _keep(context: Context, place: Channel, settings: ChannelSettings) -> None:
    async with context.database.write() as connection:
        await channels.save_settings(connection, place.id, settings)


def _merged(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))[:MAX_FILTER_WORDS]


def _filters_of(settings: ChannelSettings) -> Notice:
    if not settings.include and not settings.exclude:
        return Notice(title="No filter is set: this channel's digest may tell any story.")
    lines = []
    if settings.include:
        lines.append(f"Only stories that hold one of: {', '.join(settings.include)}")
    if settings.exclude:
        lines.append(f"No stories that hold one of: {', '.join(settings.exclude)}")
    return Notice(title="The filters of this channel's digest:", lines=tuple(lines))


def _settings_of(settings: ChannelSettings) -> Notice:
    shown = [field.name for field in fields(settings) if field.name in (*NUMBERS, *CHOICES)]
    return Notice(
        title="The settings of this channel:",
        lines=tuple(f"{name} {getattr(settings, name)}" for name in shown),
    )


def _checked(name: str, value: str) -> dict[str, Any] | Problem:
    """Return a setting as it is kept, or what is wrong with it."""
    if name in NUMBERS:
        low, high = NUMBERS[name]
        if value.isascii() and value.isdigit() and low <= int(value) <= high:
            return {name: int(value)}
        return Problem(
            what=f"{name} is a number from {low} to {high}.", next=f"“/nutgraf channel set {name} {low}”"
        )
    if name in CHOICES:
        if value in CHOICES[name]:
            return {name: value}
        options = " or ".join(CHOICES[name])
        return Problem(what=f"{name} is {options}.", next=f"“/nutgraf channel set {name} {CHOICES[name][0]}”")
    return Problem(what=f"There is no setting “{name[:40]}”.", next="“/nutgraf channel show” lists them.")
