"""A small honest Slack on loopback: the Web API, Socket Mode, and people who type commands and press buttons.

    async with FakeSlack() as slack:
        platform = SlackPlatform(bot_token=slack.bot_token, api_url=slack.api_url, ...)
        reply = await slack.command("/related", "ferry", user="U0ANNA", channel="C0NEWS")
        reply.acknowledged, await reply.message(), slack.posted("C0NEWS")
        slack.fail("post", cut(accepted=True))    # the next post is accepted, then the line is cut

It refuses what Slack refuses (tokens, scopes, channels, blocks beyond the limits) and counts what it did.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.clock import Clock, SystemClock
from tests.fakes.slack_api import error, perform
from tests.fakes.slack_faults import Fault, inflict
from tests.fakes.slack_people import Reply, command_body, press_body
from tests.fakes.slack_rules import refusal
from tests.fakes.slack_sockets import Sockets
from tests.fakes.slack_state import Call, Message, Person, Room, Workspace


class FakeSlack:
    """The server; an async context manager. Everything it holds is open to look at in `workspace`."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.workspace = Workspace(clock=clock or SystemClock())
        self.sockets = Sockets()
        self._replies: dict[str, Reply] = {}
        self._count = 0
        self._runner: web.AppRunner | None = None
        self._hanging, self._change = asyncio.Event(), asyncio.Event()
        self.origin = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=10_000_000)
        app.router.add_post("/api/{method}", self._api)
        app.router.add_post("/response/{id}", self._response_url)
        app.router.add_get("/socket/{ticket}", self.sockets.accept)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.origin = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hanging.set()
        await self.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    # --- where it is and what opens it

    @property
    def api_url(self) -> str:
        """The address for SLACK_API_URL."""
        return f"{self.origin}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token; another one is refused."""
        return self.workspace.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token; another one is refused."""
        return self.workspace.app_token

    @property
    def signing_secret(self) -> str:
        """What requests in HTTP mode are signed with."""
        return self.workspace.signing_secret

    # --- what it holds

    def posted(self, channel: str = "C0NEWS") -> list[Message]:
        """Return the messages that everyone in a channel sees, in order."""
        return self.workspace.rooms[channel].messages

    def calls(self, method: str) -> list[Call]:
        """Return the calls of a method, also those that failed."""
        return [call for call in self.workspace.calls if call.method == method]

    def add_channel(self, name: str = "harbour") -> Room:
        """Add a channel with the bot in it."""
        room = Room(f"C0{len(self.workspace.rooms):06}", name)
        self.workspace.rooms[room.id] = room
        return room

    def add_person(self, person: Person) -> None:
        """Add or replace someone."""
        self.workspace.people[person.id] = person

    def fail(self, route: str, fault: Fault, times: int = 1) -> None:
        """Have the next calls of a route go wrong.

        Args:
            route: "post", "history", "answer" (the response_url), or a method such as "users.info".
            fault: how; see `slack_faults`.
            times: how many calls.
        """
        method = {"post": "chat.postMessage", "history": "conversations.history"}.get(route, route)
        self.workspace.faults.setdefault(method, []).extend([fault] * times)

    def say(self, channel: str, text: str) -> None:
        """Have somebody else write in a channel."""
        message = Message(self.workspace.stamp(), channel, {"text": text, "channel": channel})
        self.workspace.rooms[channel].messages.append(message)

    async def connected(self) -> None:
        """Wait until a client listens."""
        await self.sockets.until(1)

    def revoke(self) -> None:
        """Make both tokens worthless."""
        self.workspace.bot_token = self.workspace.app_token = "revoked"

    async def until_called(self, method: str) -> None:
        """Wait, ten seconds at most, until a method was called and answered."""
        async with asyncio.timeout(10):
            while not self.calls(method):
                self._change.clear()
                await self._change.wait()

    # --- what people do

    async def command(
        self, command: str, text: str = "", *, user: str = "U0ANNA", channel: str = "C0NEWS", again: int = 0
    ) -> Reply:
        """Type a slash command; returns once it was acknowledged, or could not be.

        Args:
            command: with its slash.
            text: what follows it, as Slack sends it: with `&`, `<` and `>` escaped.
            user: who types it.
            channel: where.
            again: how often Slack delivers the same command once more, as after a lost acknowledgement.
        """
        reply = self._reply(user, channel)
        body = command_body(self.workspace, reply, command, text)
        for _ in range(1 + again):
            await self.sockets.deliver("slash_commands", body, reply)
        return reply

    async def press(self, message: Message, button: str, *, user: str = "U0ANNA", again: int = 0) -> Reply:
        """Press the first button of a message whose label or action_id is `button`."""
        found = next(item for item in message.buttons if button in (item["text"]["text"], item["action_id"]))
        reply = self._reply(user, message.channel)
        body = press_body(self.workspace, reply, message, found)
        for _ in range(1 + again):
            await self.sockets.deliver("interactive", body, reply)
        return reply

    async def event(self, body: dict[str, Any]) -> Reply:
        """Deliver any other payload of the Events API."""
        reply = self._reply("U0ANNA", "C0NEWS")
        await self.sockets.deliver("events_api", body, reply)
        return reply

    def reply(self, user: str = "U0ANNA", channel: str = "C0NEWS") -> Reply:
        """Return an empty reply with a response_url of its own, for payloads made by hand."""
        return self._reply(user, channel)

    def _reply(self, user: str, channel: str) -> Reply:
        self._count += 1
        name = f"{self._count}"
        self._replies[name] = Reply(id=name, url=f"{self.origin}/response/{name}", user=user, channel=channel)
        return self._replies[name]

    # --- what comes in

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if request.content_type == "application/json":
            body = await request.json()
        else:
            body = dict(await request.post())
        self.workspace.calls.append(Call(method, body, token))

        def act() -> dict[str, Any]:
            if method == "apps.connections.open":
                if token != self.workspace.app_token:
                    return error("invalid_auth")
                return {"ok": True, "url": self.sockets.ticket(self.origin)}
            return perform(self.workspace, method, body, token)

        return await self._faulty(request, method, act)

    async def _response_url(self, request: web.Request) -> web.StreamResponse:
        reply, body = self._replies[request.match_info["id"]], await request.json()

        def act() -> dict[str, Any]:
            return self._answered(reply, body)

        return await self._faulty(request, "answer", act)

    def _answered(self, reply: Reply, body: dict[str, Any]) -> dict[str, Any]:
        refused = refusal(body)
        if refused:
            return error(refused)
        if reply.uses == 0:
            return error("used_url")
        reply.uses -= 1
        shared = body.get("response_type") == "in_channel"
        message = Message(self.workspace.stamp(), reply.channel, body, None if shared else reply.user)
        (self.workspace.rooms[reply.channel].messages if shared else self.workspace.private).append(message)
        reply.take(message)
        return {"ok": True}

    async def _faulty(
        self, request: web.Request, method: str, act: Callable[[], dict[str, Any]]
    ) -> web.StreamResponse:
        waiting = self.workspace.faults.get(method)
        if not waiting:
            answer = act()
            self._change.set()
            status = 200 if answer["ok"] or method != "answer" else 404
            return web.Response(text=json.dumps(answer), status=status, content_type="application/json")
        return await inflict(waiting.pop(0), request, act, self._hanging)
