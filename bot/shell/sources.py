"""nutgraf feed: the feeds that every workspace reads."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from bot.core import Core
from bot.model.request import FeedRequest
from bot.model.view import SourcesView
from bot.model.words import count
from bot.platforms.console.render import show
from bot.shell.asking import SHELL
from bot.shell.printing import AsJson, ShellError, print_json, print_view, say, utc, with_core
from bot.store import feeds

feed_commands = typer.Typer(no_args_is_help=True, help="The feeds that every workspace reads.")

Address = Annotated[str, typer.Argument(help="The feed's web address.")]


@feed_commands.command("add")
def add(address: Address, as_json: AsJson = False) -> None:
    """Find the feed behind an address, and have it read for every workspace."""

    async def work(core: Core) -> None:
        print_view(await core.answers(SHELL, FeedRequest("add", address)), as_json=as_json)

    with_core(work)


@feed_commands.command("remove")
def remove(address: Address) -> None:
    """Stop reading a feed, for every workspace."""

    async def work(core: Core) -> None:
        async with core.database.write() as connection:
            if not await feeds.remove_feed(connection, address, scope=None):
                raise ShellError(f"{address} is not read: “nutgraf feed list” shows what is.")
        say(f"{address} is no longer read.")

    with_core(work)


@feed_commands.command("poll")
def poll(
    address: Annotated[str | None, typer.Argument(help="One feed; all of them without it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read feeds now, whether due or not."""

    async def work(core: Core) -> None:
        reads = await core.poller.poll_now(address)
        if address is not None and not reads:
            raise ShellError(f"{address} is not read: “nutgraf feed list” shows what is.")
        for read in reads:
            if as_json:
                print_json({"url": read.url, "status": read.status, "new": read.new, "reason": read.reason})
            else:
                told = f"not read: {read.reason}" if read.reason else count(read.new, "new article")
                say(f"{read.url}: {told}")

    with_core(work)


@feed_commands.command("list")
def list_feeds(as_json: AsJson = False) -> None:
    """List the feeds and how they fare."""

    async def work(core: Core) -> None:
        async with core.database.read() as connection:
            states = await feeds.feed_states(connection, None)
            articles = await feeds.visible_articles(connection, None)
        if as_json:
            for state in states:
                print_json(
                    {
                        "url": state.url,
                        "name": state.name,
                        "state": state.state,
                        "reason": state.reason,
                        "since": utc(state.since),
                        "what_to_do": state.what_to_do,
                        "articles": state.articles,
                        "last_article_at": utc(state.last_article_at),
                        "last_ok_at": utc(state.last_ok_at),
                        "next_poll_at": utc(state.next_poll_at),
                        "pushed": state.pushed,
                    }
                )
        elif states:
            show(SourcesView(feeds=states, zone="UTC", articles=articles), Console())
        else:
            say("No feeds are read yet: “nutgraf feed add https://…”.")

    with_core(work)
