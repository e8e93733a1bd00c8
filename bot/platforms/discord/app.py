"""Discord as a platform: posts digests over plain REST, listens for questions over the gateway."""

from __future__ import annotations

import asyncio

import aiohttp
import discord

from bot import log
from bot.clock import Clock
from bot.delivery.port import Answer, StillOurs, always
from bot.model.delivery import Delivery, Finding, HeldBack, Outcome, Payload
from bot.model.view import View
from bot.platforms.claimed import ClaimOverError, only_while
from bot.platforms.discord import gateway, history, outcome
from bot.platforms.discord.answers import Answers, Sleep
from bot.platforms.discord.listener import Listener
from bot.platforms.discord.render import render
from bot.platforms.discord.rest import Rest, UnreachableError

_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 120.0
"""So that an outage of a day costs 720 sessions at most, of the 1000 that Discord allows.
https://discord.com/developers/docs/topics/gateway#session-start-limit-object"""

_log = log.get(__name__)


class DiscordRefusedError(RuntimeError):
    """Discord will never let this bot in as it is set up; the message says what to change."""


_NOT_LET_IN = (
    "Discord refused the bot's token. Copy it anew from the Bot page of your application on "
    "discord.com/developers into DISCORD_TOKEN, and start again."
)
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
_FATAL = {
    4004: _NOT_LET_IN,
    4010: "Discord refused the connection: invalid shard. Please report this as a fault of Nutgraf.",
    4011: "This bot is in more than 2,500 servers; Discord then asks for several connections, "
    "which Nutgraf does not make. Run a second application for some of the servers.",
    4012: "Discord no longer speaks this version of its gateway. Update Nutgraf.",
    4013: "Discord does not know an intent that was asked for. Update Nutgraf.",
    4014: "Discord does not allow this bot an intent that was asked for. Nutgraf asks for 'guilds' alone: "
    "check on discord.com/developers that the application is a bot in good standing.",
}


class DiscordPlatform:
    """Fulfils `bot.delivery.port.Platform`.

    Args:
        token: the bot's; never logged.
        api_url: the API with its version, such as "https://discord.com/api/v10"; None for Discord's own.
        proxy: the HTTP proxy for everything; None for none.
        answer: has questions answered.
        clock: tells how often connections drop.
        sleep: waits so many seconds.
        patience_s: how long questions under way are waited for when it is stopped.
    """

    def __init__(
        self,
        *,
        token: str,
        api_url: str | None,
        proxy: str | None,
        answer: Answer,
        clock: Clock,
        sleep: Sleep = asyncio.sleep,
        patience_s: float = 5.0,
    ) -> None:
        self._token = token
        self._elsewhere = api_url is not None
        self._proxy = proxy
        self._clock = clock
        self._sleep = sleep
        self._patience_s = patience_s
        self._rest = Rest(token=token, api_url=api_url, proxy=proxy)
        self._answers = Answers(self._rest, answer, sleep)

    @property
    def name(self) -> str:
        """The name that channels are stored under."""
        return "discord"

    def render(self, view: View) -> tuple[Payload, ...]:
        """Draw a view as messages in order, each within Discord's limits."""
        return render(view)

    async def send(self, delivery: Delivery, still_ours: StillOurs = always) -> Outcome | HeldBack:
        """Post one stored message once; works whether the gateway is connected or not."""
        path = ("channels", delivery.address, "messages")
        try:
            with only_while(still_ours):
                reply = await self._rest.call("POST", path, json=history.marked(delivery))
        except ClaimOverError:
            return HeldBack()
        except UnreachableError as error:
            return outcome.of_failure(error)
        return outcome.of_reply(reply)

    async def find(self, delivery: Delivery) -> Finding:
        """Look into the channel's history for a message that may have been posted."""
        return await history.look(self._rest, delivery)

    async def direct(self, person: str) -> str | None:
        """Return the channel of direct messages with a person; None when Discord does not open one."""
        try:
            reply = await self._rest.call("POST", ("users", "@me", "channels"), json={"recipient_id": person})
        except UnreachableError:
            return None
        address = reply.fields.get("id") if reply.ok else None
        return address if isinstance(address, str) else None

    async def run(self) -> None:
        """Listen until cancelled, connecting again whenever the connection is lost.

        Raises:
            DiscordRefusedError: it can never work as it is set up.
        """
        if not self._rest.usable:
            raise DiscordRefusedError(_NOT_LET_IN)
        wait = _FIRST_WAIT_S
        try:
            while True:
                reached, reason = await self._listen()
                wait = _FIRST_WAIT_S if reached else min(wait * 2, _LONGEST_WAIT_S)
                _log.warning("connecting to Discord again", reason=reason, after_s=wait)
                await self._sleep(wait)
        finally:
            await self._answers.finish(self._patience_s)

    async def close(self) -> None:
        """Close what is open; a platform that listens is stopped by cancelling `run`."""
        await self._rest.close()

    async def _listen(self) -> tuple[bool, str]:
        """Listen until the connection is lost for good; return whether there was one, and why it ended."""
        listener = Listener(
            rest=self._rest, answers=self._answers, clock=self._clock, sleep=self._sleep, proxy=self._proxy
        )
        reason = "Discord closed the connection"
        socket = await gateway.address(self._rest) if self._elsewhere else None
        with gateway.pointed_at(self._rest.base, socket):
            try:
                async with listener:
                    await listener.listen(self._token)
            except discord.LoginFailure:
                raise DiscordRefusedError(_NOT_LET_IN) from None
            except discord.PrivilegedIntentsRequired:
                raise DiscordRefusedError(_FATAL[4014]) from None
            except discord.ConnectionClosed as error:
                if error.code in _FATAL:
                    raise DiscordRefusedError(_FATAL[error.code]) from None
                reason = f"Discord closed the connection with code {error.code}"
            except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
                reason = repr(error)
        return listener.connected, reason
