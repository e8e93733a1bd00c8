"""Months with a feed: articles change, servers fail and recover, and managers hear of it once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.core import Core, open_core
from bot.delivery.outbox import Outbox
from bot.model.request import Asker, ChannelRequest, DigestRequest, FeedRequest, SourcesRequest
from bot.model.scope import Scope
from bot.model.view import DigestView, Notice, Problem, SourcesView, View
from bot.platforms.console.render import text
from tests.fakes.board import Board
from tests.fakes.web_server import Answer, Request, WebServer

MANAGER = Asker(platform="board", workspace="W", channel="news", user="u", manager=True)
PUBLISHED = "Tue, 12 May 2026 06:30:00 GMT"
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class Paper:
    """A site with one report, whose feed only teases.

    Attributes:
        teaser: what the feed says of it.
        said: what its page says of it, a paragraph each.
        answer: what the feed's address answers instead, when anything.
    """

    teaser: str = "The lock at Durn is shut."
    said: list[str] = field(
        default_factory=lambda: [
            f"The lock keeper of Durn gave reason number {n} to shut it." for n in range(9)
        ]
    )
    answer: Answer | None = None

    def feed(self, _request: Request) -> Answer:
        item = (
            f"<item><title>Lock shut</title><link>/lock</link><guid>g</guid><pubDate>{PUBLISHED}</pubDate>"
            f"<description>{self.teaser}</description></item>"
        )
        rss = f"<rss version='2.0'><channel><title>Canal Post</title>{item}</channel></rss>"
        return self.answer or Answer(body=rss.encode(), headers={"Content-Type": "application/rss+xml"})

    def page(self, _request: Request) -> Answer:
        words = "".join(f"<p>{one}</p>" for one in self.said)
        return Answer(
            body=f"<html><body><article><h1>Lock shut</h1>{words}</article></body></html>".encode(),
            headers=HTML,
        )


@asynccontextmanager
async def reading(tmp_path: Path, clock: ManualClock, paper: Paper) -> AsyncIterator[tuple[WebServer, Core]]:
    async with WebServer() as site:
        site.route("/feed", paper.feed)
        site.route("/lock", paper.page)

        async def wait(seconds: float) -> None:
            clock.advance(timedelta(seconds=seconds))

        url = f"sqlite+aiosqlite:///{tmp_path / 'nutgraf.db'}"
        async with open_core(url, clock, networks=[ip_network("127.0.0.0/8")], sleep=wait) as core:
            yield site, core


async def pages_read(site: WebServer) -> int:
    return sum(request.path == "/lock" for request in site.requests)


async def test_a_report_that_is_corrected_is_read_anew_and_what_was_shown_stays_findable(
    tmp_path: Path, clock: ManualClock
) -> None:
    paper = Paper()
    drawn: list[DigestView] = []

    def render(view: View) -> tuple[dict[str, object], ...]:
        assert isinstance(view, DigestView)
        drawn.append(view)
        return ({"text": "digest"},)

    async with reading(tmp_path, clock, paper) as (site, core):
        await core.answers(MANAGER, FeedRequest("add", site.url("/feed")))
        await core.poller.poll_due()
        assert await pages_read(site) == 1
        clock.advance(timedelta(minutes=5))
        await core.answers(MANAGER, DigestRequest("set", f"{clock.now():%H:%M}"))
        clock.advance(timedelta(hours=1))
        await core.poller.poll_now(None)
        assert await pages_read(site) == 1, "nothing new in the feed, no need to read the page"
        clock.advance(timedelta(hours=23))
        await core.pipeline.enqueue_due({"board": render})  # type: ignore[dict-item]
        (digest,) = drawn
        shown = [sentence for card in digest.stories for sentence in card.sentences]
        assert shown

        paper.teaser = "The lock at Durn is open again."
        paper.said = ["Correction: the lock was shut for one day.", *paper.said[4:]]
        clock.advance(timedelta(hours=1))
        await core.poller.poll_now(None)
        assert await pages_read(site) == 2
        (now,) = await core.archive.articles(None)
        assert now.text.startswith("Correction")
        texts = [words for _, words in await core.archive.wordings(now.id)]
        assert len(texts) == 2
        for sentence in shown:
            assert any(words[sentence.start : sentence.end] == sentence.text for words in texts)
        await core.poller.poll_now(None)
        assert await pages_read(site) == 2
        assert len(await core.archive.wordings(now.id)) == 2


async def test_managers_hear_once_of_an_illness_and_once_of_its_end(
    tmp_path: Path, clock: ManualClock
) -> None:
    paper, board = Paper(), Board()
    texts: list[str] = []

    def render(view: View) -> tuple[dict[str, str], ...]:
        texts.append(text(view, width=200))
        return ({"text": texts[-1]},)

    async with reading(tmp_path, clock, paper) as (site, core):
        added = await core.answers(MANAGER, FeedRequest("add", site.url("/feed")))
        assert isinstance(added, Notice)
        assert "“/nutgraf channel set notices off” ends that" in added.lines[-1]

        async def days(number: int) -> None:
            for _ in range(number * 4):
                clock.advance(timedelta(hours=6))
                await core.poller.poll_due()
                await core.notices.enqueue_due({"board": render})  # type: ignore[dict-item]
                await Outbox(core.database, board, clock=clock, owner="w", pace_s=0).deliver_due()

        await days(1)
        paper.answer = Answer(status=404)
        await days(20)
        assert len(board.posted) == 1
        assert "Canal Post cannot be read." in texts[0]
        sources = await core.answers(MANAGER, SourcesRequest())
        assert isinstance(sources, SourcesView)
        assert sources.feeds[0].state == "dead"
        assert (sources.articles, sources.feeds[0].articles) == (1, 1)
        paper.answer = None
        await days(3)
        assert [posted.key.partition("-")[0] for posted in board.posted] == ["notice", "notice"]
        assert "Canal Post is read again." in texts[-1]
        await core.answers(MANAGER, ChannelRequest("set", "notices off"))
        paper.answer = Answer(status=403)
        await days(3)
        assert len(board.posted) == 2, "the channel wants to hear no more"


async def test_a_captive_portal_is_no_feed_and_moves_none(tmp_path: Path, clock: ManualClock) -> None:
    paper = Paper()
    async with reading(tmp_path, clock, paper) as (site, core):
        await core.answers(MANAGER, FeedRequest("add", site.url("/feed")))
        await core.poller.poll_due()
        site.route("/login", Answer(body=b"<html><body>Log in to this network.</body></html>", headers=HTML))
        paper.answer = Answer(status=301, headers={"Location": "/login"})
        for _ in range(4):
            clock.advance(timedelta(days=2))
            (read,) = await core.poller.poll_due()
            assert read.status == "failed"
            assert "no feed" in read.reason
        paper.answer = None
        clock.advance(timedelta(days=2))
        (read,) = await core.poller.poll_due()
        assert (read.url, read.status) == (site.url("/feed"), "ok")


async def test_a_page_is_kept_for_the_workspace_alone(tmp_path: Path, clock: ManualClock) -> None:
    paper = Paper()
    async with reading(tmp_path, clock, paper) as (site, core):
        kept = await core.answers(MANAGER, FeedRequest("page", site.url("/lock")))
        assert isinstance(kept, Notice)
        assert kept.title == "“Lock shut” is kept."
        again = await core.answers(MANAGER, FeedRequest("page", site.url("/lock?utm_source=chat")))
        assert isinstance(again, Notice)
        assert "nothing in it has changed" in again.title
        paper.said = ["Correction: the lock was shut for one day.", *paper.said[2:]]
        third = await core.answers(MANAGER, FeedRequest("page", site.url("/lock")))
        assert isinstance(third, Notice)
        assert "brought up to date" in third.title
        assert len(await core.archive.articles(Scope("board", "W"))) == 1
        assert await core.archive.articles(Scope("board", "another")) == ()
        reader = Asker(platform="board", workspace="W", channel="news", user="r")
        assert isinstance(await core.answers(reader, FeedRequest("page", site.url("/lock"))), Problem)


async def test_what_is_no_article_is_said_plainly(tmp_path: Path, clock: ManualClock) -> None:
    async with reading(tmp_path, clock, Paper()) as (site, core):
        site.route("/menu", Answer(body=b"<html><ul><li>Home<li>About</ul></html>", headers=HTML))
        site.route("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /private\n"))
        for path, words in {
            "/menu": "there is no article on this page",
            "/private": "asks not to be read by programs",
            "/none": "does not know the address (404)",
            "/feed": "is a feed, not a page",
        }.items():
            answer = await core.answers(MANAGER, FeedRequest("page", site.url(path)))
            assert isinstance(answer, Problem)
            assert words in answer.what
            assert site.url(path) in answer.what
        for address in (
            "http://10.0.0.1/x",
            "http://169.254.169.254/latest",
            "no address",
            "ftp://a.example/",
        ):
            assert isinstance(await core.answers(MANAGER, FeedRequest("page", address)), Problem)
        assert await core.archive.articles(None) == ()


@pytest.mark.parametrize(
    "same", ["<link>/status</link>", "<guid>x</guid>", "<link>/status</link><guid>x</guid>"]
)
async def test_entries_that_share_what_should_name_them_are_all_kept(
    tmp_path: Path, clock: ManualClock, same: str
) -> None:
    paper = Paper()
    items = "".join(f"<item><title>Lock {n} is shut</title>{same}</item>" for n in range(5))
    rss = f"<rss version='2.0'><channel><title>Canal Post</title>{items}</channel></rss>"
    paper.answer = Answer(body=rss.encode(), headers={"Content-Type": "application/rss+xml"})
    async with reading(tmp_path, clock, paper) as (site, core):
        await core.answers(MANAGER, FeedRequest("add", site.url("/feed")))
        (read,) = await core.poller.poll_now(None)
        assert read.new == 5
        (again,) = await core.poller.poll_now(None)
        assert again.new == 0
        for one in await core.archive.articles(None):
            assert len(await core.archive.wordings(one.id)) == 1


@pytest.mark.parametrize("code", [429, 503])
async def test_a_server_that_stays_busy_is_failing(tmp_path: Path, clock: ManualClock, code: int) -> None:
    paper = Paper()
    async with reading(tmp_path, clock, paper) as (site, core):
        await core.answers(MANAGER, FeedRequest("add", site.url("/feed")))
        await core.poller.poll_due()
        paper.answer = Answer(status=code, headers={"Retry-After": "60"})
        asked = len(site.requests)
        for _ in range(24 * 12):
            clock.advance(timedelta(minutes=5))
            await core.poller.poll_due()
        assert len(site.requests) - asked < 12, "asked ever more seldom"
        sources = await core.answers(MANAGER, SourcesRequest())
        assert isinstance(sources, SourcesView)
        assert sources.feeds[0].state == "failing"
        assert str(code) in sources.feeds[0].reason
        assert sources.feeds[0].what_to_do.startswith("Nothing yet")
