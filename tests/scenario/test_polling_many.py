from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import sqlalchemy as sa

from bot.clock import ManualClock
from bot.core import Core, open_core
from bot.store import feeds, schema
from tests.fakes.web_server import Answer, Request, WebServer
from tests.unit.sources.feeds import item, rss


@asynccontextmanager
async def following(tmp_path: Path, clock: ManualClock, *paths: str) -> AsyncIterator[tuple[WebServer, Core]]:
    """A site on loopback and a bot that follows its paths; the bot waits by moving the clock."""

    async def wait(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))

    url = f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}"
    async with (
        WebServer() as site,
        open_core(url, clock, networks=[ip_network("127.0.0.0/8")], sleep=wait) as core,
    ):
        for path in paths:
            site.route(path, Answer(body=rss(item(1)).encode()))
            await follow(core, site, path, clock)
        yield site, core


async def follow(core: Core, site: WebServer, path: str, clock: ManualClock) -> None:
    """Have a feed read; headlines only, so that no page is asked for."""
    async with core.database.write() as connection:
        await feeds.add_feed(connection, site.url(path), title=None, scope=None, now=clock.now())
        await connection.execute(sa.update(schema.feeds).values(headline_only=True))


async def rows(core: Core) -> dict[str, sa.Row[tuple[object, ...]]]:
    """Return what is stored of each feed, by its path."""
    async with core.database.read() as connection:
        found = await connection.execute(schema.feeds.select())
        return {"/" + row.url.rpartition("/")[2]: row for row in found}


async def test_a_slow_feed_holds_up_no_other(tmp_path: Path, clock: ManualClock) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request) -> Answer:
        asked.set()
        await go_on.wait()
        return Answer(body=rss(item(2)).encode())

    async with following(tmp_path, clock, "/slow") as (site, core):
        site.route("/slow", slow)
        async with asyncio.TaskGroup() as group:
            first = group.create_task(core.poller.poll_due())
            await asked.wait()
            site.route("/other", Answer(body=rss(item(3)).encode()))
            await follow(core, site, "/other", clock)
            second = await core.poller.poll_due()
            assert [(read.url, read.new) for read in second] == [(site.url("/other"), 1)]
            assert await core.poller.poll_due() == (), "what is being read is not read twice"
            go_on.set()
        assert [(read.url, read.new) for read in first.result()] == [(site.url("/slow"), 1)]


async def test_readings_are_settled_together_and_feeds_of_one_host_keep_its_pace(
    tmp_path: Path, clock: ManualClock
) -> None:
    paths = [f"/{n}" for n in range(40)]
    async with following(tmp_path, clock, *paths) as (site, core):
        begin = clock.now()
        reads = await core.poller.poll_due()
        assert sorted(read.status for read in reads) == ["ok"] * 40
        assert (clock.now() - begin).total_seconds() == 39
        assert len(site.requests) == 40
        for row in (await rows(core)).values():
            assert (row.state, row.code, row.failures) == ("fresh", 200, 0)
            assert row.next_poll_at > clock.now()


async def test_what_was_not_settled_is_read_again_and_nothing_is_stored_twice(
    tmp_path: Path, clock: ManualClock
) -> None:
    asked = asyncio.Event()

    async def never(_request: Request) -> Answer:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with following(tmp_path, clock, "/quick", "/never") as (site, core):
        site.route("/never", never)
        async with asyncio.TaskGroup() as group:
            reading = group.create_task(core.poller.poll_due())
            await asked.wait()
            for _ in range(100_000):
                if await core.archive.articles(None):
                    break
            reading.cancel()
        site.route("/never", Answer(status=500))
        reads = await core.poller.poll_due()
        assert sorted((read.status, read.new) for read in reads) == [("failed", 0), ("ok", 0)]
        assert len(await core.archive.articles(None)) == 1
        assert await core.poller.poll_due() == ()


async def test_a_move_is_believed_though_the_feed_has_nothing_new(tmp_path: Path, clock: ManualClock) -> None:
    def here(request: Request) -> Answer:
        if "if-none-match" in request.headers:
            return Answer(status=304)
        return Answer(body=rss(item(1)).encode(), headers={"ETag": '"1"'})

    async with following(tmp_path, clock, "/old") as (site, core):
        site.route("/new", here)
        site.route("/old", Answer(status=301, headers={"Location": "/new"}))
        for _ in range(3):
            assert "/old" in await rows(core)
            clock.advance(timedelta(days=1, hours=2))
            assert len(await core.poller.poll_due()) == 1
        assert set(await rows(core)) == {"/new"}


async def test_what_a_feed_wishes_for_holds_though_it_has_nothing_new_and_the_bot_was_started_again(
    tmp_path: Path, clock: ManualClock
) -> None:
    wishes = "<ttl>1000</ttl><skipHours><hour>{}</hour></skipHours><skipDays><day>{}</day></skipDays>"
    in_time = clock.now() + timedelta(minutes=1000)
    wishes = wishes.format(in_time.hour, (in_time + timedelta(days=1)).strftime("%A"))

    def answer(request: Request) -> Answer:
        if "if-none-match" in request.headers:
            return Answer(status=304)
        return Answer(body=rss("".join(map(item, range(9))), wishes).encode(), headers={"ETag": '"1"'})

    async def settled(core: Core) -> datetime:
        await core.poller.poll_now(None)
        when: datetime = (await rows(core))["/feed"].next_poll_at
        assert timedelta(minutes=940) < when - clock.now() < timedelta(days=2)
        assert when.hour != in_time.hour
        assert when.isoweekday() != (in_time + timedelta(days=1)).isoweekday()
        return when

    async with following(tmp_path, clock, "/feed") as (site, core):
        site.route("/feed", answer)
        await settled(core)
        async with open_core(
            f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}", clock, networks=[ip_network("127.0.0.0/8")]
        ) as again:
            for _ in range(3):
                clock.advance(timedelta(hours=8))
                await settled(again)
        site.route("/feed", Answer(body=rss(item(1)).encode()))
        await core.poller.poll_now(None)
        row = (await rows(core))["/feed"]
        assert (row.ttl_minutes, row.skip_hours, row.skip_days) == (None, 0, 0), "it asks no longer"


async def test_what_a_feed_sends_again_is_not_read_again_and_anything_else_is(
    tmp_path: Path, clock: ManualClock
) -> None:
    async def read(core: Core) -> list[int]:
        clock.advance(timedelta(days=1, hours=2))
        async with core.database.write() as connection:
            await connection.execute(sa.delete(schema.articles))
        return [read.new for read in await core.poller.poll_due()]

    async with following(tmp_path, clock, "/feed") as (site, core):
        assert await read(core) == [1]
        assert await read(core) == [0], "the same document, which nobody looked into"
        row = (await rows(core))["/feed"]
        assert (row.state, row.last_ok_at) == ("fresh", clock.now())
        site.route("/feed", Answer(body=rss(item(1) + item(2)).encode()))
        assert await read(core) == [2]
        site.route("/feed", Answer(body=b"no feed"))
        assert await read(core) == [0]
        site.route("/feed", Answer(body=rss(item(1) + item(2)).encode()))
        assert await read(core) == [2], "what was no feed is no repeat of one"


async def test_what_two_feeds_bring_is_claimed_by_both_at_each_reading(
    tmp_path: Path, clock: ManualClock
) -> None:
    async with following(tmp_path, clock, "/one", "/two") as (_, core):
        await core.poller.poll_now(None)
        async with core.database.read() as connection:
            (name,) = await connection.scalars(sa.select(schema.articles.c.article_id))
        assert "@" not in name
        async with core.database.write() as connection:
            await connection.execute(sa.delete(schema.articles))
        reads = await core.poller.poll_now(None)
        assert sorted(read.new for read in reads) == [0, 1], "the feed that came second reads it anew"


async def test_a_feed_that_cannot_be_stored_costs_no_other(tmp_path: Path, clock: ManualClock) -> None:
    async with following(tmp_path, clock, "/sick", "/sound") as (site, core):
        site.route("/sick", Answer(body=rss(item(7)).encode()))
        async with core.database.write() as connection:
            fault = "WHEN NEW.feed_id = 1 BEGIN SELECT RAISE(ABORT, 'sick'); END"
            await connection.execute(sa.text(f"CREATE TRIGGER sick BEFORE INSERT ON articles {fault}"))
        reads = {read.url: read for read in await core.poller.poll_due()}
        assert (reads[site.url("/sound")].status, reads[site.url("/sound")].new) == ("ok", 1)
        assert (reads[site.url("/sick")].status, reads[site.url("/sick")].new) == ("failed", 0)
        stored = await rows(core)
        assert stored["/sick"].failures == 1
        assert stored["/sick"].next_poll_at > clock.now(), "it waits for its turn like any feed that fails"


async def test_a_feed_that_is_removed_and_followed_again_is_read(tmp_path: Path, clock: ManualClock) -> None:
    async with following(tmp_path, clock, "/feed") as (site, core):
        assert [read.new for read in await core.poller.poll_due()] == [1]
        async with core.database.write() as connection:
            for table in (schema.articles, schema.feeds):
                await connection.execute(sa.delete(table))
        await follow(core, site, "/feed", clock)
        assert [read.new for read in await core.poller.poll_due()] == [1]
