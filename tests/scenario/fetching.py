"""A fetcher for tests: it may read the loopback, and waits by moving the clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from ipaddress import ip_network

from bot.clock import ManualClock
from bot.sources.fetch import Fetcher
from bot.sources.guard import Network
from tests.fakes.names import Names

LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"),)


@asynccontextmanager
async def fetching(
    clock: ManualClock,
    *,
    networks: tuple[Network, ...] = LOOPBACK,
    names: Names | None = None,
    waits: list[float] | None = None,
    total_s: float = 10.0,
    max_bytes: int = 100_000,
) -> AsyncIterator[Fetcher]:
    """Open a fetcher; its waits are noted in seconds."""

    async def wait(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))
        if waits is not None:
            waits.append(seconds)

    fetcher = Fetcher(
        user_agent="nutgraf-tests/1 (+https://example.org/bot)",
        allow_networks=networks,
        clock=clock,
        max_bytes=max_bytes,
        total_s=total_s,
        sleep=wait,
        resolver=names,
    )
    async with fetcher:
        yield fetcher
