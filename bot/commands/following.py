"""/follow: what a channel hears of at once."""

from __future__ import annotations

import re
from datetime import time

from bot.commands.context import Context
from bot.model.follow import Follow
from bot.model.request import Asker, FollowRequest
from bot.model.view import Notice, Problem, View
from bot.model.words import count
from bot.store import follows

MOST = 30
"""Things that one channel may follow."""

USAGE = "For instance: “/follow add harbour bridge sources:3 quiet:22:00-07:00”."


async def follow(context: Context, asker: Asker, request: FollowRequest) -> View:
    """Add, remove or list what the asker's channel follows."""
    match request.action:
        case "add":
            return await _add(context, asker, request.words)
        case "remove":
            return await _remove(context, asker, request.words)
        case _:
            return await _list(context, asker)


async def _add(context: Context, asker: Asker, words: str) -> View:
    wanted = _read(words, Follow(id=0, channel_id=0, words=(), since=context.clock.now()))
    if isinstance(wanted, Problem):
        return wanted
    place = await context.made_channel(asker)
    zone = await context.zone(asker)
    async with context.database.write() as connection:
        known = await follows.follows_of(connection, place.id)
        if any(one.words == wanted.words for one in known):
            return Notice(title=f"This channel follows “{' '.join(wanted.words)}” already.")
        if len(known) >= MOST:
            return Problem(what=f"A channel follows at most {MOST} things.", next="Remove one first.")
        kept = await follows.add_follow(
            connection,
            Follow(
                id=0,
                channel_id=place.id,
                words=wanted.words,
                since=wanted.since,
                min_sources=wanted.min_sources,
                per_day=wanted.per_day,
                quiet_from=wanted.quiet_from,
                quiet_until=wanted.quiet_until,
                zone=zone,
            ),
        )
    return Notice(title="This channel hears at once of:", lines=(describe(kept),))


async def _remove(context: Context, asker: Asker, words: str) -> View:
    place = await context.channel(asker)
    plain = tuple(words.casefold().split())
    if place is not None:
        async with context.database.write() as connection:
            if await follows.remove_follow(connection, place.id, plain):
                return Notice(title=f"This channel no longer follows “{' '.join(plain)}”.")
    return Problem(
        what=f"This channel does not follow “{' '.join(plain)[:80]}”.",
        next="“/follow list” shows what it does.",
    )


async def _list(context: Context, asker: Asker) -> View:
    place = await context.channel(asker)
    followed: tuple[Follow, ...] = ()
    if place is not None:
        async with context.database.read() as connection:
            followed = await follows.follows_of(connection, place.id)
    if not followed:
        return Notice(title="This channel follows nothing.", lines=(USAGE,))
    return Notice(title="This channel hears at once of:", lines=tuple(describe(one) for one in followed))


def describe(one: Follow) -> str:
    """Return what is followed as words."""
    line = f"{' '.join(one.words)}, when {count(one.min_sources, 'source')} or more carry it"
    line += f"; at most {count(one.per_day, 'alert')} a day"
    if one.quiet_from and one.quiet_until:
        line += f"; not from {one.quiet_from:%H:%M} to {one.quiet_until:%H:%M} {one.zone}"
    return line


def _read(words: str, blank: Follow) -> Follow | Problem:
    """Read "harbour bridge sources:3 daily:2 quiet:22:00-07:00"."""
    plain: list[str] = []
    numbers = {"sources": blank.min_sources, "daily": blank.per_day}
    hours: tuple[time, time] | None = None
    for word in words.split():
        name, _, value = word.partition(":")
        if name in numbers and value:
            if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 20):
                return Problem(what=f"“{name}:” takes a number from 1 to 20.", next=USAGE)
            numbers[name] = int(value)
        elif name == "quiet" and value:
            hours = _hours(value)
            if hours is None:
                return Problem(what="“quiet:” takes two times, such as quiet:22:00-07:00.", next=USAGE)
        else:
            plain.append(word.casefold())
    if not plain:
        return Problem(what="/follow add needs words, or a story.", next=USAGE)
    return Follow(
        id=0,
        channel_id=0,
        words=tuple(plain[:12]),
        since=blank.since,
        min_sources=numbers["sources"],
        per_day=numbers["daily"],
        quiet_from=hours[0] if hours else None,
        quiet_until=hours[1] if hours else None,
    )


def _hours(text: str) -> tuple[time, time] | None:
    match = re.fullmatch(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", text)
    if match is None:
        return None
    numbers = [int(part) for part in match.groups()]
    try:
        return time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
    except ValueError:
        return None
