from __future__ import annotations

import gzip
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.sources.answer import Validators
from tests.fakes.web_server import Answer, Request, WebServer
from tests.scenario.fetching import fetching


async def test_a_body_comes_with_what_to_ask_next_time(clock: ManualClock) -> None:
    headers = {
        "ETag": 'W/"1"',
        "Last-Modified": "Tue, 12 May 2026 06:00:00 GMT",
        "Content-Type": "application/rss+xml",
        "Content-Encoding": "gzip",
        "Cache-Control": "max-age=600",
    }
    async with WebServer() as web, fetching(clock) as fetcher:
        url = web.route("/feed", Answer(headers=headers, body=gzip.compress(b"<rss/>")))
        got = await fetcher.get(url)
        assert (got.status, got.body, got.code, got.reason) == ("ok", b"<rss/>", 200, "")
        assert (got.final_url, got.moved_to, got.content_type) == (url, None, "application/rss+xml")
        assert got.validators == Validators('W/"1"', "Tue, 12 May 2026 06:00:00 GMT")
        assert got.max_age_s == 600
        asked = web.requests[0].headers
        assert asked["user-agent"] == "nutgraf-tests/1 (+https://example.org/bot)"
        assert asked["accept-encoding"] == "gzip, deflate"
        assert "if-none-match" not in asked
        assert "cookie" not in asked


async def test_not_modified(clock: ManualClock) -> None:
    def answer(request: Request) -> Answer:
        same = (
            request.headers.get("if-none-match") == '"1"'
            and request.headers.get("if-modified-since") == "then"
        )
        return Answer(status=304, headers={"ETag": '"1b"'}) if same else Answer(body=b"new")

    async with WebServer() as web, fetching(clock) as fetcher:
        url = web.route("/feed", answer)
        got = await fetcher.get(url, Validators('"1"', "then"))
        assert (got.status, got.body) == ("not_modified", b"")
        assert got.validators == Validators('"1b"', "then")
        assert (await fetcher.get(url, Validators('"0"'))).body == b"new"


async def test_not_modified_without_a_question_is_a_fault(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        got = await fetcher.get(web.route("/feed", Answer(status=304)))
        assert got.status == "failed"
        assert "nothing was read before" in got.reason


@pytest.mark.parametrize(
    ("codes", "moved"), [((301,), True), ((308, 301), True), ((302,), False), ((301, 307), False)]
)
async def test_redirects(clock: ManualClock, codes: tuple[int, ...], *, moved: bool) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        for n, code in enumerate(codes):
            web.route(f"/{n}", Answer(status=code, headers={"Location": f"/{n + 1}#part"}))
        end = web.route(f"/{len(codes)}", Answer(body=b"here"))
        got = await fetcher.get(web.url("/0"))
        assert (got.status, got.body, got.final_url) == ("ok", b"here", end)
        assert got.moved_to == (end if moved else None)


async def test_a_permanent_redirect_to_a_fault_moves_nothing(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        got = await fetcher.get(web.route("/0", Answer(status=301, headers={"Location": "/nowhere"})))
        assert (got.status, got.code, got.moved_to) == ("failed", 404, None)


@pytest.mark.parametrize(
    ("code", "status", "words"),
    [
        (410, "gone", "ended"),
        (404, "failed", "does not know the address"),
        (401, "refused", "refuses us"),
        (403, "refused", "refuses us"),
        (451, "refused", "refuses us"),
        (429, "later", "asked too often"),
        (503, "later", "busy"),
        (500, "failed", "a fault of its own"),
        (204, "failed", "makes no sense"),
        (301, "failed", "makes no sense"),
    ],
)
async def test_answers_that_bring_nothing(clock: ManualClock, code: int, status: str, words: str) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        got = await fetcher.get(web.route("/feed", Answer(status=code, body=b"x" if code != 204 else b"")))
        assert (got.status, got.code, got.body) == (status, code, b"")
        assert words in got.reason
        assert f"({code})" in got.reason


async def test_a_host_that_asks_for_patience_is_left_alone(clock: ManualClock) -> None:
    waits: list[float] = []
    async with WebServer() as web, fetching(clock, waits=waits) as fetcher:
        web.route("/a", Answer(status=429, headers={"Retry-After": "300"}))
        web.route("/b", Answer(body=b"b"))
        assert (await fetcher.get(web.url("/a"))).retry_after_s == 300
        got = await fetcher.get(web.url("/b"))
        assert (got.status, got.code) == ("later", None)
        assert got.retry_after_s == 300
        assert len(web.requests) == 1
        clock.advance(timedelta(seconds=299))
        assert (await fetcher.get(web.url("/b"))).body == b"b"
        assert waits == [1]


async def test_requests_to_one_host_are_a_second_apart(clock: ManualClock) -> None:
    waits: list[float] = []
    async with WebServer() as web, fetching(clock, waits=waits) as fetcher:
        url = web.route("/a", Answer(body=b"a"))
        for _ in range(3):
            assert (await fetcher.get(url)).status == "ok"
        assert waits == [1, 1]


async def test_pages_are_asked_for_as_pages(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock) as fetcher:
        await fetcher.get(web.route("/", Answer(body=b"x")), accept="text/html")
        assert web.requests[0].headers["accept"] == "text/html"
