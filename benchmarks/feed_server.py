"""A server of feeds for measures: a process of its own, so that its work is not counted as the bot's.

Every address of 127.0.0.0/8 leads to it, so that each may stand for a host. It answers "not modified" to who
asks conditionally, unless the path ends in "/new": then the feed has twenty new entries each time, or in
"/one": then it has one new entry and nineteen of before, or in "/again": then it is sent again as it was.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

TEXT = (
    "harbour council bridge opening minister ferry storm repair school budget report canal engineer school"
    " market winter village doctor train station union court river museum election farmers prices study"
)
SAME = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nCache-Control: max-age=300\r\nServer: bench\r\n\r\n'


def feed(host: int, edition: int, entries: int = 20, *, sliding: bool = False) -> bytes:
    """Return a feed of some 17.7 kB, as feeds of news are.

    Its entries are all of this edition; or, sliding, one of it and the others of those before it.
    """
    known = TEXT.split()
    items = []
    for place in range(entries):
        one, n = (edition - place, 0) if sliding else (edition, place)
        chance = random.Random(host * 1_000_003 + one * 101 + n)
        words = " ".join(chance.choices(known, k=70))
        title = " ".join(chance.choices(known, k=8)).capitalize()
        items.append(
            f"<item><title>{title} {host}-{one}-{n}</title>"
            f"<link>https://host{host}.example/{one}/{n}?utm_source=rss</link>"
            f'<guid isPermaLink="false">{host}-{one}-{n}</guid><dc:creator>Ada Quist</dc:creator>'
            f"<category>News</category><pubDate>Tue, 12 May 2026 {n % 24:02}:00:00 GMT</pubDate>"
            f"<description>&lt;p&gt;{words}.&lt;/p&gt; &lt;a href='/x'&gt;More&lt;/a&gt;</description></item>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Post {host}</title><link>https://host{host}.example/</link>{''.join(items)}</channel></rss>"
    ).encode()


def _answer(head: bytes, editions: dict[bytes, int]) -> bytes:
    path = head.split(b" ", 2)[1]
    asked = b"If-None-Match" in head
    if asked and not path.endswith((b"/new", b"/one", b"/again")):
        return SAME
    edition = editions[path] = 20 if path.endswith(b"/again") else editions.get(path, 20) + 1
    host = int(path.split(b"/")[1])
    body = feed(host, edition, sliding=path.endswith(b"/one"))
    lines = (
        f'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(body)}'
    )
    return lines.encode() + b"\r\n\r\n" + body


def _serve(pipe: Connection) -> None:
    editions: dict[bytes, int] = {}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(_answer(head, editions))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "0.0.0.0", 0)  # noqa: S104 - all of 127.0.0.0/8
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def serving() -> Iterator[int]:
    """Serve while the block runs; yields the port."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    server.start()
    yield ours.recv()
    server.terminate()
    server.join()
