"""Answers on their way back to the person who asked."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import Final, TypeAlias

from bot import log
from bot.delivery.port import Answer
from bot.model.delivery import JSON, Payload
from bot.model.request import (
    BriefRequest,
    FindRequest,
    HelpRequest,
    RelatedRequest,
    SavedRequest,
    StoryRequest,
    WhyRequest,
)
from bot.model.view import Notice, Problem, View
from bot.platforms.slack import limits
from bot.platforms.slack.blocks import context
from bot.platforms.slack.payload import Errand
from bot.platforms.slack.people import People
from bot.platforms.slack.render import render
from bot.platforms.slack.wire import Refusal, Silence, Wire

OURS_TO_MEND: Final = Problem(
    what="Something went wrong on Nutgraf's side.",
    next="Try once more; if it stays so, whoever runs Nutgraf finds the reason in its log.",
)
_HOW: Final = "Ask for less: a narrower topic, a shorter time, or one story by its id."
_URL_ONLY: Final = ("response_type", "replace_original")
Readable: TypeAlias = RelatedRequest | BriefRequest | StoryRequest | WhyRequest | FindRequest
"""What every reader may ask, and show to the channel."""
_USER_ID = re.compile(r"[UW][A-Z0-9]{2,20}")


class Errands:
    """Asks the core and posts what it answers: to the asker alone, or to the channel when it is shared."""

    def __init__(self, wire: Wire, people: People, answer: Answer) -> None:
        self._wire = wire
        self._people = people
        self._answer = answer

    async def run(self, errand: Errand) -> None:
        """Do one errand; raises nothing but cancellation, and leaves nobody without a word."""
        # gather hands a defect over as a value: one bad answer must not end the listening for all.
        (outcome,) = await asyncio.gather(self._do(errand), return_exceptions=True)
        if isinstance(outcome, Exception):
            log.get(__name__).error("a question could not be answered", exc_info=outcome)
            await self._post(errand, render(OURS_TO_MEND))

    async def _do(self, errand: Errand) -> None:
        view = await self._view(errand)
        request = errand.request
        share = request if isinstance(request, Readable) and not errand.public else None
        if isinstance(view, Problem) or not isinstance(request, Readable):
            errand = replace(errand, public=False)  # the channel need not see what failed, or is one's own
        # Drawing a long view takes milliseconds of the processor: not on the loop.
        await self._post(errand, await asyncio.to_thread(render, view, share=share))

    async def _view(self, errand: Errand) -> View:
        if isinstance(errand.request, Problem):
            return errand.request
        asker = errand.asker
        # What is the same for everyone needs no question to Slack who it is.
        if not isinstance(errand.request, Readable | SavedRequest | HelpRequest):
            asker = replace(asker, manager=await self._people.is_manager(asker.workspace, asker.user))
        return await self._answer(asker, errand.request)

    async def _post(self, errand: Errand, messages: tuple[Payload, ...]) -> None:
        shown = messages
        if len(messages) > limits.RESPONSE_URL_USES:
            rest = len(messages) - limits.RESPONSE_URL_USES + 1
            more = Notice(
                title=f"The answer is {rest} messages longer than Slack lets me post.", lines=(_HOW,)
            )
            shown = (*messages[: limits.RESPONSE_URL_USES - 1], *render(more))
        for number, message in enumerate(shown):
            body: Payload = {**message, "replace_original": False}
            body["response_type"] = "in_channel" if errand.public else "ephemeral"
            if errand.public and number == 0 and _USER_ID.fullmatch(errand.asker.user):
                body = _signed(body, errand.asker.user)
            if not await self._deliver(errand, body):
                return

    async def _deliver(self, errand: Errand, body: Payload) -> bool:
        """Post one message by the response_url, else by the Web API; say whether it got through."""
        failure = await self._wire.answer(errand.url, body) if errand.url else Refusal("no response_url")
        if isinstance(failure, dict):
            return True
        if errand.public and isinstance(failure, Silence) and failure.reached:
            # It may be there, and the channel must not see it twice; a private answer may be, but must come.
            log.get(__name__).warning("a shared answer may not have got through", reason=failure.reason)
            return False
        direct: Payload = {key: value for key, value in body.items() if key not in _URL_ONLY}
        direct["channel"] = errand.asker.channel
        method = "chat.postMessage" if errand.public else "chat.postEphemeral"
        if not errand.public:
            direct["user"] = errand.asker.user
        second = await self._wire.call(method, direct)
        if isinstance(second, dict):
            return True
        log.get(__name__).warning("an answer did not get through", first=str(failure), second=str(second))
        return False


def _signed(body: Payload, user: str) -> Payload:
    """Say in small print who shared it, where a block is free; the few letters are within Slack's slack."""
    blocks = body.get("blocks")
    if not isinstance(blocks, list) or len(blocks) >= limits.BLOCKS:
        return body
    by: list[JSON] = [context(f"Shared by <@{user}>"), *blocks]
    return {**body, "blocks": by}
