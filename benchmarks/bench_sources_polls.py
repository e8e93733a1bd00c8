"""Measure polling: whole polls a CPU second, what holds the event loop, and a day of 10,000 feeds.

    python -m benchmarks.bench_sources_polls [same|again|changed|rival|held|soak ...] [--feeds N]
        [--reader PYTHON]

same     A poll that finds nothing new is all that the bot does for it: the due feeds are read from the
         database, the server is asked with the ETag of the last time, and health and next time are stored.
again    A feed that its server sends again as it was, without a word of its being the same.
changed  Whole polls of a feed of twenty new entries, but for the archive, which is another bench's matter:
         asked for, parsed and made to articles in a worker, compared with what is stored, health and next
         time stored. The worker's CPU time counts.
         Then the same with one new entry and nineteen known ones, as most feeds come.
rival    The same polls, and those of the library `reader` in turns with them. It stores entries without an
         index of their words, and so do we here: rows, after a look at what is known of them. Feeds are
         on eight hosts, since it keeps ten connections, and on fifty. Needs a PYTHON that has `reader`;
         the project never does.
held     The same with everything after it: stories, search index, settlement. What holds the event loop?
soak     Intervals and pace of many feeds on a simulated clock.

The server runs in a process of its own, and its work does not count. Hosts are addresses of 127.0.0.0/8, and
nobody waits for their pace. Times are CPU times, since other work on the machine changes all others.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import heapq
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from itertools import pairwise, product
from pathlib import Path

import sqlalchemy as sa

from benchmarks.feed_server import feed as feed_of
from benchmarks.feed_server import serving
from bot import log
from bot.app import calm_collector
from bot.archive.answers import Added
from bot.archive.identity import identities
from bot.clock import ManualClock
from bot.core import Core, open_core
from bot.model.article import Article
from bot.polling import AT_ONCE
from bot.pulse import Pulse
from bot.sources.identity import content_hash
from bot.sources.interval import SHORTEST, Wishes, interval, next_poll
from bot.sources.pace import Pace
from bot.sources.workers import Workers
from bot.store import schema, search_articles
from bot.store.database import Database
from bot.store.search_articles import Owner
from bot.store.together import Together

START = datetime(2026, 5, 12, tzinfo=UTC)
ROUNDS = 8


@asynccontextmanager
async def bot(
    port: int, count: int, hosts: int, ending: str, *, fill: bool = True
) -> AsyncIterator[tuple[Core, ManualClock]]:
    """A bot that follows so many feeds on so many hosts, and knows twenty articles of each.

    Where they are to be filled, it has read each once. Its collector of garbage is calm, as in `run`.
    """
    clock = ManualClock(START)

    async def at_once(_seconds: float) -> None:
        """Wait for no host: the pace is kept by waiting, which costs no CPU time."""

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        async with open_core(url, clock, networks=[ip_network("127.0.0.0/8")], sleep=at_once) as core:
            async with core.database.write() as connection:
                for n in range(count):
                    await connection.execute(sa.insert(schema.feeds), _feed(n, n % hosts, port, ending))
                    await connection.execute(sa.insert(schema.articles), [_article(n, k) for k in range(20)])
            if fill:
                await _round(core, clock, count)
            calm_collector()
            yield core, clock


def _feed(n: int, host: int, port: int, ending: str) -> dict[str, object]:
    """Return the row of a feed; its pages are not read, since there are none."""
    return {
        "id": n + 1,
        "url": f"http://127.0.{host // 250}.{host % 250 + 1}:{port}/{n}{ending}",
        "title": f"Post {n}",
        "shared": True,
        "headline_only": True,
        "etag": '"1"',
        "last_ok_at": START,
        "created_at": START,
        "next_poll_at": START,
    }


def _article(n: int, k: int) -> dict[str, object]:
    """Return the row of an article that the feed had before."""
    when = START - timedelta(hours=3 * k + 1)
    return {
        "article_id": f"old-{n}-{k}",
        "feed_id": n + 1,
        "content_hash": f"{n}-{k}",
        "title": "An old report",
        "text": "",
        "keywords": [],
        "related": [],
        "published_approximate": False,
        "seen_at": when,
        "when_at": when,
        "headline_only": True,
    }


async def _round(core: Core, clock: ManualClock, count: int) -> float:
    """Let every feed come due, read them all, and return the CPU seconds of the reading."""
    clock.advance(timedelta(minutes=5))
    async with core.database.write() as connection:
        await connection.execute(sa.update(schema.feeds).values(next_poll_at=clock.now()))
    begin = time.process_time()
    done = 0
    while reads := await core.poller.poll_due():
        done += len(reads)
    took = time.process_time() - begin
    assert done == count, (done, count)
    return took


async def same(port: int) -> None:
    """Polls that find nothing new: over kept connections, and each over a new one."""
    for hosts in (50, 1_000):
        async with bot(port, 1_000, hosts, "") as (core, clock):
            rates = [1_000 / await _round(core, clock, 1_000) for _ in range(ROUNDS)]
            print(
                f"not modified, 1,000 feeds on {hosts} hosts, {ROUNDS} rounds: {min(rates):.0f} to"
                f" {max(rates):.0f} polls a CPU second, {sorted(rates)[ROUNDS // 2]:.0f} in the middle"
            )


async def again(port: int) -> None:
    """Whole polls of feeds that are sent again as they were."""
    async with bot(port, 250, 50, "/again") as (core, clock):
        rates = [250 / await _round(core, clock, 250) for _ in range(ROUNDS)]
        print(
            f"sent again as it was, {ROUNDS} rounds: {min(rates):.0f} to {max(rates):.0f} polls a CPU second,"
            f" {sorted(rates)[ROUNDS // 2]:.0f} in the middle"
        )


async def changed(port: int) -> None:
    """Whole polls of changed feeds, with a shelf in the archive's place."""
    for ending, new in (("/new", 20), ("/one", 1)):
        await _changed(port, ending, new)


class _Shelf:
    """Takes articles in the archive's place, and makes them known between the rounds."""

    def __init__(self) -> None:
        self.taken: list[tuple[int, Article]] = []

    async def add_of_feeds(self, found: Sequence[tuple[int, Sequence[Article]]]) -> list[Added]:
        self.taken += [(feed_id, one) for feed_id, ones in found for one in ones]
        return [Added(tuple(one.id for one in ones), 0, 0) for _, ones in found]

    async def keep(self, database: Database) -> None:
        """Store what was taken, with as little as that takes."""
        made = [
            _article(feed - 1, 0) | {"article_id": one.id, "content_hash": content_hash(one.title, one.text)}
            for feed, one in self.taken
        ]
        self.taken = []
        async with database.write() as connection:
            await connection.execute(sa.insert(schema.articles), made)


async def _changed(port: int, ending: str, new: int) -> None:
    async with bot(port, 250, 50, ending, fill=False) as (core, clock), Workers() as workers:
        shelf = _Shelf()
        core.poller._intake = Together(shelf.add_of_feeds, most=AT_ONCE)  # noqa: SLF001
        core.poller._workers = workers  # noqa: SLF001
        rates = []
        for number in range(ROUNDS + 2):
            child = await workers.run(time.process_time)
            mine = await _round(core, clock, 250)
            child = await workers.run(time.process_time) - child
            if number > 1:  # the first rounds make the others' entries known
                assert len(shelf.taken) == 250 * new
                rates.append((250 / (mine + child), 250 / mine))
            await shelf.keep(core.database)
        both, alone = sorted(rates)[ROUNDS // 2]
        print(
            f"changed feeds of 20 entries, {new} of them new, and {len(feed_of(1, 1))} bytes, whole polls but"
            f" for the archive: {both:.0f} a CPU second ({max(rates)[0]:.0f} at best), {alone:.0f} of the"
            " bot's own process"
        )


class _Rows:
    """Stores the rows of articles in the archive's place, without words, index and stories."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.stored = 0

    async def add_of_feeds(self, found: Sequence[tuple[int, Sequence[Article]]]) -> list[Added]:
        new = [
            (article, identity, Owner(feed_id))
            for feed_id, ones in found
            for article, identity in zip(ones, identities(ones, of_feed=True), strict=True)
        ]
        async with self._database.write() as connection:
            of_feeds = {feed_id for feed_id, _ in found}
            await search_articles.known(connection, [one for _, one, _ in new], of_feeds=of_feeds)
            await search_articles.insert(connection, new)
        self.stored += len(new)
        return [Added(tuple(one.id for one in ones), 0, 0) for _, ones in found]


async def rival(port: int, python: str) -> None:
    """Ours and `reader` in turns: nothing new, twenty new entries, one new entry."""
    process = await asyncio.create_subprocess_exec(python, "-c", "import reader", stderr=subprocess.DEVNULL)
    if await process.wait():
        print(f"rival: {python} has no library named reader; name one that has with --reader")
        return
    kinds = (("", 500, 0), ("/new", 100, 20), ("/one", 100, 1))
    for hosts, (ending, count, new) in product((8, 50), kinds):
        what = f"20 entries, {new} of them new" if new else "not modified"
        pairs = await _in_turns(port, python, ending, count, new, hosts)
        ours, theirs = sorted(one for one, _ in pairs), sorted(one for _, one in pairs)
        times = sorted(one / other for one, other in pairs)
        middle = len(pairs) // 2
        print(
            f"{what}, {count} feeds on {hosts} hosts, {len(pairs)} rounds in turns, polls a CPU second in the"
            f" middle: ours {ours[middle]:.0f} ({ours[-1]:.0f} at best), reader {theirs[middle]:.0f}"
            f" ({theirs[-1]:.0f}): {times[middle]:.1f} times ({times[0]:.1f} to {times[-1]:.1f})"
        )


async def _in_turns(
    port: int, python: str, ending: str, count: int, new: int, hosts: int
) -> list[tuple[float, float]]:
    """Return the polls a CPU second of ours and of the rival, round by round."""
    pairs = []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(__file__).with_name("rival_reader.py")
        command = [python, script, Path(folder) / "reader.db", port, count, hosts, f"/reader{hosts}{ending}"]
        async with bot(port, count, hosts, ending, fill=False) as (core, clock), Workers() as workers:
            other = await asyncio.create_subprocess_exec(
                *map(str, command), stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            assert other.stdin is not None
            assert other.stdout is not None
            rows = _Rows(core.database)
            core.poller._intake = Together(rows.add_of_feeds, most=AT_ONCE)  # noqa: SLF001
            core.poller._workers = workers  # noqa: SLF001
            for number in range(ROUNDS + 2):
                before, child = rows.stored, await workers.run(time.process_time)
                took = await _round(core, clock, count) - child + await workers.run(time.process_time)
                other.stdin.write(b"\n")
                seconds, found = (await other.stdout.readline()).split()
                if number > 1:  # the first rounds make the others' entries known
                    assert (rows.stored - before, int(found)) == (new * count, new * count)
                    pairs.append((count / took, count / float(seconds)))
            other.stdin.close()
            await other.wait()
    return pairs


async def held(port: int) -> None:
    """What holds the event loop while 1,000 feeds with 20 new entries each are read, everything included.

    Counted is the CPU time of each callback, which other work on the machine does not change, and that of
    each pause of the garbage collector, which holds the loop in whichever thread it happens.
    """
    callbacks: list[float] = []
    pauses: list[float] = []
    run = asyncio.Handle._run  # noqa: SLF001 - the one place that all callbacks go through

    def timed(handle: asyncio.Handle) -> None:
        begin = time.thread_time()
        run(handle)
        callbacks.append(time.thread_time() - begin)

    def paused(phase: str, _info: dict[str, int]) -> None:
        pauses.append(time.thread_time() if phase == "start" else time.thread_time() - pauses.pop())

    async with bot(port, 1_000, 1_000, "/new") as (core, clock):
        asyncio.Handle._run = timed  # type: ignore[method-assign, assignment]  # noqa: SLF001
        gc.callbacks.append(paused)
        pulse = Pulse()
        watch = asyncio.ensure_future(pulse.run())
        took = await _round(core, clock, 1_000)
        watch.cancel()
        gc.callbacks.remove(paused)
        asyncio.Handle._run = run  # type: ignore[method-assign]  # noqa: SLF001
        print(
            f"1,000 changed feeds, all included: {1_000 / took:.0f} a CPU second; longest callback"
            f" {1000 * max(callbacks):.0f} ms of {len(callbacks)}, longest pause of the collector"
            f" {1000 * max(pauses):.0f} ms of {len(pauses)}; latest beat of the clock, other work included:"
            f" {1000 * pulse.longest_s:.0f} ms"
        )


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
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--feeds", type=int, default=10_000, help="for the day")
    parser.add_argument("--reader", default=sys.executable, metavar="PYTHON", help="for the rival")
    args = parser.parse_args()
    log.configure("warning", "text")
    parts = {part.__name__: part for part in (same, again, changed, held)}
    with serving() as port:
        for name in args.parts or [*parts, "rival", "soak"]:
            if name == "rival":
                asyncio.run(rival(port, args.reader))
            elif name != "soak":
                asyncio.run(parts[name](port))
    if not args.parts or "soak" in args.parts:
        soak(args.feeds)


if __name__ == "__main__":
    main()
