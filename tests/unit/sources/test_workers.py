from __future__ import annotations

import asyncio
import os
import signal

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
