from __future__ import annotations

from ipaddress import ip_network

import pytest

from bot.clock import ManualClock
from tests.fakes.names import Names
from tests.fakes.web_server import Answer, WebServer
from tests.scenario.fetching import LOOPBACK, fetching

HOSTS = [
    "127.0.0.1", "localhost", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
    "017700000001",
    "0.0.0.0",  # noqa: S104 - asked for, not bound to
    "0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]",
    "①②⑦.⓪.⓪.①", "１２７.0.0.1", "127。0。0。1", "LOCALHOST", "localhost.",
    "user@127.0.0.1",
    "[fe80::1%25lo]", "[fe80::1%lo]",
    "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "169.254.169.254", "[fd00:ec2::254]",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
async def test_no_spelling_of_an_inner_address_is_connected_to(clock: ManualClock, host: str) -> None:
    async with WebServer() as web, fetching(clock, networks=()) as fetcher:
        web.route("/", Answer(body=b"secret"))
        got = await fetcher.get(f"http://{host}:{web.port}/")
        assert got.status in ("refused", "failed")
        assert got.body == b""
        assert web.requests == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "[::ffff:127.0.0.1]", "127。0。0。1"]
)
async def test_the_refusal_is_explained(clock: ManualClock, host: str) -> None:
    async with fetching(clock, networks=()) as fetcher:
        got = await fetcher.get(f"http://{host}:9/")
        assert (got.status, got.code) == ("refused", None)
        assert "FETCH_ALLOW_NETWORKS" in got.reason


async def test_a_redirect_inwards_is_refused(clock: ManualClock) -> None:
    outer = (ip_network("127.0.0.1/32"),)
    async with WebServer() as web, fetching(clock, networks=outer) as fetcher:
        web.route("/inner", Answer(body=b"secret"))
        for host in ("127.0.0.2", "[::1]", "localhost.localdomain", "0x7f000002"):
            web.route("/out", Answer(status=301, headers={"Location": f"http://{host}:{web.port}/inner"}))
            got = await fetcher.get(web.url("/out"))
            assert got.status in ("refused", "failed")
            assert (got.body, got.moved_to) == (b"", None)
        assert {request.path for request in web.requests} == {"/out"}


async def test_a_name_that_leads_inwards_is_refused(clock: ManualClock) -> None:
    names = Names({"inner.example": ["127.0.0.1"], "mapped.example": ["::ffff:127.0.0.1"]})
    async with WebServer() as web, fetching(clock, networks=(), names=names) as fetcher:
        for name in ("inner.example", "mapped.example"):
            got = await fetcher.get(f"http://{name}:{web.port}/")
            assert got.status == "refused"
        assert web.requests == []
        assert names.asked == ["inner.example", "mapped.example"]


async def test_a_name_that_changes_its_mind_is_refused_at_the_connection(clock: ManualClock) -> None:
    names = Names({"rebind.example": ["127.0.0.1", "127.0.0.2"]})
    async with (
        WebServer() as web,
        fetching(clock, networks=(ip_network("127.0.0.1/32"),), names=names) as fetcher,
    ):
        web.route("/a", Answer(status=302, headers={"Location": f"http://other.example:{web.port}/b"}))
        assert (await fetcher.get(f"http://rebind.example:{web.port}/a")).status == "failed"
        fresh = Names({"rebind.example": ["127.0.0.2"]})
        async with fetching(clock, networks=(ip_network("127.0.0.1/32"),), names=fresh) as second:
            assert (await second.get(f"http://rebind.example:{web.port}/a")).status == "refused"
        assert [request.path for request in web.requests] == ["/a"]


async def test_what_an_admin_opens_is_read(clock: ManualClock) -> None:
    async with WebServer() as web, fetching(clock, networks=LOOPBACK) as fetcher:
        web.route("/", Answer(body=b"open"))
        assert (await fetcher.get(f"http://localhost:{web.port}/")).body == b"open"


async def test_an_unknown_name(clock: ManualClock) -> None:
    async with fetching(clock, names=Names({})) as fetcher:
        got = await fetcher.get("http://nowhere.example/")
        assert (got.status, got.reason) == ("failed", "there is no such host")
