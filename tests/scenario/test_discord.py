"""Discord through the front door: the real discord.py against a small honest Discord on loopback."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from bot.clock import ManualClock
from bot.model.delivery import Delivery, Sent
from bot.model.request import Asker, BriefRequest, RelatedRequest, Request
from bot.model.story import Reason
from bot.model.view import Notice, RelatedItem, RelatedView, Source, View
from bot.platforms.discord.app import DiscordPlatform
from tests.fakes.discord_server import FakeDiscord

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Newsroom:
    """Answers every question with what it was asked, and remembers who asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Asker, Request]] = []

    async def answer(self, asker: Asker, request: Request) -> View:
        self.asked.append((asker, request))
        if isinstance(request, RelatedRequest):
            source = Source(
                article_id="a1", name="Gazette", title="Ferry *aground*", url="https://news.example/1"
            )
            item = RelatedItem(
                source=source, score=0.8, same_event=True, reasons=(Reason(kind="event"),), story_id="S-4F2K"
            )
            return RelatedView(query=request.query, zone="UTC", results=(item,))
        return Notice(title=f"You asked: {request!r}")


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as server:
        server.add_channel()
        yield server


@contextlib.asynccontextmanager
async def listening(discord: FakeDiscord, room: Newsroom) -> AsyncIterator[DiscordPlatform]:
    platform = DiscordPlatform(
        token=discord.token, api_url=discord.api_url, proxy=None, answer=room.answer, clock=ManualClock(NOON)
    )
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(platform.run())
        await discord.connected()
        yield platform
        running.cancel()
    await platform.close()


def delivery(channel: str, platform: DiscordPlatform, title: str = "The digest") -> Delivery:
    return Delivery(
        id=1,
        key="channel 1, schedule 1, 2026-01-01, part 1",
        platform="discord",
        workspace="1",
        address=channel,
        payload=platform.render(Notice(title=title))[0],
        part=1,
        parts=1,
        attempts=0,
        fence=1,
        local_date=date(2026, 1, 1),
        due_at=NOON,
        created_at=NOON,
    )


async def test_related_is_acknowledged_then_answered_privately(discord: FakeDiscord) -> None:
    room = Newsroom()
    async with listening(discord, room):
        asked = await discord.command("related", {"query": "ferry"}, user="42", locale="de")
        await discord.until(lambda: asked.answered)
    assert asked.type == 5
    assert asked.private
    text = str(asked.messages[0]["components"])
    assert "Ferry \\\\*aground\\\\*" in text
    assert "the same event" in text
    asker, request = room.asked[0]
    assert request == RelatedRequest("ferry")
    channel = next(iter(discord.state.channels.values()))
    assert (asker.platform, asker.user, asker.language) == ("discord", "42", "de")
    assert (asker.workspace, asker.channel, asker.channel_name) == (channel.guild_id, channel.id, "news")


async def test_brief_hands_on_every_option(discord: FakeDiscord) -> None:
    room = Newsroom()
    async with listening(discord, room):
        options = {"topic": "ships", "since": "3d", "length": "short"}
        asked = await discord.command("brief", options)
        await discord.until(lambda: asked.answered)
    assert room.asked[0][1] == BriefRequest("ships", "3d", "short")


async def test_a_digest_is_posted_once_and_found_again(discord: FakeDiscord) -> None:
    channel = next(iter(discord.state.channels.values()))
    platform = DiscordPlatform(
        token=discord.token,
        api_url=discord.api_url,
        proxy=None,
        answer=Newsroom().answer,
        clock=ManualClock(NOON),
    )
    one = delivery(channel.id, platform)
    sent = await platform.send(one)
    assert sent == Sent((channel.messages[0]["id"],))
    assert await platform.find(one) == sent
    assert await platform.send(one) == sent
    assert len(channel.messages) == 1
    assert channel.messages[0]["allowed_mentions"] == {"parse": []}
    await platform.close()
