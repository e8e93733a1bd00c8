"""The REST half of the fake Discord: API v10, as much as a bot of commands and digests meets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from aiohttp import web

from tests.fakes import discord_rules
from tests.fakes.discord_state import Asked, Channel, Fault, Json, State

Act = Callable[[web.Request], Awaitable[web.Response]]


class Rest:
    """Serves the API; `hanging` is set when hanging calls may end."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.gateway_url = ""
        self.released = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        app, channel = "/applications/{app}", "/channels/{channel}"
        hook = "/webhooks/{app}/{token}"
        return [
            web.get("/gateway", self._route("gateway", self._gateway, open_to_all=True)),
            web.get("/gateway/bot", self._route("gateway", self._gateway)),
            web.get("/users/@me", self._route("me", self._me)),
            web.post("/users/@me/channels", self._route("direct", self._direct)),
            web.get("/oauth2/applications/@me", self._route("me", self._application)),
            web.get(f"{app}/commands", self._route("commands", self._commands)),
            web.put(f"{app}/commands", self._route("commands", self._put_commands)),
            web.get(channel, self._route("channel", self._channel)),
            web.get(f"{channel}/messages", self._route("history", self._history)),
            web.post(f"{channel}/messages", self._route("post", self._post)),
            web.post(
                "/interactions/{id}/{token}/callback",
                self._route("callback", self._callback, open_to_all=True),
            ),
            web.get(f"{hook}/messages/@original", self._route("answer", self._original, open_to_all=True)),
            web.patch(f"{hook}/messages/@original", self._route("answer", self._edit, open_to_all=True)),
            web.post(hook, self._route("followup", self._followup, open_to_all=True)),
        ]

    def _route(self, name: str, act: Act, *, open_to_all: bool = False) -> Act:
        async def serve(request: web.Request) -> web.Response:
            self.state.calls.append((request.method, request.path))
            if not open_to_all and request.headers.get("Authorization") != f"Bot {self.state.token}":
                return _error(401, 0, "401: Unauthorized")
            fault = self.state.fault(name)
            try:
                answer = await act(request) if fault is None or fault.accepted else web.Response()
            finally:
                await self.state.changed()
            return answer if fault is None else await self._fail(fault, request)

        return serve

    async def _fail(self, fault: Fault, request: web.Request) -> web.Response:
        if fault.hang:
            await self.released.wait()
        if fault.status is None:
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        if isinstance(fault.body, str):
            return web.Response(
                status=fault.status, text=fault.body, headers=fault.headers, content_type="text/html"
            )
        return _json(fault.body, status=fault.status, headers=fault.headers)

    async def _gateway(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return _json({"url": self.gateway_url, "shards": 1, "session_start_limit": limit})

    async def _me(self, _: web.Request) -> web.Response:
        return _json(self.state.user())

    async def _direct(self, request: web.Request) -> web.Response:
        person = str((await _body(request)).get("recipient_id", ""))
        if not person.isdigit():
            return _error(400, 50035, "Invalid Form Body")
        if person not in self.state.direct:
            channel = Channel(self.state.snowflake(), kind=1)
            self.state.channels[channel.id] = channel
            self.state.direct[person] = channel
        return _json({"id": self.state.direct[person].id, "type": 1})

    async def _application(self, _: web.Request) -> web.Response:
        owner = {"id": "1", "username": "owner", "discriminator": "0", "avatar": None}
        return _json(
            {
                "id": self.state.application_id,
                "name": "Nutgraf",
                "description": "",
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "owner": owner,
                "verify_key": "",
                "flags": 0,
            }
        )

    async def _commands(self, _: web.Request) -> web.Response:
        return _json(self.state.commands)

    async def _put_commands(self, request: web.Request) -> web.Response:
        given = await request.json()
        self.state.command_writes += 1
        self.state.commands = [_registered(command, self.state) for command in given]
        return _json(self.state.commands)

    async def _channel(self, request: web.Request) -> web.Response:
        channel = self._found(request)
        if channel is None:
            return _error(404, 10003, "Unknown Channel")
        last = channel.messages[-1]["id"] if channel.messages else None
        return _json({"id": channel.id, "type": channel.kind, "last_message_id": last})

    async def _history(self, request: web.Request) -> web.Response:
        channel = self._found(request)
        if channel is None:
            return _error(404, 10003, "Unknown Channel")
        if not channel.can_send:
            return _error(403, 50001, "Missing Access")
        if not channel.can_read_history:
            return _json([])
        limit = int(request.query.get("limit", "50"))
        if not 1 <= limit <= 100:
            return _error(400, 50035, "Invalid Form Body")
        before = int(request.query.get("before", "0")) or float("inf")
        chosen = [message for message in reversed(channel.messages) if int(message["id"]) < before]
        # The nonce is told when a message is made, and not kept in the history.
        return _json([{**message, "nonce": None} for message in chosen[:limit]])

    async def _post(self, request: web.Request) -> web.Response:
        channel = self._found(request)
        if channel is None:
            return _error(404, 10003, "Unknown Channel")
        if not channel.can_send:
            return _error(403, 50013, "Missing Permissions")
        if channel.archived:
            return _error(400, 50083, "Thread is archived")
        if channel.kind in (4, 15):
            return _error(400, 50008, "Cannot send messages in a non-text channel")
        body = await _body(request)
        if found := discord_rules.fault(body):
            return _error(400, 50035, f"Invalid Form Body: {found}")
        key = (channel.id, str(body.get("nonce")))
        if body.get("enforce_nonce") and body.get("nonce") is not None and key in self.state.nonces:
            return _json(self.state.nonces[key])
        message = self._message(body, channel.id)
        self.state.nonces[key] = message
        channel.messages.append(message)
        return _json(message)

    async def _callback(self, request: web.Request) -> web.Response:
        asked = self.state.asked.get(request.match_info["token"])
        if asked is None or asked.expired or asked.id != request.match_info["id"]:
            return _error(404, 10062, "Unknown interaction")
        if asked.type is not None:
            return _error(400, 40060, "Interaction has already been acknowledged")
        body = await _body(request)
        kind, data = body.get("type"), body.get("data") or {}
        if kind not in (4, 5, 6, 7):
            return _error(400, 50035, "Invalid Form Body: type")
        if kind in (4, 7) and (found := discord_rules.fault(data)):
            return _error(400, 50035, f"Invalid Form Body: {found}")
        asked.type, asked.thinking = kind, kind == 5
        if kind in (4, 5):
            self._say(asked, data)
        if "with_response" in request.query:
            told = {"id": asked.id, "type": asked.payload["type"], "activity_instance_id": None}
            flags = data.get("flags", 0)
            shown = {**told, "response_message_id": None, "response_message_ephemeral": bool(flags & 64)}
            return _json({"interaction": shown})
        return web.Response(status=204)

    async def _original(self, request: web.Request) -> web.Response:
        asked = self._open(request)
        if asked is None or not asked.messages:
            return _error(404, 10015, "Unknown Webhook")
        return _json(asked.messages[0])

    async def _edit(self, request: web.Request) -> web.Response:
        asked = self._open(request)
        if asked is None or not asked.messages:
            return _error(404, 10015, "Unknown Webhook")
        body = await _body(request)
        if found := discord_rules.fault(body):
            return _error(400, 50035, f"Invalid Form Body: {found}")
        flags = asked.messages[0]["flags"] & 64 | body.get("flags", 0) & discord_rules.COMPONENTS_V2
        asked.messages[0] = {**asked.messages[0], **body, "flags": flags}
        asked.thinking = False
        return _json(asked.messages[0])

    async def _followup(self, request: web.Request) -> web.Response:
        asked = self._open(request)
        if asked is None or asked.type is None:
            return _error(404, 10015, "Unknown Webhook")
        body = await _body(request)
        if found := discord_rules.fault(body):
            return _error(400, 50035, f"Invalid Form Body: {found}")
        return _json(self._say(asked, body))

    def _say(self, asked: Asked, body: Json) -> Json:
        channel = self.state.channels[asked.payload["channel"]["id"]]
        message = self._message(body, channel.id)
        asked.messages.append(message)
        if not message["flags"] & discord_rules.EPHEMERAL:
            channel.messages.append(message)
        return message

    def _message(self, body: Json, channel_id: str) -> Json:
        self.state.now_ms += 1000
        stamp = datetime.fromtimestamp(self.state.now_ms / 1000, UTC)
        message = {
            "id": self.state.snowflake(),
            "channel_id": channel_id,
            "author": self.state.user(),
            "content": body.get("content", ""),
            "timestamp": stamp.isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": body.get("flags", 0),
            "nonce": body.get("nonce"),
            "components": body.get("components", []),
            # Not Discord's: what the bot allowed, for tests to look at.
            "allowed_mentions": body.get("allowed_mentions"),
        }
        self.state.seen_messages.append(message)
        return message

    def _found(self, request: web.Request) -> Channel | None:
        channel = self.state.channels.get(request.match_info["channel"])
        return None if channel is None or channel.gone else channel

    def _open(self, request: web.Request) -> Asked | None:
        asked = self.state.asked.get(request.match_info["token"])
        if asked is None or asked.expired or request.match_info["app"] != self.state.application_id:
            return None
        return asked


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except json.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}


def _registered(command: Json, state: State) -> Json:
    """Return a command as Discord gives it back: with ids, texts for numbers, and without what is plain."""
    rights = command.get("default_member_permissions")
    return {
        **{name: value for name, value in command.items() if value not in (None, [])},
        "id": state.snowflake(),
        "application_id": state.application_id,
        "version": state.snowflake(),
        "type": command.get("type", 1),
        "default_member_permissions": None if rights is None else str(rights),
        "integration_types": [0],
        "name_localizations": None,
    }


def _json(value: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # Discord names no charset, and discord.py takes nothing else for JSON.
    return web.Response(
        body=json.dumps(value).encode(),
        status=status,
        headers={**(headers or {}), "Content-Type": "application/json"},
    )


def _error(status: int, code: int, message: str) -> web.Response:
    return _json({"code": code, "message": message}, status=status)
