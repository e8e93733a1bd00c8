"""discord.py's client: listens for interactions and hands them on; holds no state worth keeping."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import cast

import discord
from discord import app_commands

from bot import log
from bot.clock import Clock
from bot.platforms.discord import commands, limits
from bot.platforms.discord.answers import Answers, Sleep
from bot.platforms.discord.commands import Interaction
from bot.platforms.discord.rest import Rest
from bot.platforms.discord.sync import sync

_DROPS = 10
_DROPS_WITHIN_S = 60.0
"""discord.py resumes a dropped connection at once, without end; so many in a minute, and we wait instead."""

# discord.py warns twice that voice is missing; Nutgraf has none to offer.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

_log = log.get(__name__)


class Listener(discord.Client):
    """One connection to the gateway, with the least intents: the servers it is in, and nothing said there.

    Attributes:
        connected: the gateway has taken this client in at least once.
    """

    def __init__(
        self, *, rest: Rest, answers: Answers, clock: Clock, sleep: Sleep, proxy: str | None
    ) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            proxy=proxy,
            max_ratelimit_timeout=30.0,
        )
        self._rest, self._answers, self._clock, self._sleep = rest, answers, clock, sleep
        self._drops: deque[float] = deque(maxlen=_DROPS)
        self._patience = asyncio.timeout(None)
        self._synced = False
        self.connected = False
        self.tree = app_commands.CommandTree[discord.Client](self)
        commands.add(self.tree, answers.ask)
        self.tree.error(self._on_command_error)

    async def listen(self, token: str) -> None:
        """Log in and listen until the connection is lost for good, or was dropped too often (a TimeoutError).

        Raises what discord.py raises, without connecting anew by itself.
        """
        try:
            await self.login(token)
            async with asyncio.timeout(None) as self._patience:
                await self.connect(reconnect=False)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            # discord.py reads answers and events unchecked: a hotspot's page in Discord's place ends up here.
            _log.warning("Discord said something that could not be understood", exc_info=error)
            raise ConnectionError("something that could not be understood came from Discord") from error

    async def setup_hook(self) -> None:
        """Register the commands; called once, before the gateway is asked for anything."""
        await self._sync()

    async def on_connect(self) -> None:
        """Note that the gateway has taken us in, and register the commands when that failed before."""
        self.connected = True
        await self._sync()

    async def on_disconnect(self) -> None:
        """Give up a connection that is dropped over and over."""
        now = self._clock.now().timestamp()
        self._drops.append(now)
        often = len(self._drops) == _DROPS and now - self._drops[0] < _DROPS_WITHIN_S
        if often and self._patience.when() is None:
            _log.warning("Discord's gateway drops every connection")
            self._patience.reschedule(asyncio.get_running_loop().time())

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a pressed button."""
        named = cast("dict[str, object]", interaction.data or {}).get("custom_id")
        if interaction.type is discord.InteractionType.component and isinstance(named, str):
            await self._answers.press(interaction, named)

    async def on_error(self, event_method: str, /, *args: object, **_: object) -> None:
        """Log a failure in one of our listeners; tell the person whose button it was."""
        _log.exception("a listener failed", listener=event_method)
        for given in args:
            if isinstance(given, discord.Interaction):
                await self._answers.failed(given)

    async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:
        """Wait as Discord asks before a further session is begun."""
        if not initial:
            await self._sleep(limits.IDENTIFY_WAIT_S)

    async def _on_command_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        _log.error("a command failed", exc_info=error)
        await self._answers.failed(interaction)

    async def _sync(self) -> None:
        if self._synced or self.application_id is None:
            return
        fault = await sync(self._rest, self.tree, self.application_id)
        self._synced = fault is None
        if fault:
            _log.warning("the commands could not be registered", reason=fault)
