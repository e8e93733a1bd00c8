"""Feeds: /sources for everyone, /nutgraf feed for managers."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.context import Context, scope_of
from bot.model.request import Asker, FeedRequest
from bot.model.view import Notice, Problem, SourcesView, View
from bot.model.words import count
from bot.sources.discover import discover, normal
from bot.sources.errors import SourceError
from bot.store import channels, feeds


async def sources(context: Context, asker: Asker) -> View:
    """Answer what is read here, and how it fares."""
    async with context.database.read() as connection:
        states = await feeds.feed_states(connection, scope_of(asker))
        articles = await feeds.visible_articles(connection, scope_of(asker))
    if not states:
        return Notice(
            title="No feeds are read here yet.",
            lines=("A manager can add one: “/nutgraf feed add https://…”.",),
        )
    return SourcesView(feeds=states, zone=await context.zone(asker), articles=articles)


async def feed(context: Context, asker: Asker, request: FeedRequest) -> View:
    """Add, remove or list the feeds of the asker's workspace, or keep the article of one page."""
    address = (request.address or "").strip().strip("<>")
    match request.action:
        case "add":
            return await _add(context, asker, address)
        case "page":
            return await _page(context, asker, address)
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
        return Problem(
            what=found.reason,
            next="Give the address of a feed, or of a page that links to one; to keep the article of one "
            f"page: “/nutgraf feed page {address[:200]}”.",
        )
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
    if not new:
        return Notice(title=f"{feed.title or feed.url} is read here already.")
    lines = [feed.url, "“/sources” tells how it fares."]
    if await _chosen_for_notices(context, asker):
        lines.append(
            "When it falls ill, I say so in this channel; “/nutgraf channel set notices off” ends that."
        )
    return Notice(title=f"{feed.title or feed.url} is read from now on.", lines=tuple(lines))


async def _chosen_for_notices(context: Context, asker: Asker) -> bool:
    """Have the channel in which a workspace adds its first feed told how feeds fare, unless one is chosen."""
    if asker.at_machine:
        return False
    async with context.database.read() as connection:
        known = await channels.all_channels(connection)
    mine = [one for one in known if (one.platform, one.workspace) == (asker.platform, asker.workspace)]
    if any(one.settings.notices for one in mine):
        return False
    place = await context.made_channel(asker)
    async with context.database.write() as connection:
        await channels.save_settings(connection, place.id, replace(place.settings, notices="on"))
    return True


async def _page(context: Context, asker: Asker, address: str) -> View:
    """Keep the article of one web page, for the asker's workspace alone."""
    url = normal(address)
    if url is None:
        return Problem(
            what=f"“{address[:80]}” is not an address of the web.", next="“/nutgraf feed page https://…”"
        )
    try:
        article = await context.page(url)
    except SourceError as error:
        return Problem(what=error.what, next=error.next)
    scope = scope_of(asker)
    added = await context.archive.add([article], private_to=scope.key if scope else None)
    name = f"“{article.title}”"
    if added.new:
        length = count(len(article.text.split()), "word")
        return Notice(
            title=f"{name} is kept.",
            lines=(article.url or url, f"{article.source or 'Source unknown'}, {length}. /find finds it."),
        )
    if added.updated:
        return Notice(title=f"{name} was known already, and is brought up to date.")
    return Notice(title=f"{name} is known already, and nothing in it has changed.")
