"""A feed from its address to the archive: found, read, completed from its pages, and watched over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.core import Core, open_core
from bot.model.request import Asker, FeedRequest, SourcesRequest
from bot.model.scope import Scope
from bot.model.view import Notice, Problem, SourcesView
from tests.fakes.web_server import Answer, Request, WebServer

MANAGER = Asker(platform="board", workspace="W", channel="news", user="u", manager=True)
PARAGRAPH = "The lock keeper of Durn said that the new gates hang well and the canal would open in June. "


def feed(clock: ManualClock, entries: int = 3) -> bytes:
    """Return a feed whose entries are teasers, an hour apart."""
    items = "".join(
        f"<item><title>Report number {n} from the canal</title><link>/story{n}</link><guid>g{n}</guid>"
        f"<description>A teaser of report {n}.</description><pubDate>{_rfc(clock.now(), n)}</pubDate></item>"
        for n in range(1, entries + 1)
    )
    head = "<title>Canal Post - RSS Feed</title><link>/</link>"
    return f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode()


def _rfc(now: datetime, hours: int) -> str:
    return (now - timedelta(hours=hours)).strftime("%a, %d %b %Y %H:%M:%S GMT")


def page(number: int) -> bytes:
    """Return a page with the whole report."""
    text = "".join(f"<p>{PARAGRAPH}Part {part} of report {number}.</p>" for part in range(8))
    whole = f"<article><h1>Report {number}</h1>{text}</article>"
    return f"<html><head><title>Report {number}</title></head><body>{whole}</body></html>".encode()


@asynccontextmanager
async def world(tmp_path: Path, clock: ManualClock) -> AsyncIterator[tuple[WebServer, Core]]:
    """A site on loopback, and a bot that may read it."""
    async with WebServer() as site:
        home = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>'
        site.route("/", Answer(body=home, headers={"Content-Type": "text/html"}))
        site.route("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /story3\n"))

        def answer(request: Request) -> Answer:
            if request.headers.get("if-none-match") == '"v1"':
                return Answer(status=304)
            return Answer(body=feed(clock), headers={"ETag": '"v1"', "Content-Type": "application/rss+xml"})

        site.route("/feed", answer)
        for number in (1, 2, 3):
            site.route(f"/story{number}", Answer(body=page(number), headers={"Content-Type": "text/html"}))
        url = f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}"

        async def wait(seconds: float) -> None:
            clock.advance(timedelta(seconds=seconds))

        async with open_core(url, clock, networks=[ip_network("127.0.0.0/8")], sleep=wait) as core:
            yield site, core


async def test_from_an_address_to_whole_articles(tmp_path: Path, clock: ManualClock) -> None:
    async with world(tmp_path, clock) as (site, core):
        added = await core.answers(MANAGER, FeedRequest("add", site.url("/")))
        assert isinstance(added, Notice)
        assert added.title == "Canal Post is read from now on."
        (read,) = await core.poller.poll_due()
        assert (read.status, read.new) == ("ok", 3)
        stored = {a.title: a for a in await core.archive.articles(None)}
        assert "Part 7 of report 1" in stored["Report number 1 from the canal"].text
        assert stored["Report number 3 from the canal"].text == "A teaser of report 3.", "robots.txt said no"
        assert await core.poller.poll_due() == (), "its time has not come again"
        clock.advance(timedelta(days=1, hours=2))
        (again,) = await core.poller.poll_due()
        assert (again.status, again.new) == ("not_modified", 0)
        sources = await core.answers(MANAGER, SourcesRequest())
        assert isinstance(sources, SourcesView)
        assert [state.state for state in sources.feeds] == ["fresh"]
        assert (
            {state.name for state in sources.feeds} == {a.source for a in stored.values()} == {"Canal Post"}
        )
        other = Asker(platform="board", workspace="another", channel="c", user="x")
        assert await core.archive.articles(None) != ()
        nothing = await core.answers(other, SourcesRequest())
        assert isinstance(nothing, Notice), "another workspace reads its own feeds only"


async def test_a_feed_that_fails_is_said_to_fail_and_one_that_is_gone_is_left_alone(
    tmp_path: Path, clock: ManualClock
) -> None:
    async with world(tmp_path, clock) as (site, core):
        await core.answers(MANAGER, FeedRequest("add", site.url("/feed")))
        await core.poller.poll_due()
        site.route("/feed", Answer(status=500))
        for _ in range(3):
            clock.advance(timedelta(days=1, hours=2))
            (read,) = await core.poller.poll_due()
            assert read.status == "failed"
        sources = await core.answers(MANAGER, SourcesRequest())
        assert isinstance(sources, SourcesView)
        assert sources.feeds[0].state == "failing"
        assert sources.feeds[0].what_to_do
        site.route("/feed", Answer(status=410))
        clock.advance(timedelta(days=1, hours=2))
        await core.poller.poll_due()
        clock.advance(timedelta(days=30))
        assert await core.poller.poll_due() == (), "gone for good"


async def test_what_a_workspace_read_stays_its_own_when_the_feed_is_removed(
    tmp_path: Path, clock: ManualClock
) -> None:
    mine, theirs = Scope("board", "W"), Scope("board", "another")
    shell = Asker(platform="console", workspace="local", channel="t", user="l", manager=True, at_machine=True)
    async with world(tmp_path, clock) as (site, core):
        await core.answers(MANAGER, FeedRequest("add", site.url("/feed")))
        await core.poller.poll_due()
        assert len(await core.archive.articles(mine)) == 3
        assert await core.archive.articles(theirs) == ()
        gone = await core.answers(shell, FeedRequest("remove", site.url("/feed")))
        assert isinstance(gone, Notice)
        assert await core.archive.articles(theirs) == (), "never becomes everybody's"
        clock.advance(timedelta(days=2))
        assert await core.poller.poll_due() == (), "nobody reads it any more"
        await core.answers(MANAGER, FeedRequest("add", site.url("/feed")))
        (read,) = await core.poller.poll_due()
        assert read.status == "not_modified"
        assert len(await core.archive.articles(mine)) == 3


@pytest.mark.parametrize(
    "address", ["http://169.254.169.254/", "http://10.0.0.1/feed", "not an address", "ftp://a.example/f"]
)
async def test_what_may_not_be_read_is_explained(tmp_path: Path, clock: ManualClock, address: str) -> None:
    async with world(tmp_path, clock) as (_, core):
        answer = await core.answers(MANAGER, FeedRequest("add", address))
        assert isinstance(answer, Problem)
        assert "Traceback" not in answer.what
