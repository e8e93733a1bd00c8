"""The composition root: builds everything, starts it, and stops it in order."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

from aiohttp import web
from pydantic import SecretStr

from bot import log
from bot.clock import Clock, SystemClock
from bot.config import ConfigError, Settings, token_variables
from bot.core import Core, open_core
from bot.delivery.outbox import LEASE_S, Outbox
from bot.delivery.port import Answer, Platform
from bot.health import push_routes, serving
from bot.lock import glimpse, sole
from bot.model.delivery import JSON
from bot.pulse import Pulse
from bot.schedule import ticking
from bot.sources.hubs import Hubs
from bot.store import notes, safekeeping
from bot.store import outbox as outbox_store
from bot.store.database import sqlite_path
from bot.store.merging import merge_index
from bot.store.silent import end_silent

DUE_TICK_S = 5.0
"""How often due digests are looked for; a digest is at most this late."""

SEND_TICK_S = 1.0
POLL_TICK_S = 10.0
RESTART_FIRST_S = 1.0
RESTART_LONGEST_S = 60.0

SETTLED_S = 30.0
"""Work that was started again and has not failed for so long is well."""

TIDY_AFTER_S = 1800.0
"""How long after the copy the search index is tidied: what waited for the start is done by then."""

SILENT_S = 10.0
"""How often it is looked, on a server, whether another bot stands still in the middle of a statement."""

BACKUP_S = 86_400.0
"""The database file is copied at the start and then once a day."""

_log = log.get(__name__)


class App:
    """The running bot.

    Attributes:
        platforms: those that have a token.
    """

    def __init__(
        self, core: Core, platforms: Sequence[Platform], *, news: str = "", lease_s: float = LEASE_S
    ) -> None:
        """Build what runs.

        Args:
            core: the open rooms.
            platforms: those that have a token.
            news: what was done to the database at the start, for whoever looks after the bot.
            lease_s: how long a claim on a message holds, in seconds.
        """
        self.platforms = platforms
        self._core = core
        self._news = news
        owner = f"{socket.gethostname()}-{os.getpid()}"
        self._outboxes = [
            Outbox(
                core.database,
                platform,
                clock=core.clock,
                owner=f"{owner}-{platform.name}",
                lease_s=lease_s,
            )
            for platform in platforms
        ]
        self._pulse = Pulse()
        self._due = asyncio.Event()
        self._poll = asyncio.Event()
        self._ask = asyncio.Event()
        self._stop = asyncio.Event()
        self._refused: dict[str, str] = {}
        self._troubles: dict[str, str] = {}

    def stop(self) -> None:
        """Have the bot finish what is on its way and end."""
        self._stop.set()

    def report(self) -> dict[str, JSON]:
        """Return the state of the bot for health checks.

        A database that was mended is named among the troubles until the next start, and is well all the same.
        """
        troubles: dict[str, JSON] = {**self._troubles, **self._refused}
        ok = not troubles
        if self._news:
            troubles["database"] = self._news
        return {"ok": ok, "platforms": [p.name for p in self.platforms], "troubles": troubles}

    async def run(self) -> None:
        """Run until stopped.

        Raises:
            ConfigError: no platform lets the bot in, so that there is nothing to do.
        """
        ticks = {
            "due": (DUE_TICK_S, self._due.set),
            "poll": (POLL_TICK_S, self._poll.set),
            "hubs": (POLL_TICK_S, self._ask.set),
        } | {f"send-{place}": (SEND_TICK_S, box.wake) for place, box in enumerate(self._outboxes)}
        async with asyncio.TaskGroup() as group:
            with ticking(ticks):
                senders = [group.create_task(self._kept("outbox", box.run)) for box in self._outboxes]
                others = [
                    group.create_task(self._kept("composing digests", self._compose)),
                    group.create_task(self._kept("reading feeds", self._read)),
                    group.create_task(self._kept("measuring the event loop", self._pulse.run)),
                    *(group.create_task(self._listen(platform)) for platform in self.platforms),
                ]
                if self._core.hubs is not None:
                    hubs = self._core.hubs
                    others.append(group.create_task(self._kept("asking hubs", lambda: self._ask_hubs(hubs))))
                if self._core.database.path is not None:
                    others.append(group.create_task(self._kept("backup", self._back_up)))
                else:
                    others.append(group.create_task(self._kept("looking after sessions", self._look_after)))
                await self._stop.wait()
            _log.info("stopping")
            for task in others:
                task.cancel()
            for box in self._outboxes:
                box.stop()
            await asyncio.wait(senders)
        if len(self._refused) == len(self.platforms):
            raise ConfigError(list(self._refused.values()))

    async def _compose(self) -> None:
        """At every tick, decide on the slots and alerts that are due, and wake the outboxes."""
        renders = {platform.name: platform.render for platform in self.platforms}
        while True:
            digests = await self._core.pipeline.enqueue_due(renders)
            alerts = await self._core.alerts.enqueue_due(renders)
            notices = await self._core.notices.enqueue_due(renders)
            if digests or alerts or notices:
                for box in self._outboxes:
                    box.wake()
            await self._due.wait()
            self._due.clear()

    async def _read(self) -> None:
        """At every tick, read the feeds whose time has come; a slow one holds up no other."""
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self._core.poller.poll_due())
                await self._poll.wait()
                self._poll.clear()

    async def _ask_hubs(self, hubs: Hubs) -> None:
        """At every tick, ask hubs for subscriptions that are due."""
        while True:
            await hubs.ask_due()
            await self._ask.wait()
            self._ask.clear()

    async def _back_up(self) -> None:
        """Once a day, copy the database file, so that a damaged one can be replaced; later tidy its index."""
        path = self._core.database.path
        while path is not None:
            await asyncio.to_thread(safekeeping.copy, path, safekeeping.backup_of(path))
            _log.info("database copied", to=str(safekeeping.backup_of(path)))
            await asyncio.sleep(TIDY_AFTER_S)
            if await merge_index(self._core.database):
                _log.info("search index merged")
            await asyncio.sleep(BACKUP_S - TIDY_AFTER_S)

    async def _look_after(self) -> None:
        """On a server, end what a bot that stands still holds back from the others."""
        while True:
            ended = await end_silent(self._core.database)
            if ended:
                _log.warning("a bot stands still; what it held in the database was let go", sessions=ended)
            await asyncio.sleep(SILENT_S)

    async def _listen(self, platform: Platform) -> None:
        """Keep one platform connected; one that refuses us for good leaves the others running."""
        from bot.platforms.discord.app import DiscordRefusedError
        from bot.platforms.slack.faults import SlackRefusedError

        try:
            await self._kept(platform.name, platform.run, (DiscordRefusedError, SlackRefusedError))
        except (DiscordRefusedError, SlackRefusedError) as error:
            self._refused[platform.name] = str(error)
            _log.error("this platform does not let us in", platform=platform.name, why=str(error))
            if len(self._refused) == len(self.platforms):
                self.stop()

    async def _kept(
        self, name: str, work: Callable[[], Awaitable[None]], fatal: tuple[type[Exception], ...] = ()
    ) -> None:
        """Do work that should not end; when it fails, say so and start it again, ever more slowly."""
        wait_s = RESTART_FIRST_S
        loop = asyncio.get_running_loop()
        while not self._stop.is_set():
            settled = loop.call_later(SETTLED_S, self._troubles.pop, name, None)
            begun = loop.time()
            try:
                await work()
            except fatal:
                raise
            except Exception as error:  # noqa: BLE001 - whatever fails in one room must not take down the others
                self._troubles[name] = f"{type(error).__name__}: {error}"
                _log.error("failed, to be started again", what=name, wait_s=wait_s, exc_info=error)
            else:
                self._troubles.pop(name, None)
                if self._stop.is_set():
                    return
            finally:
                settled.cancel()
            if loop.time() - begun > SETTLED_S:
                wait_s = RESTART_FIRST_S
            try:
                async with asyncio.timeout(wait_s):
                    await self._stop.wait()
            except TimeoutError:
                wait_s = min(wait_s * 2, RESTART_LONGEST_S)


def platforms_of(
    settings: Settings, answer: Answer, clock: Clock
) -> tuple[tuple[Platform, ...], list[web.RouteDef]]:
    """Build the platforms that have a token, with what the HTTP server must serve for them."""
    found: list[Platform] = []
    routes: list[web.RouteDef] = []
    if settings.slack_bot_token is not None:
        from bot.platforms.slack.app import SlackPlatform

        slack = SlackPlatform(
            bot_token=settings.slack_bot_token.get_secret_value(),
            app_token=_plain(settings.slack_app_token),
            signing_secret=_plain(settings.slack_signing_secret),
            mode=settings.slack_mode,
            api_url=settings.slack_api_url,
            answer=answer,
            clock=clock,
        )
        found.append(slack)
        routes += slack.routes()
    if settings.discord_token is not None:
        from bot.platforms.discord.app import DiscordPlatform

        found.append(
            DiscordPlatform(
                token=settings.discord_token.get_secret_value(),
                api_url=settings.discord_api_url,
                proxy=settings.discord_proxy,
                answer=answer,
                clock=clock,
            )
        )
    return tuple(found), routes


def _plain(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None


def check_tokens(settings: Settings) -> None:
    """Refuse to run without any platform.

    Raises:
        ConfigError: no platform has a token.
    """
    if settings.slack_bot_token is None and settings.discord_token is None:
        variables = ", or ".join(token_variables())
        raise ConfigError([f"No platform has a token: set {variables}; see .env.example and README.md"])


@asynccontextmanager
async def open_settings(settings: Settings, clock: Clock) -> AsyncIterator[Core]:
    """Open the rooms below the platforms as the settings say, for a command of the shell."""
    path = sqlite_path(settings.store_url)
    if path is not None:
        _look_after(path, clock)
    try:
        async with _rooms(settings, clock) as core:
            yield core
    finally:
        if path is not None:
            with glimpse(path) as hold:
                if hold is not None:
                    hold.closed()


def calm_collector() -> None:
    """Have Python's garbage collector leave alone what was built at the start, and come by less often.

    It stops every thread while it walks through all objects, and a program with its libraries has half a
    million: such a walk in the middle of a morning's digests held the event loop up for 150 ms and more. What
    is made afterwards is still looked through, after ten thousand new objects instead of seven hundred.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def _look_after(path: Path, clock: Clock) -> None:
    """When the last bot died, see that its writes are there before our closing tidies them into the file."""
    with glimpse(path) as hold:
        if hold is not None and hold.died and path.exists():
            gap = safekeeping.bridge(path, clock.now())
            if gap is not None:
                _log.warning("the database was mended", what=gap.words)


def _rooms(settings: Settings, clock: Clock) -> AbstractAsyncContextManager[Core]:
    return open_core(
        settings.store_url,
        clock,
        networks=settings.fetch_allow_networks,
        contact=settings.fetch_contact or settings.public_url,
        public_url=settings.public_url,
    )


async def run(settings: Settings, clock: Clock | None = None, *, lease_s: float = LEASE_S) -> None:
    """Run the bot until SIGTERM or SIGINT.

    Args:
        settings: what the environment says.
        clock: tells the time; the machine's by default.
        lease_s: how long a claim on a message holds, in seconds.

    Raises:
        ConfigError: no platform has a token, none lets us in, or the HTTP port is taken.
        AlreadyRunningError: another process runs on the same file.
        DatabaseError: the store cannot be used.
    """
    check_tokens(settings)
    used = clock or SystemClock()
    path = sqlite_path(settings.store_url)
    async with AsyncExitStack() as stack:
        hold = stack.enter_context(sole(path))
        mended = None
        if path is not None:
            mended = await asyncio.to_thread(safekeeping.mend, path, used.now(), died=hold.died)
        if mended is not None:
            _log.error("the database was mended", what=mended.words)
            hold.closed()
        stack.callback(hold.closed)  # called after the rooms below are closed, and not when we die
        core = await stack.enter_async_context(_rooms(settings, used))
        platforms, routes = platforms_of(settings, core.answers, used)
        if core.hubs is not None:
            routes += push_routes(core.hubs)
        for platform in platforms:
            stack.push_async_callback(platform.close)
        app = App(core, platforms, news=mended.words if mended else "", lease_s=lease_s)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, app.stop)
        try:
            port = await stack.enter_async_context(
                serving(settings.http_host, settings.http_port, app.report, routes)
            )
        except OSError as error:
            place = f"{settings.http_host}:{settings.http_port}"
            raise ConfigError([f"HTTP_PORT: cannot listen on {place}: {error.strerror}"]) from error
        if path is not None:
            async with core.database.write() as connection:
                # This write is in the log beside the file, so that a log that is lost will be missed.
                await notes.count_start(connection)
                # We hold the file's lock, so whoever held these claims is gone.
                await outbox_store.release(connection)
            hold.opened()
        calm_collector()
        health = f"http://{settings.http_host}:{port}/healthz"
        _log.info("running", platforms=[platform.name for platform in platforms], health=health)
        await app.run()
