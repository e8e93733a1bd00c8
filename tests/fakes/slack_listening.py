"""A Slack platform at work against the fake, and a desk that answers its questions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from bot.clock import Clock, SystemClock
from bot.delivery.port import Answer
from bot.model.delivery import Delivery, Payload
from bot.model.request import Asker, RelatedRequest, Request
from bot.model.view import BriefView, Coverage, RelatedView, StoryCard, View
from bot.platforms.slack.app import SlackPlatform
from tests.fakes.slack import FakeSlack

NOON = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)
COVERAGE = Coverage(articles=2, sources=2, since=NOON, until=NOON)
CARD = StoryCard(id="S-4F2K", title="Ferry aground", sentences=(), sources=(), first_at=NOON, last_at=NOON)


@dataclass(slots=True)
class Desk:
    """Answers /related with nothing, all else with a brief of one story, and notes what was asked."""

    asked: list[tuple[Asker, Request]] = field(default_factory=list)

    async def answer(self, asker: Asker, request: Request) -> View:
        """Answer a question."""
        self.asked.append((asker, request))
        match request:
            case RelatedRequest(query):
                return RelatedView(query=query, zone="UTC", results=(), nothing="Nothing is close enough.")
            case _:
                return BriefView(topic=None, zone="UTC", stories=(CARD,), coverage=COVERAGE)


def made(
    slack: FakeSlack,
    answer: Answer,
    *,
    mode: Literal["socket", "http"] = "socket",
    clock: Clock | None = None,
    bot_token: str | None = None,
    app_token: str | None = None,
    timeout_s: float = 20,
) -> SlackPlatform:
    """Return a platform for the fake that does not run yet."""
    return SlackPlatform(
        bot_token=bot_token or slack.bot_token,
        app_token=app_token or slack.app_token,
        signing_secret=slack.signing_secret,
        mode=mode,
        api_url=slack.api_url,
        answer=answer,
        clock=clock or SystemClock(),
        timeout_s=timeout_s,
    )


@asynccontextmanager
async def listening(platform: SlackPlatform, slack: FakeSlack | None = None) -> AsyncIterator[SlackPlatform]:
    """Run a platform; in Socket Mode, wait until it is connected to `slack`."""
    try:
        async with asyncio.TaskGroup() as group:
            running = group.create_task(platform.run())
            try:
                if slack is not None:
                    await slack.connected()
                yield platform
            finally:
                running.cancel()
    finally:
        await platform.close()


def delivery(payload: Payload, *, key: str = "k1", channel: str = "C0NEWS", at: datetime = NOON) -> Delivery:
    """Return one part of a digest, ready to be sent."""
    return Delivery(
        id=1,
        key=key,
        platform="slack",
        workspace="T0TEAM",
        address=channel,
        payload=payload,
        part=1,
        parts=1,
        attempts=0,
        fence=1,
        local_date=date(2026, 5, 12),
        due_at=at,
        created_at=at,
    )
