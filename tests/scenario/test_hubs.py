"""A feed whose hub tells of news: subscribed to, renewed, read at once, and never left to the hub alone."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import aiohttp
import pytest

from bot.clock import ManualClock
from bot.core import Core, open_core
from bot.health import MAX_BODY, push_routes, serving
from bot.model.feed import HubSubscription
from bot.model.view import SourceState
from bot.sources.websub import METHODS
from bot.store import feeds
from bot.store.hubs import HubLedger
from tests.fakes.hub import Hub
from tests.fakes.web_server import Answer, Request, WebServer

PUBLIC = "https://bot.example/inside/"


@dataclass
class Scene:
    """A site with a feed, its hub, and a bot that the hub can reach."""

    site: WebServer
    hub: Hub
    core: Core
    door: str
    clock: ManualClock

    async def subscription(self) -> HubSubscription:
        found = await HubLedger(self.core.database).of_feed(1)
        assert found is not None
        return found

    async def ask(self) -> None:
        assert self.core.hubs is not None
        await self.core.hubs.ask_due()

    async def live(self) -> None:
        """Read the feed, subscribe, and be verified."""
        await self.core.poller.poll_due()
        await self.ask()
        await self.hub.verify()
        assert (await self.subscription()).state == "live"

    async def reads(self) -> int:
        """Read what is due; return how many feeds were."""
        return len(await self.core.poller.poll_due())


@asynccontextmanager
async def scene(
    tmp_path: Path, clock: ManualClock, *, by_header: bool = False, inside: bool = True
) -> AsyncIterator[Scene]:
    async with WebServer() as site, Hub() as hub:
        link = "" if by_header else f'<atom:link rel="hub" href="{hub.url}"/>'

        def answer(_request: Request) -> Answer:
            headers = {"Content-Type": "application/rss+xml"}
            if by_header:
                headers["Link"] = f'<{hub.url}>; rel="hub", <{site.url("/topic")}>; rel="self"'
            hours = [clock.now().replace(minute=0) - timedelta(hours=n) for n in range(5)]
            items = "".join(
                f"<item><title>Report of {hour:%d %H}</title>"
                f"<pubDate>{hour:%a, %d %b %Y %H:00:00 GMT}</pubDate></item>"
                for hour in hours
            )
            return Answer(
                body=f"<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>P</title>"
                f"{link}{items}</channel></rss>".encode(),
                headers=headers,
            )

        site.route("/feed", answer)

        async def wait(seconds: float) -> None:
            clock.advance(timedelta(seconds=seconds))

        url = f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}"
        networks = [ip_network("127.0.0.0/8")] if inside else []
        async with open_core(url, clock, networks=networks, sleep=wait, public_url=PUBLIC) as core:
            assert core.hubs is not None
            async with core.database.write() as connection:
                await feeds.add_feed(connection, site.url("/feed"), title=None, scope=None, now=clock.now())
            async with serving("127.0.0.1", 0, lambda: {"ok": True}, push_routes(core.hubs)) as port:
                hub.proxy = (PUBLIC.rstrip("/"), f"http://127.0.0.1:{port}")
                yield Scene(site, hub, core, hub.proxy[1], clock)


async def test_a_hub_is_subscribed_to_and_its_news_is_read_at_once(
    tmp_path: Path, clock: ManualClock
) -> None:
    async with scene(tmp_path, clock) as here:
        await here.live()
        (asked,) = here.hub.asked
        assert asked.topic == here.site.url("/feed")
        assert asked.callback.startswith("https://bot.example/inside/push/")
        assert len(asked.secret) >= 40
        clock.advance(timedelta(minutes=5))
        assert await here.reads() == 0
        assert await here.hub.tell(b"<rss/>") == [202]
        assert await here.reads() == 1
        clock.advance(timedelta(minutes=2))
        await here.ask()
        assert await here.reads() == 1, "once more, in case the first came too early"
        clock.advance(timedelta(minutes=5))
        await here.ask()
        assert await here.reads() == 0
        assert len(here.hub.asked) == 1, "the lease holds"


async def test_two_pings_within_a_minute_are_one_reading(tmp_path: Path, clock: ManualClock) -> None:
    async with scene(tmp_path, clock) as here:
        await here.live()
        clock.advance(timedelta(minutes=5))
        await here.hub.tell(b"1")
        assert await here.reads() == 1
        clock.advance(timedelta(seconds=10))
        for _ in range(3):
            await here.hub.tell(b"2")
        assert await here.reads() == 0
        clock.advance(timedelta(seconds=55))
        assert await here.reads() == 1


@pytest.mark.parametrize("method", METHODS)
async def test_every_method_of_signing(tmp_path: Path, clock: ManualClock, method: str) -> None:
    async with scene(tmp_path, clock) as here:
        await here.live()
        clock.advance(timedelta(minutes=5))
        await here.hub.tell(b"<rss/>", method=method)
        assert await here.reads() == 1


async def test_a_ping_that_is_not_signed_is_not_believed(tmp_path: Path, clock: ManualClock) -> None:
    async with scene(tmp_path, clock) as here:
        await here.live()
        clock.advance(timedelta(minutes=5))
        assert await here.hub.tell(b"<rss/>", secret="guess") == [202]
        assert await here.hub.tell(b"<rss/>", method="") == [202]
        assert await here.reads() == 0


async def test_strangers_find_no_door(tmp_path: Path, clock: ManualClock) -> None:
    async with scene(tmp_path, clock) as here:
        await here.live()
        known = await here.subscription()
        query = {"hub.mode": "subscribe", "hub.topic": known.topic, "hub.challenge": "c"}
        async with aiohttp.ClientSession() as session:
            for token, asked, status in (
                ("A" * 32, query, 404),
                (known.token, query | {"hub.topic": "https://other.example/"}, 404),
                (known.token, query | {"hub.mode": "unsubscribe"}, 404),
                (known.token, query | {"hub.challenge": ""}, 404),
                (known.token, query | {"hub.challenge": "c" * 3_000}, 404),
                (known.token, query | {"hub.challenge": "<script>"}, 200),
            ):
                async with session.get(f"{here.door}/push/{token}", params=asked) as answer:
                    assert answer.status == status
                    assert answer.content_type == "text/plain"
            async with session.post(f"{here.door}/push/{'A' * 32}", data=b"x") as answer:
                assert answer.status == 404
            async with session.post(
                f"{here.door}/push/{known.token}", data=io.BytesIO(b"x" * (MAX_BODY + 1))
            ) as answer:
                assert answer.status == 413


async def test_a_lease_is_renewed_before_it_ends_and_reading_never_stops(
    tmp_path: Path, clock: ManualClock
) -> None:
    async with scene(tmp_path, clock) as here:
        here.hub.grants_s = 86_400
        await here.live()
        secret = (await here.subscription()).secret
        clock.advance(timedelta(hours=19))
        await here.ask()
        assert len(here.hub.asked) == 1
        assert await here.reads() == 1
        clock.advance(timedelta(minutes=20))
        await here.ask()
        assert len(here.hub.asked) == 2, "four fifths of the lease are over"
        await here.hub.verify()
        renewed = await here.subscription()
        assert renewed.secret == secret
        assert renewed.lease_until == clock.now() + timedelta(days=1)
        (state,) = await _states(here)
        assert state.pushed
        assert state.next_poll_at is not None
        assert timedelta(hours=2) < state.next_poll_at - clock.now() < timedelta(hours=4), "three hours"
        clock.advance(timedelta(days=2))
        await here.reads()
        (state,) = await _states(here)
        assert state.next_poll_at is not None
        assert state.next_poll_at - clock.now() < timedelta(hours=1), "the lease ended: half an hour"


async def test_a_hub_that_refuses_is_asked_ever_more_seldom(tmp_path: Path, clock: ManualClock) -> None:
    async with scene(tmp_path, clock) as here:
        here.hub.refuses = 503
        await here.core.poller.poll_due()
        await here.ask()
        for number, hours in enumerate((1, 2, 4), 1):
            clock.advance(timedelta(hours=hours) - timedelta(seconds=1))
            await here.ask()
            assert len(here.hub.asked) == number
            clock.advance(timedelta(seconds=1))
            await here.ask()
        assert len(here.hub.asked) == 4
        here.hub.refuses = None
        clock.advance(timedelta(hours=8))
        await here.ask()
        await here.hub.verify()
        live = await here.subscription()
        assert (live.state, live.attempts) == ("live", 0)
        assert await here.hub.deny(here.hub.asked[-1].callback, live.topic) == 200
        assert (await here.subscription()).state == "refused"
        clock.advance(timedelta(hours=1))
        assert await here.hub.tell(b"<rss/>") == [202]
        assert not (await _states(here))[0].pushed


async def test_a_hub_may_be_named_by_the_server_alone(tmp_path: Path, clock: ManualClock) -> None:
    async with scene(tmp_path, clock, by_header=True) as here:
        await here.live()
        assert here.hub.asked[0].topic == here.site.url("/topic")


async def test_a_hub_inside_the_network_is_not_asked(tmp_path: Path, clock: ManualClock) -> None:
    async with scene(tmp_path, clock, inside=False) as here:
        assert here.core.hubs is not None
        await here.core.hubs.offered(1, (here.hub.url, "https://topic.example/"))
        await here.ask()
        assert here.hub.asked == []
        assert (await here.subscription()).attempts == 1
        await here.core.hubs.offered(1, None)
        assert await HubLedger(here.core.database).of_feed(1) is None


async def _states(here: Scene) -> tuple[SourceState, ...]:
    async with here.core.database.read() as connection:
        return await feeds.feed_states(connection, None)
