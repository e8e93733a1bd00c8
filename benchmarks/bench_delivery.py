"""Measure a busy minute: a thousand channels due at once, and one digest out of five thousand articles.

    python benchmarks/bench_delivery.py [--channels 1000] [--articles 5000]

The bot is the real program in a process of its own, with SQLite, beside the fake Slack and the fake Discord
of the tests in this process. Half of the channels are on each, in ten workspaces each; all are due at one
minute. Articles are made up from a seed. Lateness is from the hour until the record of the last part. The
longest block of the event loop is the bot's own measure.
Results go to standard output and to benchmarks/results/delivery.md.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import resource
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import aiohttp

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.newspapers import articles  # noqa: E402 - the project is found by the line above
from bot.app import calm_collector  # noqa: E402 - (the same)
from bot.clock import SystemClock  # noqa: E402 - (the same)
from bot.core import Core, open_core  # noqa: E402 - (the same)
from bot.model.channel import Channel, Schedule  # noqa: E402 - (the same)
from bot.pulse import Pulse  # noqa: E402 - (the same)
from bot.store import channels  # noqa: E402 - (the same)
from tests.fakes.discord_server import FakeDiscord  # noqa: E402 - (the same)
from tests.fakes.slack import FakeSlack  # noqa: E402 - (the same)
from tests.scenario.kills import Life, environment, life, until  # noqa: E402 - (the same)

RESULTS = Path(__file__).parent / "results" / "delivery.md"
WORKSPACES = 10
LATE_BAR_S, BLOCK_BAR_S, COMPOSE_BAR_S = 30.0, 0.1, 1.0
BATCH = 500
LEAD_S = 25.0
"""The bot starts at least so long before the hour."""


@dataclass(frozen=True)
class Minute:
    """What a busy minute looked like.

    Attributes:
        late: of each digest in order, seconds from its hour until its last part was recorded.
        block: the longest block of the event loop, in seconds.
        doubled: messages beyond one digest a channel.
        cpu_s: processor time of the bot from its start to its end, in seconds.
    """

    late: list[float]
    block: float
    doubled: int
    cpu_s: float

    def share(self, part: float) -> float:
        """Return the lateness within which a share of the digests came, in seconds."""
        return self.late[min(len(self.late) - 1, int(len(self.late) * part))]


async def fill(core: Core, number: int, now: datetime) -> float:
    """Store articles; return how long it took, in seconds."""
    begun = time.perf_counter()
    made = list(articles(number, now))
    for start in range(0, number, BATCH):
        await core.archive.add(made[start : start + BATCH])
    return time.perf_counter() - begun


async def compose(core: Core, now: datetime) -> tuple[float, float, float]:
    """Compose a digest five times; return the median time, processor time and longest block, in seconds."""
    place = Channel(id=0, platform="slack", workspace="W0", address="x", name="news")
    calm_collector()  # as the bot does at its start
    pulse, times, cpu = Pulse(), [], []
    async with asyncio.TaskGroup() as group:
        task = group.create_task(pulse.run())
        for _ in range(5):
            begun, begun_cpu = time.perf_counter(), time.process_time()
            await core.pipeline.preview(place, "UTC", now)
            times.append(time.perf_counter() - begun)
            cpu.append(time.process_time() - begun_cpu)
        task.cancel()
    return median(times), median(cpu), pulse.longest_s


async def owe(core: Core, platform: str, addresses: list[str], due: datetime) -> None:
    """Have channels owe a digest at a moment."""
    for number, address in enumerate(addresses):
        async with core.database.write() as connection:
            place = await channels.save_channel(
                connection,
                platform=platform,
                workspace=f"W{number * WORKSPACES // len(addresses)}",
                address=address,
                name=f"news-{number}",
                now=due - timedelta(hours=9),
            )
            plan = Schedule(
                id=0, channel_id=place.id, at=due.time(), zone="UTC", since=due - timedelta(hours=9)
            )
            await channels.save_schedule(connection, plan)


async def longest_block(bot: Life) -> float:
    """Ask the bot for the longest block of its event loop in the last minute, in seconds."""
    address = re.search(r'"health": "([^"]+)/healthz"', "".join(bot.lines))
    if address is None:
        raise LookupError("the bot names no address")
    async with aiohttp.ClientSession() as session, session.get(f"{address[1]}/metrics") as answer:
        found = re.search(r"^nutgraf_event_loop_lag_seconds (\S+)", await answer.text(), re.MULTILINE)
    return float(found[1]) if found else 0.0


async def minute(home: Path, number: int, count: int) -> tuple[Minute, float, tuple[float, float, float]]:
    """Run a bot through a busy minute; return it, how long storing took, and what `compose` says."""
    async with FakeSlack() as slack, FakeDiscord() as discord:
        rooms = [slack.add_channel().id for _ in range(number // 2)]
        guild = discord.add_guild()
        places = [discord.add_channel(guild) for _ in range(number - number // 2)]
        async with open_core(f"sqlite+aiosqlite:///{home / 'nutgraf.db'}", SystemClock()) as core:
            now = datetime.now(UTC)
            stored_s = await fill(core, count, now)
            composing = await compose(core, datetime.now(UTC))
            due = (datetime.now(UTC) + timedelta(seconds=LEAD_S + 60)).replace(second=0, microsecond=0)
            await owe(core, "slack", rooms, due)
            await owe(core, "discord", [place.id for place in places], due)

        def posted() -> int:
            return sum(bool(slack.posted(room)) for room in rooms) + sum(bool(p.messages) for p in places)

        block = 0.0
        before = children_s()
        async with life(environment(home, slack, discord)) as bot:
            await bot.until('"running"')
            while not await until(lambda: posted() == number, within_s=15):
                block = max(block, await longest_block(bot)) if datetime.now(UTC) > due else block
                if datetime.now(UTC) > due + timedelta(minutes=10):
                    break
            await asyncio.sleep(5)  # the last parts and their records
            block = max(block, await longest_block(bot))
    cpu_s = children_s() - before
    with closing(sqlite3.connect(home / "nutgraf.db")) as connection:
        rows = connection.execute(
            "SELECT max(sent_at) - min(due_at), count(*) = sum(state = 'sent') FROM deliveries"
            " GROUP BY slot_id"
        ).fetchall()
        parts = connection.execute("SELECT count(*) FROM deliveries").fetchone()[0]
    if len(rows) != number or not all(whole for _, whole in rows):
        raise SystemExit(f"{number - len(rows)} digests are missing")
    messages = sum(len(slack.posted(room)) for room in rooms) + sum(len(p.messages) for p in places)
    late = sorted(late / 1000 for late, _ in rows)
    return Minute(late, block, messages - parts, cpu_s), stored_s, composing


def children_s() -> float:
    """Return the processor time of the children that ended so far, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(description="A busy minute.")
    parser.add_argument("--channels", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=5000)
    given = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        seen, stored_s, (composed_s, composed_cpu_s, block_s) = asyncio.run(
            minute(Path(folder), given.channels, given.articles)
        )
    block_bar = f"{BLOCK_BAR_S * 1000:.0f} ms"
    setting = (
        f"`make bench`, {datetime.now(UTC).date()}: {given.channels} channels due at one minute on the fake "
        f"Slack and the fake Discord, {given.articles} articles of the day, SQLite, one process. "
        f"{os.cpu_count()} processors, shared with the fakes and other work; load {load:.1f} before the run "
        f"and {os.getloadavg()[0]:.1f} after it."
    )
    rows = [
        ("lateness of the median digest", f"{seen.share(0.5):.1f} s", ""),
        ("lateness at 99 %", f"{seen.share(0.99):.1f} s", f"{LATE_BAR_S:.0f} s"),
        ("lateness of the last digest", f"{seen.late[-1]:.1f} s", ""),
        (
            "processor time of the bot, its start and the reading of the day included",
            f"{seen.cpu_s:.1f} s",
            "",
        ),
        ("messages doubled", str(seen.doubled), "0"),
        ("longest block of the event loop in the minute", f"{seen.block * 1000:.0f} ms", block_bar),
        ("one digest from all articles, median of 5", f"{composed_s:.2f} s", f"{COMPOSE_BAR_S:.0f} s"),
        ("the same in processor time", f"{composed_cpu_s:.2f} s", f"{COMPOSE_BAR_S:.0f} s"),
        ("longest block of the event loop meanwhile", f"{block_s * 1000:.0f} ms", block_bar),
        ("articles stored and grouped a second", f"{given.articles / stored_s:.0f}", ""),
    ]
    lines = ["# A busy minute", "", setting, "", "| measure | value | bar |", "|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    print("\n".join(lines))
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
