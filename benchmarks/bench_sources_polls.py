"""Measure polling: requests a CPU second over loopback, and a day of 10,000 feeds on a simulated clock.

python benchmarks/bench_sources_polls.py [--feeds N]

The server runs in a process of its own; only the client's CPU counts.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import multiprocessing
import random
import resource
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from itertools import pairwise
from multiprocessing.connection import Connection

from bot.clock import SystemClock
from bot.sources.answer import Validators
from bot.sources.fetch import Fetcher
from bot.sources.interval import SHORTEST, Wishes, interval, next_poll
from bot.sources.pace import Pace

START = datetime(2026, 5, 12, tzinfo=UTC)
ANSWER = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nConnection: keep-alive\r\n\r\n'


def serve(pipe: Connection) -> None:
    """Answer "not modified" to everything, on a port that is told through the pipe."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(ANSWER)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


async def polls(port: int, count: int) -> None:
    """Ask many times, a thousand at once; also note the longest time that the loop was held."""
    held = 0.0
    done = asyncio.Event()

    async def watch() -> None:
        nonlocal held
        while not done.is_set():
            begin = time.perf_counter()
            await asyncio.sleep(0.001)
            held = max(held, time.perf_counter() - begin - 0.001)

    async def ask(fetcher: Fetcher, numbers: list[int]) -> None:
        for n in numbers:
            got = await fetcher.get(f"http://127.0.0.1:{port}/{n}", Validators('"1"'))
            assert got.status == "not_modified", got

    fetcher = Fetcher(
        user_agent="bench/1", allow_networks=[ip_network("127.0.0.0/8")], clock=SystemClock(), gap_s=0
    )
    async with fetcher:
        begin = time.process_time()
        async with asyncio.TaskGroup() as group:
            group.create_task(watch())
            async with asyncio.TaskGroup() as askers:
                for first in range(64):
                    askers.create_task(ask(fetcher, list(range(first, count, 64))))
            done.set()
        took = time.process_time() - begin
    print(f"{count} answers 'not modified': {count / took:.0f} a CPU second")
    print(f"the loop was held {1000 * held:.0f} ms at most")


def soak(feeds: int) -> None:
    """Poll feeds of every rhythm for a day; check the intervals and the pace of each host."""
    chance = random.Random(5)
    pace = Pace(1.0)
    hosts = [f"host{int(feeds / 5 * chance.random() ** 2)}" for _ in range(feeds)]
    gaps = [timedelta(minutes=min(60_000.0, 5 * chance.paretovariate(0.4))) for _ in range(feeds)]
    queue = [(START + chance.random() * SHORTEST, n) for n in range(feeds)]
    heapq.heapify(queue)
    asked: dict[str, list[datetime]] = defaultdict(list)
    wrong = total = late = 0
    while queue and queue[0][0] < START + timedelta(days=1):
        due, n = heapq.heappop(queue)
        wait = pace.reserve(hosts[n], due, patience_s=60)
        if wait > 60:
            late += 1
            heapq.heappush(queue, (due + timedelta(seconds=wait), n))
            continue
        now = due + timedelta(seconds=wait)
        asked[hosts[n]].append(now)
        appeared = [START + gaps[n] * (int((now - START) / gaps[n]) - k) for k in range(20)]
        length = interval(appeared, now, wishes=Wishes())
        when = next_poll(appeared, now, seed=str(n))
        total += 1
        wrong += not 0.9 * length <= when - now <= 1.1 * length
        heapq.heappush(queue, (when, n))
    fast = sum(b - a < timedelta(seconds=1) for times in asked.values() for a, b in pairwise(times))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{feeds} feeds on {len(asked)} hosts, a day: {total} polls, {wrong} off their interval by more "
        f"than 10 %, {fast} above a host's pace, {late} put off by a crowded host, {memory:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=10_000)
    args = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    asyncio.run(polls(ours.recv(), 10_000))
    server.terminate()
    soak(args.feeds)


if __name__ == "__main__":
    main()
