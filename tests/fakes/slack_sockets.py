"""The Socket Mode half of the fake: tickets, sockets, envelopes and their acknowledgements."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.fakes.slack_people import Reply

ACK_S = 3.0
"""Seconds within which Slack wants an acknowledgement."""


class Sockets:
    """Open sockets. A ticket opens one socket, once; payloads go to the newest."""

    def __init__(self) -> None:
        self.opened = 0
        self.unknown_acks: list[str] = []
        self._open: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()
        self._issued = 0
        self._pending: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._change = asyncio.Event()
        self.refusing = False
        self.refused = 0

    @property
    def count(self) -> int:
        """How many sockets are open."""
        return len(self._open)

    def ticket(self, origin: str) -> str:
        """Return an address that opens one socket."""
        self._issued += 1
        self._tickets.add(str(self._issued))
        return f"{origin.replace('http', 'ws', 1)}/socket/{self._issued}"

    def spoil_tickets(self) -> None:
        """Make every address given so far worthless, as after a long outage."""
        self._tickets.clear()

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """Open a socket for a ticket and read it to its end."""
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets or self.refusing:
            self.refused += 1
            self._change.set()
            return web.Response(status=404)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(timeout=0.1)
        await socket.prepare(request)
        self.opened += 1
        self._open.append(socket)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": len(self._open)}))
        self._change.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
        if socket in self._open:
            self._open.remove(socket)
        self._change.set()
        return socket

    def _acknowledged(self, answer: dict[str, Any]) -> None:
        waiting = self._pending.pop(str(answer.get("envelope_id")), None)
        if waiting is None:
            self.unknown_acks.append(str(answer.get("envelope_id")))
        elif not waiting.done():
            waiting.set_result(answer)

    async def deliver(self, kind: str, body: dict[str, Any], reply: Reply) -> None:
        """Send an envelope to the newest socket and wait for its acknowledgement, three seconds at most."""
        await self.until(1)
        envelope_id = f"e{reply.id}-{reply.acknowledgements}"
        waiting: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._pending[envelope_id] = waiting
        envelope = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": body,
            "accepts_response_payload": kind != "events_api",
        }
        await self._open[-1].send_str(json.dumps(envelope))
        try:
            async with asyncio.timeout(ACK_S):
                reply.payload = (await waiting).get("payload")
                reply.acknowledgements += 1
        except TimeoutError:
            self._pending.pop(envelope_id, None)

    async def until(self, number: int) -> None:
        """Wait, ten seconds at most, until that many sockets are open."""
        async with asyncio.timeout(10):
            while len(self._open) < number:
                self._change.clear()
                await self._change.wait()

    async def until_closed(self) -> None:
        """Wait, ten seconds at most, until no socket is open."""
        async with asyncio.timeout(10):
            while self._open:
                self._change.clear()
                await self._change.wait()

    async def until_refused(self, times: int) -> None:
        """Wait, ten seconds at most, until that many attempts to open a socket were refused."""
        async with asyncio.timeout(10):
            while self.refused < times:
                self._change.clear()
                await self._change.wait()

    async def until_opened(self, times: int) -> None:
        """Wait, ten seconds at most, until sockets were opened that often in all."""
        async with asyncio.timeout(10):
            while self.opened < times:
                self._change.clear()
                await self._change.wait()

    async def announce(self, reason: str = "refresh_requested") -> None:
        """Tell the newest socket that it is going to be closed, and leave it open."""
        await self._open[-1].send_str(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {}}))

    async def say(self, text: str) -> None:
        """Send any text to the newest socket."""
        await self._open[-1].send_str(text)

    async def drop(self) -> None:
        """Close every socket without a word before."""
        for socket in tuple(self._open):
            self._open.remove(socket)
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def close_first(self) -> None:
        """Close the oldest socket."""
        await self._open.pop(0).close(code=WSCloseCode.GOING_AWAY)

    close = drop
