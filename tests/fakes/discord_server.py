"""A small honest Discord on loopback: REST and gateway, with its limits, and faults to order.

async with FakeDiscord() as discord:
    channel = discord.add_channel()
    platform = DiscordPlatform(token=discord.token, api_url=discord.api_url, ...)
    discord.fail("post", cut(accepted=True))            # the next post is accepted, then the line is cut
    asked = await discord.command("related", {"query": "ships"})
    await discord.until(lambda: asked.answered)
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from aiohttp import web

from tests.fakes import discord_rules
from tests.fakes.discord_gateway import Gateway
from tests.fakes.discord_rest import Rest
from tests.fakes.discord_state import MANAGE_GUILD, Asked, Channel, Fault, Json, State


class FakeDiscord:
    """One Discord with one bot in it.

    Attributes:
        state: everything it knows.
        gateway: to make connections fail.
        token: the bot's.
        api_url: where its API is, the version included.
    """

    def __init__(self, token: str = "fake.discord.token") -> None:
        self.state = State(token)
        self.rest = Rest(self.state)
        self.gateway = Gateway(self.state)
        self.token = token
        self.api_url = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> FakeDiscord:
        app, api = web.Application(), web.Application()
        api.add_routes(self.rest.routes())
        app.add_subapp("/api/v10", api)
        app.router.add_get("/socket", self.gateway.serve)
        app.router.add_get("/", self.gateway.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.api_url = f"http://{host}:{port}/api/v10"
        self.gateway.url = self.rest.gateway_url = f"ws://{host}:{port}/socket"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.rest.released.set()
        await self.gateway.close(1001)
        if self._runner is not None:
            await self._runner.cleanup()

    def add_guild(self, name: str = "Newsroom") -> str:
        """Add a server with the bot in it; return its id."""
        guild = self.state.snowflake()
        self.state.guilds[guild] = name
        return guild

    def add_channel(self, guild: str | None = None, *, direct: bool = False, kind: int = 0) -> Channel:
        """Add a channel to a server (to a new one by default), or of direct messages."""
        home = None if direct else guild or self.add_guild()
        channel = Channel(self.state.snowflake(), home, kind=1 if direct else kind)
        self.state.channels[channel.id] = channel
        return channel

    def fail(self, route: str, fault: Fault, times: int = 1) -> None:
        """Have the next calls of a route go wrong.

        Args:
            route: "post", "history", "channel", "callback", "answer", "followup", "commands", "me",
                "direct" or "gateway".
            fault: how; see `discord_state`.
            times: how many calls.
        """
        self.state.faults[route].extend([fault] * times)

    async def until(self, true: Callable[[], object], within_s: float = 10.0) -> None:
        """Wait until something is true."""
        await self.state.until(true, within_s)

    async def answered(self, asked: Asked) -> None:
        """Wait until the person sees an answer."""
        await self.until(lambda: asked.answered)

    async def connected(self) -> None:
        """Wait until a client listens."""
        await self.until(lambda: self.gateway.connected)

    def say(self, channel: Channel, text: str) -> None:
        """Have somebody else write in a channel."""
        message = self.rest._message({"content": text}, channel.id)  # noqa: SLF001 - two halves of one fake
        channel.messages.append({**message, "author": {**self.state.user(), "id": "77", "bot": False}})

    async def command(
        self,
        path: str,
        options: dict[str, str] | None = None,
        *,
        channel: Channel | None = None,
        user: str = "5001",
        rights: int = MANAGE_GUILD,
        locale: str = "en-US",
    ) -> Asked:
        """Have somebody use a slash command that the bot has registered.

        Args:
            path: its words, such as "related" or "nutgraf feed add".
            options: name to text.
            channel: where; the first channel by default.
            user: who.
            rights: the person's permissions in the channel.
            locale: the person's language.
        """
        names = path.split()
        self._check_registered(names)
        chosen: list[Json] = [
            {"name": name, "type": 3, "value": text} for name, text in (options or {}).items()
        ]
        for depth, name in reversed(list(enumerate(names[1:]))):
            inner = {"name": name, "type": 1 if depth == len(names) - 2 else 2, "options": chosen}
            chosen = [inner]
        data = {"id": "1", "name": names[0], "type": 1, "options": chosen}
        return await self._interact(2, data, channel, user, rights, locale)

    async def press(
        self,
        message: Json,
        label: str,
        *,
        which: int = 0,
        user: str = "5001",
        rights: int = MANAGE_GUILD,
    ) -> Asked:
        """Have somebody press a button of a message.

        Args:
            message: that it stands under.
            label: its words.
            which: among buttons of those words, from the top.
            user: who.
            rights: the person's permissions.
        """
        buttons = [part for part in discord_rules.walk(message["components"]) if part.get("label") == label]
        data = {"custom_id": buttons[which]["custom_id"], "component_type": 2}
        channel = self.state.channels[message["channel_id"]]
        return await self._interact(3, data, channel, user, rights, "en-US", message=message)

    async def _interact(
        self,
        kind: int,
        data: Json,
        channel: Channel | None,
        user: str,
        rights: int,
        locale: str,
        **more: Json,
    ) -> Asked:
        where = channel or next(iter(self.state.channels.values()))
        person = {"id": user, "username": "reader", "discriminator": "0", "avatar": None, "global_name": None}
        token = f"token-{self.state.snowflake()}"
        payload: Json = {
            "id": self.state.snowflake(),
            "application_id": self.state.application_id,
            "type": kind,
            "data": data,
            "token": token,
            "version": 1,
            "channel_id": where.id,
            "channel": {"id": where.id, "type": where.kind, "name": where.name, "permissions": str(rights)},
            "locale": locale,
            "app_permissions": "0",
            "attachment_size_limit": 10_000_000,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 0 if where.guild_id else 1,
            **more,
        }
        if where.guild_id:
            member: Json = {"user": person, "roles": [], "permissions": str(rights), "joined_at": None}
            member |= {"deaf": False, "mute": False, "flags": 0}
            payload |= {"guild_id": where.guild_id, "member": member}
        else:
            payload["user"] = person
            payload["channel"]["recipients"] = [person]
        asked = Asked(payload["id"], token, payload)
        self.state.asked[token] = asked
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        return asked

    def _check_registered(self, names: list[str]) -> None:
        level: list[Json] = self.state.commands
        for name in names:
            found = [command for command in level if command["name"] == name]
            if not found:
                raise LookupError(f"no command /{' '.join(names)} is registered")
            level = found[0].get("options", [])
