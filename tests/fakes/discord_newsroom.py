"""A newsroom behind the bot, for tests: answers every question, and lets time pass at once."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

from bot.clock import ManualClock
from bot.model.delivery import Delivery
from bot.model.request import Asker, FindRequest, RelatedRequest, Request
from bot.model.story import Reason
from bot.model.view import Hit, Notice, RelatedItem, RelatedView, SearchView, Source, View
from bot.platforms.discord.app import DiscordPlatform
from tests.fakes.discord_server import FakeDiscord

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SOURCE = Source(article_id="a1", name="Gazette", title="Ferry *aground*", url="https://news.example/1")
ITEM = RelatedItem(
    source=SOURCE, score=0.8, same_event=True, reasons=(Reason(kind="event"),), story_id="S-4F2K"
)


class Newsroom:
    """Answers what it is asked, and remembers who asked.

    Attributes:
        asked: every question with its asker.
        view: the answer to everything, when set.
        broken: questions make it raise.
        gate: questions wait for it.
        waits: how long anything was slept for, in seconds; no time passes.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[Asker, Request]] = []
        self.view: View | None = None
        self.broken = False
        self.gate = asyncio.Event()
        self.gate.set()
        self.waits: list[float] = []
        self.clock = ManualClock(NOON)

    async def answer(self, asker: Asker, request: Request) -> View:
        self.asked.append((asker, request))
        await self.gate.wait()
        if self.broken:
            raise ArithmeticError("the newsroom is on fire")
        if self.view is not None:
            return self.view
        if isinstance(request, RelatedRequest):
            return RelatedView(query=request.query, zone="UTC", results=(ITEM,))
        if isinstance(request, FindRequest):
            hits = (Hit(source=SOURCE, snippet="A ferry.", marks=((2, 7),), story_id="S-4F2K"),)
            return SearchView(words=request.words, zone="UTC", hits=hits, page=request.page, more=True)
        return Notice(title=f"You asked: {request!r}")

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.clock.advance(timedelta(seconds=seconds))
        await asyncio.sleep(0)


def platform_of(
    discord: FakeDiscord, room: Newsroom, token: str | None = None, patience_s: float = 5.0
) -> DiscordPlatform:
    """The platform as the bot builds it, towards a fake Discord."""
    return DiscordPlatform(
        token=token or discord.token,
        api_url=discord.api_url,
        proxy=None,
        answer=room.answer,
        clock=room.clock,
        sleep=room.sleep,
        patience_s=patience_s,
    )


@contextlib.asynccontextmanager
async def listening(discord: FakeDiscord, room: Newsroom) -> AsyncIterator[DiscordPlatform]:
    """The platform while it listens."""
    platform = platform_of(discord, room)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(platform.run())
        try:
            await discord.connected()
            yield platform
        finally:
            running.cancel()
    await platform.close()


def delivery(channel: str, platform: DiscordPlatform, title: str = "The digest", key: str = "1") -> Delivery:
    """A digest of one message, created when the fake's time begins."""
    return Delivery(
        id=1,
        key=key,
        platform="discord",
        workspace="1",
        address=channel,
        payload=platform.render(Notice(title=title))[0],
        part=1,
        parts=1,
        attempts=0,
        fence=1,
        local_date=date(2026, 1, 1),
        due_at=datetime(2026, 1, 1, tzinfo=UTC),
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
