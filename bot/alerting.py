"""Alerts: a channel hears of what it follows as soon as enough sources carry it, outside its quiet hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import log
from bot.archive import Archive
from bot.clock import Clock
from bot.digest.alerts import due, quiet
from bot.digest.card import card
from bot.model.follow import Follow
from bot.model.scope import Scope
from bot.model.story import Story
from bot.model.view import StoryView
from bot.pipeline import Pipeline, Render
from bot.store import channels, follows
from bot.store.database import Database

WINDOW = timedelta(hours=24)
"""Stories that nothing happened to for a day are no alerts."""

SENTENCES = 2

_log = log.get(__name__)


class Alerts:
    """Puts alerts into the outbox; posts nothing itself."""

    def __init__(self, database: Database, archive: Archive, pipeline: Pipeline, *, clock: Clock) -> None:
        self._database = database
        self._archive = archive
        self._pipeline = pipeline
        self._clock = clock

    async def enqueue_due(self, renders: Mapping[str, Render]) -> int:
        """Look at everything that is followed; return how many alerts were put into the outbox."""
        async with self._database.read() as connection:
            followed = await follows.all_follows(connection)
        now = self._clock.now()
        made = 0
        seen: dict[Scope, tuple[Story, ...]] = {}
        for follow in followed:
            if not quiet(follow, now):
                made += await self._look(follow, renders, now, seen)
        return made

    async def _look(
        self,
        follow: Follow,
        renders: Mapping[str, Render],
        now: datetime,
        seen: dict[Scope, tuple[Story, ...]],
    ) -> int:
        """Look whether there is something to tell of one thing that is followed.

        Args:
            follow: what is followed.
            renders: how each running platform draws.
            now: the present moment.
            seen: the day's stories as each workspace sees them, read once for all that it follows.
        """
        async with self._database.read() as connection:
            channel = await channels.channel_by_id(connection, follow.channel_id)
            told, recent = await follows.alerted(connection, follow, now - WINDOW)
        render = renders.get(channel.platform)
        if render is None:
            return 0
        scope = Scope(channel.platform, channel.workspace)
        if scope not in seen:
            seen[scope] = await self._archive.stories(scope, since=now - WINDOW, until=now)
        wanted = due(follow, seen[scope], told=told, recent=recent, now=now)
        quotes = await self._pipeline.tell(wanted, SENTENCES)
        day = now.astimezone(ZoneInfo(follow.zone)).date()
        made = 0
        for story, chosen in zip(wanted, quotes, strict=True):
            view = StoryView(story=card(story, chosen), zone=follow.zone)
            async with self._database.write() as connection:
                made += await follows.put_alert(connection, follow, story.id, day, render(view), now)
            _log.info("alert stored", channel=channel.name, story=story.id)
        return made
