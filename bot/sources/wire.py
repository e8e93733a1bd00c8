"""Requests over kept connections: aiohttp connects and reads, and "not modified" takes a short way.

Most polls end in a few lines that say "not modified". aiohttp's session spends four times as much on such
an answer as the network does, so that requests are written here, and a plain 304 is read here. Names, TLS,
the guarded sockets and every other answer are aiohttp's own: its connector and its parser.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection, TCPConnector

from bot.sources.place import Place

PER_HOST = 2
"""Connections to one host at a time."""

IDLE_S = 15.0
"""A connection is kept for so many seconds: servers close theirs after 5 to 75."""

IDLE_MOST = 128
"""Connections kept at a time, over all hosts."""

READ_AT_ONCE = 65_536
"""Bytes read from a connection at a time; what is read is copied out before anything else is read."""

# A "not modified" of plain letters only; whatever differs goes through aiohttp's parser.
_NOT_MODIFIED = re.compile(rb"HTTP/1\.1 304[\t -~]*\r\n(?:[!-9;-~]+:[\t -~]*\r\n)*\r\n")
_FIELD = re.compile(
    rb"\n(etag|last-modified|cache-control|expires|retry-after|connection):[ \t]*([^\r]*)", re.IGNORECASE
)
_NAMES = {
    name.lower().encode(): name
    for name in ("ETag", "Last-Modified", "Cache-Control", "Expires", "Retry-After", "Connection")
}

Read = Callable[[Mapping[str, str], aiohttp.StreamReader], Awaitable[bytes]]


class Got(NamedTuple):
    """An answer.

    Attributes:
        code: of HTTP.
        headers: those of a plain "not modified" under the names above; of any other answer all, in any case.
        body: of 200 and 203; else b"".
    """

    code: int
    headers: Mapping[str, str]
    body: bytes = b""


def not_modified(data: bytes) -> dict[str, str] | None:
    """Return the headers that matter of a whole and plain "not modified"; None for anything else."""
    if not _NOT_MODIFIED.fullmatch(data):
        return None
    headers: dict[str, str] = {}
    for name, value in _FIELD.findall(data):
        headers.setdefault(_NAMES[name.lower()], value.decode("ascii").rstrip(" \t"))
    return headers


class _Line(asyncio.BufferedProtocol):
    """A connection; it reads a plain "not modified" itself, and leaves any other answer to aiohttp.

    It reads into a buffer that all connections share: asyncio else takes 256 kB anew for each read, which
    costs more than all the rest of a "not modified". TLS fills it by slices, which must not be copies.
    """

    def __init__(
        self,
        connection: Connection,
        handler: ResponseHandler,
        transport: asyncio.Transport,
        buffer: memoryview,
    ) -> None:
        self.handler = handler
        self._buffer = buffer
        self._handed_over = False
        self.deadline = 0.0
        self.idle_since = 0.0
        self.keep = True
        self._connection = connection
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._answer: asyncio.Future[Got | None] | None = None
        transport.set_protocol(self)

    @property
    def open(self) -> bool:
        return not self._transport.is_closing()

    async def ask(self, request: bytes) -> Got | None:
        """Send a request; return a "not modified", or None when the handler has begun to read an answer.

        Raises:
            TimeoutError: `expire` was called.
            aiohttp.ServerDisconnectedError: the connection ended.
            OSError: it broke.
        """
        self._answer = self._loop.create_future()
        self._transport.write(request)
        try:
            return await self._answer
        finally:
            self._answer = None

    def expire(self) -> None:
        """Wait no longer for the beginning of an answer."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(TimeoutError())

    def back(self) -> None:
        """Listen again after the handler has read an answer."""
        self._handed_over = False

    def close(self) -> None:
        self._connection.close()

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - the name is asyncio's
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        data = bytes(self._buffer[:nbytes])
        answer = self._answer
        if self._handed_over:
            self.handler.data_received(data)
        elif answer is None or answer.done():  # nobody asked
            self._transport.abort()
        elif (headers := not_modified(data)) is not None:
            self.keep = "close" not in headers.get("Connection", "").lower()
            answer.set_result(Got(304, headers))
        else:
            self.handler.set_response_params(read_until_eof=True, auto_decompress=False)
            self._handed_over = True
            self.handler.data_received(data)
            answer.set_result(None)

    def eof_received(self) -> None:
        self.handler.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self.handler.connection_lost(exc)
        if self._answer is not None and not self._answer.done():
            lost = aiohttp.ServerDisconnectedError() if exc is None else aiohttp.ClientOSError(*exc.args)
            self._answer.set_exception(lost)

    def pause_writing(self) -> None:
        self.handler.pause_writing()

    def resume_writing(self) -> None:
        self.handler.resume_writing()


class _Watch:
    """Ends what is not answered in time, with one timer for all: one for each costs as much as a request."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._asked: dict[_Line, None] = {}
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, line: _Line, deadline: float) -> None:
        line.deadline = deadline
        self._asked[line] = None
        if self._timer is None or self._timer.when() > deadline:
            self.stop()
            self._timer = self._loop.call_at(deadline, self._look)

    def end(self, line: _Line) -> None:
        del self._asked[line]

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        """End those whose time is over, and come back for the next."""
        now = self._loop.time()
        later = [line.deadline for line in self._asked if line.deadline > now]
        for line in self._asked:
            if line.deadline <= now:
                line.expire()
        self._timer = self._loop.call_at(min(later), self._look) if later else None


@dataclass(slots=True)
class _Host:
    """The connections to one host."""

    busy: int = 0
    idle: list[_Line] = field(default_factory=list)
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)


class Wire:
    """Sends requests and keeps the connections.

    Args:
        connector: makes connections; without limits of its own. It is closed with the wire.
        connect_s: the longest that a connection may take to be made, in seconds.
    """

    def __init__(self, connector: TCPConnector, *, connect_s: float) -> None:
        self._connector = connector
        self._limits = aiohttp.ClientTimeout(total=None, sock_connect=connect_s)
        self._loop = asyncio.get_running_loop()
        self._hosts: dict[str, _Host] = {}
        self._idle: dict[_Line, str] = {}
        self._watch = _Watch()
        self._buffer = memoryview(bytearray(READ_AT_ONCE))

    async def close(self) -> None:
        """Close every connection."""
        self._watch.stop()
        for line in list(self._idle):
            line.close()
        self._idle.clear()
        self._hosts.clear()
        await self._connector.close()

    async def get(self, place: Place, request: bytes, read: Read, *, total_s: float) -> Got:
        """Send a request and return its answer.

        Args:
            place: where to.
            request: its bytes, whole.
            read: reads and limits the body of an answer that has one.
            total_s: seconds for all of it.

        Raises:
            TimeoutError: it took longer.
            aiohttp.ClientError, aiohttp.http.HttpProcessingError, OSError: the network's and the server's
                faults.
        """
        now = self._loop.time()
        deadline = now + total_s
        host = self._hosts.get(place.origin)
        if host is None:
            host = self._hosts[place.origin] = _Host()
        while host.busy >= PER_HOST:
            await self._turn(host, deadline)
            now = self._loop.time()
        host.busy += 1
        try:
            line = self._kept(host, now)
            if line is not None:
                try:
                    return await self._exchange(line, host, place, request, read, deadline)
                except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
                    pass  # its server had closed it meanwhile: once more, on a new one
            line = await self._connected(place, deadline)
            return await self._exchange(line, host, place, request, read, deadline)
        finally:
            host.busy -= 1
            while host.waiting:
                if not (next_one := host.waiting.popleft()).done():
                    next_one.set_result(None)
                    break
            if not host.busy and not host.idle and not host.waiting:
                self._hosts.pop(place.origin, None)

    async def _turn(self, host: _Host, deadline: float) -> None:
        """Wait until a connection to a host is free."""
        free: asyncio.Future[None] = self._loop.create_future()
        host.waiting.append(free)
        async with asyncio.timeout_at(deadline):
            await free

    def _kept(self, host: _Host, now: float) -> _Line | None:
        """Return a connection that is open already, the one used last."""
        while host.idle:
            line = host.idle.pop()
            del self._idle[line]
            if line.open and line.idle_since > now - IDLE_S:
                return line
            line.close()
        return None

    async def _connected(self, place: Place, deadline: float) -> _Line:
        towards = aiohttp.ClientRequest("GET", place.url.origin(), loop=self._loop)
        async with asyncio.timeout_at(deadline):
            connection = await self._connector.connect(towards, [], self._limits)
        handler, transport = connection.protocol, connection.transport
        if handler is None or not isinstance(transport, asyncio.Transport):
            connection.close()
            raise aiohttp.ServerDisconnectedError
        return _Line(connection, handler, transport, self._buffer)

    async def _exchange(
        self, line: _Line, host: _Host, place: Place, request: bytes, read: Read, deadline: float
    ) -> Got:
        """Send a request over a connection, read the answer, and keep the connection where that is right."""
        kept = False
        try:
            self._watch.begin(line, deadline)
            try:
                got = await line.ask(request)
            finally:
                self._watch.end(line)
            if got is None:
                got = await self._read(line, read, deadline)
            kept = line.keep and line.open
        finally:
            if kept:
                self._keep(line, host, place.origin)
            else:
                line.close()
        return got

    async def _read(self, line: _Line, read: Read, deadline: float) -> Got:
        """Read an answer with aiohttp's parser."""
        async with asyncio.timeout_at(deadline):
            while True:
                message, payload = await line.handler.read()
                if not 100 <= message.code < 200 or message.code == 101:
                    break
            body = await read(message.headers, payload) if message.code in (200, 203) else b""
        line.keep = not line.handler.should_close
        if line.keep:
            line.back()
        return Got(message.code, message.headers, body)

    def _keep(self, line: _Line, host: _Host, origin: str) -> None:
        """Keep a connection; close those that were kept for too long, or are too many."""
        now = line.idle_since = self._loop.time()
        host.idle.append(line)
        self._idle[line] = origin
        while self._idle:
            oldest = next(iter(self._idle))
            if oldest.idle_since > now - IDLE_S and len(self._idle) <= IDLE_MOST:
                break
            home = self._hosts.get(self._idle.pop(oldest))
            if home is not None:
                home.idle.remove(oldest)
            oldest.close()
