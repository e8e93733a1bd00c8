"""Answering interactions: acknowledged at once, answered privately, and never left thinking."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias, cast

import aiohttp
import discord

from bot import log
from bot.delivery.port import Answer
from bot.model.delivery import JSON, Payload
from bot.model.request import Asker, FindRequest, RelatedRequest, Request, SavedRequest
from bot.model.view import Problem, View
from bot.platforms.discord import custom_id, limits, outcome, page
from bot.platforms.discord.commands import Interaction
from bot.platforms.discord.render import render
from bot.platforms.discord.rest import Reply, Rest, UnreachableError

Sleep: TypeAlias = Callable[[float], Awaitable[None]]

_TRIES = 3
_LAST_WORD_S = 3.0
_LONGEST_WAIT_S = 10.0
"""A person waits no longer for a rate limit to pass."""

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json: it has been acknowledged before.
_ALREADY = 40060
_ACKNOWLEDGED = "acknowledged"

_log = log.get(__name__)

FAILED = Problem(
    what="This question could not be answered: something went wrong in the bot.",
    next="Try again in a minute. If it happens again, tell whoever runs the bot: the log has the reason.",
)
_STOPPED = Problem(
    what="The bot was stopped before it had an answer.",
    next="Ask again in a minute.",
)
_REFUSED = Problem(
    what="The answer could not be shown: Discord refused it.",
    next="Ask for less, such as a shorter brief. The log of the bot has the reason.",
)
_OLD_BUTTON = Problem(
    what="This button is from an older version of the bot.",
    next="Ask again with a slash command, such as /related.",
)
_NOTHING_TO_SHARE = Problem(
    what="There is nothing under this button that could be shared.",
    next="Ask the question again and share the new answer.",
)


def asker(interaction: Interaction) -> Asker:
    """Return who asks, from what Discord itself vouches for."""
    user, guild = interaction.user, interaction.guild_id
    rights = interaction.permissions
    channel = interaction.channel_id or (interaction.message.channel.id if interaction.message else "")
    return Asker(
        platform="discord",
        workspace=str(guild) if guild else f"dm:{user.id}",
        channel=str(channel),
        channel_name=getattr(interaction.channel, "name", None),
        user=str(user.id),
        manager=guild is not None and (rights.manage_guild or rights.administrator),
        language=str(interaction.locale).partition("-")[0] or None,
    )


class Answers:
    """Has questions answered and shows the answers; outlives the connections that bring the questions."""

    def __init__(self, rest: Rest, answer: Answer, sleep: Sleep) -> None:
        self._rest = rest
        self._answer = answer
        self._sleep = sleep
        self._under_way: dict[asyncio.Task[object], Interaction] = {}

    async def ask(self, interaction: Interaction, request: Request) -> None:
        """Acknowledge a command or a button, have it answered, and show the answer to the person alone."""
        if not await self._acknowledge(interaction):
            return
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - coroutines run in tasks
        self._under_way[task] = interaction
        try:
            view = await self._answer(asker(interaction), request)
            # What did not work, and what one keeps, is nobody else's.
            share = not isinstance(view, Problem) and not isinstance(request, SavedRequest)
            await self._show(interaction, view, share=share)
        finally:
            del self._under_way[task]

    async def finish(self, within_s: float) -> None:
        """Wait until the questions under way are answered, at most so many seconds; end the others."""
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=within_s)
        left = [self._under_way[task] for task in late if task in self._under_way]
        for task in late:
            task.cancel()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORD_S):
                await asyncio.gather(*(self._edit(interaction, render(_STOPPED)[0]) for interaction in left))

    async def press(self, interaction: Interaction, named: str) -> None:
        """Do what a button means, whichever run of the bot put it there."""
        match custom_id.read(named):
            case custom_id.Share():
                await self._share(interaction)
            case custom_id.Related(query=query):
                await self.ask(interaction, RelatedRequest(query))
            case custom_id.Save(story=story):
                await self.ask(interaction, SavedRequest("add", story))
            case custom_id.More(words=words, page=number):
                await self.ask(interaction, FindRequest(words, number))
            case None:
                await self._reply(interaction, _OLD_BUTTON)

    async def failed(self, interaction: Interaction) -> None:
        """Tell the person that their question failed, whether it was acknowledged already or not."""
        if interaction.response.is_done() or _ACKNOWLEDGED in interaction.extras:
            await self._edit(interaction, render(FAILED)[0])
        else:
            await self._reply(interaction, FAILED)

    async def _acknowledge(self, interaction: Interaction) -> bool:
        """Show "thinking..." and return whether the person may be seeing it, and so must have an answer."""
        for _ in range(2):
            try:
                await interaction.response.defer(ephemeral=True, thinking=True)
            except discord.HTTPException as error:
                if error.code == _ALREADY:
                    break
                # The three seconds are over: Discord has told the person so.
                _log.warning("a question could not be acknowledged", reason=repr(error))
                return False
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                # Discord may have had it all the same; a second one tells.
                _log.warning("the connection broke while a question was acknowledged", reason=repr(error))
            else:
                break
        interaction.extras[_ACKNOWLEDGED] = True
        return True

    async def _show(self, interaction: Interaction, view: View, *, share: bool) -> None:
        messages = render(view)
        if share:
            messages = tuple(page.with_share(message) for message in messages)
        shown = await self._edit(interaction, messages[0])
        if shown is not None and shown.status == 400:
            _log.error("Discord refused an answer", reason=outcome.said(shown))
            await self._edit(interaction, render(_REFUSED)[0])
            return
        if shown is None or not shown.ok:
            return
        for message in messages[1:]:
            flags = limits.COMPONENTS_V2 | limits.EPHEMERAL
            path = ("webhooks", str(interaction.application_id), interaction.token)
            added = await self._call("POST", path, {**message, "flags": flags}, again=False)
            if added is None or not added.ok:
                return

    async def _share(self, interaction: Interaction) -> None:
        parts = [part.to_dict() for part in interaction.message.components] if interaction.message else []
        components = page.without_share(cast("Sequence[JSON]", parts))
        if not components:
            await self._reply(interaction, _NOTHING_TO_SHARE)
            return
        public: Payload = {
            "flags": limits.COMPONENTS_V2,
            "components": components,
            "allowed_mentions": {"parse": []},
        }
        await self._respond(interaction, public)

    async def _reply(self, interaction: Interaction, view: View) -> None:
        """Answer an interaction that nothing has been said to yet, to the person alone."""
        flags = limits.COMPONENTS_V2 | limits.EPHEMERAL
        await self._respond(interaction, {**render(view)[0], "flags": flags})

    async def _respond(self, interaction: Interaction, message: Payload) -> None:
        path = ("interactions", str(interaction.id), interaction.token, "callback")
        # Discord refuses a second response, so that trying again is safe.
        await self._call("POST", path, {"type": 4, "data": message}, again=True)

    async def _edit(self, interaction: Interaction, message: Payload) -> Reply | None:
        path = ("webhooks", str(interaction.application_id), interaction.token, "messages", "@original")
        return await self._call("PATCH", path, message, again=True)

    async def _call(self, method: str, path: Sequence[str], body: Payload, *, again: bool) -> Reply | None:
        """Make a call, a few times when it fails in passing.

        Args:
            method: of HTTP.
            path: its segments.
            body: the JSON.
            again: a second call does no harm when the first was done after all.
        """
        reply: Reply | None = None
        for attempt in range(_TRIES):
            wait = float(attempt + 1)
            try:
                reply = await self._rest.call(method, path, json=body)
            except UnreachableError as error:
                _log.warning("an answer did not reach Discord", reason=error.reason)
                if error.maybe_done and not again:
                    return None
            else:
                if reply.status != 429 and (reply.status < 500 or not again):
                    break
                wait = outcome.retry_after(reply) or wait
                _log.warning("Discord did not take an answer", reason=outcome.said(reply))
            if wait > _LONGEST_WAIT_S or attempt == _TRIES - 1:
                break
            await self._sleep(wait)
        if reply is not None and not reply.ok:
            # 404: the fifteen minutes of the interaction are over, or the person has put the answer away.
            _log.warning("an answer was not shown", reason=outcome.said(reply))
        return reply
