from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.clock import ManualClock
from bot.sources.answer import Validators
from tests.scenario.fetching import fetching

SAME = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nCache-Control: max-age=600\r\n\r\n'
ASKED = Validators('"1"')


class Talk:
    """A server that keeps connections and sends prepared bytes, the pieces of an answer apart.

    Attributes:
        heads: the requests, in order.
        connections: how many were made.
        most: how many requests were open at a time.
    """

    def __init__(self, answers: Sequence[Sequence[bytes]]) -> None:
        self.heads: list[str] = []
        self.connections = 0
        self.most = 0
        self.port = 0
        self.go_on = asyncio.Event()
        self.go_on.set()
        self._open = 0
        self._answers = iter(answers)
        self._tasks: set[asyncio.Task[None] | None] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer on one connection; an empty piece hangs up, and so does the end of the answers."""
        self.connections += 1
        self._tasks.add(asyncio.current_task())
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
                self._open += 1
                self.most = max(self.most, self._open)
                await self.go_on.wait()
                self._open -= 1
                for piece in next(self._answers, [b""]):
                    if not piece:
                        break
                    writer.write(piece)
                    await rounds()
                else:
                    continue
                break
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    async def end(self) -> None:
        """Wait until every connection is closed."""
        for task in self._tasks:
            if task is not None:
                await task


async def rounds() -> None:
    """Let the loop go round, so that what was sent over the loopback is read."""
    for _ in range(10):
        await asyncio.sleep(0)


@asynccontextmanager
async def talking(*answers: Sequence[bytes]) -> AsyncIterator[Talk]:
    """Serve on loopback."""
    talk = Talk(answers)
    server = await asyncio.start_server(talk.serve, "127.0.0.1", 0)
    talk.port = server.sockets[0].getsockname()[1]
    async with server:
        yield talk
        await talk.end()


BODY = [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<rs", b"s\r\n2\r\n/>\r\n0\r\n\r\n"]


@pytest.mark.parametrize(
    ("first", "connections"),
    [
        pytest.param([SAME], 1, id="not modified"),
        pytest.param([SAME[:9], SAME[9:]], 1, id="in pieces"),
        pytest.param([SAME.replace(b"ETag", "X-Cafe: caf\u00e9\r\nETag".encode())], 1, id="other letters"),
        pytest.param([b"HTTP/1.1 100 Continue\r\n\r\n", SAME], 1, id="after a word beforehand"),
        pytest.param([SAME.replace(b"ETag", b"Connection: close\r\nETag")], 2, id="says that it closes"),
        pytest.param([SAME.replace(b"1.1", b"1.0")], 2, id="of the first HTTP, which closes"),
        pytest.param([SAME, b"more than was asked for"], 2, id="goes on without being asked"),
        pytest.param([SAME, b""], 2, id="hangs up afterwards"),
        pytest.param(BODY, 1, id="a body"),
    ],
)
async def test_connections_are_kept_where_that_is_right(
    clock: ManualClock, first: list[bytes], connections: int
) -> None:
    async with talking(first, [SAME]) as talk, fetching(clock) as fetcher:
        url = f"http://127.0.0.1:{talk.port}/feed"
        got = await fetcher.get(url, ASKED)
        if first is BODY:
            assert (got.status, got.body) == ("ok", b"<rss/>")
        else:
            assert (got.status, got.validators, got.max_age_s) == ("not_modified", ASKED, 600)
        await rounds()
        again = await fetcher.get(url, ASKED)
        assert (again.status, again.code) == ("not_modified", 304)
        assert (talk.connections, len(talk.heads)) == (connections, 2)


async def test_a_kept_connection_that_ends_at_the_next_question_is_replaced_once(clock: ManualClock) -> None:
    async with talking([SAME], [b""], [SAME], [b""], [b""], [SAME]) as talk, fetching(clock) as fetcher:
        url = f"http://127.0.0.1:{talk.port}/feed"
        assert (await fetcher.get(url, ASKED)).status == "not_modified"
        assert (await fetcher.get(url, ASKED)).status == "not_modified"
        assert talk.connections == 2
        got = await fetcher.get(url, ASKED)
        assert (got.status, got.reason) == ("failed", "the server hung up without an answer")
        assert (talk.connections, len(talk.heads)) == (3, 5)


async def test_a_kept_connection_without_an_answer_ends_at_the_limit(clock: ManualClock) -> None:
    async with talking([SAME]) as talk, fetching(clock, total_s=0.2) as fetcher:
        url = f"http://127.0.0.1:{talk.port}/feed"
        assert (await fetcher.get(url, ASKED)).status == "not_modified"
        talk.go_on.clear()
        got = await fetcher.get(url, ASKED)
        assert (got.status, "did not answer in full" in got.reason) == ("failed", True)
        talk.go_on.set()


async def test_a_host_sees_two_connections_at_most(clock: ManualClock) -> None:
    async with talking(*[[SAME]] * 6) as talk, fetching(clock) as fetcher:
        talk.go_on.clear()
        url = f"http://127.0.0.1:{talk.port}/feed"
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(fetcher.get(url, ASKED)) for _ in range(6)]
            await rounds()
            talk.go_on.set()
        assert {task.result().status for task in asked} == {"not_modified"}
        assert (talk.most, talk.connections) == (2, 2)


async def test_what_is_asked(clock: ManualClock) -> None:
    async with talking([SAME], [SAME]) as talk, fetching(clock) as fetcher:
        url = f"http://ada:se%20cret@127.0.0.1:{talk.port}/a b?c=\u00e9#part"
        await fetcher.get(url, Validators('"1"', "a date\r\nX-Forged: yes"))
        lines = talk.heads[0].split("\r\n")
        assert lines[:3] == [
            "GET /a%20b?c=%C3%A9 HTTP/1.1",
            f"Host: 127.0.0.1:{talk.port}",
            "Authorization: Basic YWRhOnNlIGNyZXQ=",
        ]
        assert 'If-None-Match: "1"' in lines
        assert not any("Forged" in line for line in lines)
