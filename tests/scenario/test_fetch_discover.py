from __future__ import annotations

import pytest

from bot.clock import ManualClock
from bot.sources.discover import discover, known_feed, normal
from bot.sources.robots import Robots
from tests.fakes.web_server import Answer, WebServer
from tests.scenario.fetching import fetching
from tests.unit.sources.feeds import atom, item, rss

FEED = Answer(body=rss(item(1) + item(2)).encode())


def page(head: str = "", body: str = "") -> Answer:
    html = f"<!doctype html><html><head><title>Ellery Post</title>{head}</head><body>{body}</body></html>"
    return Answer(body=html.encode())


def link(address: str, kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="News" href="{address}">'


async def test_a_feed_is_its_own_candidate(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        url = web.route("/feed", FEED)
        found = await discover(fetcher, f"<{url}>")
        assert [(c.url, c.title, c.entries) for c in found.candidates] == [(url, "Ellery Post", 2)]
        assert len(web.requests) == 1


async def test_all_the_feeds_that_a_page_links_to_are_offered(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        web.route(
            "/",
            page(link("/comments/feed") + link("/feed") + link("/a", "application/atom+xml") + link("/gone")),
        )
        for path in ("/comments/feed", "/feed"):
            web.route(path, FEED)
        web.route("/a", Answer(body=atom("<entry><title>x</title></entry>").encode()))
        found = await discover(fetcher, web.url("/"))
        assert [c.url for c in found.candidates] == [
            web.url("/feed"),
            web.url("/a"),
            web.url("/comments/feed"),
        ]


async def test_a_link_in_the_page_itself(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        web.route(
            "/news",
            page(body='<a href="/about">About</a><a href="/x?id=5">RSS</a><a href="http://[">RSS</a>'),
        )
        web.route("/x", FEED)
        assert [c.url for c in (await discover(fetcher, web.url("/news"))).candidates] == [web.url("/x?id=5")]


async def test_the_usual_places(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        web.route("/section/", page())
        web.route("/feed.xml", FEED)
        assert [c.url for c in (await discover(fetcher, web.url("/section/"))).candidates] == [
            web.url("/feed.xml")
        ]


async def test_the_usual_places_below_a_section(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        web.route("/blog/", page())
        web.route("/blog/feed", FEED)
        web.route("/feed", FEED)
        found = await discover(fetcher, web.url("/blog/"))
        assert [c.url for c in found.candidates] == [web.url("/blog/feed")]


async def test_a_bare_host_is_tried_without_encryption_too(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        web.route("/", FEED)
        found = await discover(fetcher, f"localhost:{web.port}/")
        assert [c.url for c in found.candidates] == [f"http://localhost:{web.port}/"]


async def test_a_profile_of_mastodon(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        web.route("/@ada.rss", FEED)
        assert [c.url for c in (await discover(fetcher, web.url("/@ada"))).candidates] == [
            web.url("/@ada.rss")
        ]


async def test_nothing_is_said_in_words(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        web.route("/", page())
        assert "There is no feed on" in (await discover(fetcher, web.url("/"))).reason
        assert len(web.requests) <= 9
        assert (
            "cannot be read: the server does not know"
            in (await discover(fetcher, web.url("/nowhere"))).reason
        )
        for address in ("", "two words", "mailto:ada@post.example", "nonsense"):
            assert "is not an address of the web" in (await discover(fetcher, address)).reason


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("post.example", "https://post.example"),
        ("<https://post.example/a|post.example>", "https://post.example/a"),
        ("feed://post.example/rss", "https://post.example/rss"),
        ("feed:https://post.example/rss", "https://post.example/rss"),
        ("//post.example", "https://post.example"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
        ("ftp://post.example", None),
        ("javascript:alert(1)", None),
    ],
)
def test_addresses_as_people_write_them(given: str, wanted: str | None) -> None:
    assert normal(given) == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (
            "https://www.youtube.com/channel/UCabc",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc",
        ),
        ("https://youtube.com/playlist?list=PL1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
        ("https://www.youtube.com/@someone", None),
        ("https://old.reddit.com/r/news/top", "https://www.reddit.com/r/news/.rss"),
        ("https://github.com/a/b", "https://github.com/a/b/releases.atom"),
        ("https://github.com/a/b/tags", "https://github.com/a/b/tags.atom"),
        ("https://social.example/@ada", "https://social.example/@ada.rss"),
        ("https://medium.com/@ada", "https://medium.com/feed/@ada"),
        ("https://post.example/news", None),
    ],
)
def test_feeds_of_well_known_services(url: str, wanted: str | None) -> None:
    assert known_feed(url) == wanted


async def test_robots_are_asked_once_a_day(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        web.route("/robots.txt", Answer(body=b"User-agent: nutgraf\nDisallow: /private"))
        robots = Robots(fetcher, product="nutgraf", clock=clock)
        assert await robots.allows(web.url("/a"))
        assert not await robots.allows(web.url("/private?x"))
        assert len(web.requests) == 1


@pytest.mark.parametrize(
    ("code", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)]
)
async def test_robots_that_cannot_be_had(clock: ManualClock, code: int, *, allowed: bool) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        web.route("/robots.txt", Answer(status=code))
        assert await Robots(fetcher, product="nutgraf", clock=clock).allows(web.url("/a")) is allowed
