"""The story of a day: from what `bot.polling` collected, digests are composed and put into the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import log
from bot.archive import Archive
from bot.clock import Clock
from bot.digest.brief import briefs
from bot.digest.compose import compose, cover
from bot.digest.select import LATE_ARRIVALS
from bot.digest.slots import LOOK_BACK, SETTLED, owed
from bot.digest.window import Window
from bot.model.article import Quote
from bot.model.channel import Channel, Schedule, Slot
from bot.model.delivery import Payload
from bot.model.scope import Scope
from bot.model.story import Story
from bot.model.view import DigestView, View
from bot.store import channels, outbox
from bot.store.database import Connection, Database, DatabaseError
from bot.store.feeds import failing_feeds
from bot.stories.affairs import joined
from bot.stories.importance import importance

FIRST_WINDOW = timedelta(hours=24)
"""What the first digest of a channel covers."""

BRIEF_LIMIT_S = 60.0
"""A digest whose sentences take longer to choose is composed anew at the next tick."""

RECENT = timedelta(days=4)
"""Decisions of schedules that run daily are read back so far, not all of them every few seconds."""

WINDOWS = 4
"""Windows kept while the slots of one moment are decided on; one of 5,000 articles takes some 30 MB."""

Render = Callable[[View], tuple[Payload, ...]]

_log = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest, and the articles that its readers are told of by it."""

    view: DigestView
    article_ids: frozenset[str]


Windows: TypeAlias = "dict[tuple[Scope, datetime], tuple[Window, int]]"
"""What channels have in common at one moment, by who they are and since when they were told nothing; with the
number of their feeds that fail. Workspaces that see the same stories have one window in common."""


class Pipeline:
    """Composes digests from the archive; posts nothing."""

    def __init__(self, database: Database, archive: Archive, *, clock: Clock, executor: Executor) -> None:
        self._database = database
        self._archive = archive
        self._clock = clock
        self._executor = executor

    async def enqueue_due(self, renders: Mapping[str, Render]) -> int:
        """Decide on every slot that is due: compose its digest and store the messages, or record why not.

        Args:
            renders: how each running platform draws; slots of other platforms wait for theirs.

        Returns:
            How many digests were put into the outbox.
        """
        posted = 0
        now = self._clock.now()
        windows: Windows = {}
        for channel, schedule, slots in await self._owed(now):
            if (render := renders.get(channel.platform)) is None:
                continue
            try:
                posted += await self._settle(channel, schedule, slots, render, now, windows)
            except DatabaseError:
                raise  # no other channel would fare better
            except Exception as error:  # noqa: BLE001 - one channel's fault must not cost the others their digest
                _log.error("digest not composed, to be tried again", channel=channel.name, exc_info=error)
        return posted

    async def preview(self, channel: Channel, zone: str, at: datetime) -> DigestView:
        """Compose the digest that a channel would get at a moment; nothing is stored."""
        schedule_id = 0
        if channel.id:
            async with self._database.read() as connection:
                running = await channels.schedules_of(connection, channel.id)
            schedule_id = running[0].id if running else 0
        day = at.astimezone(ZoneInfo(zone)).date()
        return (await self._compose(channel, schedule_id, zone, day, at, {}, due_at=None)).view

    async def tell(self, stories: Sequence[Story], sentences: int) -> list[tuple[Quote, ...]]:
        """Choose the sentences that tell stories, off the event loop, in the stories' order."""
        work = [(story, sentences, frozenset[str]()) for story in stories]
        return await asyncio.get_running_loop().run_in_executor(self._executor, briefs, work)

    async def _owed(self, now: datetime) -> list[tuple[Channel, Schedule, tuple[Slot, ...]]]:
        """Return the schedules that owe something, each with its undecided slots, oldest first.

        Those of one workspace stand together, as they see the same stories.
        """
        async with self._database.read() as connection:
            running = await channels.all_schedules(connection)
            decided = await _decided(connection, [schedule.id for schedule in running], now)
        found = await asyncio.to_thread(_due, running, decided, now)
        if not found:
            return []
        async with self._database.read() as connection:
            places = {place.id: place for place in await channels.all_channels(connection)}
        with_places = [(places[schedule.channel_id], schedule, slots) for schedule, slots in found]
        return sorted(with_places, key=lambda one: (one[0].platform, one[0].workspace))

    async def _settle(
        self,
        channel: Channel,
        schedule: Schedule,
        slots: Sequence[Slot],
        render: Render,
        now: datetime,
        windows: Windows,
    ) -> int:
        """Decide on the slots that a schedule owes: one digest covers them all, unless it comes too late."""
        *missed, latest = slots
        if now - latest.due_at > timedelta(hours=channel.settings.max_late_hours):
            await self._record(
                slots, "too late", f"noticed {now:%Y-%m-%d %H:%M} UTC, more than the channel wants"
            )
            return 0
        composed = await self._compose(
            channel, schedule.id, schedule.zone, latest.local_date, now, windows, due_at=latest.due_at
        )
        silent = composed.view.quiet is not None and channel.settings.quiet_day == "silent"
        async with self._database.write() as connection:
            for slot in missed:
                detail = f"covered by the digest of {latest.local_date}"
                await outbox.decide(
                    connection, slot, decision="covered", now=now, covers_until=now, detail=detail
                )
            decided = await outbox.decide(
                connection,
                latest,
                decision="quiet" if silent else "posted",
                now=now,
                covers_until=now,
                detail=composed.view.quiet or "",
                payloads=() if silent else render(composed.view),
                article_ids=composed.article_ids,
            )
        if decided and not silent:
            _log.info("digest stored", channel=channel.name, day=str(latest.local_date))
        return int(decided and not silent)

    async def _record(self, slots: Sequence[Slot], decision: str, detail: str) -> None:
        """Put on record that slots go without a digest; what they would have covered stays untold."""
        now = self._clock.now()
        async with self._database.write() as connection:
            for slot in slots:
                await outbox.decide(
                    connection,
                    slot,
                    decision=decision,
                    now=now,
                    covers_until=slot.due_at - FIRST_WINDOW,
                    detail=detail,
                )
        _log.warning("digest skipped", slots=[str(slot.local_date) for slot in slots], reason=decision)

    async def _compose(
        self,
        channel: Channel,
        schedule_id: int,
        zone: str,
        day: date,
        now: datetime,
        windows: Windows,
        *,
        due_at: datetime | None,
    ) -> Composed:
        """Choose the stories that are news to a channel, and the sentences that tell them."""
        scope = Scope(channel.platform, channel.workspace)
        async with self._database.read() as connection:
            since = await channels.covered_until(connection, schedule_id) or now - FIRST_WINDOW
            told = await channels.told_articles(connection, channel.id)
        if (scope, since) not in windows:
            while len(windows) >= WINDOWS:
                del windows[next(iter(windows))]
            windows[scope, since] = await self._window(scope, since, now, windows)
        window, failing = windows[scope, since]
        async with asyncio.timeout(BRIEF_LIMIT_S):
            selection = await asyncio.get_running_loop().run_in_executor(
                self._executor, window.choose, channel.settings, told
            )
        coverage = replace(window.coverage, failing=failing)
        view = compose(channel, selection, day=day, zone=zone, coverage=coverage, due_at=due_at)
        return Composed(view, selection.article_ids)

    async def _window(
        self, scope: Scope, since: datetime, now: datetime, known: Windows
    ) -> tuple[Window, int]:
        """Read what appeared in a time, as a workspace sees it; the window of another that sees the same."""
        async with self._database.read() as connection:
            failing = await failing_feeds(connection, scope)
        stories = await self._archive.stories(scope, since=since - LATE_ARRIVALS, until=now)
        alike = [window for (_, start), (window, _) in known.items() if start == since]

        def prepared() -> Window:
            for window in alike:
                if window.stories == stories:
                    return window
            return Window(
                stories,
                since=since,
                coverage=cover(stories, since=since, until=now),
                weight=lambda story, topics: importance(story, now=now, topics=topics).total,
                join=joined,
            )

        return await asyncio.get_running_loop().run_in_executor(self._executor, prepared), failing


async def _decided(
    connection: Connection, ids: Sequence[int], now: datetime
) -> Mapping[int, frozenset[date]]:
    """Return the dates decided for each schedule: of those that run daily the last ones, which are enough."""
    recent = await channels.decided_dates(connection, ids, (now - RECENT - SETTLED).date())
    idle = [one for one, dates in recent.items() if not dates or max(dates) < (now - RECENT).date()]
    older = await channels.decided_dates(connection, idle, (now - LOOK_BACK).date()) if idle else {}
    return {**recent, **older}


def _due(
    running: Sequence[Schedule], decided: Mapping[int, frozenset[date]], now: datetime
) -> list[tuple[Schedule, tuple[Slot, ...]]]:
    """Return the schedules that owe something; of a thousand, beside the event loop."""
    found = []
    for schedule in running:
        try:
            slots = owed(schedule, decided[schedule.id], now)
        except ZoneInfoNotFoundError:
            _log.error("this zone is not known: set the digest anew, or update tzdata", zone=schedule.zone)
            continue
        if slots:
            found.append((schedule, slots))
    return found
