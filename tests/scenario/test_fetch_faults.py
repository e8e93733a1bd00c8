from __future__ import annotations

import gzip

import pytest

from bot.clock import ManualClock
from bot.sources.errors import SourceError
from bot.sources.feed import parse_feed
from tests.fakes.web_server import Answer, WebServer, deflate, gzip_bomb
from tests.scenario.fetching import fetching

LIMIT = 100_000
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>caf\xc3\xa9</title>'
    b"<item><title>One</title></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(
            Answer(headers={"Content-Encoding": "gzip"}, body=gzip_bomb(50)), "larger than", id="gzip bomb"
        ),
        pytest.param(
            Answer(headers={"Content-Encoding": "deflate"}, body=deflate(b"A" * 9_000_000, raw=False)),
            "larger than",
            id="deflate bomb",
        ),
        pytest.param(
            Answer(headers={"Content-Encoding": "br"}, body=b"\x1b\xff\xff\x07" * 20),
            "not asked for",
            id="brotli bomb",
        ),
        pytest.param(Answer(body=b"x" * (LIMIT + 1)), "larger than", id="too large"),
        pytest.param(
            Answer(body=b"x" * (LIMIT + 1), length=-1), "larger than", id="too large, of unknown length"
        ),
        pytest.param(
            Answer(headers={"Content-Encoding": "gzip"}, body=FEED),
            "not packed as its header says",
            id="not packed",
        ),
        pytest.param(
            Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(FEED)[:-20]),
            "broke off",
            id="packed half",
        ),
        pytest.param(
            Answer(body=FEED, length=len(FEED) + 50), "broke off in the middle", id="length too great"
        ),
        pytest.param(Answer(body=FEED, reset=True, length=10_000), "broke", id="reset"),
        pytest.param(
            Answer(status=301, headers={"Location": "http://[::1"}), "not a valid one", id="broken redirect"
        ),
        pytest.param(
            Answer(status=302, headers={"Location": "file:///etc/passwd"}),
            "not of the web (file)",
            id="redirect to a file",
        ),
        pytest.param(
            Answer(status=302, headers={"Location": "ftp://127.0.0.1/"}),
            "not of the web (ftp)",
            id="redirect to ftp",
        ),
        pytest.param(Answer(headers={"X": "a\x00b"}, body=FEED), "not proper HTTP", id="broken header"),
    ],
)
async def test_faults_are_told_in_words(clock: ManualClock, answer: Answer, words: str) -> None:
    async with WebServer() as web, fetching(clock, max_bytes=LIMIT) as fetcher:
        got = await fetcher.get(web.route("/feed", answer))
        assert got.status in ("failed", "refused")
        assert words in got.reason
        assert (got.body, got.moved_to) == (b"", None)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer(body=FEED, drip=True), id="drip"),
        pytest.param(Answer(body=FEED[:50], length=500, hang=True), id="hang"),
        pytest.param(Answer(body=b"", length=-1, hang=True), id="headers only"),
    ],
)
async def test_a_slow_answer_ends_at_the_limit(clock: ManualClock, answer: Answer) -> None:
    async with WebServer() as web, fetching(clock, total_s=0.25) as fetcher:
        got = await fetcher.get(web.route("/feed", answer))
        assert (got.status, got.body) == ("failed", b"")
        assert "did not answer in full" in got.reason


async def test_a_length_that_is_too_small_is_a_fault(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        got = await fetcher.get(web.route("/feed", Answer(body=FEED, length=len(FEED) - 30)))
        assert (got.status, got.reason) == ("failed", "the answer is not proper HTTP")


async def test_redirects_without_end(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        got = await fetcher.get(web.route("/round", Answer(status=302, headers={"Location": "/round"})))
        assert (got.status, got.reason) == ("failed", "it redirects without end")
        assert len(web.requests) == 11


async def test_nobody_listens(clock: ManualClock) -> None:
    async with WebServer() as web:
        url = web.url("/feed")
    async with fetching(clock) as fetcher:
        got = await fetcher.get(url)
        assert (got.status, got.reason) == ("failed", "no connection could be made")


async def test_a_captive_portal_is_no_feed(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        web.route(
            "/login",
            Answer(headers={"Content-Type": "application/rss+xml"}, body=b"<html><body>Log in</body></html>"),
        )
        got = await fetcher.get(web.route("/feed", Answer(status=302, headers={"Location": "/login"})))
        assert got.status == "ok"
        with pytest.raises(SourceError, match="a web page"):
            parse_feed(got.body, content_type=got.content_type, base_url=got.final_url)


@pytest.mark.parametrize("charset", ["utf-16", "us-ascii", "iso-8859-1", "nonsense"])
async def test_a_charset_that_lies(clock: ManualClock, charset: str) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        headers = {"Content-Type": f"text/xml; charset={charset}"}
        got = await fetcher.get(web.route("/feed", Answer(headers=headers, body=FEED)))
        assert parse_feed(got.body, content_type=got.content_type).title == "café"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "post.example/feed",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://[",
        "ws://a.example",
    ],
)
async def test_what_is_no_address_of_the_web(clock: ManualClock, url: str) -> None:
    async with fetching(clock) as fetcher:
        got = await fetcher.get(url)
        assert got.status in ("refused", "failed")
        assert got.reason
