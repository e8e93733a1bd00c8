"""The gateway half of the fake Discord: sessions over WebSocket that can be resumed, and made to fail."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.fakes.discord_state import Json, State

_PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15


@dataclass
class Session:
    """A session of a client; it outlives its connection for as long as it may be resumed."""

    id: str
    socket: web.WebSocketResponse | None = None
    packer: zlib._Compress | None = None
    sequence: int = 0
    events: list[Json] = field(default_factory=list)
    resumable: bool = True


class Gateway:
    """Takes clients in and tells them of events.

    Attributes:
        intents: what the latest client asked for.
        identified, resumed: how often.
        refuse_with: a close code with which every client is refused when it identifies.
        entrances: the path that each client came by; "/" is for those that were told none.
        down: connections are refused with 503.
        close_at_once_with: a code with which every connection is closed before a word is said.
        refusals: how many connections were so refused or closed.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.intents = 0
        self.identified = 0
        self.resumed = 0
        self.refuse_with: int | None = None
        self.entrances: list[str] = []
        self.down = False
        self.close_at_once_with: int | None = None
        self.refusals = 0

    @property
    def connected(self) -> bool:
        return any(session.socket is not None for session in self.sessions.values())

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.entrances.append(request.path)
        self.refusals += self.down or self.close_at_once_with is not None
        if self.down:
            await self.state.changed()
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.close_at_once_with is not None:
            await socket.close(code=self.close_at_once_with)
            return socket
        packer = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        await _send(socket, packer, {"op": 10, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        session: Session | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            packet = json.loads(message.data)
            if packet["op"] == 1:
                await _send(socket, packer, {"op": 11, "d": None, "s": None, "t": None})
            elif packet["op"] == 2:
                session = await self._identify(socket, packer, packet["d"])
            elif packet["op"] == 6:
                session = await self._resume(socket, packer, packet["d"])
        if session is not None and session.socket is socket:
            session.socket = None
        await self.state.changed()
        return socket

    async def dispatch(self, name: str, data: Json) -> None:
        """Tell every session of an event; one without connection is told when it resumes."""
        for session in self.sessions.values():
            session.sequence += 1
            event = {"op": 0, "t": name, "s": session.sequence, "d": data}
            session.events.append(event)
            if session.socket is not None:
                await _send(session.socket, session.packer, event)

    async def close(self, code: int) -> None:
        """Close every connection with a code."""
        for session in list(self.sessions.values()):
            if session.socket is not None:
                await session.socket.close(code=code)

    async def drop(self) -> None:
        """Cut every connection without a word."""
        for session in list(self.sessions.values()):
            if session.socket is not None and session.socket._req is not None:  # noqa: SLF001 - a rude cut has no name
                transport = session.socket._req.transport  # noqa: SLF001 - (the same)
                session.socket = None
                if transport is not None:
                    transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Send opcode 7."""
        await self._tell({"op": 7, "d": None, "s": None, "t": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Send opcode 9."""
        for session in self.sessions.values():
            session.resumable = resumable
        await self._tell({"op": 9, "d": resumable, "s": None, "t": None})

    async def _tell(self, packet: Json) -> None:
        for session in list(self.sessions.values()):
            if session.socket is not None:
                await _send(session.socket, session.packer, packet)

    async def _identify(
        self, socket: web.WebSocketResponse, packer: zlib._Compress | None, data: Json
    ) -> Session | None:
        self.identified += 1
        self.intents = data["intents"]
        if data["token"] != self.state.token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return None
        if self.refuse_with is not None or self.intents & _PRIVILEGED:
            await socket.close(code=self.refuse_with or 4014)
            return None
        session = Session(self.state.snowflake(), socket, packer)
        self.sessions = {session.id: session}
        guilds = [{"id": guild, "unavailable": True} for guild in self.state.guilds]
        ready = {
            "v": 10,
            "user": self.state.user(),
            "guilds": guilds,
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": self.state.application_id, "flags": 0},
        }
        await self.dispatch("READY", ready)
        for guild, name in self.state.guilds.items():
            await self.dispatch("GUILD_CREATE", self._guild(guild, name))
        await self.state.changed()
        return session

    async def _resume(
        self, socket: web.WebSocketResponse, packer: zlib._Compress | None, data: Json
    ) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None or not session.resumable or data["token"] != self.state.token:
            await _send(socket, packer, {"op": 9, "d": False, "s": None, "t": None})
            return None
        self.resumed += 1
        session.socket, session.packer = socket, packer
        for event in session.events:
            if event["s"] > data["seq"]:
                await _send(socket, packer, event)
        session.sequence += 1
        await _send(socket, packer, {"op": 0, "t": "RESUMED", "s": session.sequence, "d": {}})
        await self.state.changed()
        return session

    def _guild(self, guild: str, name: str) -> Json:
        channels = [
            {
                "id": channel.id,
                "type": channel.kind,
                "name": channel.name,
                "position": 0,
                "permission_overwrites": [],
            }
            for channel in self.state.channels.values()
            if channel.guild_id == guild
        ]
        return {
            "id": guild,
            "name": name,
            "icon": None,
            "owner_id": "1",
            "channels": channels,
            "roles": [],
            "members": [],
            "emojis": [],
            "features": [],
            "threads": [],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "member_count": 2,
            "large": False,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "preferred_locale": "en-US",
            "system_channel_flags": 0,
        }


async def _send(socket: web.WebSocketResponse, packer: zlib._Compress | None, packet: Json) -> None:
    if socket.closed:
        return
    text = json.dumps(packet)
    try:
        if packer is None:
            await socket.send_str(text)
        else:
            await socket.send_bytes(packer.compress(text.encode()) + packer.flush(zlib.Z_SYNC_FLUSH))
    except ConnectionError:
        # The client has just gone; the session keeps the event.
        return
