"""The one door for questions: a typed request in, a view out."""

from __future__ import annotations

import asyncio
from typing import assert_never

from bot import log
from bot.commands import admin, deciding, feeds, following, hours, reading, saving, telling
from bot.commands.context import Context
from bot.commands.vocabulary import COMMANDS
from bot.model.request import (
    Asker,
    BriefRequest,
    ChannelRequest,
    DigestRequest,
    FeedRequest,
    FilterRequest,
    FindRequest,
    FollowRequest,
    HelpRequest,
    RelatedRequest,
    Request,
    RulingRequest,
    SavedRequest,
    SourcesRequest,
    StoryRequest,
    WhyRequest,
)
from bot.model.view import Help, Problem, View

ANSWER_LIMIT_S = 60.0
"""Longest time to think about an answer, in seconds; far above what any takes."""

_log = log.get(__name__)


class Answers:
    """Answers questions from every platform.

    Attributes:
        context: the rooms it asks.
    """

    def __init__(self, context: Context) -> None:
        self.context = context

    async def __call__(self, asker: Asker, request: Request) -> View:
        """Answer a request; what cannot be answered gives a Problem, whose words are for the asker.

        Rights are checked here, by what the platform proved about the asker.
        """
        changing = (
            FeedRequest | DigestRequest | FilterRequest | ChannelRequest | FollowRequest | RulingRequest
        )
        if isinstance(request, changing):
            reading_only = request.action in ("list", "show", "next", "preview", "try")
            if not asker.manager and not reading_only:
                return Problem(
                    what="This changes what everybody here reads, so it is for managers of this workspace.",
                    next="Ask one of them, or use “/nutgraf help” to see what you can do.",
                )
        try:
            async with asyncio.timeout(ANSWER_LIMIT_S):
                return await self._answer(asker, request)
        except TimeoutError:
            _log.error("an answer took too long", request=type(request).__name__)
            return Problem(
                what="That took too long, and I gave up.", next="Try again in a minute, or with fewer words."
            )

    async def _answer(self, asker: Asker, request: Request) -> View:  # noqa: C901 - a case for each kind of request
        match request:
            case RelatedRequest():
                return await reading.related(self.context, asker, request)
            case BriefRequest():
                return await reading.brief(self.context, asker, request)
            case StoryRequest():
                return await telling.story(self.context, asker, request)
            case FindRequest():
                return await reading.find(self.context, asker, request)
            case WhyRequest():
                return await telling.why(self.context, asker, request)
            case FollowRequest():
                return await following.follow(self.context, asker, request)
            case SavedRequest():
                return await saving.saved_stories(self.context, asker, request)
            case SourcesRequest():
                return await feeds.sources(self.context, asker)
            case HelpRequest():
                return Help(lines=tuple((command.line, command.summary) for command in COMMANDS))
            case FeedRequest():
                return await feeds.feed(self.context, asker, request)
            case DigestRequest():
                return await hours.digest(self.context, asker, request)
            case FilterRequest():
                return await admin.filters(self.context, asker, request)
            case ChannelRequest():
                return await admin.channel(self.context, asker, request)
            case RulingRequest():
                return await deciding.decide(self.context, asker, request)
            case _:
                assert_never(request)
