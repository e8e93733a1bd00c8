from __future__ import annotations

import asyncio
import os
import signal
import sys

import pytest

from bot.sources.errors import SourceError
from bot.sources.feed import parse_feed
from bot.sources.workers import Workers
from tests.unit.sources.feeds import item, rss


def spin() -> None:
    while True:
        pass


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def gorge() -> int:
    return len(bytearray(3_000_000_000))


def blunder() -> None:
    sys.stderr = None  # the trace is for the log, not for whoever runs the tests
    raise LookupError


def much(megabytes: int, sent: bytes) -> bytes:
    return sent + b"x" * (megabytes * 1_000_000)


async def test_large_messages_travel_both_ways() -> None:
    async with Workers() as workers:
        assert len(await workers.run(much, 5, b"y" * 3_000_000)) == 8_000_000


async def test_one_document_that_breaks_its_worker_costs_the_others_nothing() -> None:
    async with Workers(2, limit_s=5) as workers:
        jobs = (workers.run(die), workers.run(blunder), *(workers.run(os.getpid) for _ in range(6)))
        done = await asyncio.gather(*jobs, return_exceptions=True)
        assert [type(result) for result in done] == [SourceError, SourceError, *[int] * 6]


async def test_a_job_that_is_given_up_ends_its_worker() -> None:
    async with Workers(limit_s=5) as workers:
        first = await workers.run(os.getpid)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await workers.run(spin)
        assert await workers.run(os.getpid) != first


async def test_work_is_done_elsewhere_and_faults_come_back() -> None:
    async with Workers(limit_s=0.3) as workers:
        feed = await workers.run(parse_feed, rss(item(1)).encode(), base_url="https://post.example/")
        assert feed.entries[0].title == "Story 1"
        assert await workers.run(os.getpid) != os.getpid()
        with pytest.raises(SourceError) as caught:
            await workers.run(parse_feed, b"<html>")
        assert (caught.value.what, bool(caught.value.next)) == ("This is a web page.", True)
        with pytest.raises(SourceError, match="too long"):
            await workers.run(spin)
        with pytest.raises(SourceError, match="too much memory"):
            await workers.run(gorge)
        with pytest.raises(SourceError, match="within the limits"):
            await workers.run(die)
        again = await asyncio.gather(*(workers.run(parse_feed, rss(item(n)).encode()) for n in range(5)))
        assert [feed.entries[0].title for feed in again] == [f"Story {n}" for n in range(5)]
