"""Feeds: /sources for everyone, /nutgraf feed for managers."""

from __future__ import annotations

from bot.commands.context import Context, scope_of
from bot.model.request import Asker, FeedRequest
from bot.model.view import Notice, Problem, SourcesView, View
from bot.model.words import count
from bot.sources.discover import discover
from bot.store import feeds


async def sources(context: Context, asker: Asker) -> View:
    """Answer what is read here, and how it fares."""
    async with context.database.read() as connection:
        states = await feeds.feed_states(connection, scope_of(asker))
    if not states:
        return Notice(
            title="No feeds are read here yet.",
            lines=("A manager can add one: “/nutgraf feed add https://…”.",),
        )
    return SourcesView(feeds=states, zone=await context.zone(asker))


async def feed(context: Context, asker: Asker, request: FeedRequest) -> View:
    """Add, remove or list the feeds of the asker's workspace."""
    address = (request.address or "").strip().strip("<>")
    match request.action:
        case "add":
            return await _add(context, asker, address)
        case "remove":
            async with context.database.write() as connection:
                gone = await feeds.remove_feed(connection, address, scope=scope_of(asker))
            if gone:
                return Notice(
                    title=f"{address} is no longer read here.",
                    lines=("Its articles are shown here no more.",),
                )
            return Problem(what=f"{address} is not read here.", next="“/sources” lists the feeds.")
        case _:
            return await sources(context, asker)


async def _add(context: Context, asker: Asker, address: str) -> View:
    """Find the feed behind an address, and have it read; several are offered for a choice."""
    found = await discover(context.fetcher, address, parse=context.parse)
    if not found.candidates:
        return Problem(what=found.reason, next="Give the address of a feed, or of a page that links to one.")
    if len(found.candidates) > 1:
        return Notice(
            title=f"There are {len(found.candidates)} feeds behind {address}. Which one?",
            lines=tuple(
                f"{one.title} ({count(one.entries, 'entry', 'entries')}): “/nutgraf feed add {one.url}”"
                for one in found.candidates
            ),
        )
    (feed,) = found.candidates
    async with context.database.write() as connection:
        new = await feeds.add_feed(
            connection, feed.url, title=feed.title or None, scope=scope_of(asker), now=context.clock.now()
        )
    if new:
        return Notice(
            title=f"{feed.title or feed.url} is read from now on.",
            lines=(feed.url, "“/sources” tells how it fares."),
        )
    return Notice(title=f"{feed.title or feed.url} is read here already.")
