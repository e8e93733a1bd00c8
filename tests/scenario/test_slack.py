"""Slack from end to end: a real slack_bolt app against the fake Slack, by Socket Mode."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from bot.clock import SystemClock
from bot.model.delivery import Delivery, NotThere, Sent
from bot.model.request import Asker, BriefRequest, RelatedRequest, Request
from bot.model.view import BriefView, Coverage, DigestView, RelatedView, StoryCard, View
from bot.platforms.slack.app import SlackPlatform
from tests.fakes.slack import FakeSlack

NOW = datetime(2026, 5, 12, 6, 0, tzinfo=UTC)
COVERAGE = Coverage(articles=2, sources=2, since=NOW, until=NOW)
CARD = StoryCard(id="S-4F2K", title="Ferry aground", sentences=(), sources=(), first_at=NOW, last_at=NOW)


@dataclass(slots=True)
class Desk:
    """Answers every question in one way, and notes what was asked."""

    asked: list[tuple[Asker, Request]] = field(default_factory=list)

    async def answer(self, asker: Asker, request: Request) -> View:
        self.asked.append((asker, request))
        match request:
            case RelatedRequest(query):
                return RelatedView(query=query, zone="UTC", results=(), nothing="Nothing is close enough.")
            case _:
                return BriefView(topic=None, zone="UTC", stories=(CARD,), coverage=COVERAGE)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def platform(slack: FakeSlack, desk: Desk) -> AsyncIterator[SlackPlatform]:
    platform = SlackPlatform(
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        signing_secret=None,
        mode="socket",
        api_url=slack.api_url,
        answer=desk.answer,
        clock=SystemClock(),
    )
    async with asyncio.TaskGroup() as group:
        running = group.create_task(platform.run())
        await slack.sockets.until(1)
        yield platform
        running.cancel()
    await platform.close()


def delivery(platform: SlackPlatform, *, key: str = "k1", channel: str = "C0NEWS") -> Delivery:
    view = DigestView(channel="news", day=date(2026, 5, 12), zone="UTC", stories=(CARD,), coverage=COVERAGE)
    return Delivery(
        id=1,
        key=key,
        platform="slack",
        workspace="T0TEAM",
        address=channel,
        payload=platform.render(view)[0],
        part=1,
        parts=1,
        attempts=0,
        fence=1,
        local_date=date(2026, 5, 12),
        due_at=NOW,
        created_at=NOW,
    )


@pytest.mark.usefixtures("platform")
async def test_related_is_answered_to_the_asker_alone(slack: FakeSlack, desk: Desk) -> None:
    reply = await slack.command("/related", "ferry &amp; sand")
    message = await reply.message()
    assert reply.acknowledged
    assert message.to == "U0ANNA"
    assert "Nothing is close enough." in message.shown
    [(asker, request)] = desk.asked
    assert request == RelatedRequest("ferry & sand")
    assert (asker.workspace, asker.channel, asker.channel_name) == ("T0TEAM", "C0NEWS", "news")
    assert slack.posted() == []


@pytest.mark.usefixtures("platform")
async def test_an_answer_is_shared_with_the_channel(slack: FakeSlack, desk: Desk) -> None:
    brief = await (await slack.command("/brief", "ferry 3d")).message()
    shared = await (await slack.press(brief, "Share in channel")).message()
    assert shared.to is None
    assert "Ferry aground" in shared.shown
    assert slack.posted() == [shared]
    assert [request for _, request in desk.asked] == [BriefRequest(topic="ferry", since="3d")] * 2


async def test_a_digest_is_posted_once_and_found_again(slack: FakeSlack, platform: SlackPlatform) -> None:
    part = delivery(platform)
    assert await platform.find(part) == NotThere()
    sent = await platform.send(part)
    assert isinstance(sent, Sent)
    [message] = slack.posted()
    assert (message.ts,) == sent.ids
    assert "Ferry aground" in message.shown
    assert await platform.find(part) == sent
