"""What servers ask for is kept: a new address once it has repeated, a wait however it is written."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.utils import format_datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.core import Core, open_core
from bot.model.view import SourceState
from bot.store import feeds
from tests.conftest import MORNING
from tests.fakes.web_server import Answer, WebServer

FEED = Answer(
    body=b"<rss version='2.0'><channel><title>Post</title><item><title>One</title></item></channel></rss>"
)
IN_TWO_HOURS = format_datetime(MORNING + timedelta(hours=2), usegmt=True)
LAST_YEAR = format_datetime(MORNING - timedelta(days=365), usegmt=True)


@asynccontextmanager
async def reading(tmp_path: Path, clock: ManualClock) -> AsyncIterator[tuple[WebServer, Core]]:
    """A site whose feed the bot reads."""
    async with WebServer() as site:

        async def wait(seconds: float) -> None:
            clock.advance(timedelta(seconds=seconds))

        url = f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}"
        async with open_core(url, clock, networks=[ip_network("127.0.0.0/8")], sleep=wait) as core:
            async with core.database.write() as connection:
                await feeds.add_feed(
                    connection, site.route("/feed", FEED), title=None, scope=None, now=clock.now()
                )
            yield site, core


async def state(core: Core) -> SourceState:
    async with core.database.read() as connection:
        (found,) = await feeds.feed_states(connection, None)
    return found


async def test_a_new_address_is_believed_when_it_has_repeated(tmp_path: Path, clock: ManualClock) -> None:
    async with reading(tmp_path, clock) as (site, core):
        new = site.route("/new", FEED)
        for number in range(1, 4):
            site.route("/feed", Answer(status=301, headers={"Location": "/new"}))
            await core.poller.poll_now(None)
            assert (await state(core)).url == (new if number == 3 else site.url("/feed"))
        asked = len(site.requests)
        await core.poller.poll_now(None)
        assert [request.path for request in site.requests[asked:]] == ["/new"]


async def test_an_address_that_changes_now_and_then_is_not_believed(
    tmp_path: Path, clock: ManualClock
) -> None:
    async with reading(tmp_path, clock) as (site, core):
        for path in ("/a", "/b"):
            site.route(path, FEED)
        for status, target in ((301, "/a"), (308, "/b"), (301, "/a"), (301, "/a"), (302, "/a"), (301, "/a")):
            site.route("/feed", Answer(status=status, headers={"Location": target}))
            await core.poller.poll_now(None)
        assert (await state(core)).url == site.url("/feed")


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("7200", timedelta(hours=2), timedelta(hours=3)),
        (IN_TWO_HOURS, timedelta(hours=1, minutes=59), timedelta(hours=3)),
        ("99999999999", timedelta(days=1), timedelta(days=1, hours=2)),
        ("0", timedelta(minutes=4), timedelta(hours=2)),
        ("-60", timedelta(minutes=4), timedelta(hours=2)),
        (LAST_YEAR, timedelta(minutes=4), timedelta(hours=2)),
        ("in a while", timedelta(minutes=4), timedelta(hours=2)),
        ("\xb2", timedelta(minutes=4), timedelta(hours=2)),
    ],
)
async def test_a_wait_of_every_kind(
    tmp_path: Path, clock: ManualClock, status: int, asked: str, least: timedelta, most: timedelta
) -> None:
    async with reading(tmp_path, clock) as (site, core):
        site.route("/feed", Answer(status=status, headers={"Retry-After": asked}))
        await core.poller.poll_now(None)
        next_poll_at = (await state(core)).next_poll_at
        assert next_poll_at is not None
        assert least <= next_poll_at - clock.now() <= most


async def test_gone_for_good_unless_a_manager_adds_it_again(tmp_path: Path, clock: ManualClock) -> None:
    async with reading(tmp_path, clock) as (site, core):
        site.route("/feed", Answer(status=410))
        await core.poller.poll_now(None)
        ended = await state(core)
        assert (ended.state, ended.next_poll_at) == ("dead", None)
        clock.advance(timedelta(days=30))
        assert await core.poller.poll_due() == ()
        site.route("/feed", FEED)
        async with core.database.write() as connection:
            await feeds.add_feed(connection, site.url("/feed"), title=None, scope=None, now=clock.now())
        (read,) = await core.poller.poll_due()
        assert (read.status, (await state(core)).state) == ("ok", "fresh")
