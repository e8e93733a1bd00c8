"""The story of a day: from what `bot.polling` collected, digests are composed and put into the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain, groupby, islice
from typing import ParamSpec, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from bot import log
from bot.archive import Archive
from bot.clock import Clock
from bot.compute import compute
from bot.digest.brief import briefs
from bot.digest.card import headline
from bot.digest.compose import compose, cover
from bot.digest.matching import any_held
from bot.digest.select import LATE_ARRIVALS
from bot.digest.slots import LOOK_BACK, SETTLED, all_owed
from bot.digest.window import Window
from bot.model.article import Quote
from bot.model.channel import Channel, Schedule, Slot
from bot.model.delivery import Payload
from bot.model.scope import Scope
from bot.model.story import Story
from bot.model.view import DigestView, View
from bot.store import channels
from bot.store.database import Connection, Database, DatabaseError
from bot.store.deciding import Decision, decide
from bot.store.feeds import failing_feeds
from bot.store.together import Together, apart
from bot.store.visibility import Eyes, eyes
from bot.stories.affairs import joined
from bot.stories.importance import importance

FIRST_WINDOW = timedelta(hours=24)
"""What the first digest of a channel covers."""

BRIEF_LIMIT_S = 60.0
"""A digest whose sentences take longer to choose is composed anew at the next tick."""

RECENT = timedelta(days=4)
"""Decisions of schedules that run daily are read back so far, not all of them every few seconds."""

AT_ONCE = 16
"""Channels whose digests are made beside each other: what they ask of the store is asked together."""

MOST_TOGETHER = 32
"""Channels whose decisions are written in one transaction."""

LINGER_S = 0.03
"""Where many digests are due, what is asked of the store within so many seconds is asked together."""

TOLD = timedelta(days=60)
"""So long is it remembered that a channel was told of an article; an older one is no news anyway."""

WINDOWS = 4
"""Windows kept while the slots of one moment are decided on; one of 5,000 articles takes some 30 MB."""

Render = Callable[[View], tuple[Payload, ...]]

P = ParamSpec("P")
T = TypeVar("T")

_log = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Past:
    """What was before a digest.

    Attributes:
        covered_until: up to when the last decided digest of the schedule covered the news; None for none.
        told: ids of the articles that the channel was told of lately.
    """

    covered_until: datetime | None
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest, the articles that its readers are told of by it, and its messages where they were drawn."""

    view: DigestView
    article_ids: frozenset[str]
    payloads: tuple[Payload, ...] = ()


Owed: TypeAlias = tuple[Channel, Schedule, tuple[Slot, ...]]


@dataclass(frozen=True, slots=True)
class Round:
    """One look at what is due, and what channels have in common at that moment.

    Attributes:
        now: the moment.
        eyes: who sees what.
        windows: the last few, by what is seen and since when.
        failing: how many feeds of a workspace cannot be read.
        reading: held while a window is read, so that each is read once.
    """

    now: datetime
    eyes: Eyes
    windows: dict[tuple[object, datetime], Window] = field(default_factory=dict)
    failing: dict[Scope, int] = field(default_factory=dict)
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pipeline:
    """Composes digests from the archive; posts nothing."""

    def __init__(self, database: Database, archive: Archive, *, clock: Clock, executor: Executor) -> None:
        self._database = database
        self._archive = archive
        self._clock = clock
        self._executor = executor
        self._deciding = Together(self._decide, most=MOST_TOGETHER)
        self._recalling = Together(self._recall, most=MOST_TOGETHER)

    async def enqueue_due(self, renders: Mapping[str, Render]) -> int:
        """Decide on every slot that is due: compose its digest and store the messages, or record why not.

        Args:
            renders: how each running platform draws; slots of other platforms wait for theirs.

        Returns:
            How many digests were put into the outbox.
        """
        owed_now = await self._owed(self._clock.now())
        if not owed_now:
            return 0
        turn = await self._round(self._clock.now())
        running = [one for one in owed_now if one[0].platform in renders]
        self._deciding.linger_s = self._recalling.linger_s = LINGER_S if len(running) > AT_ONCE else 0.0
        # The digests of one channel follow each other: what the first tells, the next does not.
        waiting = iter([list(ones) for _, ones in groupby(running, key=lambda one: one[0].id)])
        try:
            async with asyncio.TaskGroup() as group:
                # While one waits for the disk, another computes.
                workers = [group.create_task(self._work_off(waiting, renders, turn)) for _ in range(AT_ONCE)]
        except* DatabaseError as errors:
            raise errors.exceptions[0] from None  # no other channel would fare better
        return sum(worker.result() for worker in workers)

    async def _work_off(
        self, waiting: Iterator[list[Owed]], renders: Mapping[str, Render], turn: Round
    ) -> int:
        """Decide on what channel after channel is owed; return how many digests were put into the outbox."""
        posted = 0
        for channel, schedule, slots in chain.from_iterable(waiting):
            settled = self._settle(channel, schedule, slots, renders[channel.platform], turn)
            posted += (
                await apart(settled, "digest not composed, to be tried again", channel=channel.name) or 0
            )
        return posted

    async def preview(self, channel: Channel, zone: str, at: datetime) -> DigestView:
        """Compose the digest that a channel would get at a moment; nothing is stored."""
        schedule_id = await self._first_schedule(channel)
        day = at.astimezone(ZoneInfo(zone)).date()
        turn = await self._round(at)
        return (await self._compose(channel, schedule_id, zone, day, turn, due_at=None)).view

    async def trial(
        self, channel: Channel, words: Sequence[str], at: datetime
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Divide what would be news to a channel at a moment by a filter; nothing is stored.

        Args:
            channel: whose digest.
            words: words and phrases, as a filter has them.
            at: the moment.

        Returns:
            The headlines of the stories that hold one of the words, and those of the others; the most
            important first, whatever filters the channel has now.
        """
        schedule_id = await self._first_schedule(channel)
        window, told = await self._seen(channel, schedule_id, await self._round(at))

        def divided() -> tuple[tuple[str, ...], tuple[str, ...]]:
            held: list[str] = []
            others: list[str] = []
            for picked in window.news(channel.settings, told):
                side = held if any_held(window.text(picked.story), words) else others
                side.append(headline(picked.story, (), picked.known))
            return tuple(held), tuple(others)

        return await self._compute(divided)

    async def tell(self, stories: Sequence[Story], sentences: int) -> list[tuple[Quote, ...]]:
        """Choose the sentences that tell stories, off the event loop, in the stories' order."""
        work = [(story, sentences, frozenset[str]()) for story in stories]
        return await self._compute(briefs, work)

    async def _owed(self, now: datetime) -> list[Owed]:
        """Return the schedules that owe something, each with its undecided slots, oldest first.

        Those of one workspace stand together, as they see the same stories.
        """
        async with self._database.read() as connection:
            running = await channels.all_schedules(connection)
            decided = await _decided(connection, [schedule.id for schedule in running], now)
        found = await asyncio.to_thread(all_owed, running, decided, now)
        if not found:
            return []
        async with self._database.read() as connection:
            places = {place.id: place for place in await channels.all_channels(connection)}
        with_places = [(places[schedule.channel_id], schedule, slots) for schedule, slots in found]
        return sorted(with_places, key=lambda one: (one[0].platform, one[0].workspace, one[0].id))

    async def _settle(
        self,
        channel: Channel,
        schedule: Schedule,
        slots: Sequence[Slot],
        render: Render,
        turn: Round,
    ) -> int:
        """Decide on the slots that a schedule owes: one digest covers them all, unless it comes too late."""
        now = turn.now
        *missed, latest = slots
        if now - latest.due_at > timedelta(hours=channel.settings.max_late_hours):
            await self._record(
                slots, "too late", f"noticed {now:%Y-%m-%d %H:%M} UTC, more than the channel wants"
            )
            return 0
        composed = await self._compose(
            channel, schedule.id, schedule.zone, latest.local_date, turn, due_at=latest.due_at, render=render
        )
        silent = composed.view.quiet is not None and channel.settings.quiet_day == "silent"
        covered = f"covered by the digest of {latest.local_date}"
        plan = [
            *(Decision(slot=slot, decision="covered", covers_until=now, detail=covered) for slot in missed),
            Decision(
                slot=latest,
                decision="quiet" if silent else "posted",
                covers_until=now,
                detail=composed.view.quiet or "",
                payloads=() if silent else composed.payloads,
                article_ids=composed.article_ids,
            ),
        ]
        decided = await self._deciding.do((plan, now))
        if decided and not silent:
            _log.info("digest stored", channel=channel.name, day=str(latest.local_date))
        return int(decided and not silent)

    async def _decide(self, plans: Sequence[tuple[Sequence[Decision], datetime]]) -> list[bool]:
        """Put the decisions of several channels on record in one transaction; return which were new."""
        _, now = plans[0]
        async with self._database.write() as connection:
            made = await decide(connection, [one for plan, _ in plans for one in plan], now)
        found = iter(made)
        return [list(islice(found, len(plan)))[-1] for plan, _ in plans]

    async def _record(self, slots: Sequence[Slot], decision: str, detail: str) -> None:
        """Put on record that slots go without a digest; what they would have covered stays untold."""
        plan = [
            Decision(slot=slot, decision=decision, covers_until=slot.due_at - FIRST_WINDOW, detail=detail)
            for slot in slots
        ]
        await self._deciding.do((plan, self._clock.now()))
        _log.warning("digest skipped", slots=[str(slot.local_date) for slot in slots], reason=decision)

    async def _compose(
        self,
        channel: Channel,
        schedule_id: int,
        zone: str,
        day: date,
        turn: Round,
        *,
        due_at: datetime | None,
        render: Render | None = None,
    ) -> Composed:
        """Choose the stories that are news to a channel, and the sentences that tell them; draw them."""
        window, told = await self._seen(channel, schedule_id, turn)
        failing = turn.failing[Scope(channel.platform, channel.workspace)]

        def made() -> Composed:
            selection = window.choose(channel.settings, told)
            coverage = replace(window.coverage, failing=failing)
            view = compose(channel, selection, day=day, zone=zone, coverage=coverage, due_at=due_at)
            return Composed(view, selection.article_ids, render(view) if render else ())

        async with asyncio.timeout(BRIEF_LIMIT_S):
            return await self._compute(made)

    async def _compute(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what computes off the event loop."""
        return await compute(self._executor, work, *args, **kwargs)

    async def _first_schedule(self, channel: Channel) -> int:
        """Return the row of a channel's first digest of the day; 0 when it has none."""
        if not channel.id:
            return 0
        async with self._database.read() as connection:
            running = await channels.schedules_of(connection, channel.id)
        return running[0].id if running else 0

    async def _seen(self, channel: Channel, schedule_id: int, turn: Round) -> tuple[Window, frozenset[str]]:
        """Return what appeared since a schedule's last digest, and what its channel was told of lately."""
        scope = Scope(channel.platform, channel.workspace)
        past = await self._recalling.do((channel.id, schedule_id))
        since = past.covered_until or turn.now - FIRST_WINDOW
        async with turn.reading:
            if scope not in turn.failing:
                async with self._database.read() as connection:
                    turn.failing[scope] = await failing_feeds(connection, scope)
            return await self._window(scope, since, turn), past.told

    async def _recall(self, asked: Sequence[tuple[int, int]]) -> list[Past]:
        """Read what several channels had before, in one go."""
        async with self._database.read() as connection:
            until = await channels.covered_until(connection, [schedule for _, schedule in asked])
            since = self._clock.now() - TOLD
            told = await channels.told_articles(connection, [channel for channel, _ in asked], since)
        return [Past(until.get(schedule), told.get(channel, frozenset())) for channel, schedule in asked]

    async def _round(self, now: datetime) -> Round:
        async with self._database.read() as connection:
            return Round(now, await eyes(connection))

    async def _window(self, scope: Scope, since: datetime, turn: Round) -> Window:
        """Return what appeared in a time, as a workspace sees it; read once for all that see the same."""
        key = (turn.eyes.of(scope), since)
        if key in turn.windows:
            return turn.windows[key]
        stories = await self._archive.stories(scope, since=since - LATE_ARRIVALS, until=turn.now)

        def prepared() -> Window:
            return Window(
                stories,
                since=since,
                coverage=cover(stories, since=since, until=turn.now),
                weight=lambda story, topics: importance(story, now=turn.now, topics=topics).total,
                join=joined,
            )

        window = await self._compute(prepared)
        while len(turn.windows) >= WINDOWS:
            del turn.windows[next(iter(turn.windows))]
        turn.windows[key] = window
        return window


async def _decided(
    connection: Connection, ids: Sequence[int], now: datetime
) -> Mapping[int, frozenset[date]]:
    """Return the dates decided for each schedule: of those that run daily the last ones, which are enough."""
    recent = await channels.decided_dates(connection, ids, (now - RECENT - SETTLED).date())
    idle = [one for one, dates in recent.items() if not dates or max(dates) < (now - RECENT).date()]
    older = await channels.decided_dates(connection, idle, (now - LOOK_BACK).date()) if idle else {}
    return {**recent, **older}
