"""The rooms below the platforms, built and opened together: what the shell and the running bot both need."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bot.alerting import Alerts
from bot.archive import Archive
from bot.clock import Clock
from bot.commands.answer import Answers
from bot.commands.context import Context
from bot.delivery.noticing import Notices
from bot.fulltext import FullText
from bot.pipeline import Pipeline
from bot.polling import Poller
from bot.sources.entry import Feed
from bot.sources.feed import parse_feed
from bot.sources.fetch import Fetcher
from bot.sources.guard import Network
from bot.sources.hubs import Hubs
from bot.sources.workers import Workers
from bot.store.database import Database, DatabaseError
from bot.store.hubs import HubLedger
from bot.store.migrate import migrate

WORKERS = 2


@dataclass(frozen=True, slots=True)
class Core:
    """The open rooms.

    Attributes:
        database: the store, at this program's schema.
        archive: articles and stories.
        pipeline: composes digests.
        poller: reads feeds.
        alerts: looks for what channels follow.
        notices: tells channels how feeds fare.
        hubs: subscribes to the hubs of feeds; None where hubs cannot reach this bot.
        fetcher: asks the web, politely and safely.
        answers: answers questions.
        clock: tells the time.
    """

    database: Database
    archive: Archive
    pipeline: Pipeline
    poller: Poller
    alerts: Alerts
    notices: Notices
    hubs: Hubs | None
    fetcher: Fetcher
    answers: Answers
    clock: Clock


async def _parse(workers: Workers, body: bytes, content_type: str | None, base_url: str) -> Feed:
    """Read the body of a feed in a worker process."""
    return await workers.run(parse_feed, body, content_type=content_type, base_url=base_url)


def make_folder(folder: Path) -> None:
    """Make the folder of a database, for its owner only.

    Raises:
        DatabaseError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DatabaseError(
            f"The folder {folder} cannot be made: {error.strerror}. Set NUTGRAF_HOME to another place."
        ) from error


@asynccontextmanager
async def open_core(
    store_url: str,
    clock: Clock,
    *,
    networks: Sequence[Network] = (),
    contact: str | None = None,
    public_url: str | None = None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Core]:
    """Open the store, bring it up to date, and build the rooms on it.

    Args:
        store_url: the address of the database.
        clock: tells the time.
        networks: inner networks that feeds may be read from all the same.
        contact: how the owner of a site reaches the operator; sent with every request.
        public_url: where the web reaches this bot's HTTP server; None where it does not.
        sleep: how to wait for a host's turn, in seconds.

    Raises:
        DatabaseError: the store cannot be used.
    """
    database = Database(store_url)
    if database.path is not None:
        make_folder(database.path.parent)
    agent = f"Nutgraf/{version('nutgraf')} (feed reader; {contact or 'no contact given'})"
    async with AsyncExitStack() as stack:
        executor = stack.enter_context(ThreadPoolExecutor(WORKERS, thread_name_prefix="compute"))
        stack.push_async_callback(database.close)
        await migrate(database)
        fetcher = await stack.enter_async_context(
            Fetcher(user_agent=agent, allow_networks=networks, clock=clock, sleep=sleep)
        )
        workers = await stack.enter_async_context(Workers())
        archive = Archive(database, clock=clock, executor=executor)
        pipeline = Pipeline(database, archive, clock=clock, executor=executor)
        full_text = FullText(fetcher, workers, clock=clock)
        hubs: Hubs | None = None
        if public_url is not None:
            hubs = await stack.enter_async_context(
                Hubs(
                    HubLedger(database),
                    public_url=public_url,
                    allow_networks=networks,
                    user_agent=agent,
                    clock=clock,
                )
            )
        poller = Poller(database, archive, fetcher, workers, full_text, clock=clock, hubs=hubs)
        context = Context(
            database=database,
            archive=archive,
            pipeline=pipeline,
            fetcher=fetcher,
            parse=partial(_parse, workers),
            page=full_text.page,
            clock=clock,
            executor=executor,
        )
        alerts = Alerts(database, archive, pipeline, clock=clock, executor=executor)
        notices = Notices(database, clock=clock)
        yield Core(
            database, archive, pipeline, poller, alerts, notices, hubs, fetcher, Answers(context), clock
        )
