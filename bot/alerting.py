"""Alerts: a channel hears of what it follows as soon as enough sources carry it, outside its quiet hours."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import log
from bot.archive import Archive
from bot.clock import Clock
from bot.compute import compute
from bot.digest.alerts import Texts, due, quiet
from bot.digest.card import card
from bot.model.channel import Channel
from bot.model.follow import Follow
from bot.model.scope import Scope
from bot.model.story import Story
from bot.model.view import StoryView
from bot.pipeline import Pipeline, Render
from bot.store import channels, follows
from bot.store import stories as stories_store
from bot.store.database import Database
from bot.store.together import apart

WINDOW = timedelta(hours=24)
"""Stories that nothing happened to for a day are no alerts."""

SENTENCES = 2

LOOK_AGAIN = timedelta(minutes=5)
"""When nothing arrived, it is looked all the same after this time: quiet hours end, and full days do."""

_log = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at everything that is followed.

    Attributes:
        now: the moment.
        renders: how each running platform draws.
        stories: the day's stories as each workspace sees them, read once for all that it follows.
        texts: of their articles.
    """

    now: datetime
    renders: Mapping[str, Render]
    stories: dict[Scope, tuple[Story, ...]] = field(default_factory=dict)
    texts: Texts = field(default_factory=Texts)


class Alerts:
    """Puts alerts into the outbox; posts nothing itself."""

    def __init__(
        self,
        database: Database,
        archive: Archive,
        pipeline: Pipeline,
        *,
        clock: Clock,
        executor: Executor | None = None,
    ) -> None:
        """Build it on the open rooms; computing is done by the executor, off the event loop."""
        self._database = database
        self._archive = archive
        self._pipeline = pipeline
        self._clock = clock
        self._executor = executor
        self._seen: tuple[object, ...] = ()
        self._seen_at: datetime | None = None

    async def enqueue_due(self, renders: Mapping[str, Render]) -> int:
        """Look at everything that is followed; return how many alerts were put into the outbox.

        One that cannot be looked at costs the others nothing.
        """
        now = self._clock.now()
        async with self._database.read() as connection:
            followed = await follows.all_follows(connection)
            newest = await stories_store.highest_row(connection) if followed else 0
        there = (followed, newest, tuple(renders))
        if there == self._seen and self._seen_at is not None and abs(now - self._seen_at) < LOOK_AGAIN:
            return 0
        look = Look(now, renders)
        made = 0
        for follow in followed:
            made += await apart(self._look(follow, look), "alerts not looked for", follow=follow.words) or 0
        self._seen, self._seen_at = there, now
        return made

    async def _look(self, follow: Follow, look: Look) -> int:
        """Look whether there is something to tell of one thing that is followed."""
        if quiet(follow, look.now):
            return 0
        async with self._database.read() as connection:
            channel = await channels.channel_by_id(connection, follow.channel_id)
            told, recent = await follows.alerted(connection, follow, look.now - WINDOW)
        if channel.platform not in look.renders:
            return 0
        scope = Scope(channel.platform, channel.workspace)
        if scope not in look.stories:
            since = look.now - WINDOW
            look.stories[scope] = await self._archive.stories(scope, since=since, until=look.now)
        stories = look.stories[scope]
        wanted = await compute(
            self._executor, due, follow, stories, told=told, recent=recent, now=look.now, texts=look.texts
        )
        return await self._put(follow, channel, wanted, look) if wanted else 0

    async def _put(self, follow: Follow, channel: Channel, wanted: Sequence[Story], look: Look) -> int:
        """Store the alerts of stories; return how many are new."""
        quotes = await self._pipeline.tell(wanted, SENTENCES)
        day = look.now.astimezone(ZoneInfo(follow.zone)).date()
        made = 0
        for story, chosen in zip(wanted, quotes, strict=True):
            view = StoryView(story=card(story, chosen), zone=follow.zone)
            messages = await asyncio.to_thread(look.renders[channel.platform], view)
            async with self._database.write() as connection:
                made += await follows.put_alert(
                    connection,
                    follow,
                    story.id,
                    day,
                    messages,
                    look.now,
                    first_at=max(story.first_at, follow.since),
                )
            _log.info("alert stored", channel=channel.name, story=story.id)
        return made
