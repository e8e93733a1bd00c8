"""A wire between a program and a server, that can be made slow, or cut."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Relay:
    """Passes bytes on, both ways, between its own port on loopback and a server.

    Attributes:
        port: where it listens.
        sent: bytes that the program sent so far.
        opened: called in the moment a connection of the program is accepted, before a byte of it is read.
    """

    def __init__(self, host: str, port: int) -> None:
        self.port = 0
        self.sent = 0
        self.opened: Callable[[], None] = lambda: None
        self._to = (host, port)
        self._open = asyncio.Event()
        self._open.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        self._open.set()
        self.cut()

    def hold(self, seconds: float) -> None:
        """Pass nothing on for a while; nothing is lost."""
        self._open.clear()
        asyncio.get_running_loop().call_later(seconds, self._open.set)

    def cut(self) -> None:
        """Cut every connection without a word; new ones are served."""
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened()
        far_reader, far_writer = await asyncio.open_connection(*self._to)
        both = {writer, far_writer}
        self._writers |= both
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass(reader, far_writer, counted=True))
                group.create_task(self._pass(far_reader, writer, counted=False))
        finally:
            self._writers -= both

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool
    ) -> None:
        """Pass on until either end closes."""
        try:
            while data := await reader.read(65_536):
                self.sent += len(data) * counted
                await self._open.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass  # cut, as told
        finally:
            writer.close()
