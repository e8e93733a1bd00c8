"""A running bot in a process of its own, beside a fake Slack and a fake Discord, to be killed at will."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import open_settings
from bot.clock import SystemClock
from bot.config import Settings
from bot.core import open_core
from bot.model.article import Article
from bot.model.channel import Schedule
from bot.store import channels
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.slack import FakeSlack

ROOT = Path(__file__).parents[2]
START_LIMIT_S = 60.0
LOG_BYTES = 32 * 1024 * 1024
"""Of a life's log kept unread; were the pipe full, the bot would wait for us with every line."""


def environment(home: Path, slack: FakeSlack | None, discord: FakeDiscord | None) -> dict[str, str]:
    """Return the environment of a bot that knows these two and nothing else."""
    found = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "NUTGRAF_HOME": str(home),
        "HTTP_PORT": "0",
        "PYTHONPATH": str(ROOT),
        "LOG_FORMAT": "json",
    }
    if slack is not None:
        found |= {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
        }
    if discord is not None:
        found |= {"DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url}
    return found


async def shell(env: Mapping[str, str], *words: str) -> tuple[int, str, str]:
    """Run a command of the shell to its end; return its exit code and what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        env=dict(env),
        cwd=env["HOME"],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), START_LIMIT_S)
    return process.returncode or 0, out.decode(), err.decode()


class Life:
    """One life of the bot, from its start to its death."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []

    async def until(self, event: str) -> None:
        """Wait for a line of the log that holds these words."""
        if self.process.stderr is None:
            raise AssertionError("the log is not piped")
        async with asyncio.timeout(START_LIMIT_S):
            while line := await self.process.stderr.readline():
                self.lines.append(line.decode())
                if event in self.lines[-1]:
                    return
        raise AssertionError(f"the bot ended before it said “{event}”:\n{''.join(self.lines[-20:])}")

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; return the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        _, rest = await asyncio.wait_for(self.process.communicate(), START_LIMIT_S)
        self.lines.append(rest.decode())
        return self.process.returncode or 0


@asynccontextmanager
async def life(env: Mapping[str, str], words: Sequence[str] = ("bot", "run")) -> AsyncIterator[Life]:
    """Start the bot, or another program's module; killed at the end of the block if it still lives."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *words,
        env=dict(env),
        cwd=env["HOME"],
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        limit=LOG_BYTES,
    )
    one = Life(process)
    try:
        yield one
    finally:
        await one.end(signal.SIGKILL)


async def until(true: Callable[[], bool], within_s: float) -> bool:
    """Wait until something is true of the other process's doings; False when that takes too long."""
    try:
        async with asyncio.timeout(within_s):
            while not true():  # noqa: ASYNC110 - two fakes and a process: no one event tells
                await asyncio.sleep(0.01)
    except TimeoutError:
        return False
    return True


def write_articles(path: Path, number: int = 6) -> None:
    """Write articles of this hour, each on an event of its own."""
    now = datetime.now(UTC)  # noqa: TID251 - the bot in its own process goes by the machine's clock
    subjects = ("harbour", "bridge", "library", "orchard", "observatory", "tramway", "museum", "quarry")
    with path.open("w", encoding="utf-8") as file:
        for place in range(number):
            subject = subjects[place % len(subjects)]
            row = {
                "id": f"a{place}",
                "url": f"https://post{place}.example/{subject}",
                "title": f"The {subject} opens after {place + 3} years of work",
                "text": f"The town of Velm opened its {subject} on Tuesday after {place + 3} years of work.\n"
                f"The {subject} cost {place + 11} million crowns, the council said.",
                "published_at": (now - timedelta(minutes=place + 1)).isoformat(),
                "source": f"Post {place}",
            }
            file.write(json.dumps(row) + "\n")


async def stock(database_url: str) -> None:
    """Put articles of this hour into a store that no bot has open yet."""
    now = SystemClock().now()
    found = [
        Article(
            id=f"a{place}",
            title=f"The {subject} opens after {place + 3} years of work",
            text=f"The town of Velm opened its {subject} on Tuesday after {place + 3} years of work.",
            seen_at=now,
            published_at=now - timedelta(minutes=place + 1),
            source=f"Post {place}",
        )
        for place, subject in enumerate(("harbour", "bridge", "library", "orchard", "tramway", "quarry"))
    ]
    async with open_core(database_url, SystemClock()) as core:
        await core.archive.add(found)


async def due_channels(
    home: Path, platform: str, addresses: list[str], database_url: str | None = None
) -> None:
    """Have each channel owe a digest of the present minute, in the store that the bot will find.

    The home of a bot that was killed is opened as a command of the shell opens it.
    """
    now = datetime.now(UTC)  # noqa: TID251 - the bot in its own process goes by the machine's clock
    due = now - timedelta(minutes=1)
    clock = SystemClock()
    opened = (
        open_core(database_url, clock) if database_url else open_settings(Settings(nutgraf_home=home), clock)
    )
    async with opened as core:
        for address in addresses:
            async with core.database.write() as connection:
                place = await channels.save_channel(
                    connection, platform=platform, workspace="W", address=address, name=address, now=now
                )
                plan = Schedule(
                    id=0,
                    channel_id=place.id,
                    at=due.time().replace(second=0, microsecond=0),
                    zone="UTC",
                    since=due - timedelta(minutes=5),
                )
                await channels.save_schedule(connection, plan)
