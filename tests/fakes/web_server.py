"""A web server on loopback that answers as told, and misbehaves in every way that the web does."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked, with header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer.

    Attributes:
        length: the Content-Length to claim; the true one when None, none at all when negative.
        hang: after the body, wait until the client goes.
        reset: after the body, drop the connection without a proper end.
        drip: send the body a byte at a time.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    length: int | None = None
    hang: bool = False
    reset: bool = False
    drip: bool = False


Reply = Callable[[Request], "Answer | Awaitable[Answer]"]


class WebServer:
    """Serves routes until it is left; an asynchronous context manager.

    Attributes:
        requests: all that was asked, in order.
    """

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._routes: dict[str, Reply] = {}
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is None:
            return
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        await self._server.wait_closed()

    @property
    def port(self) -> int:
        """The port that the system chose."""
        if self._server is None:
            raise RuntimeError("The server is not running.")
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def url(self, path: str = "/") -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def route(self, path: str, reply: Answer | Reply) -> str:
        """Answer a path; its query does not count. Returns the address."""
        self._routes[path] = reply if callable(reply) else lambda _request: reply
        return self.url(path)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._answer(reader, writer)
        finally:
            self._open.discard(writer)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readexactly(1)
        if first == b"\x16":  # a greeting of TLS, which this server does not speak
            return
        head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        pairs = (line.partition(":") for line in head[1:] if line)
        request = Request(method, path, {name.lower(): value.strip() for name, _, value in pairs})
        self.requests.append(request)
        reply = self._routes.get(path.partition("?")[0])
        made = reply(request) if reply else Answer(status=404, body=b"not here")
        answer = made if isinstance(made, Answer) else await made
        await self._send(answer, reader, writer)

    async def _send(self, answer: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length = len(answer.body) if answer.length is None else answer.length
        lines = [f"HTTP/1.1 {answer.status} Answer", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        if length >= 0 and answer.status != 304:
            lines.append(f"Content-Length: {length}")
        writer.write("\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape"))
        if answer.drip:
            for at in range(len(answer.body)):
                writer.write(answer.body[at : at + 1])
                await writer.drain()
                await asyncio.sleep(0.01)
        else:
            writer.write(answer.body)
        await writer.drain()
        if answer.hang:
            await reader.read()
        if answer.reset:
            writer.transport.abort()


def gzip_bomb(megabytes: int) -> bytes:
    """Return a gzip body that unpacks to so many megabytes of one letter, a thousandth of it in size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    block = b"A" * 1_048_576
    return b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])


def deflate(body: bytes, *, raw: bool) -> bytes:
    """Return a deflated body, with the header that the standard wants or, as some servers do, without."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def members(*bodies: bytes) -> bytes:
    """Return a gzip body of several members."""
    return b"".join(gzip.compress(body, mtime=0) for body in bodies)
