"""nutgraf feed: the feeds that every workspace reads."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from bot.core import Core
from bot.digest.link import is_web
from bot.model.view import SourcesView
from bot.platforms.console.render import show
from bot.shell.printing import USAGE, AsJson, ShellError, fail, print_json, say, utc, with_core
from bot.store import feeds

feed_commands = typer.Typer(no_args_is_help=True, help="The feeds that every workspace reads.")

Address = Annotated[str, typer.Argument(help="The feed's web address.")]


@feed_commands.command("add")
def add(address: Address) -> None:
    """Have a feed read for every workspace."""
    if not is_web(address):
        fail(f"“{address}” is not a web address: give it in full, such as https://example.org/feed.", USAGE)

    async def work(core: Core) -> None:
        async with core.database.write() as connection:
            new = await feeds.add_feed(connection, address, title=None, scope=None, now=core.clock.now())
        say(f"{address} is read from now on." if new else f"{address} is read already.")

    with_core(work)


@feed_commands.command("remove")
def remove(address: Address) -> None:
    """Stop reading a feed; its articles stay."""

    async def work(core: Core) -> None:
        async with core.database.write() as connection:
            if not await feeds.remove_feed(connection, address, scope=None):
                raise ShellError(f"{address} is not read: “nutgraf feed list” shows what is.")
        say(f"{address} is no longer read. Its articles stay.")

    with_core(work)


@feed_commands.command("list")
def list_feeds(as_json: AsJson = False) -> None:
    """List the feeds and how they fare."""

    async def work(core: Core) -> None:
        async with core.database.read() as connection:
            states = await feeds.feed_states(connection, None)
        if as_json:
            for state in states:
                print_json(
                    {
                        "url": state.url,
                        "name": state.name,
                        "state": state.state,
                        "reason": state.reason,
                        "since": utc(state.since),
                    }
                )
        elif states:
            show(SourcesView(feeds=states, zone="UTC"), Console())
        else:
            say("No feeds are read yet: “nutgraf feed add https://…”.")

    with_core(work)
