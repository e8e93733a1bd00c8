"""Socket Mode: Slack's payloads over a socket that we open, and open again whenever it is lost.

Every connection gets an address of its own from `apps.connections.open`. (slack_sdk's client tries one
address for ever, and is dead once that address is: the reason why this file exists.)
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

import aiohttp

from bot import log
from bot.platforms.slack.faults import refused
from bot.platforms.slack.intake import Intake
from bot.platforms.slack.payload import Errand
from bot.platforms.slack.wire import Busy, Refusal, Silence, Wire

HEARTBEAT_S: Final = 20.0
"""Seconds between pings; a connection whose answer does not come within half of it is lost."""
CONNECT_S: Final = 20.0
"""Seconds a connection may take."""
LEAVING_S: Final = 30.0
"""Seconds that a connection Slack announced to close is still read."""
WAITS_S: Final = (0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0)
"""Seconds between attempts, one after another; begun anew once a connection has lived for the longest."""


class Socket:
    """Keeps one connection open, and a second one while Slack replaces the first."""

    def __init__(
        self, *, wire: Wire, app_token: str, intake: Intake, start: Callable[[Errand], None]
    ) -> None:
        self._wire = wire
        self._token = app_token
        self._intake = intake
        self._start = start
        self._open: set[aiohttp.ClientWebSocketResponse] = set()
        self._failures = 0

    def __repr__(self) -> str:
        return f"Socket(connected={self.connected})"

    @property
    def connected(self) -> bool:
        """Whether Slack can reach us at present."""
        return any(not socket.closed for socket in self._open)

    async def listen(self) -> None:
        """Listen until cancelled.

        Raises:
            SlackRefusedError: the app's token is refused.
        """
        fault = None
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as readers:
            while fault is None:
                opened = await self._address()
                if isinstance(opened, str):
                    await self._connection(session, opened, readers)
                else:
                    fault = await self._setback(opened)
            for socket in tuple(self._open):
                await socket.close()
        raise fault

    async def _address(self) -> str | Refusal | Busy | Silence:
        reply = await self._wire.call("apps.connections.open", {}, token=self._token)
        if isinstance(reply, dict):
            url = reply.get("url")
            return url if isinstance(url, str) else Silence("Slack gave no address", reached=True)
        return reply

    async def _setback(self, reply: Refusal | Busy | Silence) -> Exception | None:
        """Wait as long as it takes; return the fault when waiting is no use."""
        if isinstance(reply, Refusal) and (fault := refused("SLACK_APP_TOKEN", reply.error)):
            return fault
        wait = self._wait()
        if isinstance(reply, Busy):
            wait = max(wait, reply.after_s)
        log.get(__name__).warning("Slack gives no connection", reply=str(reply), again_in_s=wait)
        await asyncio.sleep(wait)
        return None

    def _wait(self) -> float:
        self._failures += 1
        return WAITS_S[min(self._failures, len(WAITS_S)) - 1]

    async def _connection(self, session: aiohttp.ClientSession, url: str, readers: asyncio.TaskGroup) -> None:
        """Open a connection and return when it is lost or about to be closed."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout(CONNECT_S):
                socket = await session.ws_connect(url, heartbeat=HEARTBEAT_S, proxy=self._wire.proxy)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            log.get(__name__).warning("the socket to Slack does not open", error=type(error).__name__)
            await asyncio.sleep(self._wait())
            return
        leaving = asyncio.Event()
        self._open.add(socket)
        readers.create_task(self._read(socket, leaving, readers))
        await leaving.wait()
        if loop.time() - began >= WAITS_S[-1]:
            self._failures = 0
        await asyncio.sleep(self._wait())

    async def _read(
        self, socket: aiohttp.ClientWebSocketResponse, leaving: asyncio.Event, readers: asyncio.TaskGroup
    ) -> None:
        try:
            while True:
                try:
                    message = await socket.receive(timeout=LEAVING_S if leaving.is_set() else None)
                except TimeoutError:
                    return
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return  # closed, broken, or not the protocol
                envelope = _envelope(message.data)
                if envelope.get("type") == "disconnect":
                    log.get(__name__).info("Slack replaces the connection", reason=envelope.get("reason"))
                    leaving.set()
                elif isinstance(envelope.get("envelope_id"), str):
                    readers.create_task(self._acknowledge(socket, envelope))
        finally:
            self._open.discard(socket)
            leaving.set()
            await socket.close()

    async def _acknowledge(self, socket: aiohttp.ClientWebSocketResponse, envelope: dict[str, Any]) -> None:
        body = envelope.get("payload")
        taken = await self._intake.take("socket_mode", body if isinstance(body, dict) else {})
        answer: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
        if taken.payload is not None:
            answer["payload"] = taken.payload
        try:
            await socket.send_str(json.dumps(answer))
        except (aiohttp.ClientError, ConnectionError):
            # Slack will deliver it again, and `Intake` will know it again; the answer is due in any case.
            log.get(__name__).info("the socket closed before an acknowledgement")
        if taken.errand is not None:
            self._start(taken.errand)


def _envelope(text: str) -> dict[str, Any]:
    try:
        envelope = json.loads(text)
    except ValueError:
        return {}
    return envelope if isinstance(envelope, dict) else {}
