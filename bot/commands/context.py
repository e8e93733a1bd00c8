"""What every command family works with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from bot.archive import Archive
from bot.clock import Clock
from bot.compute import compute
from bot.model.article import Article
from bot.model.channel import Channel
from bot.model.request import Asker
from bot.model.scope import Scope
from bot.pipeline import Pipeline
from bot.sources.discover import Parse
from bot.sources.fetch import Fetcher
from bot.store import channels
from bot.store.database import Database

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """The rooms that commands ask.

    Attributes:
        database: the store.
        archive: articles and stories.
        pipeline: composes previews.
        fetcher: asks the web.
        parse: reads the body of a feed, within limits of time and memory.
        page: reads the article of a web page, if its site allows it; raises SourceError.
        clock: tells the time.
        executor: where computing is done, off the event loop.
    """

    database: Database
    archive: Archive
    pipeline: Pipeline
    fetcher: Fetcher
    parse: Parse
    page: Callable[[str], Awaitable[Article]]
    clock: Clock
    executor: Executor

    async def compute(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what computes off the event loop."""
        return await compute(self.executor, work, *args, **kwargs)

    async def channel(self, asker: Asker) -> Channel | None:
        """Return the channel a question was asked in, if a digest was ever set up there."""
        async with self.database.read() as connection:
            return await channels.find_channel(connection, asker.platform, asker.workspace, asker.channel)

    async def zone(self, asker: Asker) -> str:
        """Return the zone in which the asker's channel reads the clock; UTC where nobody said."""
        channel = await self.channel(asker)
        if channel is None:
            return "UTC"
        async with self.database.read() as connection:
            running = await channels.schedules_of(connection, channel.id)
        return running[0].zone if running else "UTC"

    async def made_channel(self, asker: Asker) -> Channel:
        """Return the channel a question was asked in, made if it is new."""
        async with self.database.write() as connection:
            return await channels.save_channel(
                connection,
                platform=asker.platform,
                workspace=asker.workspace,
                address=asker.channel,
                name=asker.channel_name or asker.channel,
                now=self.clock.now(),
            )

    def visitor(self, asker: Asker) -> Channel:
        """Return the channel as it would be, for one that was never set up."""
        return Channel(
            id=0,
            platform=asker.platform,
            workspace=asker.workspace,
            address=asker.channel,
            name=asker.channel_name or asker.channel,
        )


def scope_of(asker: Asker) -> Scope | None:
    """Return what the asker may see; None for everything."""
    return None if asker.at_machine else Scope(asker.platform, asker.workspace)
